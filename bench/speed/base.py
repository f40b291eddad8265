"""The database that is measured: a generated CRM of one tenant, written in bulk, indexed as the product re-indexes."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from sqlalchemy import func, select

from bench.crm.generator import Crm
from bench.speed.records import TENANT_ID, generate, private_customers
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
from services.reindex import reindex

TENANT = Tenant(id=TENANT_ID, name="Speed", default_country="DE", language=Language.DE)
PRIVATES_PER_COMPANY = 0.3
_RECORDS = (accounts, contacts)
_INDEX = (match_keys, match_documents, match_frequencies, match_frequency_deltas, match_snapshots)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A base that is ready: how many records it has, and how long its index took (None: it was there already)."""

    accounts: int
    contacts: int
    index_seconds: float | None

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
    seconds = await _index(backend, say)
    async with backend.database.read() as session:
        counts = [(await session.execute(select(func.count()).select_from(each))).scalar_one() for each in _RECORDS]
    return Built(accounts=counts[0], contacts=counts[1], index_seconds=seconds)


async def _write_records(backend: Backend, crm: Crm, say: Say) -> None:
    started = time.perf_counter()
    # One transaction for all: a database that has the tenant has everything.
    async with backend.database.write(TENANT_ID, backend.now()) as session:
        await reference.insert_tenant(session, TENANT)
        await _start_index(session)
        await records.insert_many(session, Account, [private_customers()])
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as executor:
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
    told = 0

    def tell(done: int) -> None:
        nonlocal told
        if done - told >= 100_000:
            told = done
            say(f"  {done:,} records indexed after {time.perf_counter() - started:.0f} s")

    await reindex(backend, TENANT_ID, tell)
    seconds = time.perf_counter() - started
    say(f"index built in {seconds:.1f} s")
    return seconds
