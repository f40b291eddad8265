"""The match index: which records carry a key, and their documents."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from db.driver import DriverStatement, run
from db.engine import ReadSession, WriteSession
from db.match_rows import pack_hashes, unpack_hashes
from db.tables.matching import match_documents as documents


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A record as the index has it: its encoded document, and the keys it is found by.

    ``account_id`` is the record's own id for an account, and its account's for a contact.
    """

    record_id: int
    account_id: int
    record_version: int
    document: bytes
    keys: tuple[int, ...]

    @property
    def contact_id(self) -> int:
        """What key rows carry as the contact: 0 for an account."""
        return 0 if self.record_id == self.account_id else self.record_id


class StoredDocument(NamedTuple):
    """A record's document as it was stored."""

    record_id: int
    account_id: int
    record_version: int
    document: bytes


# A version that is being built may have the row already, from what was read of the record earlier.
_INSERT = DriverStatement(
    sqlite="""
INSERT INTO :table (tenant_id, version, key, account_id, contact_id)
SELECT ?1, ?2, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING
""",
    postgresql="""
INSERT INTO :table (tenant_id, version, key, account_id, contact_id)
SELECT $1, $2, key, account_id, contact_id
FROM unnest($3::bigint[], $4::bigint[], $5::bigint[]) AS added(key, account_id, contact_id) ON CONFLICT DO NOTHING
""",
)

_DELETE = DriverStatement(
    sqlite="""
DELETE FROM :table WHERE tenant_id = ?1 AND version = ?2 AND (key, account_id, contact_id) IN (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(?3)
)
""",
    postgresql="""
DELETE FROM :table AS k USING unnest($3::bigint[], $4::bigint[], $5::bigint[]) AS gone(key, account_id, contact_id)
WHERE k.tenant_id = $1 AND k.version = $2
AND k.key = gone.key AND k.account_id = gone.account_id AND k.contact_id = gone.contact_id
""",
)


def _on(table: str, statement: DriverStatement) -> DriverStatement:
    return DriverStatement(
        sqlite=statement.sqlite.replace(":table", table),
        postgresql=statement.postgresql.replace(":table", table),
    )


_INSERT_KEYS, _DELETE_KEYS = (_on("match_keys", each) for each in (_INSERT, _DELETE))
_INSERT_WITHDRAWN, _DELETE_WITHDRAWN = (_on("match_withdrawn_keys", each) for each in (_INSERT, _DELETE))

_DOCUMENTS = DriverStatement(
    sqlite="""
SELECT record_id, account_id, record_version, document FROM match_documents
WHERE tenant_id = ?1 AND version = ?2 AND record_id IN (SELECT value FROM json_each(?3))
""",
    postgresql="""
SELECT record_id, account_id, record_version, document FROM match_documents
WHERE tenant_id = $1 AND version = $2 AND record_id = ANY($3::bigint[])
""",
)

_ENTRIES = DriverStatement(
    sqlite="""
SELECT version, record_id, account_id, record_version, document, keys FROM match_documents
WHERE tenant_id = ?1 AND record_id = ?2 AND version IN (SELECT value FROM json_each(?3))
""",
    postgresql="""
SELECT version, record_id, account_id, record_version, document, keys FROM match_documents
WHERE tenant_id = $1 AND record_id = $2 AND version = ANY($3::smallint[])
""",
)

_REPLACE = DriverStatement(
    sqlite="""
UPDATE match_documents SET account_id = ?4, record_version = ?5, document = ?6, keys = ?7
WHERE tenant_id = ?1 AND version = ?2 AND record_id = ?3
""",
    postgresql="""
UPDATE match_documents SET account_id = $4, record_version = $5, document = $6, keys = $7
WHERE tenant_id = $1 AND version = $2 AND record_id = $3
""",
)


async def insert_entries(session: WriteSession, version: int, entries: Sequence[IndexEntry]) -> None:
    """Write records that the index does not have. Two statements."""
    if not entries:
        return
    await insert_keys(session, version, _key_columns((key, each) for each in entries for key in each.keys))
    await session.execute(insert(documents), [_document_row(session.tenant_id, version, each) for each in entries])


