"""The tenant's events and the change rows behind them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, insert, select

from db.decision_rows import value_to_json
from db.engine import ReadSession, WriteSession
from db.paging import count_rows, fetch_page
from db.tables.log import changes, events
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
