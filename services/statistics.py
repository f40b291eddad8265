"""How often keys and name tokens occur, kept in the process for as long as they are the current snapshot.

The frequencies are folded in the background, so a process asks for the current snapshot only every few seconds; a
look-up whose terms are all known needs no statement at all.
"""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.engine import Database
from db.frequencies import Snapshot, fetch_snapshot
from services.matching.model import Statistics

POLL_EVERY = timedelta(seconds=5)
MAX_TERMS = 200_000
MAX_TENANTS = 32


@dataclass(slots=True)
class _Kept:
    """What is known of one tenant's snapshot; ``counts`` has the term that was asked for last at its end."""

    snapshot: Snapshot
    asked_at: datetime
    counts: OrderedDict[int, int] = field(default_factory=OrderedDict)


class StatisticsCache:
    """The frequencies that this process has fetched, by tenant; the least recently used are forgotten first."""

    def __init__(self, *, max_terms: int = MAX_TERMS, max_tenants: int = MAX_TENANTS) -> None:
        self._max_terms = max_terms
        self._max_tenants = max_tenants
        self._tenants: OrderedDict[int, _Kept] = OrderedDict()

    async def get(self, database: Database, tenant_id: int, terms: Collection[int], now: datetime) -> Statistics:
        """The statistics of these terms, all of one snapshot. One statement, or none if all are known.

        If one is missing, all are fetched, so that they are of one snapshot whatever was folded in between. Raises
        ``LookupError`` for a tenant whose index was never started.
        """
        kept = self._tenants.get(tenant_id)
        if kept is None or now - kept.asked_at >= POLL_EVERY or not kept.counts.keys() >= set(terms):
            async with database.read() as session:
                fetched, found = await fetch_snapshot(session, tenant_id, terms)
            kept = self._keep(tenant_id, fetched, now)
            kept.counts.update((term, found.get(term, 0)) for term in terms)
        asked = {term: kept.counts[term] for term in terms}
        self._forget_oldest(tenant_id, kept, terms)
        snapshot = kept.snapshot
        return Statistics(
            snapshot=snapshot.number, accounts=snapshot.accounts, contacts=snapshot.contacts, frequencies=asked
        )

    def forget(self, tenant_id: int) -> None:
        """Ask for the snapshot again at the next look-up, because a new one has been made."""
        self._tenants.pop(tenant_id, None)

    def _keep(self, tenant_id: int, fetched: Snapshot, now: datetime) -> _Kept:
        kept = self._tenants.get(tenant_id)
        if kept is None or kept.snapshot != fetched:
            kept = self._tenants[tenant_id] = _Kept(fetched, now)
        kept.asked_at = now
        return kept

    def _forget_oldest(self, tenant_id: int, kept: _Kept, terms: Collection[int]) -> None:
        self._tenants.move_to_end(tenant_id)
        for term in terms:
            kept.counts.move_to_end(term)
        while len(kept.counts) > self._max_terms:
            kept.counts.popitem(last=False)
        while len(self._tenants) > self._max_tenants:
            self._tenants.popitem(last=False)
