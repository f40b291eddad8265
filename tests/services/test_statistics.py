"""Keeping the frequencies of the current snapshot in the process."""

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from db.engine import Database
from db.frequencies import Delta, append_delta, fetch_snapshot, fold_some
from services.ids import IdSource
from services.matching.model import Statistics
from services.statistics import POLL_EVERY, StatisticsCache
from tests.support.factories import NOW
from tests.support.offices import Office
from tests.support.statements import count_statements

IDS = IdSource()


async def let_occur(office: Office, *terms: int) -> None:
    """Let a new account with these terms be in the next snapshot."""
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await append_delta(session, 1, (IDS.new_id() for _ in range(9)), Delta(accounts=1, added=list(terms)))
        await fold_some(session)


async def ask(
    cache: StatisticsCache, database: Database, tenant_id: int, terms: Collection[int], now: datetime
) -> Statistics:
    """What the cache answers in a read session of its own."""
    async with database.read() as session:
        return await cache.get(session, tenant_id, terms, now)


async def test_what_is_known_is_not_asked_again(database: Database, office: Office) -> None:
    """The second look-up of the same terms, or of some of them, takes no statement; one new term takes one."""
    cache = StatisticsCache()
    await let_occur(office, 1, 2, 2)

    with count_statements(database) as statements:
        first = await ask(cache, database, office.tenant.id, [1, 2, 3], NOW)
        assert len(statements) == 1
        assert await ask(cache, database, office.tenant.id, [1, 3], NOW) is not None
        assert await ask(cache, database, office.tenant.id, [], NOW) is not None
        assert len(statements) == 1
        await ask(cache, database, office.tenant.id, [1, 4], NOW)
        assert len(statements) == 2

    assert first == Statistics(snapshot=1, accounts=1, contacts=0, frequencies={1: 1, 2: 2, 3: 0})


async def test_a_new_snapshot_is_seen_after_a_while(database: Database, office: Office) -> None:
    """The process asks again every few seconds, and then nothing of the old snapshot is left."""
    cache = StatisticsCache()
    await let_occur(office, 1)
    await ask(cache, database, office.tenant.id, [1, 2], NOW)
    await let_occur(office, 1, 2)

    soon = await ask(cache, database, office.tenant.id, [1], NOW + POLL_EVERY - timedelta(seconds=1))
    later = await ask(cache, database, office.tenant.id, [1], NOW + POLL_EVERY)
    other = await ask(cache, database, office.tenant.id, [2], NOW + POLL_EVERY)

    assert (soon.snapshot, soon.frequencies) == (1, {1: 1})
    assert (later.snapshot, later.frequencies) == (2, {1: 2})
    assert (other.snapshot, other.frequencies) == (2, {2: 1})


async def test_terms_of_one_answer_are_of_one_snapshot(database: Database, office: Office) -> None:
    """A term that has to be fetched after a fold brings the others with it."""
    cache = StatisticsCache()
    await let_occur(office, 1)
    await ask(cache, database, office.tenant.id, [1], NOW)
    await let_occur(office, 1, 2)

    both = await ask(cache, database, office.tenant.id, [1, 2], NOW)

    assert (both.snapshot, both.accounts, both.frequencies) == (2, 2, {1: 2, 2: 1})


async def test_only_what_is_missing_is_fetched(database: Database, office: Office) -> None:
    """One statement brings the new terms; a second one everything, where there is a new snapshot."""
    cache = StatisticsCache()
    await let_occur(office, 1)
    await ask(cache, database, office.tenant.id, [1], NOW)

    with count_statements(database) as statements:
        same = await ask(cache, database, office.tenant.id, [1, 2], NOW)
        assert len(statements) == 1
    await let_occur(office, 1, 3)
    with count_statements(database) as statements:
        new = await ask(cache, database, office.tenant.id, [1, 3], NOW)
        assert len(statements) == 2

    assert (same.snapshot, same.frequencies) == (1, {1: 1, 2: 0})
    assert (new.snapshot, new.frequencies) == (2, {1: 2, 3: 1})


async def test_an_old_view_does_not_replace_a_newer_snapshot(database: Database, office: Office) -> None:
    """A look-up that began before the fold is answered as of then, and the next one as of now."""
    cache = StatisticsCache()
    async with database.read() as session:
        await fetch_snapshot(session, office.tenant.id, [])
        await let_occur(office, 1)
        await ask(cache, database, office.tenant.id, [1], NOW)

        before = await cache.get(session, office.tenant.id, [1, 2], NOW)

    with count_statements(database) as statements:
        after = await ask(cache, database, office.tenant.id, [1], NOW)
        assert len(statements) == 0
    assert (before.snapshot, before.frequencies) == (0, {1: 0, 2: 0})
    assert (after.snapshot, after.frequencies) == (1, {1: 1})


async def test_the_least_recently_used_terms_are_forgotten(database: Database, office: Office) -> None:
    """The cache keeps so many terms and no more; what was asked for last stays."""
    cache = StatisticsCache(max_terms=3)
    await ask(cache, database, office.tenant.id, [1, 2, 3], NOW)
    await ask(cache, database, office.tenant.id, [1], NOW)
    await ask(cache, database, office.tenant.id, [4], NOW)

    with count_statements(database) as statements:
        await ask(cache, database, office.tenant.id, [1, 3, 4], NOW)
        assert len(statements) == 0
        await ask(cache, database, office.tenant.id, [2], NOW)
        assert len(statements) == 1


async def test_more_terms_than_fit_are_still_answered(database: Database, office: Office) -> None:
    """A batch with more terms than the cache keeps gets them all."""
    await let_occur(office, *range(10))

    found = await ask(StatisticsCache(max_terms=3), database, office.tenant.id, range(12), NOW)

    assert found.frequencies == {**dict.fromkeys(range(10), 1), 10: 0, 11: 0}


async def test_tenants_do_not_mix(database: Database, office: Office, foreign_office: Office) -> None:
    """Each tenant has its own frequencies, also where only one of them is kept at a time."""
    cache = StatisticsCache(max_tenants=1)
    await let_occur(office, 1)

    for _ in range(2):
        assert (await ask(cache, database, office.tenant.id, [1], NOW)).frequencies == {1: 1}
        assert (await ask(cache, database, foreign_office.tenant.id, [1], NOW)).frequencies == {1: 0}


async def test_a_tenant_without_an_index_has_no_statistics(database: Database) -> None:
    """It is an error, not an empty answer."""
    with pytest.raises(LookupError, match="tenant 77 has no match index"):
        await ask(StatisticsCache(), database, 77, [1], NOW)
