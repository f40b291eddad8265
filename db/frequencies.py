"""How often keys and name tokens occur: append-only deltas, folded into snapshots that readers can name.

Counters that every writer updates would be hot rows, so writers only append what they added and removed; one background
writer folds the deltas.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select

from db.driver import DriverStatement, run, run_for_each
from db.engine import ReadSession, WriteSession
from db.locks import lock_keys
from db.match_rows import pack_hashes, unpack_hashes
from db.match_versions import all_versions
from db.tables.matching import match_frequency_deltas as deltas

MOST_TERMS = 4_096
"""A delta row has no more terms than this, so that a step of folding, which takes whole rows, stays short."""
ROWS_PER_STEP = 32

_FOLD_LOCK = 0x666F6C64


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state of the frequencies: the version of the normaliser, its number, and how many records there are."""

    version: int
    number: int
    accounts: int
    contacts: int


@dataclass(slots=True)
class Delta:
    """What one write changed: new accounts and contacts, and the terms that records have got and lost."""

    accounts: int = 0
    contacts: int = 0
    added: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


_FETCH = DriverStatement(
    sqlite="""
SELECT s.version, s.snapshot, s.accounts, s.contacts, f.term, f.count
FROM (
  SELECT version, snapshot, accounts, contacts FROM match_snapshots
  WHERE tenant_id = ?1 AND is_complete = 1 ORDER BY version DESC LIMIT 1
) AS s LEFT JOIN match_frequencies AS f
ON f.tenant_id = ?1 AND f.version = s.version AND f.term IN (SELECT value FROM json_each(?2))
""",
    postgresql="""
SELECT s.version, s.snapshot, s.accounts, s.contacts, f.term, f.count
FROM (
  SELECT version, snapshot, accounts, contacts FROM match_snapshots
  WHERE tenant_id = $1 AND is_complete = 1 ORDER BY version DESC LIMIT 1
) AS s LEFT JOIN match_frequencies AS f
ON f.tenant_id = $1 AND f.version = s.version AND f.term = ANY($2::bigint[])
""",
)

_ADD = DriverStatement(
    sqlite="""
INSERT INTO match_frequencies (tenant_id, version, term, count)
SELECT ?1, ?2, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?3) WHERE true
ON CONFLICT (tenant_id, version, term) DO UPDATE SET count = count + excluded.count
""",
    postgresql="""
INSERT INTO match_frequencies AS f (tenant_id, version, term, count)
SELECT $1, $2, term, count FROM unnest($3::bigint[], $4::int[]) AS added(term, count)
ON CONFLICT (tenant_id, version, term) DO UPDATE SET count = f.count + excluded.count
""",
)

_FORGET = DriverStatement(
    sqlite="""
DELETE FROM match_frequencies
WHERE tenant_id = ?1 AND version = ?2 AND count <= 0 AND term IN (SELECT value FROM json_each(?3))
""",
    postgresql="""
DELETE FROM match_frequencies WHERE tenant_id = $1 AND version = $2 AND count <= 0 AND term = ANY($3::bigint[])
""",
)

_COUNT_UP = DriverStatement(
    sqlite="""
UPDATE match_snapshots SET snapshot = snapshot + 1, accounts = accounts + ?3, contacts = contacts + ?4
WHERE tenant_id = ?1 AND version = ?2
""",
    postgresql="""
UPDATE match_snapshots SET snapshot = snapshot + 1, accounts = accounts + $3, contacts = contacts + $4
WHERE tenant_id = $1 AND version = $2
""",
)

_APPEND = DriverStatement(
    sqlite="""
INSERT INTO match_frequency_deltas (tenant_id, id, version, accounts, contacts, added, removed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
""",
    postgresql="""
INSERT INTO match_frequency_deltas (tenant_id, id, version, accounts, contacts, added, removed)
VALUES ($1, $2, $3, $4, $5, $6, $7)
""",
)


async def fetch_snapshot(
    session: ReadSession, tenant_id: int, terms: Collection[int]
) -> tuple[Snapshot, dict[int, int]]:
    """The current snapshot and how often these terms occur in it; a term that never does is left out. One statement.

    Raises ``LookupError`` for a tenant whose index was never started.
    """
    rows = await run(session, _FETCH, tenant_id, columns=[sorted(terms)])
    if not rows:
        raise LookupError(f"tenant {tenant_id} has no match index")
    version, number, accounts, contacts = rows[0][:4]
    snapshot = Snapshot(version=version, number=number, accounts=accounts, contacts=contacts)
    return snapshot, {term: count for *_, term, count in rows if term is not None}


async def append_delta(session: WriteSession, version: int, ids: Iterable[int], delta: Delta) -> None:
    """Append what a write changed. ``ids`` makes ids for the rows. At most one statement."""
    if not (delta.accounts or delta.contacts or delta.added or delta.removed):
        return
    starts = range(0, max(len(delta.added), len(delta.removed), 1), MOST_TERMS)
    rows = [
        (
            *(session.tenant_id, id_, version),
            *((0, 0) if start else (delta.accounts, delta.contacts)),
            *(pack_hashes(terms[start : start + MOST_TERMS]) for terms in (delta.added, delta.removed)),
        )
        for start, id_ in zip(starts, ids, strict=False)
    ]
    await run_for_each(session, _APPEND, rows)


async def fold_some(session: WriteSession) -> bool:
    """Fold the tenant's oldest deltas, one process at a time; returns whether there were any.

    Those of a version that is being built wait until it is complete: only then is it known which were counted.
    """
    await lock_keys(session, [_FOLD_LOCK])
    known = await all_versions(session, session.tenant_id)
    building = [version for version, is_complete in known.items() if not is_complete]
    mine = (deltas.c.tenant_id == session.tenant_id, deltas.c.version.not_in(building))
    rows = (await session.execute(select(deltas).where(*mine).order_by(deltas.c.id).limit(ROWS_PER_STEP))).all()
    for version in sorted({row.version for row in rows} & known.keys()):
        await _fold(session, version, [row for row in rows if row.version == version])
    if rows:
        # Exactly those that were read: a transaction with a smaller id may commit any time.
        await session.execute(delete(deltas).where(*mine, deltas.c.id.in_([row.id for row in rows])))
    return bool(rows)


async def forget_deltas(session: WriteSession, version: int) -> None:
    """Delete the deltas of a version that is written no longer, so that nothing of it will be folded any more.

    Waits for whoever is folding: frequencies that he is about to write are there afterwards, to be deleted.
    """
    await lock_keys(session, [_FOLD_LOCK])
    here = (deltas.c.tenant_id == session.tenant_id, deltas.c.version == version)
    await session.execute(delete(deltas).where(*here))


async def _fold(session: WriteSession, version: int, rows: Sequence[Any]) -> None:
    counts: Counter[int] = Counter()
    for row in rows:
        counts.update(unpack_hashes(row.added))
        counts.subtract(unpack_hashes(row.removed))
    changed = sorted(term for term, count in counts.items() if count)
    await run(session, _ADD, session.tenant_id, version, columns=[changed, [counts[term] for term in changed]])
    less = [term for term in changed if counts[term] < 0]
    if less:
        await run(session, _FORGET, session.tenant_id, version, columns=[less])
    accounts, contacts = sum(row.accounts for row in rows), sum(row.contacts for row in rows)
    await run(session, _COUNT_UP, session.tenant_id, version, accounts, contacts)
