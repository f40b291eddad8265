"""Moving a tenant's index to the current version of the normaliser, while the service runs.

The new code is started everywhere first. From then on until the move is complete, its writers write both versions and
its queries go on with the old one: what it can decode, it finds. So a change of the encoding of documents has to leave
the old one readable.

First every record gets its document, batch by batch. Then the keys of all documents, as of one moment, are put in order
and written with their frequencies. What changes after that moment is written, and noted, by whoever changes it.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import Enum

from db.locks import lock_keys
from db.match_rebuild import insert_documents, lock_unindexed, missing_ids
from db.match_versions import add_version, all_versions, claim_version, complete_version
from db.reference import get_tenant
from domain.records import Account, Contact
from services.backend import Backend
from services.building import Build
from services.index_building import Part, make_documents
from services.index_dropping import drop_version
from services.index_sorting import write_keys
from services.indexing import fold_frequencies
from services.matching.model import NORMALISER_VERSION
from services.pipeline import each_of

BATCH = 4_000
"""Records per transaction."""
_PAUSE_SECONDS = 0.05
_START_LOCK = 0x72656978


class Step(Enum):
    """What re-indexing is at."""

    DOCUMENTS = "documents"
    KEYS = "keys"
    DROPPING = "dropping"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step has come: records or rows that are done, and how many there are (None: it is not known)."""

    step: Step
    done: int
    total: int | None


OnProgress = Callable[[Progress], None]


async def reindex(
    backend: Backend,
    tenant_id: int,
    on_progress: OnProgress = lambda _: None,
    *,
    executor: Executor | None = None,
    ahead: int = 2,
) -> None:
    """Build keys and documents of every record for ``NORMALISER_VERSION``, then let queries use it, then drop the old.

    ``executor`` normalises and sorts (a pool of processes; without it, threads), and is given ``ahead`` batches at
    once. Everything is written in short transactions: what was interrupted is resumed by calling again, and nothing is
    done where nothing is missing. Raises ``LookupError`` for an unknown tenant, and for one whose index a newer release
    has made; ``TakenOverError`` if another process begins to do the same, which then goes on; ``TransactionLostError``
    if the database ends a transaction for another's sake.
    """
    async with backend.database.read() as session:
        tenant = await get_tenant(session, tenant_id)
        versions = await all_versions(session, tenant_id)
    if tenant is None:
        raise LookupError(f"tenant {tenant_id} is unknown")
    if any(version > NORMALISER_VERSION for version in versions):
        raise LookupError(f"the index of tenant {tenant_id} is newer than this release's, {NORMALISER_VERSION}")
    async with backend.database.write(tenant_id, backend.now()) as session:
        await lock_keys(session, [_START_LOCK])
        if NORMALISER_VERSION not in await all_versions(session, tenant_id):
            await add_version(session, NORMALISER_VERSION, is_complete=False)
        claim = await claim_version(session, NORMALISER_VERSION)
    if claim is not None:
        version = NORMALISER_VERSION
        build = Build(backend=backend, tenant=tenant, version=version, claim=claim, executor=executor, ahead=ahead)
        await _build(build, on_progress)
    for old in (version for version in versions if version < NORMALISER_VERSION):
        await drop_version(backend, tenant_id, old, lambda done: on_progress(Progress(Step.DROPPING, done, None)))


async def _build(build: Build, on_progress: OnProgress) -> None:
    # Accounts first: contacts have a key that names their account.
    for kind in (Account, Contact):
        await _build_documents(build, kind, on_progress)
    await write_keys(build, lambda done, total: on_progress(Progress(Step.KEYS, done, total)))
    async with build.write() as session:
        await complete_version(session, build.version)
    await fold_frequencies(build.backend, build.tenant.id)


async def _build_documents(build: Build, kind: type[Account | Contact], on_progress: OnProgress) -> None:
    while ids := await _missing(build, kind):
        await _build_missing(build, kind, ids, on_progress)
        # Those that were passed over are being written by somebody right now.
        await asyncio.sleep(_PAUSE_SECONDS)


async def _missing(build: Build, kind: type[Account | Contact]) -> list[int]:
    async with build.backend.database.read() as session:
        return await missing_ids(session, kind, build.tenant.id, build.version)


async def _build_missing(build: Build, kind: type[Account | Contact], ids: list[int], on_progress: OnProgress) -> None:
    database, done = build.backend.database, 0
    ranges = ((ids[start], ids[min(start + BATCH, len(ids)) - 1]) for start in range(0, len(ids), BATCH))
    parts = (Part(database.url, build.tenant, build.version, kind, each) for each in ranges)
    async for _, rows in build.work_on(each_of(parts), make_documents):
        async with build.write() as session:
            versions = await lock_unindexed(session, kind, build.version, [row[0] for row in rows])
            # What was changed since it was read has been written to this version by whoever changed it.
            await insert_documents(session, build.version, [row for row in rows if versions.get(row[0]) == row[2]])
        done += len(rows)
        on_progress(Progress(Step.DOCUMENTS, done, len(ids)))
