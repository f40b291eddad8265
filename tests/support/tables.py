"""All that is stored of a tenant, to be looked at as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from db.engine import Database
from db.tables import metadata
from db.tables.documents import trusted_documents

Row = Mapping[str, Any]
Stored = Mapping[str, Sequence[Row]]
"""Rows by the name of their table, in the order of the primary key."""


async def everything(database: Database, tenant_id: int) -> Stored:
    """Every row of every table that belongs to the tenant, as of one moment."""
    found: dict[str, Sequence[Row]] = {}
    async with database.read() as session:
        for table in (each for each in metadata.sorted_tables if each is not trusted_documents):
            owner = table.c.tenant_id if "tenant_id" in table.c else table.c.id
            query = select(table).where(owner == tenant_id).order_by(*table.primary_key)
            found[table.name] = [dict(row) for row in (await session.execute(query)).mappings()]
    return found


def what_differs(before: Stored, after: Stored) -> dict[str, tuple[list[Row], list[Row]]]:
    """The rows that are gone and the rows that are new, by table; {} if nothing was written in between."""
    return {
        name: ([row for row in before[name] if row not in rows], [row for row in rows if row not in before[name]])
        for name, rows in after.items()
        if rows != before[name]
    }
