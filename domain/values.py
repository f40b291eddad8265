"""Small values that several records share."""

from dataclasses import dataclass
from enum import Enum


class Language(Enum):
    """A language Leadgate has texts in."""

    EN = "en"
    DE = "de"


class PhoneKind(Enum):
    """What kind of line a phone number is."""

    LANDLINE = "landline"
    MOBILE = "mobile"
    FAX = "fax"


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """One entry of an e-mail list; exactly one entry of a non-empty list is primary."""

    address: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """One entry of a phone list, as it was given; exactly one entry of a non-empty list is primary."""

    number: str
    kind: PhoneKind = PhoneKind.LANDLINE
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """A postal address; it is compared and decided as one block. ``country`` is ISO 3166-1 alpha-2."""

    street: str | None = None
    house_number: str | None = None
    postcode: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no part is given."""
        # Written out, since it is asked of every record that is read.
        parts = (self.street, self.house_number, self.postcode, self.city, self.region, self.country)
        return all(part is None for part in parts)


@dataclass(frozen=True, slots=True)
class ExternalId:
    """The id a record has in another system; unique per tenant, kind of record and system."""

    system: str
    value: str
