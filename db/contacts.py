"""Lists of contacts."""

from typing import Any

from sqlalchemy import Select, select

from db.engine import ReadSession
from db.paging import count_rows, fetch_page
from db.rows import shape_of
from db.search import found_by
from db.tables.records import contacts
from domain.filters import ContactFilter
from domain.paging import Page, PageRequest
from domain.records import Contact, RecordKind


def _matching(tenant_id: int, filter_: ContactFilter) -> Select[Any]:
    query = select(contacts).where(contacts.c.tenant_id == tenant_id)
    if filter_.account_id is not None:
        query = query.where(contacts.c.account_id == filter_.account_id)
    return query.where(*found_by(contacts.c.id, tenant_id, RecordKind.CONTACT, filter_.terms))


async def page(session: ReadSession, tenant_id: int, filter_: ContactFilter, request: PageRequest) -> Page[Contact]:
    """One page of the tenant's contacts by last name; the cursor key is (sort name, id)."""
    columns = [contacts.c.sort_name, contacts.c.id]
    return await fetch_page(session, _matching(tenant_id, filter_), columns, request, shape_of(Contact).from_row)


async def count(session: ReadSession, tenant_id: int, filter_: ContactFilter) -> int:
    """How many contacts the filter lets through."""
    return await count_rows(session, _matching(tenant_id, filter_))
