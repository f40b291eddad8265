"""The laborious steps of building an index, each a function that may run in another process.

What they take and give is made to travel: bytes, and lists of numbers.
"""

import asyncio
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from db.engine import Database, ReadSession
from db.match_index import fetch_documents
from db.match_rebuild import DocumentRow, fetch_missing
from db.match_rows import pack_hashes, unpack_hashes
from domain.records import Account, Contact, Tenant
from services.index_entries import Companies, Indexed, index_of_account, index_of_contact
from services.matching.documents import decode_company, decode_person
from services.matching.keys import name_tokens_terms


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of a tenant whose documents are to be made: those of a kind, from one id to another."""

    url: str
    tenant: Tenant
    version: int
    kind: type[Account | Contact]
    ids: tuple[int, int]


def make_documents(part: Part) -> list[DocumentRow]:
    """Read the part's records that the version does not have, and normalise them.

    It connects to the database itself and runs an event loop: not to be called where one is running.
    """
    return asyncio.run(_read_and_normalise(part))


async def _read_and_normalise(part: Part) -> list[DocumentRow]:
    database = Database(part.url, pool_size=1)
    country = part.tenant.default_country
    try:
        async with database.read() as session:
            if part.kind is Account:
                accounts = await fetch_missing(session, Account, part.tenant.id, part.version, part.ids)
                return [_row(index_of_account(each, country)) for each in accounts]
            contacts = await fetch_missing(session, Contact, part.tenant.id, part.version, part.ids)
            companies = await companies_of(session, part.tenant.id, part.version, contacts)
            return [_row(index_of_contact(each, companies, country)) for each in contacts]
    finally:
        await database.close()


async def companies_of(session: ReadSession, tenant_id: int, version: int, contacts: Sequence[Contact]) -> Companies:
    """The documents of the contacts' accounts, as a version has them. One statement."""
    stored = await fetch_documents(session, tenant_id, version, {each.account_id for each in contacts})
    return {id_: decode_company(each.document) for id_, each in stored.items()}


def _row(indexed: Indexed) -> DocumentRow:
    entry = indexed.entry
    return entry.record_id, entry.account_id, entry.record_version, entry.document, pack_hashes(entry.keys)


def distribute(rows: Sequence[DocumentRow], buckets: int) -> list[bytes]:
    """Divide the keys and name tokens of documents among the equal parts of the range of hashes, in order.

    A bucket is packed 64-bit numbers of this machine: key, account and contact one after another, in no order; a name
    token, which is only counted, has no account (0). ``buckets`` is a power of two.
    """
    shift, half = 65 - buckets.bit_length(), buckets // 2
    found = [array("q") for _ in range(buckets)]
    for record_id, account_id, _, document, packed in rows:
        contact_id = 0 if record_id == account_id else record_id
        for key in unpack_hashes(packed):
            found[(key >> shift) + half].extend((key, account_id, contact_id))
        decoded = decode_person(document) if contact_id else decode_company(document)
        for term in name_tokens_terms(decoded):
            found[(term >> shift) + half].extend((term, 0, 0))
    return [each.tobytes() for each in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A bucket by key: columns of key rows, and terms with their counts."""

    key_rows: tuple[list[int], list[int], list[int]]
    terms: list[int]
    counts: list[int]


def sort_bucket(bucket: bytes) -> Sorted:
    """Bring a bucket into the order of its keys, those of one key as they came, and count its keys and name tokens."""
    numbers = array("q", bucket)
    columns = [numbers[place::3].tolist() for place in range(3)]
    # Sorting places by their keys takes half the time of sorting rows.
    places = sorted(range(len(columns[0])), key=columns[0].__getitem__)
    terms, accounts, contacts = (list(map(column.__getitem__, places)) for column in columns)
    counted = Counter(terms)
    # Name tokens have no account.
    keys = list(compress(terms, accounts))
    key_rows = keys, list(compress(accounts, accounts)), list(compress(contacts, accounts))
    return Sorted(key_rows=key_rows, terms=list(counted), counts=list(counted.values()))
