"""The values that matching works on: normalised documents, keys, statistics and settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

NORMALISER_VERSION = 1
"""Raise it whenever a document or a key comes out differently; re-indexing then moves every record."""


class KeyGroup(Enum):
    """Kinds of evidence that keys stand for; within a group the best key counts full, the rest a quarter."""

    NAME = "name"
    PERSON = "person"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"
    ID = "id"


class MatchKey(NamedTuple):
    """A blocking key: ``hash`` is a signed 64-bit hash of ``family:value``.

    ``is_strong`` marks exact identifiers (mail, phone, VAT id, domain), which are never cut for being frequent.
    """

    hash: int
    group: KeyGroup
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyDocument:
    """An account, or the company side of a lead, normalised for comparing.

    ``name`` is its ``tokens`` in one piece; ``phone_kinds`` has one letter for each of ``phones`` (``L``, ``M``,
    ``F``, and ``?`` where the numbering plan leaves it open).
    """

    name: str = ""
    tokens: tuple[str, ...] = ()
    legal_form: str = ""
    vat_id: str = ""
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    phone_kinds: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDocument:
    """A contact, or the person side of a lead, normalised for comparing. Names are token tuples.

    ``generation`` is ``jun``, ``sen``, ... where the name says so.
    """

    first_names: tuple[str, ...] = ()
    last_names: tuple[str, ...] = ()
    generation: str = ""
    birth_date: date | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    phone_kinds: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDocument:
    """Both sides of a lead. ``is_private`` when it names no company, VAT id, website or company domain."""

    company: CompanyDocument
    person: PersonDocument
    is_private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How often keys and name tokens occur in the tenant: a snapshot, by the hash of ``family:value``.

    A hash that is missing is rare. ``accounts`` and ``contacts`` are how many records there are.
    """

    snapshot: int = 0
    accounts: int = 0
    contacts: int = 0
    frequencies: Mapping[int, int] = field(default_factory=dict)

    def frequency(self, hash_: int) -> int:
        """How many records have the key or token; at least 1."""
        return max(1, self.frequencies.get(hash_, 1))
