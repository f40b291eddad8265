"""How often keys and name tokens occur, kept in the process for as long as they are the current snapshot.

The frequencies are folded in the background, so a process asks for the current snapshot only every few seconds; a
look-up whose terms are all known needs no statement at all.
"""

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.engine import ReadSession
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

    async def get(self, session: ReadSession, tenant_id: int, terms: Collection[int], now: datetime) -> Statistics:
        """The statistics of these terms, all of one snapshot. No statement if all are known, and one for those that are
        not; one more if it finds another snapshot, of which everything has to be fetched.

        Raises ``LookupError`` for a tenant whose index was never started.
        """
        kept = self._tenants.get(tenant_id)
        missing = set(terms) if kept is None else {term for term in terms if term not in kept.counts}
        if kept is None or missing or now - kept.asked_at >= POLL_EVERY:
            fetched, found = await fetch_snapshot(session, tenant_id, missing)
            if kept is None or kept.snapshot != fetched:
                if len(missing) < len(terms):
                    missing = set(terms)
                    fetched, found = await fetch_snapshot(session, tenant_id, missing)
                kept = self._keep(tenant_id, fetched, now)
            kept.asked_at = now
            kept.counts.update((term, found.get(term, 0)) for term in missing)
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
        """Keep the snapshot, unless another look-up has brought a newer one, or terms of this one, in the meantime."""
        kept = self._tenants.get(tenant_id)
        if kept is not None and kept.snapshot == fetched:
            return kept
        made = _Kept(fetched, now)
        if kept is None or (kept.snapshot.version, kept.snapshot.number) <= (fetched.version, fetched.number):
            self._tenants[tenant_id] = made
        return made

    def _forget_oldest(self, tenant_id: int, kept: _Kept, terms: Collection[int]) -> None:
        if self._tenants.get(tenant_id) is kept:
            self._tenants.move_to_end(tenant_id)
        for term in terms:
            kept.counts.move_to_end(term)
        while len(kept.counts) > self._max_terms:
            kept.counts.popitem(last=False)
        while len(self._tenants) > self._max_tenants:
            self._tenants.popitem(last=False)
