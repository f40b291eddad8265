"""The database: one SQLite file or a PostgreSQL, behind the same two kinds of session.

``read()`` gives a consistent view that cannot write. ``write()`` is one transaction: it commits when the block is left,
rolls back when it is left by an exception, and gives its events their positions by the last statements, so that the
positions of a tenant are in the order of its commits.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable, event, insert, make_url, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from db.sqlite_driver import OneTripConnection, connect
from db.tables.log import events
from db.tables.reference import counters
from domain.events import NewEvent

_BUSY_TIMEOUT_MS = 30_000
_TRIES = 3
_MOST_MAPPED = 16 << 30
"""Bytes of a SQLite file that are read from the system's cache without being copied; SQLite as it is mostly built maps
no more than 2 GiB. A look-up among a million accounts takes a third less time."""
_LOST = {"40P01", "40001"}
"""PostgreSQL's codes for a deadlock and for a serialisation failure (its manual, appendix A)."""

Result = TypeVar("Result")


class TransactionLostError(Exception):
    """The database ended a transaction for another's sake; nothing of it was written, and it may be done again."""


@dataclass(frozen=True, slots=True)
class ReadSession:
    """A read-only transaction with one consistent view."""

    connection: AsyncConnection

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:  # noqa: ANN401
        """Run one statement (with a list of parameter sets: once for each)."""
        return await self.connection.execute(statement, parameters)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.connection.dialect.name


@dataclass(frozen=True, slots=True)
class WriteSession(ReadSession):
    """The one transaction of a use case. It may also read."""

    tenant_id: int
    now: datetime
    _events: list[NewEvent] = field(default_factory=list)

    @property
    def has_events(self) -> bool:
        """Whether the transaction writes events."""
        return bool(self._events)

    def record(self, new_event: NewEvent) -> None:
        """Let an event be written with the transaction, if it commits."""
        self._events.append(new_event)

    async def _write_events(self) -> None:
        if not self._events:
            return
        position = counters.c.event_position
        taken = (
            update(counters)
            .where(counters.c.tenant_id == self.tenant_id)
            .values({position: position + len(self._events)})
            .returning(position)
        )
        last: int = (await self.execute(taken)).scalar_one()
        first = last - len(self._events) + 1
        rows = [
            {
                "tenant_id": self.tenant_id,
                "position": first + offset,
                "kind": each.kind,
                "record_kind": each.record_kind,
                "record_id": each.record_id,
                "lead_id": each.lead_id,
                "user_id": each.user_id,
                "fields": list(each.fields),
                "happened_at": self.now,
            }
            for offset, each in enumerate(self._events)
        ]
        await self.execute(insert(events), rows)


class Database:
    """A database that was connected to; ``close()`` it at the end."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.url = url
        self.on_events: list[Callable[[int], None]] = []
        """Called with the tenant's id whenever this process has committed events."""
        self.dialect = make_url(url).get_backend_name()
        if self.dialect == "sqlite":
            self._reader = _sqlite_engine(url, begin="BEGIN", pool_size=pool_size, is_read_only=True)
            # One writer at a time is all that SQLite has; queueing for it here is fair, polling the file is not.
            self._writer = _sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1, is_read_only=False)
        else:
            # Compiling a statement takes PostgreSQL longer than running any of ours.
            options = {"server_settings": {"jit": "off"}}
            engine = create_async_engine(
                url, pool_size=pool_size, max_overflow=pool_size, pool_timeout=60, connect_args=options
            )
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._writer = engine.execution_options(isolation_level="READ COMMITTED")

    @property
    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """The engines for reading and for writing; for listeners that count statements."""
        return self._reader, self._writer

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        """Open a read-only transaction."""
        async with self._reader.connect() as connection, connection.begin():
            yield ReadSession(connection)

    @asynccontextmanager
    async def write(self, tenant_id: int, now: datetime) -> AsyncIterator[WriteSession]:
        """Open a transaction that writes for one tenant, as of ``now``.

        Raises ``TransactionLostError`` if the database ends it because it stands in another one's way.
        """
        try:
            async with self._writer.connect() as connection, connection.begin():
                session = WriteSession(connection, tenant_id, now)
                yield session
                await session._write_events()  # noqa: SLF001
            self._tell(session)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) in _LOST:
                raise TransactionLostError from error
            raise

    def _tell(self, session: WriteSession) -> None:
        for tell in self.on_events if session.has_events else ():
            tell(session.tenant_id)

    async def transact(
        self, tenant_id: int, now: datetime, work: Callable[[WriteSession], Awaitable[Result]]
    ) -> Result:
        """Do ``work`` in a transaction that writes, and once more if the database ends it for another's sake.

        Raises ``TransactionLostError`` if that happens ``_TRIES`` times.
        """
        for _ in range(_TRIES - 1):
            with suppress(TransactionLostError):
                async with self.write(tenant_id, now) as session:
                    return await work(session)
        async with self.write(tenant_id, now) as session:
            return await work(session)

    async def close(self) -> None:
        """Close every connection."""
        for engine in self.engines:
            await engine.dispose()


def _sqlite_engine(url: str, *, begin: str, pool_size: int, is_read_only: bool) -> AsyncEngine:
    async def open_connection() -> OneTripConnection:
        return await connect(url, engine.dialect)

    engine = create_async_engine(
        url, pool_size=pool_size, max_overflow=0, pool_timeout=60, async_creator=open_connection
    )

    def set_up(connection: DBAPIConnection, _: object) -> None:
        # The driver's own transaction control starts transactions late and never IMMEDIATE.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {_BUSY_TIMEOUT_MS}",
            "cache_size = -65536",
            f"mmap_size = {_MOST_MAPPED}",
            f"query_only = {'ON' if is_read_only else 'OFF'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", set_up)
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
