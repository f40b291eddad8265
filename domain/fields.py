"""Fields that are compared and decided at an acceptance, their differences, and the decisions about them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.values import EmailAddress, PhoneNumber, PostalAddress


class AccountField(Enum):
    """A field of an account; the value is its name on the dataclass."""

    NAME = "name"
    VAT_ID = "vat_id"
    WEBSITE = "website"
    EMAILS = "emails"
    PHONES = "phones"
    ADDRESS = "address"


class ContactField(Enum):
    """A field of a contact; the value is its name on the dataclass."""

    SALUTATION = "salutation"
    TITLE = "title"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BIRTH_DATE = "birth_date"
    EMAILS = "emails"
    PHONES = "phones"
    ADDRESS = "address"


RecordField = AccountField | ContactField
FieldValue = str | date | tuple[EmailAddress, ...] | tuple[PhoneNumber, ...] | PostalAddress


class AddressPart(Enum):
    """A part of a postal address; the value is its name on the dataclass."""

    STREET = "street"
    HOUSE_NUMBER = "house_number"
    POSTCODE = "postcode"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


class DiffStatus(Enum):
    """How the lead's value of a field relates to the existing one."""

    SAME = "same"
    """Equal, or equal after normalisation: nothing to decide."""
    FILLS_EMPTY = "fills_empty"
    """Only the lead has a value: it is taken without asking."""
    ONLY_EXISTING = "only_existing"
    """Only the existing record has a value: it stays."""
    ADDS = "adds"
    """The lead has list entries more, and none of the existing ones stands against them: to be decided."""
    DIFFERENT = "different"
    """Both have a value and they differ: to be decided."""


class Take(Enum):
    """Which side's value of a field is kept. BOTH is for lists only."""

    LEAD = "lead"
    EXISTING = "existing"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDiff:
    """One field of a lead held against the same field of an existing record.

    For a list, ``lead_value`` holds only the entries that the record lacks, and ``existing_value`` the entries shown
    against them (the ones LEAD would replace). ``similarity`` is 0 to 1, None where a side is empty.
    """

    field: RecordField
    lead_value: FieldValue | None
    existing_value: FieldValue | None
    status: DiffStatus
    similarity: float | None = None
    suggested: Take = Take.EXISTING
    parts: tuple[AddressPart, ...] = ()
    """For an address: the parts that differ."""

    @property
    def needs_decision(self) -> bool:
        """Whether a user has to decide which value stays."""
        return self.status in {DiffStatus.ADDS, DiffStatus.DIFFERENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDecision:
    """What a user decided about one field: a side (``take``), or a value of their own (``value``; for a list, the
    whole new list). Exactly one of the two is given. ``primary`` says for BOTH whose primary entry stays primary.

    ``basis`` is a digest of the existing value that the decision was made on; the commit refuses if it has changed.
    """

    field: RecordField
    take: Take | None = None
    value: FieldValue | None = None
    primary: Take = Take.EXISTING
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that is (or would be) written: its value before and after. ``field`` is the name on the dataclass."""

    field: str
    old: object
    new: object
