"""Many ready records at once: batches of a transaction each, with a constant number of statements per batch.

For generators and migrations, whose records are valid by construction; files go through ``services.importing.runner``.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from types import MappingProxyType
from typing import TypeVar

from db import cases as case_rows
from db import records
from domain.events import EventKind
from domain.records import Account, Case, Contact, Lead, Tenant
from services.backend import Backend
from services.writing import ExternalIds, Writing, create_accounts, create_contacts, create_leads, record_event

BATCH = 1_000
"""Records per transaction."""

T = TypeVar("T")
_NO_IDS: ExternalIds = MappingProxyType({})


async def write_accounts(
    backend: Backend, tenant: Tenant, accounts: Iterable[Account], external: ExternalIds = _NO_IDS
) -> int:
    """Write new accounts with their external ids (by account id); returns how many. No change rows, one event each."""
    create = partial(create_accounts, external=external, is_logged=False)
    return await _write(backend, tenant, accounts, create)


async def write_contacts(
    backend: Backend, tenant: Tenant, contacts: Iterable[Contact], external: ExternalIds = _NO_IDS
) -> int:
    """Write new contacts, whose accounts are there already; otherwise as ``write_accounts``."""
    create = partial(create_contacts, external=external, is_logged=False)
    return await _write(backend, tenant, contacts, create)


async def write_leads(backend: Backend, tenant: Tenant, leads: Iterable[Lead]) -> int:
    """Write new leads in whatever state, what they refer to being there already; otherwise as ``write_accounts``."""
    return await _write(backend, tenant, leads, partial(create_leads, is_logged=False))


async def write_cases(backend: Backend, tenant: Tenant, cases: Iterable[Case]) -> int:
    """Write new cases; the tenant's next numbers replace theirs, in their order. Otherwise as ``write_accounts``."""
    return await _write(backend, tenant, cases, _create_cases)


async def _create_cases(writing: Writing, cases: Sequence[Case]) -> None:
    first = await case_rows.take_numbers(writing.session, len(cases))
    numbered = [replace(each, number=first + offset) for offset, each in enumerate(cases)]
    await records.insert_many(writing.session, Case, numbered)
    for each in numbered:
        record_event(writing, EventKind.CASE_CREATED, each)


async def _write(
    backend: Backend, tenant: Tenant, items: Iterable[T], create: Callable[[Writing, Sequence[T]], Awaitable[None]]
) -> int:
    written = 0
    for batch in batches(items, BATCH):
        async with backend.database.write(tenant.id, backend.now()) as session:
            await create(Writing(session, tenant, backend.ids, user_id=None), batch)
        written += len(batch)
    return written


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Divide into lists of ``size``; the last may be shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
