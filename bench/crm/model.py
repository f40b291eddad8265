"""What the generator yields: records of the CRM, and leads that know what they truly are."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from domain.records import Company, Person
from domain.values import EmailAddress, PhoneNumber, PostalAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedAccount:
    """A company as the CRM knows it; ``key`` is unique and serves as its external id."""

    key: str
    name: str
    vat_id: str | None = None
    website: str | None = None
    emails: tuple[EmailAddress, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    address: PostalAddress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedContact:
    """A person as the CRM knows them; ``account_key`` is None for a private person."""

    key: str
    account_key: str | None
    salutation: str | None = None
    title: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    birth_date: date | None = None
    emails: tuple[EmailAddress, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    address: PostalAddress | None = None


class Situation(Enum):
    """How a lead truly relates to the CRM."""

    KNOWN = "known"
    """Company and person are there."""
    NEW_PERSON = "new_person"
    """The company is there, the person is not."""
    NEW_BRANCH = "new_branch"
    """Near miss: another site of a company that is there."""
    SAME_BUILDING = "same_building"
    """Near miss: another company in the building of one that is there."""
    OTHER_TRADE = "other_trade"
    """Near miss: another company named after the same surname in the same town, in another trade."""
    UNKNOWN = "unknown"
    """A company that is not there."""
    KNOWN_PRIVATE = "known_private"
    """A private person who is there."""
    SAME_SURNAME = "same_surname"
    """Near miss: another private person of the same surname in the same town."""
    FAMILY = "family"
    """Near miss: a relative at the same address who shares the e-mail address or the phone."""
    UNKNOWN_PRIVATE = "unknown_private"
    """A private person who is not there."""


PRIVATE = frozenset({Situation.KNOWN_PRIVATE, Situation.SAME_SURNAME, Situation.FAMILY, Situation.UNKNOWN_PRIVATE})
NEAR_MISSES = frozenset(
    {
        Situation.NEW_BRANCH,
        Situation.SAME_BUILDING,
        Situation.OTHER_TRADE,
        Situation.SAME_SURNAME,
        Situation.FAMILY,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a lead truly is: the keys of its account and contact, None for one that is not in the CRM.

    ``near`` is the key of the record that a near miss was made from.
    """

    situation: Situation
    account_key: str | None = None
    contact_key: str | None = None
    near: str | None = None

    @property
    def is_private(self) -> bool:
        """Whether the lead is a private person's, so that it belongs to the private customers' account."""
        return self.situation in PRIVATE


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedLead:
    """A lead as it comes in, with its truth and the names of the corruptions that were applied to it."""

    key: str
    truth: Truth
    company: Company = field(default_factory=Company)
    person: Person = field(default_factory=Person)
    emails: tuple[EmailAddress, ...] = ()
    phones: tuple[PhoneNumber, ...] = ()
    address: PostalAddress | None = None
    corruptions: tuple[str, ...] = ()
