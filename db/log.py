"""The tenant's events and the change rows behind them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, insert, select

from db.decision_rows import value_to_json
from db.engine import ReadSession, WriteSession
from db.paging import count_rows, fetch_page
from db.tables.log import changes, events
from db.tables.reference import counters
from domain.events import Event, NewChange
from domain.paging import Page, PageRequest


def event_from_row(row: Any) -> Event:  # noqa: ANN401
    """An event as it was stored."""
    return Event(**{**row, "fields": tuple(row["fields"])})


def _of_lead(tenant_id: int, lead_id: int) -> Select[Any]:
    return select(events).where(events.c.tenant_id == tenant_id, events.c.lead_id == lead_id)


async def page_of_lead(session: ReadSession, tenant_id: int, lead_id: int, request: PageRequest) -> Page[Event]:
    """One page of what happened to a lead, oldest first; the cursor key is (position,)."""
    return await fetch_page(session, _of_lead(tenant_id, lead_id), [events.c.position], request, event_from_row)


async def count_of_lead(session: ReadSession, tenant_id: int, lead_id: int) -> int:
    """How many events the lead has."""
    return await count_rows(session, _of_lead(tenant_id, lead_id))


async def events_after(session: ReadSession, tenant_id: int, position: int, limit: int) -> list[Event]:
    """The tenant's first events after a position, in the order of commits. One statement.

    Nothing can still appear between them: a transaction takes its positions from the tenant's counter, whose row it
    holds until it has ended, so that the next one gets higher positions and commits later.
    """
    query = (
        select(events)
        .where(events.c.tenant_id == tenant_id, events.c.position > position)
        .order_by(events.c.position)
        .limit(limit)
    )
    return [event_from_row(row) for row in (await session.execute(query)).mappings()]


async def newest_positions(session: ReadSession, tenant_ids: Sequence[int]) -> dict[int, int]:
    """The position of the newest committed event of each of these tenants; 0 before the first. One statement."""
    query = select(counters.c.tenant_id, counters.c.event_position).where(counters.c.tenant_id.in_(tenant_ids))
    return {row.tenant_id: row.event_position for row in await session.execute(query)}


async def insert_changes(session: WriteSession, new: Sequence[NewChange], new_id: Callable[[], int]) -> None:
    """Write one change row per changed field. One statement."""
    rows = [
        {
            "tenant_id": session.tenant_id,
            "id": new_id(),
            "record_kind": each.record_kind,
            "record_id": each.record_id,
            "field": each.field,
            "old": value_to_json(each.old),
            "new": value_to_json(each.new),
            "lead_id": each.lead_id,
            "person_id": each.person_id,
            "user_id": each.user_id,
            "changed_at": session.now,
        }
        for each in new
    ]
    if rows:
        await session.execute(insert(changes), rows)
