"""Which records share keys with leads, as SQL answers it."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import pytest

from db.driver import DriverStatement, run
from db.engine import Database, ReadSession, WriteSession
from db.frequencies import Delta, append_delta, fold_some
from db.match_candidates import (
    _CANDIDATES,
    MOST_HOLDERS,
    TIER_ONE,
    TIER_TWO,
    AskedKey,
    TierLimits,
    fetch_candidates,
    fetch_holders,
)
from db.match_index import IndexEntry, insert_entries
from db.match_versions import add_version, complete_version
from tests.support.factories import NOW

TENANT = 1
VERSION = 1
HOT = 4242


@asynccontextmanager
async def writing(database: Database) -> AsyncIterator[WriteSession]:
    """A transaction of the tenant, that begins with an empty index."""
    async with database.write(TENANT, NOW) as session:
        await add_version(session, VERSION, is_complete=True)
        yield session


def account(id_: int, *keys: int) -> IndexEntry:
    """An account with these keys."""
    return IndexEntry(record_id=id_, account_id=id_, record_version=1, document=b"[]", keys=keys)


def contact(id_: int, account_id: int, *keys: int) -> IndexEntry:
    """A contact with these keys."""
    return IndexEntry(record_id=id_, account_id=account_id, record_version=1, document=b"[]", keys=keys)


def ask(*keys: int, lead: int = 0, evidence: int = 0, is_strong: bool = False) -> list[AskedKey]:
    """Keys of one kind of evidence."""
    return [AskedKey(lead, key, evidence, is_strong) for key in keys]


async def found(
    session: ReadSession, asked: Sequence[AskedKey], tier: TierLimits = TIER_ONE
) -> set[tuple[int, int, int]]:
    """Lead, account id and contact id of every hit."""
    hits = await fetch_candidates(session, TENANT, asked, tier)
    return {(each.lead, each.account_id, each.contact_id) for each in hits}


async def let_be_frequent(session: WriteSession, frequencies: dict[int, int]) -> None:
    """Let these keys occur so often, according to the statistics."""
    terms = [key for key, frequency in frequencies.items() for _ in range(frequency)]
    await append_delta(session, VERSION, count(1), Delta(accounts=100_000, added=terms))
    while await fold_some(session):
        pass


async def test_accounts_are_hit_by_their_contacts_as_well(database: Database) -> None:
    """A contact's key hits the contact and its account; an account's own hits only the account."""
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(1, 10), contact(2, 1, 20), account(3, 20), account(4, 30)])

        assert await found(session, ask(20)) == {(0, 1, 0), (0, 1, 2), (0, 3, 0)}
        assert await found(session, ask(10) + ask(30, lead=7)) == {(0, 1, 0), (7, 4, 0)}
        assert await found(session, ask(99)) == set()
        assert await found(session, []) == set()


async def test_only_the_complete_version_is_asked(database: Database) -> None:
    """A version that is being built is not seen until it is complete, and then the old one is not."""
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(1, 10)])
        await add_version(session, VERSION + 1, is_complete=False)
        await insert_entries(session, VERSION + 1, [account(2, 10)])

        assert await found(session, ask(10)) == {(0, 1, 0)}
        assert await fetch_holders(session, TENANT, [10]) == {(1, 0)}
        await complete_version(session, VERSION + 1)
        assert await found(session, ask(10)) == {(0, 2, 0)}
        assert await fetch_holders(session, TENANT, [10]) == {(2, 0)}


async def test_the_best_are_kept_and_ties_break_by_id(database: Database) -> None:
    """Of equal ones the smallest ids are kept, as many accounts as contacts; a better one comes first."""
    accounts = [account(id_, 10) for id_ in range(1, 100)]
    contacts = [contact(id_, id_ - 1000, 10) for id_ in range(1001, 1100)]
    async with writing(database) as session:
        await insert_entries(session, VERSION, [*accounts, *contacts, account(500, 10, 11)])

        hits = await found(session, ask(10) + ask(11, evidence=1))

    assert {each for each in hits if each[2] == 0} == {(0, id_, 0) for id_ in (*range(1, TIER_ONE.per_lead), 500)}
    assert {each for each in hits if each[2]} == {(0, id_ - 1000, id_) for id_ in range(1001, 1001 + TIER_ONE.per_lead)}


async def test_keys_of_one_kind_of_evidence_count_a_quarter_beside_the_best(database: Database) -> None:
    """Two equal keys of different kinds outweigh four of the same kind; five of the same outweigh one."""
    same, different, single = (11, 12, 13, 14), (21, 22), (31,)
    asked = ask(*same, 21, 31) + ask(22, evidence=1)
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(id_, *different) for id_ in range(1, TIER_ONE.per_lead + 1)])
        await insert_entries(session, VERSION, [account(1000, *same), account(1001, *single)])
        assert (0, 1000, 0) not in await found(session, asked)

    async with database.write(TENANT, NOW) as session:
        await insert_entries(session, VERSION, [account(2000 + id_, 31) for id_ in range(TIER_ONE.per_lead)])
        assert (0, 1000, 0) in await found(session, ask(*same, 31))


async def test_what_has_too_little_beside_the_best_is_left_out(database: Database) -> None:
    """Four ninths of the best one's points are worth a look by close keys, not by loose ones; contacts are apart."""
    asked = ask(10, 12) + ask(11, evidence=1)
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(1, 10, 11, 12), account(2, 11), contact(3, 2, 11)])

        assert await found(session, asked, TIER_ONE) == {(0, 1, 0), (0, 2, 0), (0, 2, 3)}
        assert await found(session, asked, TIER_TWO) == {(0, 1, 0), (0, 2, 3)}
        await insert_entries(session, VERSION, [account(4, 10, 11, 12, 20)])
        assert (0, 2, 0) not in await found(session, asked + ask(20, evidence=2), TIER_ONE)


