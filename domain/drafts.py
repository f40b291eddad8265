"""Records as they are given, before anything was checked: drafts of new ones, and patches with only what changes.

In a patch ``UNSET`` leaves a field as it is and None clears it. Lists and addresses are replaced whole;
``CompanyPatch`` and ``PersonPatch`` change only their own given fields.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

from domain.matches import EvidenceKind
from domain.matching_settings import AutoSelect, EvidenceWeight
from domain.records import Company, Person
from domain.values import ExternalId, PhoneKind, PostalAddress


class Unset(Enum):
    """The type of ``UNSET``."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET
"""A field of a patch that is not given."""


@dataclass(frozen=True, slots=True)
class EmailDraft:
    """An e-mail address as given; if no entry of a list is marked, the first one becomes primary."""

    address: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class PhoneDraft:
    """A phone number as given; without ``kind``, the number tells whether it is a mobile one."""

    number: str
    kind: PhoneKind | None = None
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDraft:
    """A new lead; ``received_at`` None: now. ``external_id`` needs a ``source``."""

    type_id: int
    source: str | None = None
    external_id: str | None = None
    received_at: datetime | None = None
    expires_at: datetime | None = None
    subject: str | None = None
    message: str | None = None
    interest: str | None = None
    assignee_suggestion_id: int | None = None
    company: Company | None = None
    person: Person | None = None
    emails: tuple[EmailDraft, ...] | None = None
    phones: tuple[PhoneDraft, ...] | None = None
    address: PostalAddress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDraft:
    """A new account."""

    name: str | None
    vat_id: str | None = None
    website: str | None = None
    emails: tuple[EmailDraft, ...] | None = None
    phones: tuple[PhoneDraft, ...] | None = None
    address: PostalAddress | None = None
    external_ids: tuple[ExternalId, ...] | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """A new contact."""

    account_id: int
    salutation: str | None = None
    title: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    birth_date: date | None = None
    emails: tuple[EmailDraft, ...] | None = None
    phones: tuple[PhoneDraft, ...] | None = None
    address: PostalAddress | None = None
    external_ids: tuple[ExternalId, ...] | None = None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPatch:
    """What changes of a lead's company details."""

    name: str | Unset | None = UNSET
    legal_form: str | Unset | None = UNSET
    vat_id: str | Unset | None = UNSET
    website: str | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPatch:
    """What changes of a lead's personal details."""

    salutation: str | Unset | None = UNSET
    title: str | Unset | None = UNSET
    first_name: str | Unset | None = UNSET
    last_name: str | Unset | None = UNSET
    birth_date: date | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPatch:
    """What changes of a lead. When it was received never does."""

    type_id: int | Unset | None = UNSET
    source: str | Unset | None = UNSET
    external_id: str | Unset | None = UNSET
    expires_at: datetime | Unset | None = UNSET
    subject: str | Unset | None = UNSET
    message: str | Unset | None = UNSET
    interest: str | Unset | None = UNSET
    assignee_suggestion_id: int | Unset | None = UNSET
    company: CompanyPatch | Unset | None = UNSET
    person: PersonPatch | Unset | None = UNSET
    emails: tuple[EmailDraft, ...] | Unset | None = UNSET
    phones: tuple[PhoneDraft, ...] | Unset | None = UNSET
    address: PostalAddress | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPatch:
    """What changes of an account."""

    name: str | Unset | None = UNSET
    vat_id: str | Unset | None = UNSET
    website: str | Unset | None = UNSET
    emails: tuple[EmailDraft, ...] | Unset | None = UNSET
    phones: tuple[PhoneDraft, ...] | Unset | None = UNSET
    address: PostalAddress | Unset | None = UNSET
    external_ids: tuple[ExternalId, ...] | Unset | None = UNSET
    owner_id: int | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPatch:
    """What changes of a contact. Another ``account_id`` moves it; its cases stay with their account."""

    account_id: int | Unset | None = UNSET
    salutation: str | Unset | None = UNSET
    title: str | Unset | None = UNSET
    first_name: str | Unset | None = UNSET
    last_name: str | Unset | None = UNSET
    birth_date: date | Unset | None = UNSET
    emails: tuple[EmailDraft, ...] | Unset | None = UNSET
    phones: tuple[PhoneDraft, ...] | Unset | None = UNSET
    address: PostalAddress | Unset | None = UNSET
    external_ids: tuple[ExternalId, ...] | Unset | None = UNSET
    owner_id: int | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingSettingsPatch:
    """What changes of a tenant's matching settings; None goes back to the product's default."""

    auto_select: AutoSelect | Unset | None = UNSET
    threshold: float | Unset | None = UNSET
    confident_threshold: float | Unset | None = UNSET
    confident_margin: float | Unset | None = UNSET
    exact_evidence: tuple[EvidenceKind, ...] | Unset | None = UNSET
    weights: tuple[EvidenceWeight, ...] | Unset | None = UNSET
    default_country: str | Unset | None = UNSET
