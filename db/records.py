"""Reading and writing the four kinds of record by id."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from db.engine import ReadSession, WriteSession
from db.rows import R, shape_of, without_key


async def get_many(session: ReadSession, kind: type[R], tenant_id: int, ids: Sequence[int]) -> list[R | None]:
    """The records with these ids, in this order; None where the tenant has no such record. One statement."""
    shape = shape_of(kind)
    table = shape.table
    rows = await session.execute(select(table).where(table.c.tenant_id == tenant_id, table.c.id.in_(set(ids))))
    found = {row["id"]: shape.from_row(row) for row in rows.mappings()}
    return [found.get(each) for each in ids]


async def get(session: ReadSession, kind: type[R], tenant_id: int, id_: int) -> R | None:
    """The record with this id, or None."""
    return (await get_many(session, kind, tenant_id, [id_]))[0]


async def get_for_update(session: WriteSession, kind: type[R], id_: int) -> R | None:
    """The record with this id as of now, locked until the transaction ends; None if there is none."""
    shape = shape_of(kind)
    table = shape.table
    query = select(table).where(table.c.tenant_id == session.tenant_id, table.c.id == id_)
    locked = query.with_for_update(key_share=True)
    row = (await session.execute(locked)).mappings().one_or_none()
    return None if row is None else shape.from_row(row)


async def insert_many(session: WriteSession, kind: type[R], records: Sequence[R]) -> None:
    """Write new records of one kind. One statement."""
    if records:
        shape = shape_of(kind)
        await session.execute(insert(shape.table), [shape.to_row(each) for each in records])


async def update_many(session: WriteSession, kind: type[R], records: Sequence[R]) -> None:
    """Write records that exist, whole; each carries its new version already. The caller holds them locked."""
    shape = shape_of(kind)
    table = shape.table
    for record in records:
        here = (table.c.tenant_id == record.tenant_id, table.c.id == record.id)
        await session.execute(update(table).where(*here).values(without_key(shape.to_row(record))))
