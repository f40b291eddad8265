"""The same page of many lists in one statement, each by its own index range."""

import pytest
from sqlalchemy import text

from db import accounts, contacts
from db.engine import Database
from db.nested_pages import CASES_OF_CONTACT, CONTACTS_OF_ACCOUNT, HISTORY_OF_LEAD, NestedList, count_many, fetch_pages
from domain.filters import ContactFilter
from domain.paging import PageRequest
from domain.records import Account
from tests.support.factories import make_account, make_contact
from tests.support.statements import count_statements
from tests.support.world import World, make_world

REQUESTS = [
    PageRequest(size=2),
    PageRequest(size=2, is_backward=True),
    PageRequest(size=3, after=("falk 2", 0)),
    PageRequest(size=2, before=("falk 3", 0), is_backward=True),
    PageRequest(size=100),
]


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant with lists of different lengths."""
    return await make_world(database)


async def _add_accounts(world: World, *sizes: int) -> list[Account]:
    tenant = world.tenant.id
    made = [make_account(tenant_id=tenant, name=f"Firm {size}") for size in sizes]
    people = [
        make_contact(account, tenant_id=tenant, first_name=None, last_name=f"Falk {number}")
        for account, size in zip(made, sizes, strict=True)
        for number in range(size)
    ]
    await world.give(*made, *people)
    return made


@pytest.mark.parametrize("request_", REQUESTS, ids=repr)
async def test_each_page_is_the_one_of_the_list_alone(world: World, request_: PageRequest) -> None:
    """In the order of the owners, also for those that have nothing or are asked for twice, by one statement."""
    made = await _add_accounts(world, 5, 0, 1, 3)
    ids = [each.id for each in (*made, made[0])] + [77]
    async with world.backend.database.read() as session:
        with count_statements(world.backend.database) as statements:
            pages = await fetch_pages(session, CONTACTS_OF_ACCOUNT, world.tenant.id, ids, request_)
        alone = [
            await contacts.page(session, world.tenant.id, ContactFilter(account_id=each), request_) for each in ids
        ]
        counts = await count_many(session, CONTACTS_OF_ACCOUNT, world.tenant.id, ids)

    assert pages == alone
    assert len(statements) == 1
    assert counts == [5, 0, 1, 3, 5, 0]


async def test_nothing_of_another_tenant_is_in_a_page(world: World, database: Database) -> None:
    """Another tenant's owner has an empty list here."""
    other = await make_world(database)
    (account,) = await _add_accounts(other, 3)
    async with database.read() as session:
        (page,) = await fetch_pages(session, CONTACTS_OF_ACCOUNT, world.tenant.id, [account.id], PageRequest())

    assert page.items == ()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("nested", "index"),
    [
        (CONTACTS_OF_ACCOUNT, "ix_contacts_tenant_id_account_id_sort_name_id"),
        (CASES_OF_CONTACT, "ix_cases_tenant_id_contact_id_id"),
        (HISTORY_OF_LEAD, "ix_events_tenant_id_lead_id_position"),
    ],
)
async def test_no_list_is_read_beyond_its_page(world: World, nested: NestedList[object], index: str) -> None:
    """SQLite finds the page by the owner's index and each row by its key, even where it knows no statistics."""
    async with world.backend.database.read() as session:
        with count_statements(world.backend.database) as statements:
            await fetch_pages(session, nested, world.tenant.id, [5, 6], PageRequest())
        plan = await session.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statements[0]}", _values(statements[0]))
    steps = [row.detail for row in plan]

    assert any(f"{index} (tenant_id=? AND {nested.owner}=?)" in step for step in steps), steps
    found = [step for step in steps if step.startswith(f"SEARCH {nested.table.name} ")]
    assert len(found) == 1
    assert f"(tenant_id=? AND {nested.order[-1]}=?)" in found[0]


def _values(statement: str) -> tuple[object, ...]:
    return ("[5, 6]", *[1] * (statement.count("?") - 1))


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_the_private_customers_account_is_found_by_its_index(world: World) -> None:
    """Not by reading all accounts of the tenant, of which there may be a million."""
    async with world.backend.database.read() as session:
        with count_statements(world.backend.database) as statements:
            account = await accounts.private_customers(session, world.tenant.id)
        plan = await session.execute(text(f"EXPLAIN QUERY PLAN {statements[0].replace('?', '1')}"))

    assert account.is_private_customers
    assert [row.detail for row in plan] == ["SEARCH accounts USING INDEX uq_accounts_private_customers (tenant_id=?)"]
