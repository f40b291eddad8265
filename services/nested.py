"""Lists that belong to records, for many records at once: the batches behind nested connections.

A key is what the list belongs to and the page that is asked for; pages asked for alike are read in one statement.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from db.nested_pages import (
    CASES_OF_ACCOUNT,
    CASES_OF_CONTACT,
    CONTACTS_OF_ACCOUNT,
    HISTORY_OF_LEAD,
    NestedList,
    count_many,
    fetch_pages,
)
from domain.events import Event
from domain.paging import Page, PageRequest
from domain.records import Case, Contact
from services.backend import Backend

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NestedPage:
    """A page of the list of one record."""

    owner_id: int
    request: PageRequest


async def contacts_of_accounts(backend: Backend, tenant_id: int, keys: Sequence[NestedPage]) -> list[Page[Contact]]:
    """The contacts of accounts, by last name; the cursor key is (sort name, id)."""
    return await _pages(backend, CONTACTS_OF_ACCOUNT, tenant_id, keys)


async def cases_of_accounts(backend: Backend, tenant_id: int, keys: Sequence[NestedPage]) -> list[Page[Case]]:
    """The cases of accounts, newest first; the cursor key is (id,)."""
    return await _pages(backend, CASES_OF_ACCOUNT, tenant_id, keys)


async def cases_of_contacts(backend: Backend, tenant_id: int, keys: Sequence[NestedPage]) -> list[Page[Case]]:
    """The cases of contacts, newest first; the cursor key is (id,)."""
    return await _pages(backend, CASES_OF_CONTACT, tenant_id, keys)


async def history_of_leads(backend: Backend, tenant_id: int, keys: Sequence[NestedPage]) -> list[Page[Event]]:
    """What happened to leads and because of them, oldest first; the cursor key is (position,)."""
    return await _pages(backend, HISTORY_OF_LEAD, tenant_id, keys)


def _counter(nested: NestedList[Any]) -> Callable[[Backend, int, Sequence[int]], Awaitable[list[int]]]:
    async def count(backend: Backend, tenant_id: int, owner_ids: Sequence[int]) -> list[int]:
        async with backend.database.read() as session:
            return await count_many(session, nested, tenant_id, owner_ids)

    return count


count_contacts_of_accounts = _counter(CONTACTS_OF_ACCOUNT)
count_cases_of_accounts = _counter(CASES_OF_ACCOUNT)
count_cases_of_contacts = _counter(CASES_OF_CONTACT)
count_history_of_leads = _counter(HISTORY_OF_LEAD)


async def _pages(backend: Backend, nested: NestedList[T], tenant_id: int, keys: Sequence[NestedPage]) -> list[Page[T]]:
    owners: dict[PageRequest, list[int]] = {}
    for key in keys:
        owners.setdefault(key.request, []).append(key.owner_id)
    found: dict[NestedPage, Page[T]] = {}
    async with backend.database.read() as session:
        for request, owner_ids in owners.items():
            pages = await fetch_pages(session, nested, tenant_id, owner_ids, request)
            found |= {NestedPage(id_, request): page for id_, page in zip(owner_ids, pages, strict=True)}
    return [found[key] for key in keys]
