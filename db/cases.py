"""Lists of cases, and the numbers that new ones get."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select, update

from db.engine import ReadSession, WriteSession
from db.paging import count_rows, fetch_page
from db.rows import shape_of
from db.tables.records import cases
from db.tables.reference import counters
from domain.filters import CaseFilter
from domain.paging import Page, PageRequest
from domain.records import Case, CaseStatus


def _matching(tenant_id: int, filter_: CaseFilter) -> Select[Any]:
    query = select(cases).where(cases.c.tenant_id == tenant_id)
    if filter_.statuses:
        query = query.where(cases.c.status.in_(filter_.statuses))
    for column in ("account_id", "contact_id", "assignee_id"):
        wanted = getattr(filter_, column)
        if wanted is not None:
            query = query.where(cases.c[column] == wanted)
    return query


async def page(session: ReadSession, tenant_id: int, filter_: CaseFilter, request: PageRequest) -> Page[Case]:
    """One page of the tenant's cases, newest first; the cursor key is (id,)."""
    query = _matching(tenant_id, filter_)
    return await fetch_page(session, query, [cases.c.id], request, shape_of(Case).from_row, is_descending=True)


async def count(session: ReadSession, tenant_id: int, filter_: CaseFilter) -> int:
    """How many cases the filter lets through."""
    return await count_rows(session, _matching(tenant_id, filter_))


async def open_by_contact(session: ReadSession, tenant_id: int, contact_ids: Sequence[int]) -> list[tuple[Case, ...]]:
    """The open cases of each of these contacts, oldest first. One statement."""
    query = (
        select(cases)
        .where(
            cases.c.tenant_id == tenant_id,
            cases.c.contact_id.in_(set(contact_ids)),
            cases.c.status == CaseStatus.OPEN,
        )
        .order_by(cases.c.id)
    )
    found: dict[int, list[Case]] = {}
    for row in (await session.execute(query)).mappings():
        found.setdefault(row["contact_id"], []).append(shape_of(Case).from_row(row))
    return [tuple(found.get(each, ())) for each in contact_ids]


async def take_numbers(session: WriteSession, count_: int = 1) -> int:
    """Take the next ``count_`` case numbers of the tenant and return the first.

    Holds the tenant's counter row until the commit: call it as late as possible.
    """
    number = counters.c.case_number
    here = update(counters).where(counters.c.tenant_id == session.tenant_id)
    last: int = (await session.execute(here.values({number: number + count_}).returning(number))).scalar_one()
    return last - count_ + 1
