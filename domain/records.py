"""The records of a tenant: leads, accounts, contacts, cases, and what they refer to.

Ids are 64-bit, time-ordered integers made by the service. ``version`` counts the changes of a record, from 1.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from domain.matching_settings import NEVER_SET, MatchingSettings
from domain.values import EmailAddress, Language, PhoneNumber, PostalAddress


class RecordKind(Enum):
    """The kinds of record that carry a history."""

    LEAD = "lead"
    ACCOUNT = "account"
    CONTACT = "contact"
    CASE = "case"
    TENANT = "tenant"
    """The tenant itself, whose settings change."""


class Role(Enum):
    """What a user may do: agents work leads, managers also reopen and hand over, admins also configure."""

    AGENT = "agent"
    MANAGER = "manager"
    ADMIN = "admin"


class LeadStatus(Enum):
    """Where a lead stands. EXPIRED is never stored: it follows from NEW, ``expires_at`` and the clock."""

    NEW = "new"
    ACCEPTED = "accepted"
    CONVERTED = "converted"
    REJECTED = "rejected"
    EXPIRED = "expired"


class CaseStatus(Enum):
    """Where a case stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """One customer of the service; its small integer id leads every key in the database.

    ``matching`` is the current version of what it has set about matching.
    """

    id: int
    name: str
    default_country: str
    language: Language
    matching: MatchingSettings = NEVER_SET


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who works for the tenant."""

    tenant_id: int
    id: int
    name: str
    email: str
    language: Language
    roles: frozenset[Role]
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadType:
    """A kind of lead; with no case types attached it allows all of them."""

    tenant_id: int
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseType:
    """A kind of case."""

    tenant_id: int
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectReason:
    """An entry of the tenant's list of reasons for rejecting a lead."""

    tenant_id: int
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company details of a lead, as given."""

    name: str | None = None
    legal_form: str | None = None
    vat_id: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The personal details of a lead, as given."""

    salutation: str | None = None
    title: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    birth_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Somebody's interest, as it came in, and what became of it.

    ``account_id``, ``contact_id`` and ``case_id`` are set together, by the commit of the acceptance.
    """

    tenant_id: int
    id: int
    type_id: int
    received_at: datetime
    source: str | None = None
    external_id: str | None = None
    expires_at: datetime | None = None
    subject: str | None = None
    message: str | None = None
    interest: str | None = None
    assignee_suggestion_id: int | None = None
    company: Company = Company()
    person: Person = Person()
    emails: tuple[EmailAddress, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    address: PostalAddress | None = None
    stored_status: LeadStatus = LeadStatus.NEW
    accepted_by_id: int | None = None
    accepted_at: datetime | None = None
    rejected_by_id: int | None = None
    rejected_at: datetime | None = None
    reject_reason_id: int | None = None
    reject_comment: str | None = None
    account_id: int | None = None
    contact_id: int | None = None
    case_id: int | None = None
    version: int = 1

    def status(self, now: datetime) -> LeadStatus:
        """The status as of ``now``: a NEW lead past its ``expires_at`` is EXPIRED."""
        is_past = self.expires_at is not None and self.expires_at <= now
        return LeadStatus.EXPIRED if self.stored_status is LeadStatus.NEW and is_past else self.stored_status


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A company, or the tenant's one shared account of private customers."""

    tenant_id: int
    id: int
    name: str
    vat_id: str | None = None
    website: str | None = None
    emails: tuple[EmailAddress, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    address: PostalAddress | None = None
    owner_id: int | None = None
    is_private_customers: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person, at one account."""

    tenant_id: int
    id: int
    account_id: int
    salutation: str | None = None
    title: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    birth_date: date | None = None
    emails: tuple[EmailAddress, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    address: PostalAddress | None = None
    owner_id: int | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A piece of work for one contact; several leads may belong to it."""

    tenant_id: int
    id: int
    number: int
    type_id: int
    account_id: int
    contact_id: int
    assignee_id: int
    status: CaseStatus
    opened_at: datetime
    closed_at: datetime | None = None
    version: int = 1


type_of_record: dict[RecordKind, type] = {
    RecordKind.LEAD: Lead,
    RecordKind.ACCOUNT: Account,
    RecordKind.CONTACT: Contact,
    RecordKind.CASE: Case,
    RecordKind.TENANT: Tenant,
}
