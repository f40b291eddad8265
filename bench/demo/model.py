"""The demo's tenant as plain values, ready to be written."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from domain.records import Account, Case, CaseType, Contact, Lead, LeadType, RejectReason, Tenant, User
from domain.values import ExternalId


class Branch(Enum):
    """What happens when a demo lead is accepted."""

    EXACT = "exact"
    """Account and contact are found with certainty; only the case is left to decide."""
    SIMILAR = "similar"
    """Similar accounts or contacts are listed."""
    NONE = "none"
    """Nothing is similar: account and contact are created."""
    SEVERAL_EXACT = "several_exact"
    """The CRM holds the account or the contact twice, so a user decides."""
    PRIVATE_KNOWN = "private_known"
    """A private person who is there already."""
    PRIVATE_NEW = "private_new"
    """A private person who is not."""
    CONTACT_DIFFERENCES = "contact_differences"
    """The contact is known, and details differ that are decided field by field."""
    CONTACT_ELSEWHERE = "contact_elsewhere"
    """The contact is known, but at another account."""
    OPEN_CASE = "open_case"
    """The contact has an open case that the lead may be attached to."""
    EXPIRED = "expired"
    """It waited too long; a manager may reopen it."""
    SPARSE = "sparse"
    """It says very little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLead:
    """A lead of the demo and the branch of the flow that it shows."""

    lead: Lead
    branch: Branch


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTenant:
    """Everything the demo consists of. ``external`` holds the external ids of accounts and contacts, by record id."""

    tenant: Tenant
    users: tuple[User, ...]
    case_types: tuple[CaseType, ...]
    lead_types: tuple[LeadType, ...]
    allowed: Mapping[int, tuple[int, ...]]
    """The case types that a lead type is limited to, by its id; none for a type that allows all."""
    reject_reasons: tuple[RejectReason, ...]
    accounts: tuple[Account, ...]
    contacts: tuple[Contact, ...]
    cases: tuple[Case, ...]
    leads: tuple[DemoLead, ...]
    external: Mapping[int, tuple[ExternalId, ...]]
