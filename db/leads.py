"""Lists of leads."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from db.engine import ReadSession
from db.paging import count_rows, fetch_page
from db.rows import shape_of
from db.search import found_by
from db.tables.acceptance import acceptances
from db.tables.records import leads
from domain.filters import LeadFilter, LeadOrder
from domain.paging import Page, PageRequest
from domain.records import Lead, LeadStatus, RecordKind


def _has_status(status: LeadStatus, now: datetime) -> ColumnElement[bool]:
    is_past = leads.c.expires_at <= now
    if status is LeadStatus.EXPIRED:
        return and_(leads.c.status == LeadStatus.NEW, is_past)
    if status is LeadStatus.NEW:
        return and_(leads.c.status == LeadStatus.NEW, or_(leads.c.expires_at.is_(None), leads.c.expires_at > now))
    return leads.c.status == status


def _matching(tenant_id: int, filter_: LeadFilter, now: datetime) -> Select[Any]:
    statuses = filter_.statuses or frozenset(LeadStatus) - {LeadStatus.EXPIRED}
    query = select(leads).where(leads.c.tenant_id == tenant_id)
    query = query.where(or_(*(_has_status(each, now) for each in sorted(statuses, key=lambda s: s.value))))
    if filter_.type_ids:
        query = query.where(leads.c.type_id.in_(filter_.type_ids))
    if filter_.assignee_id is not None:
        suggested = and_(leads.c.accepted_by_id.is_(None), leads.c.assignee_suggestion_id == filter_.assignee_id)
        held = select(acceptances.c.lead_id).where(
            acceptances.c.tenant_id == tenant_id, acceptances.c.user_id == filter_.assignee_id
        )
        query = query.where(or_(suggested, leads.c.id.in_(held)))
    return query.where(*found_by(leads.c.id, tenant_id, RecordKind.LEAD, filter_.terms))


async def page(
    session: ReadSession, tenant_id: int, filter_: LeadFilter, order: LeadOrder, request: PageRequest, now: datetime
) -> Page[Lead]:
    """One page of the tenant's leads; the cursor key is (received at, id)."""
    query = _matching(tenant_id, filter_, now)
    columns = [leads.c.received_at, leads.c.id]
    is_descending = order is LeadOrder.NEWEST_FIRST
    return await fetch_page(session, query, columns, request, shape_of(Lead).from_row, is_descending=is_descending)


async def count(session: ReadSession, tenant_id: int, filter_: LeadFilter, now: datetime) -> int:
    """How many leads the filter lets through."""
    return await count_rows(session, _matching(tenant_id, filter_, now))


async def by_case(session: ReadSession, tenant_id: int, case_ids: list[int]) -> list[tuple[Lead, ...]]:
    """The leads of each of these cases, oldest first. One statement."""
    query = select(leads).where(leads.c.tenant_id == tenant_id, leads.c.case_id.in_(set(case_ids))).order_by(leads.c.id)
    found: dict[int, list[Lead]] = {}
    for row in (await session.execute(query)).mappings():
        found.setdefault(row["case_id"], []).append(shape_of(Lead).from_row(row))
    return [tuple(found.get(each, ())) for each in case_ids]


async def by_external_id(session: ReadSession, tenant_id: int, source: str, external_ids: list[str]) -> dict[str, Lead]:
    """The leads of a source by their external ids. One statement."""
    query = select(leads).where(
        leads.c.tenant_id == tenant_id, leads.c.source == source, leads.c.external_id.in_(set(external_ids))
    )
    return {row["external_id"]: shape_of(Lead).from_row(row) for row in (await session.execute(query)).mappings()}


async def by_external_ids(
    session: ReadSession, tenant_id: int, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], Lead]:
    """The leads by source and external id, for keys of whatever sources. One statement."""
    query = select(leads).where(
        leads.c.tenant_id == tenant_id,
        leads.c.source.in_({source for source, _ in keys}),
        leads.c.external_id.in_({external_id for _, external_id in keys}),
    )
    found = [shape_of(Lead).from_row(row) for row in (await session.execute(query)).mappings()]
    wanted = set(keys)
    return {key: lead for lead in found if (key := (lead.source or "", lead.external_id or "")) in wanted}
