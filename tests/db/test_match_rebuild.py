"""Which records are locked while another version of the match index is built, and how an old one is deleted."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

import pytest
from sqlalchemy import select, update

from db.engine import Database, WriteSession
from db.match_index import IndexEntry, insert_entries, insert_keys
from db.match_rebuild import Deleted, Rows, delete_some, lock_unindexed, set_frequencies
from db.match_versions import add_version
from db.tables.matching import match_frequencies, match_keys
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


async def terms_of(session: WriteSession, version: int) -> Sequence[int]:
    """The terms of which a version has a frequency, ascending."""
    here = (match_frequencies.c.tenant_id == session.tenant_id, match_frequencies.c.version == version)
    query = select(match_frequencies.c.term).where(*here).order_by(match_frequencies.c.term)
    return list((await session.execute(query)).scalars())


async def test_rows_are_deleted_forward(office: Office) -> None:
    """Each step goes on where the last one ended, and does not look at what lies behind; other versions stay."""
    lowest, *_, highest = terms = [-(1 << 63), -5, 0, 7, (1 << 63) - 1]
    async with writing(office) as session:
        for version in (NEW, NEW + 1):
            await set_frequencies(session, version, terms, [1] * len(terms))

        first = await delete_some(session, NEW, Rows.FREQUENCIES, after=None, limit=2)
        await set_frequencies(session, NEW, [lowest], [1])
        second = await delete_some(session, NEW, Rows.FREQUENCIES, after=first.up_to, limit=2)
        behind = await terms_of(session, NEW)
        last = await delete_some(session, NEW, Rows.FREQUENCIES, after=second.up_to, limit=2)

        assert (first, second, last) == (Deleted(2, -5), Deleted(2, 7), Deleted(1, None))
        assert behind == [lowest, highest]
        assert await terms_of(session, NEW) == [lowest]
        assert await terms_of(session, NEW + 1) == terms


async def test_the_rows_of_one_key_are_deleted_together(office: Office) -> None:
    """However many there are: what comes after a key is all that is left to do. Other tenants keep theirs."""
    rows = [[10, 10, 10, 20], [1, 2, 3, 1], [0, 0, 0, 0]]
    async with office.backend.database.write(office.tenant.id + 1, NOW) as session:
        await insert_keys(session, NEW, rows)
    async with writing(office) as session:
        await insert_keys(session, NEW, rows)
        assert await delete_some(session, NEW, Rows.KEYS, after=None, limit=2) == Deleted(3, 10)

    async with office.backend.database.read() as session:
        left = await session.execute(select(match_keys.c.tenant_id, match_keys.c.key).order_by(*match_keys.primary_key))
        assert [tuple(row) for row in left] == [
            (office.tenant.id, 20),
            *((office.tenant.id + 1, key) for key in rows[0]),
        ]
