"""The ids that accounts and contacts have in other systems."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select

from db.engine import ReadSession, WriteSession
from db.tables.records import external_ids
from domain.records import RecordKind
from domain.values import ExternalId


async def find_many(
    session: ReadSession, tenant_id: int, kind: RecordKind, system: str, values: Iterable[str]
) -> dict[str, int]:
    """Record ids by external id, within one system. One statement."""
    table = external_ids.c
    query = select(table.value, table.record_id).where(
        table.tenant_id == tenant_id, table.kind == kind, table.system == system, table.value.in_(set(values))
    )
    return {row.value: row.record_id for row in await session.execute(query)}


async def by_record(session: ReadSession, tenant_id: int, record_ids: Sequence[int]) -> list[tuple[ExternalId, ...]]:
    """The external ids of each of these records, by system. One statement."""
    table = external_ids.c
    query = (
        select(table.record_id, table.system, table.value)
        .where(table.tenant_id == tenant_id, table.record_id.in_(set(record_ids)))
        .order_by(table.system, table.value)
    )
    found: dict[int, list[ExternalId]] = {}
    for row in await session.execute(query):
        found.setdefault(row.record_id, []).append(ExternalId(row.system, row.value))
    return [tuple(found.get(each, ())) for each in record_ids]


async def insert_many(session: WriteSession, kind: RecordKind, entries: Iterable[tuple[int, ExternalId]]) -> None:
    """Write external ids: pairs of record id and external id. One statement."""
    rows = [
        {
            "tenant_id": session.tenant_id,
            "kind": kind,
            "system": each.system,
            "value": each.value,
            "record_id": record_id,
        }
        for record_id, each in entries
    ]
    if rows:
        await session.execute(insert(external_ids), rows)


async def delete_all(session: WriteSession, record_id: int) -> None:
    """Delete every external id of a record."""
    table = external_ids.c
    await session.execute(
        delete(external_ids).where(table.tenant_id == session.tenant_id, table.record_id == record_id)
    )
