"""Wake-ups between processes on PostgreSQL: LISTEN and NOTIFY on a connection of their own.

A notification carries a tenant's number and nothing else; what has happened is read from the events table. It is sent
after the commit and not within it: PostgreSQL lets transactions that notify commit one at a time, over all databases of
the server (``PreCommit_Notify`` takes a lock on all of them).
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import asyncpg
import structlog
from sqlalchemy import make_url
from sqlalchemy.engine import Dialect

CHANNEL = "leadgate_events"
_SEND = "SELECT pg_notify($1, tenant) FROM unnest($2::text[]) AS tenant"
_TIMEOUT = 5.0
_WAITS = (0.1, 0.5, 1.0, 2.0, 5.0)
"""Seconds before each further attempt to connect."""

log = structlog.get_logger(__name__)


class Notifications:
    """Tells other processes of this one's commits, and hears of theirs, for as long as ``run`` runs.

    ``heard`` is called with a tenant's number, or with None whenever something may have been missed.
    """

    def __init__(self, url: str, heard: Callable[[int | None], None]) -> None:
        self._url = url
        self._heard = heard
        self._waiting: set[int] = set()
        self._is_called = asyncio.Event()

    def send(self, tenant_id: int) -> None:
        """Let other processes know that the tenant has new events. Many of one moment are sent as one."""
        self._waiting.add(tenant_id)
        self._is_called.set()

    async def run(self) -> None:
        """Connect, and connect again whenever the connection is lost, until cancelled."""
        attempt = 0
        while True:
            try:
                connection = await asyncpg.connect(**_arguments(self._url), timeout=_TIMEOUT)
            except (OSError, TimeoutError, asyncpg.PostgresError) as error:
                log.warning("cannot listen for events; it is tried again", error=repr(error))
                await asyncio.sleep(_WAITS[min(attempt, len(_WAITS) - 1)])
                attempt += 1
                continue
            attempt = 0
            try:
                await self._serve(connection)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("listening for events was interrupted", error=repr(error))
            finally:
                connection.terminate()

    async def _serve(self, connection: Any) -> None:  # noqa: ANN401
        connection.add_termination_listener(lambda _: self._is_called.set())
        await connection.add_listener(CHANNEL, self._hear)
        self._heard(None)
        while not connection.is_closed():
            waiting, self._waiting = self._waiting, set()
            self._is_called.clear()
            if waiting:
                await connection.execute(_SEND, CHANNEL, [str(each) for each in waiting], timeout=_TIMEOUT)
            else:
                await self._is_called.wait()

    def _hear(self, connection: Any, process_id: int, channel: str, payload: str) -> None:  # noqa: ANN401, ARG002
        if process_id == connection.get_server_pid():
            return
        with suppress(ValueError):
            self._heard(int(payload))


def _arguments(url: str) -> dict[str, Any]:
    dialect: Dialect = make_url(url).get_dialect()()
    _, arguments = dialect.create_connect_args(make_url(url))
    return dict(arguments)
