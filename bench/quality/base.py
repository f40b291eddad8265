"""The database that is measured on: a tenant of its own, written through the service that imports write through.

A large generated CRM is written in bulk, and indexed as ``leadgate matching reindex`` does, which comes to the same.
"""

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bench.bulk import TENANT, build
from bench.engines import ENGINES
from bench.kept import digest_of_code
from bench.quality.model import TENANT_ID, LabelledSet
from db import accounts, contacts, migrations, reference
from db.engine import Database
from domain.filters import ContactFilter
from domain.records import Tenant
from services.backend import Backend
from services.importing.bulk import write_accounts, write_contacts, write_leads
from services.indexing import fold_frequencies
from services.matching.weights import Weights
from services.tenants import add_lead_type, create_tenant

_SECRET = b"a measurement keeps no secrets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A database that is ready. ``seconds``: how long it took to build; ``is_kept``: an earlier run built it."""

    url: str
    seconds: float
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Size:
    """How many records there are to be found; the private customers' account is none."""

    accounts: int
    contacts: int


@contextmanager
def built_base(labelled: LabelledSet, engine: str, folder: Path, *, has_leads: bool = False) -> Iterator[Base]:
    """A database in the folder with all records of the set, as long as the block lasts; ``has_leads``: and its leads.

    One that lies there already is taken if it was built from the same records by the same code; an unfinished one is
    built anew. Not to be called from a running event loop.
    """
    place = folder / (_name(labelled, engine) + "-leads" * has_leads)
    done = place / "built.json"
    if place.exists() and not done.exists():
        shutil.rmtree(place)
    place.mkdir(parents=True, exist_ok=True)
    is_kept = done.exists()
    with ENGINES[engine](place) as url:
        if not is_kept:
            started = time.perf_counter()
            migrations.upgrade(url)
            asyncio.run(_write(url, labelled, has_leads=has_leads))
            done.write_text(json.dumps({"set": labelled.name, "seconds": time.perf_counter() - started}))
        yield Base(url=url, seconds=json.loads(done.read_text())["seconds"], is_kept=is_kept)


def _name(labelled: LabelledSet, engine: str) -> str:
    digest = digest_of_code(labelled.name, labelled.country, labelled.fingerprint)
    return f"{labelled.name.split()[0]}-{engine[:2]}-{digest}"


async def _write(url: str, labelled: LabelledSet, *, has_leads: bool) -> None:
    backend = Backend(database=Database(url), secret=_SECRET)
    try:
        if labelled.bulk is None:
            tenant = await write_set(backend, labelled)
        else:
            await build(backend, labelled.bulk, lambda _: None)
            tenant = TENANT
        if has_leads:
            await write_queries(backend, tenant, labelled)
    finally:
        await backend.database.close()


async def write_set(backend: Backend, labelled: LabelledSet) -> Tenant:
    """Write all records of the set for a new tenant of a migrated, empty database."""
    tenant = await create_tenant(backend, labelled.name, labelled.country)
    async with backend.database.read() as session:
        private = await accounts.private_customers(session, tenant.id)
    await write_accounts(backend, tenant, labelled.accounts())
    people = (each if each.account_id else replace(each, account_id=private.id) for each in labelled.contacts())
    await write_contacts(backend, tenant, people)
    await fold_frequencies(backend, tenant.id)
    return tenant


async def write_queries(backend: Backend, tenant: Tenant, labelled: LabelledSet) -> None:
    """Write the queries of the set as new leads, for a tenant that has its records."""
    lead_type = await add_lead_type(backend, tenant, "query", "Query")
    leads = (each.lead for each in labelled.queries if each.lead is not None)
    await write_leads(backend, tenant, (replace(each, type_id=lead_type.id) for each in leads))


async def connect(url: str, weights: Weights) -> tuple[Backend, Tenant]:
    """The product at a database that was built, and its tenant. Close ``backend.database`` afterwards."""
    backend = Backend(database=Database(url), secret=_SECRET, weights=weights)
    async with backend.database.read() as session:
        tenant = await reference.get_tenant(session, TENANT_ID)
    if tenant is None:
        raise LookupError(f"{url} was not built here: it has no tenant {TENANT_ID}")
    return backend, tenant


async def count_records(backend: Backend, tenant: Tenant) -> Size:
    """How large the tenant is."""
    async with backend.database.read() as session:
        all_accounts = await accounts.count(session, tenant.id, ())
        return Size(all_accounts - 1, await contacts.count(session, tenant.id, ContactFilter()))
