"""Positions of events: whoever reads on from the last one they have seen misses nothing."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import select

from db.engine import Database
from db.log import events_after, newest_positions
from db.tables.reference import counters
from domain.events import EventKind, NewEvent
from domain.records import RecordKind
from tests.support.factories import NOW
from tests.support.offices import open_office

_OWN = 1
"""Events that setting a tenant up makes."""


def _event(record_id: int) -> NewEvent:
    return NewEvent(kind=EventKind.LEAD_UPDATED, record_kind=RecordKind.LEAD, record_id=record_id)


async def _read(database: Database, position: int) -> list[tuple[int, int]]:
    """Positions, counted from the first one after the tenant's own, and records."""
    async with database.read() as session:
        events = await events_after(session, 1, position + _OWN, 100)
    return [(each.position - _OWN, each.record_id) for each in events]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_transaction_that_commits_later_has_the_higher_position(database: Database) -> None:
    """The first of two transactions to begin, write and record its event commits last, and is read after the other."""
    await open_office(database)
    async with database.write(1, NOW) as first:
        first.record(_event(1))
        await first.execute(select(counters))
        async with database.write(1, NOW) as second:
            second.record(_event(2))
        seen = await _read(database, 0)
        assert seen == [(1, 2)]

    assert await _read(database, seen[-1][0]) == [(2, 1)]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_no_position_is_seen_while_a_lower_one_is_open(database: Database) -> None:
    """A transaction that wants its position while another holds a lower one uncommitted waits, and commits after it."""
    await open_office(database)
    is_second_done = asyncio.Event()

    async def commit_second() -> None:
        async with database.write(1, NOW) as second:
            second.record(_event(2))
        is_second_done.set()

    async with database.write(1, NOW) as first:
        first.record(_event(1))
        await first._write_events()
        first._events.clear()
        # The position is taken and not committed: the moment in which a sequence would let the other one overtake.
        committing = asyncio.create_task(commit_second())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(is_second_done.wait()), 0.3)
        assert await _read(database, 0) == []
    await committing

    assert await _read(database, 0) == [(1, 1), (2, 2)]


async def test_parallel_writers_leave_no_gap_for_a_reader(database: Database) -> None:
    """A reader that always goes on after the last position it saw sees every event of 8 parallel writers once."""
    await open_office(database)
    writers, each_writes = 8, 12
    seen: list[int] = []

    async def write(number: int) -> None:
        for place in range(each_writes):
            async with database.write(1, NOW) as session:
                session.record(_event(number * 1000 + place))
                session.record(_event(number * 1000 + 500 + place))

    async def read() -> None:
        position = 0
        while len(seen) < writers * each_writes * 2:
            found = await _read(database, position)
            position = found[-1][0] if found else position
            seen.extend(record_id for _, record_id in found)

    async with asyncio.timeout(60):
        await asyncio.gather(read(), *(write(each) for each in range(1, writers + 1)))

    assert len(set(seen)) == len(seen) == writers * each_writes * 2
    async with database.read() as session:
        assert await newest_positions(session, [1, 7]) == {1: len(seen) + _OWN}


async def test_a_rollback_leaves_no_gap(database: Database) -> None:
    """The positions of a transaction that was rolled back are given to the next one."""
    await open_office(database)
    with suppress(LookupError):
        async with database.write(1, NOW) as session:
            session.record(_event(1))
            await session._write_events()
            raise LookupError
    async with database.write(1, NOW) as session:
        session.record(_event(2))

    assert await _read(database, 0) == [(1, 2)]


async def test_whoever_commits_events_says_so(database: Database) -> None:
    """The database tells of each commit with events once it is done, and of no other transaction."""
    await open_office(database)
    told: list[int] = []
    database.on_events.append(told.append)
    async with database.write(1, NOW):
        pass
    with suppress(LookupError):
        async with database.write(1, NOW) as session:
            session.record(_event(1))
            raise LookupError
    assert told == []

    async with database.write(1, NOW) as session:
        session.record(_event(2))
        assert told == []
    assert told == [1]
