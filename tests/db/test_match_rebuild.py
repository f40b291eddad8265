"""Which records are locked while another version of the match index is built."""

from contextlib import AbstractAsyncContextManager

import pytest
from sqlalchemy import select, update

from db.engine import Database, WriteSession
from db.match_index import IndexEntry, insert_entries
from db.match_rebuild import lock_unindexed
from db.match_versions import add_version
from db.tables.records import accounts
from domain.records import Account
from services.matching.model import NORMALISER_VERSION
from tests.support.factories import NOW, make_account
from tests.support.offices import Office, open_office

NEW = NORMALISER_VERSION + 1


@pytest.fixture
async def office(database: Database) -> Office:
    """Give a tenant at work, on each of the databases."""
    return await open_office(database)


async def give_accounts(office: Office) -> list[int]:
    """Give six accounts, of which a version that is being built has the second; their ids, ascending."""
    given = sorted((make_account() for _ in range(6)), key=lambda each: each.id)
    await office.give(*given)
    ids = [each.id for each in given]
    async with writing(office) as session:
        await add_version(session, NEW, is_complete=False)
        entry = IndexEntry(record_id=ids[1], account_id=ids[1], record_version=1, document=b"[]", keys=())
        await insert_entries(session, NEW, [entry])
    return ids


def writing(office: Office) -> AbstractAsyncContextManager[WriteSession]:
    """A transaction of the tenant."""
    return office.backend.database.write(office.tenant.id, NOW)


async def free_for(session: WriteSession, ids: list[int]) -> list[int]:
    """Ids of those of the accounts that can be written at once, ascending."""
    query = select(accounts.c.id).where(accounts.c.id.in_(ids)).order_by(accounts.c.id)
    found = await session.execute(query.with_for_update(skip_locked=True))
    return list(found.scalars())


async def test_what_the_version_has_is_left_alone(office: Office) -> None:
    """Of the named records, those that the version does not have are given with their versions; no id, no record."""
    first, second, third, *_, last = await give_accounts(office)
    async with writing(office) as session:
        await session.execute(update(accounts).where(accounts.c.id == third).values(version=7))

        assert await lock_unindexed(session, Account, NEW, [first, second, third, last]) == {
            first: 1,
            third: 7,
            last: 1,
        }
        assert await lock_unindexed(session, Account, NEW, []) == {}


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_only_the_named_records_are_locked(office: Office) -> None:
    """What lies between them can be written by others; SQLite has one writer, and no locks of records."""
    ids = await give_accounts(office)
    ends = [ids[0], ids[-1]]

    async with writing(office) as building, writing(office) as other:
        assert set(await lock_unindexed(building, Account, NEW, ends)) == set(ends)
        assert await free_for(other, ids) == ids[1:-1]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_what_others_are_writing_is_passed_over(office: Office) -> None:
    """It is not waited for, and not given."""
    first, *_, last = await give_accounts(office)

    async with writing(office) as other, writing(office) as building:
        await other.execute(update(accounts).where(accounts.c.id == first).values(version=2))
        assert await lock_unindexed(building, Account, NEW, [first, last]) == {last: 1}