async def test_a_rare_key_outweighs_a_frequent_one(database: Database) -> None:
    """The weight follows the frequency that the statistics know."""
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(id_, 10) for id_ in range(1, TIER_ONE.per_lead + 2)])
        await insert_entries(session, VERSION, [account(1000, 11)])
        assert (0, 1000, 0) not in await found(session, ask(10, 11))
        await let_be_frequent(session, {10: 300, 11: 5})

        hits = await found(session, ask(10, 11))

    assert (0, 1000, 0) in hits
    assert len(hits) == TIER_ONE.first


async def test_after_the_first_only_what_shares_something_rare_is_looked_at(database: Database) -> None:
    """Many records that share one frequent key are cut to the first of them; by a rarer key all come."""
    many = 2 * TIER_ONE.first
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(id_, 10, 11) for id_ in range(1, many + 1)])
        await let_be_frequent(session, {10: 2 * TIER_ONE.enough, 11: TIER_ONE.enough})

        assert len(await found(session, ask(10))) == TIER_ONE.first
        assert len(await found(session, ask(11))) == many


async def test_frequent_keys_are_left_out_unless_they_are_the_rarest_or_strong(database: Database) -> None:
    """Beside three rarer keys a frequent one is not looked up; without them, or if it is strong, it is."""
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(1, 10), account(2, 11)])
        await let_be_frequent(session, {10: TIER_ONE.most_frequent + 1, 11: TIER_ONE.most_frequent})
        rarer = ask(*range(100, 100 + TIER_ONE.rarest))

        assert await found(session, ask(10, 11) + rarer) == {(0, 2, 0)}
        assert await found(session, ask(10) + rarer[1:]) == {(0, 1, 0)}
        assert await found(session, ask(10, is_strong=True) + rarer) == {(0, 1, 0)}


async def test_a_value_that_everybody_has_is_read_only_so_far(database: Database) -> None:
    """Of a strong key's records only the first by account and contact are looked at, also within one account."""
    crowd = [contact(id_, 7, HOT) for id_ in range(1000, 1000 + TIER_ONE.rows_per_key)]
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(7), *crowd[1:], account(8, HOT), account(9, HOT)])
        assert (0, 8, 0) in await found(session, ask(HOT, is_strong=True))
        assert (0, 9, 0) not in await found(session, ask(HOT, is_strong=True))
        await insert_entries(session, VERSION, [crowd[0]])
        assert (0, 8, 0) not in await found(session, ask(HOT, is_strong=True))

        assert await fetch_holders(session, TENANT, [HOT]) == frozenset()


async def test_a_key_of_a_few_records_names_them_all(database: Database) -> None:
    """Those who carry a key are named, up to the number at which it identifies nobody."""
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(id_, HOT) for id_ in range(1, MOST_HOLDERS + 1)])
        assert len(await fetch_holders(session, TENANT, [HOT, HOT, 5])) == MOST_HOLDERS


@pytest.mark.parametrize(
    ("few", "many"), [(2_000, 6_000), pytest.param(2_000, 300_000, marks=pytest.mark.long)], ids=["small", "full"]
)
async def test_the_work_does_not_grow_with_who_has_a_value(database: Database, few: int, many: int) -> None:
    """One account's contacts that all have the same phone: however many, a look-up does the same work."""
    asked = ask(HOT, is_strong=True) + ask(50)
    async with writing(database) as session:
        await insert_entries(session, VERSION, [account(7, 50)])
        await add_crowd(session, range(1000, 1000 + few))
    before = await work_of(database, asked)
    async with database.write(TENANT, NOW) as session:
        await add_crowd(session, range(1000 + few, 1000 + many))

    after = await work_of(database, asked)

    assert 0 < after <= before * 1.05


async def add_crowd(session: WriteSession, ids: range) -> None:
    """Contacts of account 7 with the hot key, in batches."""
    for start in range(ids.start, ids.stop, 5_000):
        some = range(start, min(start + 5_000, ids.stop))
        await insert_entries(session, VERSION, [contact(id_, 7, HOT) for id_ in some])


async def work_of(database: Database, asked: Sequence[AskedKey]) -> int:
    """What a look-up costs: steps of SQLite's virtual machine, or rows of the key table that PostgreSQL touches."""
    async with database.read() as session:
        if session.dialect == "postgresql":
            return await _rows_read(session, asked)
        raw = (await session.connection.get_raw_connection()).driver_connection
        assert raw is not None
        steps: list[None] = []
        await raw.set_progress_handler(lambda: steps.append(None), 1)
        await fetch_candidates(session, TENANT, asked)
        await raw.set_progress_handler(None, 0)
        return len(steps)


async def _rows_read(session: ReadSession, asked: Sequence[AskedKey]) -> int:
    columns = [
        [each.lead for each in asked],
        [each.key for each in asked],
        [each.evidence for each in asked],
        [int(each.is_strong) for each in asked],
    ]
    explained = DriverStatement(
        sqlite="", postgresql=f"EXPLAIN (ANALYZE, FORMAT JSON) {_CANDIDATES[TIER_ONE].postgresql}"
    )
    [[plans]] = await run(session, explained, TENANT, columns=columns)
    return sum(_rows_of(plan["Plan"]) for plan in (json.loads(plans) if isinstance(plans, str) else plans))


def _rows_of(node: dict[str, Any]) -> int:
    own = node["Actual Rows"] * node["Actual Loops"] if node.get("Relation Name") == "match_keys" else 0
    return int(own) + sum(_rows_of(each) for each in node.get("Plans", ()))
