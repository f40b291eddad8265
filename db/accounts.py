"""Lists of accounts, and the shared account of private customers."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select, text

from db.engine import ReadSession
from db.paging import count_rows, fetch_page
from db.rows import shape_of
from db.search import found_by
from db.tables.records import accounts
from domain.paging import Page, PageRequest
from domain.records import Account, RecordKind


def _matching(tenant_id: int, terms: Sequence[str]) -> Select[Any]:
    query = select(accounts).where(accounts.c.tenant_id == tenant_id)
    return query.where(*found_by(accounts.c.id, tenant_id, RecordKind.ACCOUNT, terms))


async def page(session: ReadSession, tenant_id: int, terms: Sequence[str], request: PageRequest) -> Page[Account]:
    """One page of the tenant's accounts by name; the cursor key is (sort name, id)."""
    columns = [accounts.c.sort_name, accounts.c.id]
    return await fetch_page(session, _matching(tenant_id, terms), columns, request, shape_of(Account).from_row)


async def count(session: ReadSession, tenant_id: int, terms: Sequence[str]) -> int:
    """How many accounts the search finds."""
    return await count_rows(session, _matching(tenant_id, terms))


async def private_customers(session: ReadSession, tenant_id: int) -> Account:
    """The tenant's one account of private customers; it is made with the tenant."""
    # As the index says it: for SQLite "is_private_customers = 1" is something else, and it would read all accounts.
    is_private = text("accounts.is_private_customers")
    query = select(accounts).where(accounts.c.tenant_id == tenant_id, is_private)
    return shape_of(Account).from_row((await session.execute(query)).mappings().one())
