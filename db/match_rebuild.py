"""Building another version of the match index, and forgetting an old one, in short transactions.

Documents come first, record by record. The rows of their keys and the frequencies are made afterwards from all the
documents at once, in the order of the B-trees: in the order of records every row would land on another page.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, delete, exists, select, true, update

from db.driver import DriverStatement, run, run_for_each
from db.engine import ReadSession, WriteSession
from db.rows import SHAPES, R, shape_of
from db.tables.matching import match_documents as documents
from db.tables.matching import match_frequencies as frequencies
from db.tables.matching import match_frequency_deltas as deltas
from db.tables.matching import match_keys as keys
from db.tables.matching import match_snapshots as snapshots
from domain.records import Account, Contact

DocumentRow = tuple[int, int, int, bytes, bytes]
"""A row of documents: record, account, the record's version, document, packed keys."""


class Rows(Enum):
    """What a version has rows of."""

    KEYS = "keys"
    DOCUMENTS = "documents"
    FREQUENCIES = "frequencies"


class Deleted(NamedTuple):
    """How many rows were deleted, and the last of the places up to which they were; None if none are left."""

    rows: int
    up_to: int | None


_ORDERS: Mapping[Rows, tuple[Table, str]] = {
    Rows.KEYS: (keys, "key"),
    Rows.DOCUMENTS: (documents, "record_id"),
    Rows.FREQUENCIES: (frequencies, "term"),
}
"""The tables, and the first column after the version in their order."""

_INSERT_DOCUMENT = DriverStatement(
    sqlite="""
INSERT INTO match_documents (tenant_id, version, record_id, account_id, record_version, document, keys)
VALUES (?, ?, ?, ?, ?, ?, ?)
""",
    postgresql="""
INSERT INTO match_documents (tenant_id, version, record_id, account_id, record_version, document, keys)
VALUES ($1, $2, $3, $4, $5, $6, $7)
""",
)

_NEXT_DOCUMENTS = DriverStatement(
    sqlite="""
SELECT record_id, account_id, record_version, document, keys FROM match_documents
WHERE tenant_id = ?1 AND version = ?2 AND record_id > ?3 ORDER BY record_id LIMIT ?4
""",
    postgresql="""
SELECT record_id, account_id, record_version, document, keys FROM match_documents
WHERE tenant_id = $1 AND version = $2 AND record_id > $3 ORDER BY record_id LIMIT $4
""",
)

_LOCK_RECORDS = DriverStatement(
    sqlite="SELECT id, version FROM :table WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))",
    postgresql="""
SELECT id, version FROM :table WHERE tenant_id = $1 AND id = ANY($2::bigint[]) FOR SHARE SKIP LOCKED
""",
)
_LOCK = {
    kind: DriverStatement(
        sqlite=_LOCK_RECORDS.sqlite.replace(":table", SHAPES[kind].table.name),
        postgresql=_LOCK_RECORDS.postgresql.replace(":table", SHAPES[kind].table.name),
    )
    for kind in (Account, Contact)
}

_HAVE_DOCUMENTS = DriverStatement(
    sqlite="""
SELECT record_id FROM match_documents
WHERE tenant_id = ?1 AND version = ?2 AND record_id IN (SELECT value FROM json_each(?3))
""",
    postgresql="""
SELECT record_id FROM match_documents
WHERE tenant_id = $1 AND version = $2 AND record_id = ANY($3::bigint[])
""",
)

_SET_FREQUENCIES = DriverStatement(
    sqlite="""
INSERT INTO match_frequencies (tenant_id, version, term, count)
SELECT ?1, ?2, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?3)
""",
    postgresql="""
INSERT INTO match_frequencies (tenant_id, version, term, count)
SELECT $1, $2, term, count FROM unnest($3::bigint[], $4::int[]) AS added(term, count)
""",
)

_FORGET_DELTAS = DriverStatement(
    sqlite="DELETE FROM match_frequency_deltas WHERE tenant_id = ?1 AND id IN (SELECT value FROM json_each(?2))",
    postgresql="DELETE FROM match_frequency_deltas WHERE tenant_id = $1 AND id = ANY($2::bigint[])",
)


async def missing_ids(session: ReadSession, kind: type[Account | Contact], tenant_id: int, version: int) -> list[int]:
    """Ids of the accounts or contacts that a version does not have, ascending."""
    table = SHAPES[kind].table
    query = _missing(kind, tenant_id, version).with_only_columns(table.c.id).order_by(table.c.id)
    return list((await session.execute(query)).scalars())


