"""How often keys and name tokens occur: append-only deltas, folded into snapshots that readers can name.

Counters that every writer updates would be hot rows, so writers only append what they added and removed; one background
writer folds the deltas.
"""

from collections.abc import Collection
from dataclasses import dataclass

from db.engine import ReadSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state of the frequencies: the version of the normaliser, its number, and how many records there are."""

    version: int
    number: int = 0
    accounts: int = 0
    contacts: int = 0


async def fetch_snapshot(
    session: ReadSession, tenant_id: int, terms: Collection[int]
) -> tuple[Snapshot, dict[int, int]]:
    """The current snapshot and how often these terms occur in it; a term that never does is left out. One statement."""
    raise NotImplementedError
