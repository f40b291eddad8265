"""Trusted documents by their ids. What an id names never changes."""

from collections.abc import Collection, Mapping

from sqlalchemy import insert, select

from db.engine import ReadSession, WriteSession
from db.tables.documents import trusted_documents

_AT_ONCE = 500
"""Ids in one statement."""


async def texts_by_id(session: ReadSession, ids: Collection[str]) -> dict[str, str]:
    """The texts of those ids that are there."""
    table = trusted_documents.c
    found: dict[str, str] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(table.id, table.text).where(table.id.in_(wanted[start : start + _AT_ONCE]))
        found |= {row.id: row.text for row in await session.execute(query)}
    return found


async def insert_texts(session: WriteSession, texts: Mapping[str, str]) -> None:
    """Write documents by id; none of the ids may be there."""
    rows = [{"id": each, "text": text, "registered_at": session.now} for each, text in texts.items()]
    if rows:
        await session.execute(insert(trusted_documents), rows)
