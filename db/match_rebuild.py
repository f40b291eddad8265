"""Building another version of the match index, and forgetting an old one, in short transactions."""

from typing import Any

from sqlalchemy import Select, delete, exists, select, true

from db.engine import ReadSession, WriteSession
from db.match_index import delete_entries, fetch_documents, first_entries
from db.rows import SHAPES, R, shape_of
from db.tables.matching import match_documents as documents
from db.tables.matching import match_frequencies as frequencies
from domain.records import Account, Contact

_TERMS_PER_STEP = 5_000


async def lock_some_missing(session: WriteSession, kind: type[R], version: int, after_id: int, limit: int) -> list[R]:
    """Accounts or contacts that a version does not have, by id from ``after_id`` on, locked; () at the end.

    Records that another transaction is writing are passed over rather than waited for, since it may be waiting for us.
    """
    shape = shape_of(kind)
    query = _missing(kind, session.tenant_id, version).where(shape.table.c.id > after_id)
    query = query.order_by(shape.table.c.id).limit(limit).with_for_update(read=True, skip_locked=True)
    found = [shape.from_row(row) for row in (await session.execute(query)).mappings()]
    # Whoever held a record until we got it has written it to this version, which the first look did not see.
    has_meanwhile = await fetch_documents(session, session.tenant_id, version, [each.id for each in found])
    return [each for each in found if each.id not in has_meanwhile]


async def has_missing(session: ReadSession, kind: type[Account | Contact], tenant_id: int, version: int) -> bool:
    """Whether there are accounts or contacts that a version does not have."""
    return (await session.execute(_missing(kind, tenant_id, version).limit(1))).first() is not None


async def delete_some(session: WriteSession, version: int, limit: int) -> bool:
    """Delete some of a version's rows; returns whether there may be more."""
    entries = await first_entries(session, session.tenant_id, version, limit)
    if entries:
        await delete_entries(session, version, entries)
        return True
    here = (frequencies.c.tenant_id == session.tenant_id, frequencies.c.version == version)
    some = select(frequencies.c.term).where(*here).limit(_TERMS_PER_STEP)
    gone = await session.execute(delete(frequencies).where(*here, frequencies.c.term.in_(some)))
    return gone.rowcount > 0


def _missing(kind: type[Any], tenant_id: int, version: int) -> Select[Any]:
    table = SHAPES[kind].table
    has_document = exists().where(
        documents.c.tenant_id == tenant_id, documents.c.version == version, documents.c.record_id == table.c.id
    )
    is_indexed = ~table.c.is_private_customers if kind is Account else true()
    return select(table).where(table.c.tenant_id == tenant_id, is_indexed, ~has_document)
