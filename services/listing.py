"""Pages and counts of the tenant's lists. Each function opens a read session of its own and runs one statement.

``search`` is what a user typed (see ``services.search_words.fold_query``). Cursor keys are those of the functions in
``db``: (received at, id) for leads, (sort name, id) for accounts and contacts, (id,) for cases and users,
(acceptance id,) for unfinished acceptances, (position,) for events.
"""

from dataclasses import replace

from db import acceptances, accounts, cases, contacts, leads, log, reference
from db.reference import Entry
from domain.events import Event
from domain.filters import CaseFilter, ContactFilter, LeadFilter, LeadOrder
from domain.paging import Page, PageRequest
from domain.records import Account, Case, Contact, Lead, User
from services.backend import Backend
from services.search_words import fold_query


async def page_of_leads(
    backend: Backend, tenant_id: int, filter_: LeadFilter, order: LeadOrder, request: PageRequest, search: str = ""
) -> Page[Lead]:
    """One page of the leads."""
    filter_ = replace(filter_, terms=(*filter_.terms, *fold_query(search)))
    async with backend.database.read() as session:
        return await leads.page(session, tenant_id, filter_, order, request, backend.now())


async def count_leads(backend: Backend, tenant_id: int, filter_: LeadFilter, search: str = "") -> int:
    """How many leads there are on all pages."""
    filter_ = replace(filter_, terms=(*filter_.terms, *fold_query(search)))
    async with backend.database.read() as session:
        return await leads.count(session, tenant_id, filter_, backend.now())


async def page_of_accounts(backend: Backend, tenant_id: int, request: PageRequest, search: str = "") -> Page[Account]:
    """One page of the accounts, by name."""
    async with backend.database.read() as session:
        return await accounts.page(session, tenant_id, fold_query(search), request)


async def count_accounts(backend: Backend, tenant_id: int, search: str = "") -> int:
    """How many accounts there are on all pages."""
    async with backend.database.read() as session:
        return await accounts.count(session, tenant_id, fold_query(search))


async def page_of_contacts(
    backend: Backend, tenant_id: int, filter_: ContactFilter, request: PageRequest, search: str = ""
) -> Page[Contact]:
    """One page of the contacts, by last name."""
    filter_ = replace(filter_, terms=(*filter_.terms, *fold_query(search)))
    async with backend.database.read() as session:
        return await contacts.page(session, tenant_id, filter_, request)


async def count_contacts(backend: Backend, tenant_id: int, filter_: ContactFilter, search: str = "") -> int:
    """How many contacts there are on all pages."""
    filter_ = replace(filter_, terms=(*filter_.terms, *fold_query(search)))
    async with backend.database.read() as session:
        return await contacts.count(session, tenant_id, filter_)


async def page_of_cases(backend: Backend, tenant_id: int, filter_: CaseFilter, request: PageRequest) -> Page[Case]:
    """One page of the cases, newest first."""
    async with backend.database.read() as session:
        return await cases.page(session, tenant_id, filter_, request)


async def count_cases(backend: Backend, tenant_id: int, filter_: CaseFilter) -> int:
    """How many cases there are on all pages."""
    async with backend.database.read() as session:
        return await cases.count(session, tenant_id, filter_)


async def page_of_users(
    backend: Backend, tenant_id: int, request: PageRequest, *, is_active: bool | None = None
) -> Page[User]:
    """One page of the users; only the active or the inactive ones, unless ``is_active`` is None."""
    async with backend.database.read() as session:
        return await reference.page_of_users(session, tenant_id, request, is_active=is_active)


async def count_users(backend: Backend, tenant_id: int, *, is_active: bool | None = None) -> int:
    """How many users there are on all pages."""
    async with backend.database.read() as session:
        return await reference.count_users(session, tenant_id, is_active=is_active)


async def page_of_lead_history(backend: Backend, tenant_id: int, lead_id: int, request: PageRequest) -> Page[Event]:
    """One page of what happened to a lead and because of it, oldest first."""
    async with backend.database.read() as session:
        return await log.page_of_lead(session, tenant_id, lead_id, request)


async def count_lead_history(backend: Backend, tenant_id: int, lead_id: int) -> int:
    """How many events a lead's history has."""
    async with backend.database.read() as session:
        return await log.count_of_lead(session, tenant_id, lead_id)


async def page_of_unfinished_leads(backend: Backend, tenant_id: int, user_id: int, request: PageRequest) -> Page[int]:
    """One page of the ids of leads whose acceptance the user has begun and not finished, oldest first."""
    async with backend.database.read() as session:
        return await acceptances.page_of_unfinished(session, tenant_id, user_id, request)


async def count_unfinished_leads(backend: Backend, tenant_id: int, user_id: int) -> int:
    """How many leads there are whose acceptance the user has begun and not finished."""
    async with backend.database.read() as session:
        return await acceptances.count_unfinished(session, tenant_id, user_id)


async def entries_of(backend: Backend, kind: type[Entry], tenant_id: int) -> tuple[Entry, ...]:
    """All lead types, case types or reject reasons of the tenant, by name."""
    async with backend.database.read() as session:
        return await reference.list_entries(session, kind, tenant_id)
