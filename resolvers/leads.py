"""The fields of a lead that are not simply its own values."""

from collections.abc import Awaitable

import strawberry

from domain.filters import LeadFilter, LeadOrder
from domain.records import Account, Case, Contact, Lead, LeadStatus, LeadType, RejectReason, User
from resolvers.context import Info, RequestContext, then
from resolvers.pages import BY_MOMENT, Listing, PageArguments, page_request
from services import listing, lookups

Root = strawberry.Parent[Lead]


def list_leads(
    context: RequestContext, filter_: LeadFilter, order: LeadOrder, search: str, arguments: PageArguments
) -> Awaitable[Listing[Lead]]:
    """One page of the tenant's leads."""
    backend, tenant_id = context.backend, context.tenant_id
    page = listing.page_of_leads(backend, tenant_id, filter_, order, page_request(arguments, BY_MOMENT), search)
    return then(page, lambda found: Listing(found, lambda: listing.count_leads(backend, tenant_id, filter_, search)))


def status(root: Root, info: Info) -> LeadStatus:
    """The status as of this operation's clock."""
    return root.status(info.context.now)


def type_(root: Root, info: Info) -> Awaitable[LeadType | None]:
    """The lead's type."""
    return info.context.load(lookups.lead_types_by_id, root.type_id)


def assignee_suggestion(root: Root, info: Info) -> Awaitable[User | None] | None:
    """The suggested assignee."""
    return info.context.load_if(lookups.users_by_id, root.assignee_suggestion_id)


def accepted_by(root: Root, info: Info) -> Awaitable[User | None] | None:
    """Who accepted the lead."""
    return info.context.load_if(lookups.users_by_id, root.accepted_by_id)


def rejected_by(root: Root, info: Info) -> Awaitable[User | None] | None:
    """Who rejected the lead."""
    return info.context.load_if(lookups.users_by_id, root.rejected_by_id)


def reject_reason(root: Root, info: Info) -> Awaitable[RejectReason | None] | None:
    """Why the lead was rejected."""
    return info.context.load_if(lookups.reject_reasons_by_id, root.reject_reason_id)


def result(root: Root) -> Lead | None:
    """The lead itself, if it was converted: it names the three records."""
    return root if root.stored_status is LeadStatus.CONVERTED else None


def account(root: Root, info: Info) -> Awaitable[Account | None] | None:
    """The account the lead was joined to."""
    return info.context.load_if(lookups.accounts_by_id, root.account_id)


def contact(root: Root, info: Info) -> Awaitable[Contact | None] | None:
    """The contact the lead was joined to."""
    return info.context.load_if(lookups.contacts_by_id, root.contact_id)


def case(root: Root, info: Info) -> Awaitable[Case | None] | None:
    """The case the lead opened or was attached to."""
    return info.context.load_if(lookups.cases_by_id, root.case_id)
