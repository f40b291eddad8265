"""Events as they are read for subscribers: in batches, with the leads they are about."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db import acceptances, log, records, reference
from db.engine import ReadSession
from domain.events import Event, EventKind
from domain.records import Lead, RecordKind, Tenant
from services.backend import Backend

BATCH = 500
"""Events that are read, and told, at a time."""
MAX_BACKLOG = 10_000
"""Events that a subscriber may be behind; reading the records anew is cheaper from there on."""


class PositionGoneError(Exception):
    """The events after a position cannot be told: it is none of the tenant's, too old, or they are no longer kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Events of a tenant in the order of commits, without gaps, and the leads and tenant as they are now.

    ``holders`` are the users in whose hands the leads are, by lead. Records are as of one moment, at which there were
    further events if ``has_more``.
    """

    tenant: Tenant
    events: Sequence[Event]
    leads: Mapping[int, Lead]
    holders: Mapping[int, int]
    has_more: bool = False
    memo: dict[str, Any] = field(default_factory=dict, compare=False)
    """What topics have worked out about the batch and share."""

    @property
    def position(self) -> int:
        """The position of the last event."""
        return self.events[-1].position


async def read_tenant(backend: Backend, tenant_id: int) -> tuple[Tenant, int]:
    """The tenant, and the position of its newest event. Raises ``LookupError`` for a tenant that is not there."""
    async with backend.database.read() as session:
        tenant = await reference.get_tenant(session, tenant_id)
        if tenant is None:
            raise LookupError(f"there is no tenant {tenant_id}")
        return tenant, await _newest(session, tenant_id)


async def read_batch(backend: Backend, tenant: Tenant, position: int, limit: int = BATCH) -> Batch | None:
    """The tenant's first events after a position; None if there are none.

    One statement, and one more for each of: the leads they are about, who holds those, a tenant that has changed, and
    whether there are more of them.
    """
    async with backend.database.read() as session:
        events = await log.events_after(session, tenant.id, position, limit)
        if not events:
            return None
        has_more = len(events) == limit and events[-1].position < (await _newest(session, tenant.id))
        if any(each.kind is EventKind.MATCHING_SETTINGS_SAVED for each in events):
            tenant = await reference.get_tenant(session, tenant.id) or tenant
        leads = await _leads(session, tenant.id, events)
        held = [each.id for each in leads.values() if each.accepted_by_id is not None]
        holders = await acceptances.holders_by_lead(session, tenant.id, held)
    return Batch(tenant=tenant, events=events, leads=leads, holders=holders, has_more=has_more)


async def _newest(session: ReadSession, tenant_id: int) -> int:
    return (await log.newest_positions(session, [tenant_id]))[tenant_id]


async def _leads(session: ReadSession, tenant_id: int, events: Sequence[Event]) -> dict[int, Lead]:
    ids = list(dict.fromkeys(each.lead_id for each in events if is_about_lead(each) and each.lead_id is not None))
    found = await records.get_many(session, Lead, tenant_id, ids) if ids else []
    return {each.id: each for each in found if each is not None}


def is_about_lead(event: Event) -> bool:
    """Whether it happened to a lead itself, or is a match that was dismissed or restored for one."""
    return event.record_kind is RecordKind.LEAD or event.kind in {
        EventKind.MATCH_DISMISSED,
        EventKind.MATCH_RESTORED,
    }


async def replay(backend: Backend, tenant: Tenant, after: int, until: int) -> AsyncIterator[Batch]:
    """What happened after a position, up to and with another. Raises ``PositionGoneError``."""
    if not 0 <= until - after <= MAX_BACKLOG:
        raise PositionGoneError
    while after < until:
        batch = await asyncio.shield(read_batch(backend, tenant, after, min(BATCH, until - after)))
        # A tenant's positions have no gaps, so a number that is missing was removed.
        if batch is None or batch.position - after != len(batch.events):
            raise PositionGoneError
        after = batch.position
        yield batch
