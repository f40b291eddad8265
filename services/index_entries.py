"""Accounts and contacts as the match index keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.frequencies import Delta
from db.match_index import IndexEntry
from domain.records import Account, Contact
from services.matching.documents import account_document, contact_document, encode
from services.matching.keys import account_keys, contact_keys, name_tokens_terms, second_tier_keys
from services.matching.model import CompanyDocument, MatchKey, PersonDocument

Companies = Mapping[int, CompanyDocument]
"""Documents of accounts by id; the account of private customers has none."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A record's entry, and the name tokens that are counted besides its keys."""

    entry: IndexEntry
    tokens: tuple[int, ...]

    @property
    def terms(self) -> tuple[int, ...]:
        """Everything of the record that is counted."""
        return self.entry.keys + self.tokens


def index_of_account(account: Account, country: str) -> Indexed:
    """An account, normalised. ``country`` is the tenant's default country."""
    document = account_document(account, country)
    return _indexed(account, account.id, document, account_keys(document))


def index_of_contact(contact: Contact, companies: Companies, country: str) -> Indexed:
    """A contact, normalised; ``companies`` has its account's document unless that is the private customers'."""
    document = contact_document(contact, country)
    return _indexed(contact, contact.account_id, document, contact_keys(document, companies.get(contact.account_id)))


def _indexed(
    record: Account | Contact, account_id: int, document: CompanyDocument | PersonDocument, keys: Iterable[MatchKey]
) -> Indexed:
    hashes = dict.fromkeys(each.hash for each in (*keys, *second_tier_keys(document)))
    entry = IndexEntry(
        record_id=record.id,
        account_id=account_id,
        record_version=record.version,
        document=encode(document),
        keys=tuple(hashes),
    )
    return Indexed(entry, name_tokens_terms(document))


def delta_of_new(indexed: Iterable[Indexed]) -> Delta:
    """What new records add to the frequencies."""
    delta = Delta()
    for each in indexed:
        if each.entry.contact_id:
            delta.contacts += 1
        else:
            delta.accounts += 1
        delta.added += each.terms
    return delta


def delta_of_change(before: Iterable[int], after: Iterable[int]) -> Delta:
    """What a changed record adds to the frequencies and takes from them, by its terms."""
    old, new = set(before), set(after)
    return Delta(added=sorted(new - old), removed=sorted(old - new))
