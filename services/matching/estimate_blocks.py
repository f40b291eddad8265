"""Where pairs that may be true are looked for: several independent ways, each by one kind of detail.

Pairs that were found because a detail is equal say nothing about how often it is, so each way leaves the details out
that it looks by, as Splink does (its documentation on estimating m by blocking rules). All keys are keys of the index.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from services.matching.hashes import hash_of
from services.matching.model import CompanyDocument, MatchKey, PersonDocument
from services.matching.person_keys import birth_date_hash, key_names
from services.matching.place_keys import address_keys
from services.matching.text import collapse

Document = TypeVar("Document", CompanyDocument, PersonDocument)

_ADDRESS = frozenset({"address", "street", "house_number", "postcode", "city", "region", "country"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Generic[Document]):
    """One way to look: by the keys that a document has for it. ``used`` are the details that it looks by."""

    name: str
    used: frozenset[str]
    keys: Callable[[Document], list[int]]


def _address(document: CompanyDocument | PersonDocument) -> list[int]:
    return _hashes(address_keys(document))


def _phones(document: CompanyDocument | PersonDocument) -> list[int]:
    return [hash_of("phone", each) for each in document.phones]


def _hashes(keys: Iterable[MatchKey]) -> list[int]:
    return [each.hash for each in keys]


def _company_name(document: CompanyDocument) -> list[int]:
    return [hash_of("joined", collapse(document.name))] if document.tokens else []


def _person_name(document: PersonDocument) -> list[int]:
    names = key_names(document)
    return [hash_of("names", "|".join(sorted(names)))] if len(names) > 1 else []


def _birth_date(document: PersonDocument) -> list[int]:
    born = document.birth_date
    return [] if born is None else [birth_date_hash(born)]


ACCOUNT_BLOCKS: tuple[Block[CompanyDocument], ...] = (
    Block(name="name", used=frozenset({"name"}), keys=_company_name),
    Block(
        name="domain",
        used=frozenset({"domain"}),
        keys=lambda document: [hash_of("domain", each) for each in document.domains],
    ),
    Block(
        name="vat id",
        used=frozenset({"vat_id"}),
        keys=lambda document: [hash_of("vat", document.vat_id)] if document.vat_id else [],
    ),
    Block(name="phone", used=frozenset({"phone"}), keys=_phones),
    Block(name="address", used=_ADDRESS, keys=_address),
)

CONTACT_BLOCKS: tuple[Block[PersonDocument], ...] = (
    Block(name="name", used=frozenset({"name"}), keys=_person_name),
    Block(name="birth date", used=frozenset({"birth_date"}), keys=_birth_date),
    Block(
        name="email",
        used=frozenset({"email"}),
        keys=lambda document: [hash_of("email", each) for each in document.emails],
    ),
    Block(name="phone", used=frozenset({"phone"}), keys=_phones),
    Block(name="address", used=_ADDRESS, keys=_address),
)
