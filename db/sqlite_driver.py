"""SQLite's driver with one trip to its thread for a statement, where aiosqlite's own cursors make four.

Every connection of aiosqlite has a thread, and each step of a statement (open a cursor, execute, fetch, close) travels
there and back, which costs more than most of our statements do. These cursors execute, fetch everything and close in
one step; SQLAlchemy reads all rows anyway.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from types import TracebackType
from typing import Any, Self

import aiosqlite
from sqlalchemy.engine import Dialect, make_url

_CHUNK = 64
"""Rows that aiosqlite's own cursors fetch at a time when iterated over; ours are not."""

Parameters = Sequence[Any]


class OneTripCursor:
    """A cursor as SQLAlchemy's adapter for asynchronous drivers uses it."""

    arraysize = 1

    def __init__(self, connection: "OneTripConnection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    async def execute(self, operation: str, parameters: Parameters = ()) -> Self:
        """Execute a statement and fetch its rows."""
        return await self._run(lambda connection: connection.execute(operation, parameters))

    async def executemany(self, operation: str, parameters: Iterable[Parameters]) -> Self:
        """Execute a statement once for each set of parameters."""
        return await self._run(lambda connection: connection.executemany(operation, parameters))

    async def fetchall(self) -> list[Any]:
        """All rows of the last statement."""
        return self._rows

    async def close(self) -> None:
        """Forget the rows; SQLite's own cursor was closed when they had been fetched."""
        self._rows = []

    async def _run(self, execute: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> Self:
        def run(connection: sqlite3.Connection) -> tuple[Any, int, int | None, list[Any]]:
            cursor = execute(connection)
            try:
                rows = cursor.fetchall() if cursor.description else []
                return cursor.description, cursor.rowcount, cursor.lastrowid, rows
            finally:
                cursor.close()

        self.description, self.rowcount, self.lastrowid, self._rows = await self._connection.run(run)
        return self


class OneTripConnection(aiosqlite.Connection):
    """A connection of aiosqlite whose cursors make one trip a statement."""

    async def run(self, function: Callable[[sqlite3.Connection], Any]) -> Any:  # noqa: ANN401
        """What the function gives for the connection, called in the connection's thread."""
        return await self._execute(partial(function, self._conn))  # type: ignore[no-untyped-call]

    def cursor(self) -> OneTripCursor:  # type: ignore[override]  # SQLAlchemy's adapter enters it itself
        """A new cursor."""
        return OneTripCursor(self)


async def connect(url: str, dialect: Dialect) -> OneTripConnection:
    """Open the SQLite database that an URL of SQLAlchemy names."""
    arguments, options = dialect.create_connect_args(make_url(url))
    connection = OneTripConnection(partial(sqlite3.connect, *arguments, **options), _CHUNK)
    # As SQLAlchemy does: a connection that nobody closed must not keep the process alive.
    connection._thread.daemon = True  # noqa: SLF001
    await connection
    return connection
