"""The account of private customers may hold hundreds of thousands of contacts: an acceptance does not notice."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from db.engine import Database
from db.tables import metadata
from domain.records import Contact, RecordKind
from services.ids import IdSource
from services.importing import bulk
from services.indexing import fold_frequencies
from services.statistics import StatisticsCache
from tests.proofs import acts
from tests.support.factories import address_of, make_contact
from tests.support.statements import count_statements
from tests.support.world import World

FEW, MANY = 1_000, 300_000
MOST_MORE = 1_500
"""Six looks meet at most 60 candidates each, by some rows for each of them, and need not meet so many among few."""
STEPS = 100
"""SQLite reports every so many instructions of its virtual machine."""
OTHERS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
READ = text("SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What an acceptance cost: statements, rows written by table, work of the database, and seconds.

    The work is what the database counts itself: hundreds of instructions on SQLite, rows read on PostgreSQL.
    """

    statements: int
    written: dict[str, int]
    work: int
    seconds: float


def _contacts(world: World, account_id: int, first: int, last: int) -> Iterator[Contact]:
    for number in range(first, last):
        name, other = acts.word(number), acts.word(number // 8_000 + 5_000)
        yield make_contact(
            account_id,
            tenant_id=world.tenant.id,
            id=world.backend.ids.new_id(),
            first_name=other,
            last_name=f"{name}{number // 8_000}",
            emails=(f"{name}.{number}@gmx.de".lower(),),
            phones=(f"+49 221 {10_000_000 + number}",),
            address=address_of(f"{acts.word(number % 997)}weg", str(number % 90 + 1), f"5{number % 40:04}", "Köln"),
        )


async def _analyse(world: World) -> None:
    """Do now what PostgreSQL does by itself sooner or later, and let go of the connections."""
    database = world.backend.database
    if database.dialect == "postgresql":
        async with database.write(world.tenant.id, world.clock()) as session:
            await session.execute(text("ANALYZE"))
    await database.close()


async def _row_counts(database_url: str) -> dict[str, int]:
    database = Database(database_url)
    async with database.read() as session:
        counts = {
            table.name: (await session.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }
    await database.close()
    return counts


def _count_steps(database: Database) -> Callable[[], int]:
    """Count the instructions that SQLite carries out on new connections."""
    steps: list[None] = []

    def connect(connection: Any, _: object) -> None:  # noqa: ANN401
        connection.run_async(lambda driver: driver.set_progress_handler(lambda: steps.append(None), STEPS))

    for engine in database.engines:
        event.listen(engine.sync_engine, "connect", connect)
    return lambda: len(steps)


async def _rows_read(database_url: str) -> int:
    """How many rows PostgreSQL has read for connections that are closed by now."""
    database = Database(database_url)
    async with database.read() as session:
        for _ in range(200):
            if not (await session.execute(OTHERS)).scalar_one():
                break
            await asyncio.sleep(0.05)
        rows = int((await session.execute(READ)).scalar_one())
    await database.close()
    return rows


async def _accept_one(world: World, number: int) -> None:
    """A known person with a new phone number, and somebody new: accepted, decided and committed."""
    details = acts.person(number)
    known = await world.add_contact(await world.private_customers(), **details)
    for lead in (
        await world.add_lead(**{**details, "phones": (f"+49 40 {900_000 + number}",)}),
        await world.add_lead(**acts.person(number + 1)),
    ):
        await acts.accept(world, lead)
        if lead.emails == known.emails:
            await acts.pick_contact(world, lead, known, acts.take_phones())
        receipt = await acts.commit(world, lead)
        assert (receipt.id_of(RecordKind.CONTACT) == known.id) == (lead.emails == known.emails)


async def _measure(world: World, database_url: str, number: int) -> Effort:
    """Accept over connections of their own, the second time around."""
    database = Database(database_url)
    is_sqlite = database.dialect == "sqlite"
    steps = _count_steps(database) if is_sqlite else lambda: 0
    backend = replace(world.backend, database=database, ids=IdSource(), statistics=StatisticsCache())
    there = replace(world, backend=backend)
    await _accept_one(there, number)
    await database.close()
    before = await _row_counts(database_url)
    read = steps() if is_sqlite else await _rows_read(database_url)
    started = time.perf_counter()
    with count_statements(database) as statements:
        await _accept_one(there, number + 2)
    seconds = time.perf_counter() - started
    await database.close()
    work = (steps() if is_sqlite else await _rows_read(database_url)) - read
    after = await _row_counts(database_url)
    written = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    return Effort(statements=len(statements), written=written, work=work, seconds=seconds)


@pytest.mark.long
async def test_three_hundred_thousand_private_customers_slow_nothing_down(world: World, database_url: str) -> None:
    """With 300 times as many, an acceptance needs as much of the database as before."""
    private = await world.private_customers()
    efforts = []
    for first, last, number in ((0, FEW, 10), (FEW, MANY, 20)):
        await bulk.write_contacts(world.backend, world.tenant, _contacts(world, private.id, first, last))
        await fold_frequencies(world.backend, world.tenant.id)
        await _analyse(world)
        efforts.append(await _measure(world, database_url, number))
    few, many = efforts
    print(f"{FEW}: {few}\n{MANY}: {many}")  # noqa: T201
    # Looser keys are asked, by three statements, only where nothing is similar: which of the looks that is may differ.
    assert abs(many.statements - few.statements) <= 6
    assert many.written == few.written
    # In step with the contacts it would be 300 times as much.
    assert many.work < 5 * few.work + MOST_MORE
