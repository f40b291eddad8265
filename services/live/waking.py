"""What wakes the feed besides this process's own commits: other processes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress

import structlog

from db.notifications import Notifications
from services.backend import Backend
from services.live.feed import Feed

LOOK_SECONDS = {"sqlite": 0.05, "postgresql": 1.0}
"""How often the newest positions are looked at while somebody watches: all that tells of others on SQLite, and a net
below the notifications on PostgreSQL."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def awake(backend: Backend, feed: Feed) -> AsyncIterator[None]:
    """Let commits of other processes wake the feed, and this process's commits theirs, while the block lasts."""
    database, stopped = backend.database, asyncio.Event()
    looking = asyncio.create_task(_look(feed, LOOK_SECONDS[database.dialect], stopped))
    async with _notifying(backend, feed) if database.dialect == "postgresql" else nullcontext():
        try:
            yield
        finally:
            # The look that is under way is waited for: cancelling it would leave its connection behind.
            stopped.set()
            await looking


@asynccontextmanager
async def _notifying(backend: Backend, feed: Feed) -> AsyncIterator[None]:
    notifications = Notifications(backend.database.url, feed.wake)
    backend.database.on_events.append(notifications.send)
    running = asyncio.create_task(notifications.run())
    try:
        yield
    finally:
        backend.database.on_events.remove(notifications.send)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _look(feed: Feed, seconds: float, stopped: asyncio.Event) -> None:
    while not stopped.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), seconds)
        try:
            await feed.look()
        except Exception:
            log.exception("the newest positions could not be read; it is tried again")
