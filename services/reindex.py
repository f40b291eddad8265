"""Moving a tenant's index to the current version of the normaliser, while the service runs.

The new code is started everywhere first. From then on until the move is complete, its writers write both versions and
its queries go on with the old one: what it can decode, it finds. So a change of the encoding of documents has to leave
the old one readable.
"""

import asyncio
from collections.abc import Awaitable, Callable

from db.engine import WriteSession
from db.match_rebuild import delete_some, has_missing, lock_some_missing
from db.match_versions import add_version, all_versions, complete_version, delete_version
from db.reference import get_tenant
from domain.records import Account, Contact, Tenant
from services.backend import Backend
from services.ids import IdSource
from services.index_entries import index_of_account, index_of_contact
from services.indexing import companies_of, fold_frequencies, insert_indexed
from services.matching.model import NORMALISER_VERSION

BATCH = 500
_PAUSE_SECONDS = 0.05

_BuildSome = Callable[[WriteSession, IdSource, Tenant, int], Awaitable[list[int]]]
"""Builds the next records after an id, and gives the ids of those it built."""


async def reindex(backend: Backend, tenant_id: int, on_progress: Callable[[int], None] = lambda _: None) -> None:
    """Build keys and documents of every record for ``NORMALISER_VERSION``, then let queries use it, then drop the old.

    ``on_progress`` is told how many records were built so far. Each batch is a transaction: what was interrupted is
    resumed by calling again, and nothing is done where nothing is missing. Raises ``LookupError`` for an unknown
    tenant, and for one whose index a newer release has made.
    """
    async with backend.database.read() as session:
        tenant = await get_tenant(session, tenant_id)
        versions = await all_versions(session, tenant_id)
    if tenant is None:
        raise LookupError(f"tenant {tenant_id} is unknown")
    if any(version > NORMALISER_VERSION for version in versions):
        raise LookupError(f"the index of tenant {tenant_id} is newer than this release's, {NORMALISER_VERSION}")
    if NORMALISER_VERSION not in versions:
        async with backend.database.write(tenant_id, backend.now()) as session:
            await add_version(session, NORMALISER_VERSION, is_complete=False)
    if not versions.get(NORMALISER_VERSION):
        await _build(backend, tenant, on_progress)
        await fold_frequencies(backend, tenant_id)
        async with backend.database.write(tenant_id, backend.now()) as session:
            await complete_version(session, NORMALISER_VERSION)
        backend.statistics.forget(tenant_id)
    for version in versions:
        if version < NORMALISER_VERSION:
            await _drop(backend, tenant_id, version)


async def _build(backend: Backend, tenant: Tenant, on_progress: Callable[[int], None]) -> None:
    done = 0
    # Accounts first: contacts have a key that names their account.
    for kind, build_some in _STEPS:
        is_missing = True
        while is_missing:
            after_id = 0
            while built := await _step(backend, tenant, build_some, after_id):
                after_id = built[-1]
                done += len(built)
                on_progress(done)
            async with backend.database.read() as session:
                is_missing = await has_missing(session, kind, tenant.id, NORMALISER_VERSION)
            if is_missing:
                # Passed over, because somebody is writing them right now.
                await asyncio.sleep(_PAUSE_SECONDS)


async def _step(backend: Backend, tenant: Tenant, build_some: _BuildSome, after_id: int) -> list[int]:
    async with backend.database.write(tenant.id, backend.now()) as session:
        return await build_some(session, backend.ids, tenant, after_id)


async def _build_accounts(session: WriteSession, ids: IdSource, tenant: Tenant, after_id: int) -> list[int]:
    accounts = await lock_some_missing(session, Account, NORMALISER_VERSION, after_id, BATCH)
    found = [index_of_account(each, tenant.default_country) for each in accounts]
    await insert_indexed(session, ids, found, [NORMALISER_VERSION])
    return [each.id for each in accounts]


async def _build_contacts(session: WriteSession, ids: IdSource, tenant: Tenant, after_id: int) -> list[int]:
    contacts = await lock_some_missing(session, Contact, NORMALISER_VERSION, after_id, BATCH)
    companies = await companies_of(session, NORMALISER_VERSION, contacts)
    found = [index_of_contact(each, companies, tenant.default_country) for each in contacts]
    await insert_indexed(session, ids, found, [NORMALISER_VERSION])
    return [each.id for each in contacts]


_STEPS: tuple[tuple[type[Account | Contact], _BuildSome], ...] = (
    (Account, _build_accounts),
    (Contact, _build_contacts),
)


async def _drop(backend: Backend, tenant_id: int, version: int) -> None:
    has_more = True
    while has_more:
        async with backend.database.write(tenant_id, backend.now()) as session:
            has_more = await delete_some(session, version, BATCH)
            if not has_more:
                await delete_version(session, version)
