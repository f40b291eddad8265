"""A run from the empty folder to the figures."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TypeVar

from bench.bulk import TENANT, WORKERS, Built, Say, build, crm_of
from bench.crm.generator import Crm
from bench.crm.parts import make_leads
from bench.crm.records import account_id
from bench.engines import ENGINES
from bench.speed.changes import measure_upkeep, measure_writers
from bench.speed.lookups import WARM_UP, Lookups, leads_needed, measure_lookups, warm_up
from bench.speed.peers import PeerTimes, measure_trigrams
from bench.speed.report import Run
from bench.speed.sizes import measure_sizes
from db import migrations
from db.engine import Database
from services.backend import Backend
from services.pipeline import processes

BATCHES = (1, 32, 100)
WRITERS = (1, 8)
_CHANGED = 300
"""How many accounts are changed one after another; never more than half."""
_ASKED_OF_PEERS = 100
_LEADS_SEED = 10

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured: ``rounds`` of single leads (batches have fewer), and ``seconds`` of writing."""

    accounts: int
    rounds: int = 1_000
    seconds: float = 10.0
    seed: int = 1

    def rounds_of(self, size: int) -> int:
        """How many batches of this size are looked up."""
        return min(self.rounds, max(5, self.rounds // size))


def measure(
    folder: Path, engine: str, scale: Scale, say: Say, *, is_index_new: bool = False, is_with_peers: bool = False
) -> Run:
    """Build what is missing in the folder and measure. Raises ``subprocess.SubprocessError`` if no server starts."""
    crm = crm_of(scale.accounts, scale.seed)
    with ENGINES[engine](folder) as url:
        migrations.upgrade(url)
        built = asyncio.run(_with_backend(url, lambda backend: build(backend, crm, say, is_index_new=is_index_new)))
        if engine == "postgresql":
            from bench.postgres import run_outside_transactions

            # What autovacuum does sooner or later.
            run_outside_transactions(url, "VACUUM ANALYZE")
        run = asyncio.run(_with_backend(url, lambda backend: _measure(backend, engine, built, crm, scale)))
    return replace(run, trigrams=_ask_trigrams(crm, scale)) if is_with_peers else run


def _ask_trigrams(crm: Crm, scale: Scale) -> PeerTimes:
    # The first of the leads that were looked up singly.
    leads = make_leads(crm, min(_ASKED_OF_PEERS, scale.rounds), seed=_LEADS_SEED)
    with processes(WORKERS) as executor:
        return measure_trigrams(executor, crm, leads)


async def _measure(backend: Backend, engine: str, built: Built, crm: Crm, scale: Scale) -> Run:
    async with backend.database.read() as session:
        sizes = await measure_sizes(session)
    lookups = await _measure_lookups(backend, crm, scale)
    ids = [account_id(index) for index in range(crm.companies)]
    Random(scale.seed).shuffle(ids)
    changed = min(_CHANGED, len(ids) // 2)
    upkeep = await measure_upkeep(backend, TENANT, ids[:changed])
    writers = [await measure_writers(backend, TENANT, ids[changed:], each, scale.seconds) for each in WRITERS]
    return Run(engine=engine, built=built, lookups=lookups, upkeep=upkeep, writers=writers, sizes=sizes)


async def _measure_lookups(backend: Backend, crm: Crm, scale: Scale) -> list[Lookups]:
    found: list[Lookups] = []
    for place, size in enumerate(BATCHES):
        rounds = scale.rounds_of(size)
        leads = make_leads(crm, leads_needed(size, rounds), seed=_LEADS_SEED + place)
        if not found:
            await warm_up(backend, TENANT, make_leads(crm, min(WARM_UP, scale.rounds), seed=9))
        found.append(await measure_lookups(backend, TENANT, leads, size, rounds))
    return found


async def _with_backend(url: str, work: Callable[[Backend], Awaitable[Result]]) -> Result:
    database = Database(url)
    try:
        return await work(Backend(database=database, secret=secrets.token_bytes()))
    finally:
        await database.close()
