"""The feed: reads the events of tenants that somebody watches, as soon as they are committed, and passes them on.

It is woken by commits of this process and by what is heard of others'; what it tells always comes from the events
table, from the position it has told last. So a wake-up that is lost, or comes twice, does no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from db import log as events_log
from domain.records import Tenant
from services.backend import Backend
from services.live.reading import BATCH, Batch, read_batch, read_tenant

RETRY_SECONDS = 0.5
Listener = Callable[[Batch], Awaitable[None]]
"""Told of every batch, and waited for: while it works, events wait in the database and not in memory."""

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class TenantFeed:
    """What is watched of one tenant. ``position`` is the last one that listeners have been told of."""

    tenant: Tenant
    position: int
    listeners: dict[Listener, None] = field(default_factory=dict)
    is_woken: asyncio.Event = field(default_factory=asyncio.Event)


class Feed:
    """The feeds of all tenants that are watched. ``close()`` it at the end."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._feeds: dict[int, TenantFeed] = {}
        self._opening: dict[int, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        backend.database.on_events.append(self.wake)

    @property
    def tenant_ids(self) -> list[int]:
        """The tenants that are watched."""
        return list(self._feeds)

    def wake(self, tenant_id: int | None = None) -> None:
        """Something may have been committed for the tenant (None: for any)."""
        for each in [tenant_id] if tenant_id is not None else self.tenant_ids:
            if each in self._feeds:
                self._feeds[each].is_woken.set()

    async def look(self) -> None:
        """Wake the feeds of tenants that have newer events than were told. One statement, none if nobody watches."""
        if self._feeds:
            async with self._backend.database.read() as session:
                newest = await events_log.newest_positions(session, self.tenant_ids)
            for tenant_id, position in newest.items():
                if tenant_id in self._feeds and position > self._feeds[tenant_id].position:
                    self.wake(tenant_id)

    async def open(self, tenant_id: int) -> TenantFeed:
        """The tenant's feed, begun if nobody watches yet. ``listen`` to it without awaiting anything else before."""
        async with self._opening.setdefault(tenant_id, asyncio.Lock()):
            feed = self._feeds.get(tenant_id)
            if feed is None:
                # Whoever waits here may go away; cancelled within a statement, the connection would be left behind.
                tenant, position = await asyncio.shield(read_tenant(self._backend, tenant_id))
                feed = self._feeds[tenant_id] = TenantFeed(tenant, position)
                task = asyncio.create_task(self._run(feed))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        return feed

    def listen(self, feed: TenantFeed, listener: Listener) -> None:
        """Tell the listener of everything after ``feed.position``."""
        feed.listeners[listener] = None

    def leave(self, feed: TenantFeed, listener: Listener) -> None:
        """Tell the listener nothing any more; a feed that nobody listens to ends."""
        feed.listeners.pop(listener, None)
        if not feed.listeners and self._is_open(feed):
            del self._feeds[feed.tenant.id]
            feed.is_woken.set()

    async def close(self) -> None:
        """End all feeds."""
        self._backend.database.on_events.remove(self.wake)
        feeds = list(self._feeds.values())
        self._feeds.clear()
        for each in feeds:
            each.listeners.clear()
            each.is_woken.set()
        await asyncio.gather(*self._tasks)

    def _is_open(self, feed: TenantFeed) -> bool:
        return self._feeds.get(feed.tenant.id) is feed

    async def _run(self, feed: TenantFeed) -> None:
        while self._is_open(feed):
            await feed.is_woken.wait()
            feed.is_woken.clear()
            try:
                while self._is_open(feed) and await self._tell(feed):
                    pass
            except Exception:
                log.exception("events could not be read; it is tried again", tenant_id=feed.tenant.id)
                await asyncio.sleep(RETRY_SECONDS)
                feed.is_woken.set()

    async def _tell(self, feed: TenantFeed) -> bool:
        """Tell the next batch; whether there may be more."""
        batch = await read_batch(self._backend, feed.tenant, feed.position)
        if batch is None:
            return False
        # Whoever begins to listen from here on has to be told of what comes after this batch, and of nothing in it.
        listeners = list(feed.listeners)
        feed.tenant, feed.position = batch.tenant, batch.position
        await asyncio.gather(*(each(batch) for each in listeners))
        return len(batch.events) == BATCH
