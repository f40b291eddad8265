"""What the match index and the words of the search hold, compared with what the records say afresh."""

from collections import Counter
from collections.abc import Iterator

from db.match_rows import unpack_hashes
from db.search import _NUMBERS
from domain.records import Account, Contact, RecordKind
from services.index_entries import Indexed, index_of_account, index_of_contact
from services.matching.documents import account_document
from services.matching.model import NORMALISER_VERSION
from services.search_words import search_words
from tests.proofs.invariants import record_of
from tests.support.tables import Stored


def broken_index(stored: Stored) -> list[str]:
    """Every place where the index or the words differ from those that the records would get today."""
    return [*_entries(stored), *_words(stored)]


def _fresh(stored: Stored) -> dict[int, tuple[Indexed, ...]]:
    """Each record's entries by its id: without and with what a contact takes over from its account."""
    country = stored["tenants"][0]["default_country"]
    accounts = [each for row in stored["accounts"] if isinstance(each := record_of(RecordKind.ACCOUNT, row), Account)]
    accounts = [each for each in accounts if not each.is_private_customers]
    companies = {each.id: account_document(each, country) for each in accounts}
    entries: dict[int, tuple[Indexed, ...]] = {each.id: (index_of_account(each, country),) for each in accounts}
    for row in stored["contacts"]:
        contact = record_of(RecordKind.CONTACT, row)
        if isinstance(contact, Contact):
            bare, full = index_of_contact(contact, {}, country), index_of_contact(contact, companies, country)
            entries[contact.id] = (bare, full)
    return entries


def _entries(stored: Stored) -> Iterator[str]:
    fresh = _fresh(stored)
    documents = {row["record_id"]: row for row in stored["match_documents"] if row["version"] == NORMALISER_VERSION}
    key_rows = {(row["key"], row["account_id"], row["contact_id"]) for row in stored["match_keys"]}
    expected_rows: set[tuple[int, int, int]] = set()
    if documents.keys() != fresh.keys():
        yield f"documents without records or records without documents: {sorted(documents.keys() ^ fresh.keys())}"
    for id_, indexed in fresh.items():
        row, entry = documents.get(id_, {}), indexed[-1].entry
        stored_entry = (row.get("account_id"), row.get("record_version"), row.get("document"))
        if stored_entry != (entry.account_id, entry.record_version, entry.document):
            yield f"the document of record {id_} is not the one of its version {entry.record_version}"
        keys = set(unpack_hashes(row.get("keys", b"")))
        # A contact keeps the key that names its account when that is renamed; all the others are its own.
        if not set(indexed[0].entry.keys) <= keys or (len(keys) != len(entry.keys)):
            yield f"the keys of record {id_} are {sorted(keys)} and not {sorted(entry.keys)}"
        expected_rows |= {(key, entry.account_id, entry.contact_id) for key in keys}
    if key_rows != expected_rows:
        yield f"key rows without a document or the other way round: {sorted(key_rows ^ expected_rows)}"


def broken_frequencies(stored: Stored) -> list[str]:
    """Every place where the folded frequencies are not the counts of what the records have."""
    counts: Counter[int] = Counter()
    documents = {row["record_id"]: row for row in stored["match_documents"]}
    fresh = _fresh(stored)
    for id_, indexed in fresh.items():
        counts.update(set(unpack_hashes(documents[id_]["keys"])) | set(indexed[-1].tokens))
    folded = {row["term"]: row["count"] for row in stored["match_frequencies"]}
    found = [
        f"term {term} is counted {folded.get(term)} times and occurs {counts[term]} times"
        for term in counts.keys() | folded.keys()
        if folded.get(term, 0) != counts[term]
    ]
    (snapshot,) = stored["match_snapshots"]
    contacts = len(stored["contacts"])
    if (snapshot["accounts"], snapshot["contacts"]) != (len(fresh) - contacts, contacts):
        found.append(f"the snapshot counts {snapshot['accounts']} accounts and {snapshot['contacts']} contacts")
    return [*found, *(f"a delta is left: {row['id']}" for row in stored["match_frequency_deltas"])]


def _words(stored: Stored) -> Iterator[str]:
    country = stored["tenants"][0]["default_country"]
    words = {(row["kind"], row["record_id"], row["term"]) for row in stored["search_terms"]}
    expected: set[tuple[int, int, str]] = set()
    for kind, table in (
        (RecordKind.LEAD, "leads"),
        (RecordKind.ACCOUNT, "accounts"),
        (RecordKind.CONTACT, "contacts"),
    ):
        for row in stored[table]:
            record = record_of(kind, row)
            found = search_words(record, country)  # type: ignore[arg-type]
            expected |= {(_NUMBERS[kind], record.id, word) for word in found}
    yield from (f"search word {each} is too many or missing" for each in sorted(words ^ expected))
