"""SQLite's driver: one trip to the connection's thread for a statement."""

from pathlib import Path

import pytest
from sqlalchemy.dialects import registry

from db.sqlite_driver import OneTripConnection, connect

pytestmark = pytest.mark.anyio


class CountingConnection(OneTripConnection):
    """Counts the trips to the connection's thread."""

    trips = 0

    async def _execute(self, *arguments: object, **options: object) -> object:
        self.trips += 1
        return await super()._execute(*arguments, **options)  # type: ignore[no-untyped-call]


@pytest.fixture
async def connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CountingConnection:
    """Give an open connection to an empty file."""
    monkeypatch.setattr("db.sqlite_driver.OneTripConnection", CountingConnection)
    dialect = registry.load("sqlite.aiosqlite")()
    opened = await connect(f"sqlite+aiosqlite:///{tmp_path}/trips.sqlite3", dialect)
    assert isinstance(opened, CountingConnection)
    return opened


async def test_a_statement_makes_one_trip(connection: CountingConnection) -> None:
    """Opening the cursor, executing, fetching and closing are one step; its rows, columns and counts are all there."""
    async with connection.cursor() as cursor:
        await cursor.execute("CREATE TABLE t (n INTEGER)")
        await cursor.executemany("INSERT INTO t VALUES (?)", [(1,), (2,)])
        written = cursor.rowcount
        await cursor.execute("SELECT n FROM t WHERE n > ? ORDER BY n", (0,))
        rows, columns = await cursor.fetchall(), cursor.description

    assert (connection.trips, written, rows, columns[0][0]) == (3, 2, [(1,), (2,)], "n")
    await connection.close()


async def test_a_statement_that_fails_leaves_the_connection_usable(connection: CountingConnection) -> None:
    """The driver's own error is raised, and the next statement works."""
    async with connection.cursor() as cursor:
        with pytest.raises(Exception, match="no such table"):
            await cursor.execute("SELECT * FROM absent")
        await cursor.execute("SELECT 1")

        assert await cursor.fetchall() == [(1,)]
    await connection.close()