async def replace_entry(
    session: WriteSession, version: int, before: IndexEntry, after: IndexEntry, *, is_building: bool
) -> None:
    """Write a record anew that the index has as ``before``; only the keys that differ are touched.

    In a version that is being built it is noted which keys were withdrawn, because their rows may come later.
    """
    has_moved = before.account_id != after.account_id
    gone = _key_columns((key, before) for key in (before.keys if has_moved else set(before.keys) - set(after.keys)))
    new = _key_columns((key, after) for key in (after.keys if has_moved else set(after.keys) - set(before.keys)))
    await _run_on_rows(session, _DELETE_KEYS, version, gone)
    await insert_keys(session, version, new)
    if is_building:
        await _run_on_rows(session, _INSERT_WITHDRAWN, version, gone)
        await _run_on_rows(session, _DELETE_WITHDRAWN, version, new)
    row = (after.record_id, after.account_id, after.record_version, after.document, pack_hashes(after.keys))
    await run(session, _REPLACE, session.tenant_id, version, *row)


async def insert_keys(session: WriteSession, version: int, columns: Sequence[Sequence[int]]) -> None:
    """Write key rows, given as the columns key, account and contact; those that are there are left. One statement."""
    await _run_on_rows(session, _INSERT_KEYS, version, columns)


async def entries_of_record(
    session: ReadSession, tenant_id: int, record_id: int, versions: Sequence[int]
) -> dict[int, IndexEntry]:
    """A record as each of these versions has it; without those that do not have it. One statement."""
    rows = await run(session, _ENTRIES, tenant_id, record_id, columns=[versions])
    return {version: _entry(*row) for version, *row in rows}


async def entries_of_records(
    session: ReadSession, tenant_id: int, version: int, record_ids: Sequence[int]
) -> dict[int, IndexEntry]:
    """These records as a version has them, by id in ascending order; without those it does not have. One statement."""
    here = (documents.c.tenant_id == tenant_id, documents.c.version == version)
    query = select(documents).where(*here, documents.c.record_id.in_(record_ids)).order_by(documents.c.record_id)
    rows = await session.execute(query)
    return {
        row.record_id: _entry(row.record_id, row.account_id, row.record_version, row.document, row.keys) for row in rows
    }


async def fetch_documents(
    session: ReadSession, tenant_id: int, version: int, record_ids: Collection[int]
) -> dict[int, StoredDocument]:
    """The documents of these accounts and contacts, by id. One statement, or none for no ids."""
    if not record_ids:
        return {}
    rows = await run(session, _DOCUMENTS, tenant_id, version, columns=[sorted(record_ids)])
    return {row[0]: StoredDocument(*row) for row in rows}


def _document_row(tenant_id: int, version: int, entry: IndexEntry) -> dict[str, Any]:
    return {
        "tenant_id": tenant_id,
        "version": version,
        "record_id": entry.record_id,
        "account_id": entry.account_id,
        "record_version": entry.record_version,
        "document": entry.document,
        "keys": pack_hashes(entry.keys),
    }


def _entry(record_id: int, account_id: int, record_version: int, document: bytes, keys: bytes) -> IndexEntry:
    return IndexEntry(
        record_id=record_id,
        account_id=account_id,
        record_version=record_version,
        document=document,
        keys=unpack_hashes(keys),
    )


def _key_columns(rows: Iterable[tuple[int, IndexEntry]]) -> list[list[int]]:
    # In the order of the index, so that neighbours are written together.
    ordered = sorted((key, each.account_id, each.contact_id) for key, each in rows)
    return [list(column) for column in zip(*ordered, strict=True)]


async def _run_on_rows(
    session: WriteSession, statement: DriverStatement, version: int, columns: Sequence[Sequence[int]]
) -> None:
    if columns:
        await run(session, statement, session.tenant_id, version, columns=columns)
