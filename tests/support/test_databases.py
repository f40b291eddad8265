"""Databases for tests: real, migrated, and each test's own."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect, text

from db import migrations
from db.engine import Database
from tests.support.databases import fresh_database
from tests.support.workshop import apart

NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def test_a_database_is_the_one_that_was_asked_for(database: Database, dialect: str) -> None:
    """The fixture opens a real database of the dialect, with the tables migrated and empty."""
    async with database.read() as session:
        leads = await session.execute(text("SELECT count(*) FROM leads"))

        assert session.dialect == dialect
        assert leads.scalar_one() == 0


async def test_a_test_sees_nothing_of_another_one(database: Database, dialect: str, workshop: Path) -> None:
    """What is written to one fresh database is not in the next."""
    async with database.write(1, NOW) as session:
        await session.execute(text("CREATE TABLE left_behind (id integer)"))

    with fresh_database[dialect](workshop) as other_url:
        other = Database(other_url)
        assert "left_behind" not in await _tables(other)
        assert "left_behind" in await _tables(database)
        await other.close()


async def _tables(database: Database) -> list[str]:
    async with database.read() as session:
        return await session.connection.run_sync(lambda connection: inspect(connection).get_table_names())


def test_a_fresh_database_is_at_the_newest_migration(database_url: str) -> None:
    """The template went through the migrations themselves, and they lead to the tables of the code."""
    apart(migrations.check, database_url)


async def test_a_hundred_connections_are_not_too_many(database: Database, dialect: str) -> None:
    """The server takes as many connections as the proofs of concurrency open."""
    wide = Database(database.url, pool_size=100)

    async def answer() -> int:
        async with wide.read() as session:
            await asyncio.sleep(0.05)
            one: int = (await session.execute(text("SELECT 1"))).scalar_one()
            return one

    assert sum(await asyncio.gather(*(answer() for _ in range(150)))) == 150
    await wide.close()
