"""Ids to draw samples from."""

from sqlalchemy import select

from db.engine import ReadSession
from db.rows import SHAPES
from db.tables.records import leads
from domain.records import Account, Contact, Lead, LeadStatus


async def some_ids_after(
    session: ReadSession, kind: type[Account | Contact | Lead], tenant_id: int, after_id: int, limit: int
) -> list[int]:
    """The tenant's smallest ids above ``after_id``, ascending, at most ``limit``. One statement.

    Converted leads are left out: their records have taken over what they said since.
    """
    table = SHAPES[kind].table
    query = select(table.c.id).where(table.c.tenant_id == tenant_id, table.c.id > after_id)
    if kind is Lead:
        query = query.where(leads.c.status != LeadStatus.CONVERTED)
    return list((await session.execute(query.order_by(table.c.id).limit(limit))).scalars())
