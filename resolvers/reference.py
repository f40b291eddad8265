"""The tenant's lists."""

from collections.abc import Awaitable

import strawberry

from domain.records import CaseType, LeadType, RejectReason
from resolvers.context import Info
from services import listing, lookups


def lead_types(info: Info) -> Awaitable[tuple[LeadType, ...]]:
    """All lead types of the tenant, by name."""
    return listing.entries_of(info.context.backend, LeadType, info.context.tenant_id)


def case_types(info: Info) -> Awaitable[tuple[CaseType, ...]]:
    """All case types of the tenant, by name."""
    return listing.entries_of(info.context.backend, CaseType, info.context.tenant_id)


def reject_reasons(info: Info) -> Awaitable[tuple[RejectReason, ...]]:
    """All reasons for rejecting a lead, by name."""
    return listing.entries_of(info.context.backend, RejectReason, info.context.tenant_id)


def case_types_of_lead_type(root: strawberry.Parent[LeadType], info: Info) -> Awaitable[tuple[CaseType, ...]]:
    """The case types that the lead type allows."""
    return info.context.load(lookups.case_types_by_lead_type, root.id)
