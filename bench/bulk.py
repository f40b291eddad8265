"""A generated CRM as a database of one tenant: written in bulk, and indexed as the product re-indexes."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from bench.crm.generator import Crm
from bench.crm.parts import generate, private_customers
from bench.crm.records import TENANT_ID
from db import records, reference
from db.engine import WriteSession
from db.match_versions import add_version, all_versions
from db.tables.matching import (
    match_documents,
    match_frequencies,
    match_frequency_deltas,
    match_keys,
    match_snapshots,
)
from db.tables.records import accounts, contacts
from domain.records import Account, Contact, Tenant
from domain.values import Language
from services.backend import Backend
from services.matching.model import NORMALISER_VERSION
from services.pipeline import processes
from services.reindex import Progress, Step, reindex

TENANT = Tenant(id=TENANT_ID, name="CRM", default_country="DE", language=Language.DE)
PRIVATES_PER_COMPANY = 0.3
WORKERS = os.cpu_count() or 1
_RECORDS = (accounts, contacts)
_INDEX = (match_keys, match_documents, match_frequencies, match_frequency_deltas, match_snapshots)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A base that is ready: how many records it has, and how long its index took (None: it was there already).

    Both are seconds, by the clock and in CPU of the processes that took part (not PostgreSQL's).
    """

    accounts: int
    contacts: int
    index_seconds: float | None
    index_cpu: float | None

    @property
    def records(self) -> int:
        """Accounts and contacts together."""
        return self.accounts + self.contacts


def crm_of(companies: int, seed: int) -> Crm:
    """The CRM of so many companies, their people, and three private persons for every ten companies."""
    return Crm(seed, companies, int(companies * PRIVATES_PER_COMPANY))


async def build(backend: Backend, crm: Crm, say: Say, *, is_index_new: bool = False) -> Built:
    """Write the CRM's records and index them, in a migrated database; what is there already is left as it is.

    ``is_index_new`` forgets the index first, for code that has changed without a new version of the normaliser.
    """
    async with backend.database.read() as session:
        tenant = await reference.get_tenant(session, TENANT_ID)
    if tenant is None:
        await _write_records(backend, crm, say)
    if is_index_new:
        await _forget_index(backend)
    before = _cpu()
    seconds = await _index(backend, say)
    cpu = None if seconds is None else _cpu() - before
    async with backend.database.read() as session:
        counts = [(await session.execute(select(func.count()).select_from(each))).scalar_one() for each in _RECORDS]
    return Built(accounts=counts[0], contacts=counts[1], index_seconds=seconds, index_cpu=cpu)


def _cpu() -> float:
    """Seconds of CPU of this process and of its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


async def _write_records(backend: Backend, crm: Crm, say: Say) -> None:
    started = time.perf_counter()
    # One transaction for all: a database that has the tenant has everything.
    async with backend.database.write(TENANT_ID, backend.now()) as session:
        await reference.insert_tenant(session, TENANT)
        await _start_index(session)
        await records.insert_many(session, Account, [private_customers()])
        with processes(WORKERS) as executor:
            for some_accounts, some_contacts in generate(executor, crm):
                await records.insert_many(session, Account, some_accounts)
                await records.insert_many(session, Contact, some_contacts)
    say(f"records written in {time.perf_counter() - started:.1f} s")


async def _forget_index(backend: Backend) -> None:
    async with backend.database.write(TENANT_ID, backend.now()) as session:
        for table in _INDEX:
            await session.execute(table.delete())
        await _start_index(session)


async def _start_index(session: WriteSession) -> None:
    """Let the tenant have an index that an older release has made, and that knows no records."""
    await add_version(session, NORMALISER_VERSION - 1, is_complete=True)


async def _index(backend: Backend, say: Say) -> float | None:
    async with backend.database.read() as session:
        versions = await all_versions(session, TENANT_ID)
    if versions == {NORMALISER_VERSION: True}:
        return None
    started = time.perf_counter()
    bars = _Steps(say, started)
    with processes(WORKERS) as executor:
        await reindex(backend, TENANT_ID, bars.tell, executor=executor, ahead=2 * WORKERS)
    seconds = time.perf_counter() - started
    say(f"index built in {seconds:.1f} s")
    return seconds


@dataclass(slots=True)
class _Steps:
    """Says when re-indexing begins another step."""

    say: Say
    started: float
    step: Step | None = None

    def tell(self, progress: Progress) -> None:
        if progress.step is not self.step:
            self.step = progress.step
            self.say(f"  {progress.step.value} from {time.perf_counter() - self.started:.1f} s on")