async def fetch_missing(
    session: ReadSession, kind: type[R], tenant_id: int, version: int, ids: tuple[int, int]
) -> list[R]:
    """The accounts or contacts from the first id to the last that a version does not have, by id."""
    shape = shape_of(kind)
    query = _missing(kind, tenant_id, version).where(shape.table.c.id.between(*ids)).order_by(shape.table.c.id)
    return [shape.from_row(row) for row in (await session.execute(query)).mappings()]


async def lock_unindexed(
    session: WriteSession, kind: type[Account | Contact], version: int, ids: Sequence[int]
) -> Mapping[int, int]:
    """Lock those of these accounts or contacts that a version does not have: their versions by id. Two statements.

    No other record is touched, however far the ids lie apart. They stay locked until the transaction ends. Records that
    another transaction is writing are passed over rather than waited for, since it may be waiting for us.
    """
    locked: dict[int, int] = dict(await run(session, _LOCK[kind], session.tenant_id, columns=[ids]))
    # In a statement of its own: whoever held a record until we got it has written it to this version.
    for (id_,) in await run(session, _HAVE_DOCUMENTS, session.tenant_id, version, columns=[list(locked)]):
        locked.pop(id_, None)
    return locked


async def insert_documents(session: WriteSession, version: int, rows: Sequence[DocumentRow]) -> None:
    """Write documents without the rows of their keys. One statement, run for each."""
    await run_for_each(session, _INSERT_DOCUMENT, [(session.tenant_id, version, *row) for row in rows])


async def all_documents(
    session: ReadSession, tenant_id: int, version: int, limit: int
) -> AsyncIterator[list[DocumentRow]]:
    """All documents of a version by record id, so many at a time, as of the session's view."""
    last = 0
    while found := await run(session, _NEXT_DOCUMENTS, tenant_id, version, last, limit):
        rows: list[Any] = list(found)
        yield rows
        last = rows[-1][0]


async def delta_ids(session: ReadSession, tenant_id: int, version: int) -> list[int]:
    """The deltas of a version that nobody has folded."""
    query = select(deltas.c.id).where(deltas.c.tenant_id == tenant_id, deltas.c.version == version)
    return list((await session.execute(query)).scalars())


async def set_counts(
    session: WriteSession, version: int, *, accounts: int, contacts: int, counted_deltas: Sequence[int]
) -> None:
    """Say how many records a version has, and forget the deltas that are contained in what was counted."""
    here = (snapshots.c.tenant_id == session.tenant_id, snapshots.c.version == version)
    await session.execute(update(snapshots).where(*here).values(accounts=accounts, contacts=contacts))
    await run(session, _FORGET_DELTAS, session.tenant_id, columns=[counted_deltas])


async def set_frequencies(session: WriteSession, version: int, terms: Sequence[int], counts: Sequence[int]) -> None:
    """Write how often terms occur of which the version knows nothing. One statement."""
    await run(session, _SET_FREQUENCIES, session.tenant_id, version, columns=[terms, counts])


async def delete_some(session: WriteSession, version: int, rows: Rows, *, after: int | None, limit: int) -> Deleted:
    """Delete a version's next rows in their order, about ``limit`` of them (those of one key go together).

    ``after`` is the place up to which they were deleted before, None at the beginning. Going on from there spares
    PostgreSQL a walk over what is gone, which it keeps until it is vacuumed: each step would be slower than the last.
    """
    table, name = _ORDERS[rows]
    place = table.c[name]
    here = [table.c.tenant_id == session.tenant_id, table.c.version == version]
    if after is not None:
        here.append(place > after)
    last = select(place).where(*here).order_by(place).offset(limit - 1).limit(1)
    up_to: int | None = (await session.execute(last)).scalar_one_or_none()
    if up_to is not None:
        here.append(place <= up_to)
    gone = await session.execute(delete(table).where(*here))
    return Deleted(gone.rowcount, up_to)


def _missing(kind: type[Any], tenant_id: int, version: int) -> Select[Any]:
    table = SHAPES[kind].table
    has_document = exists().where(
        documents.c.tenant_id == tenant_id, documents.c.version == version, documents.c.record_id == table.c.id
    )
    is_indexed = ~table.c.is_private_customers if kind is Account else true()
    return select(table).where(table.c.tenant_id == tenant_id, is_indexed, ~has_document)
