"""Groups: subscribers whose results are equal. Each event is executed and written as JSON once for all of a group."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
import structlog

from domain.live import LiveEvent
from domain.records import Tenant
from resolvers.context import RequestContext
from schema.live.sessions import Delivery, Ending
from services.live.feed import TenantFeed
from services.live.reading import Batch, replay
from services.live.topics import Topic, Watch

PATIENCE_SECONDS = 30.0
"""How long the results for one batch of events may take."""

Execute = Callable[[RequestContext, LiveEvent], Awaitable[dict[str, Any]]]
log = structlog.get_logger(__name__)


class Group:
    """Those who watch one topic, with one document, the same variables and the same rights."""

    def __init__(self, context: RequestContext, topic: Topic, feed: TenantFeed, execute: Execute) -> None:
        self.feed = feed
        self.deliveries: dict[Delivery, None] = {}
        self._context = context
        self._topic = topic
        self._execute = execute
        self._first: tuple[int, asyncio.Task[str]] | None = None

    async def tell(self, batch: Batch) -> None:
        """Execute what the topic picks, and tell all who had joined before the batch. Never raises."""
        deliveries = list(self.deliveries)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                for event in await self._topic.pick(batch):
                    result = await self._result(event, batch.tenant)
                    self._deliver(result, deliveries)
        except Exception:
            log.exception("events could not be told", tenant_id=batch.tenant.id, position=batch.position)
            # They have to come back: what they were not told would be missing otherwise.
            for each in deliveries:
                each.session.end(Ending.FAILED)

    def _deliver(self, result: str, deliveries: list[Delivery]) -> None:
        now = self._context.backend.now()
        for each in deliveries:
            if has_expired(each.session.context, now):
                each.session.end(Ending.FORBIDDEN)
            elif each in self.deliveries:
                each.take(result)

    async def begin(self, delivery: Delivery, watch: Watch) -> None:
        """Tell somebody who has just joined how things stand, or what they have missed, and then what follows.

        Raises ``PositionGoneError``.
        """
        start, tenant = self.feed.position, self.feed.tenant
        if watch.after is None:
            await delivery.take_first(await self._how_it_stands(tenant, start))
        else:
            async for batch in replay(self._context.backend, tenant, watch.after, start):
                for result in await asyncio.shield(self._missed(watch.topic, batch)):
                    await delivery.take_first(result)
        delivery.release()

    async def _missed(self, topic: Topic, batch: Batch) -> list[str]:
        return [await self._result(each, batch.tenant) for each in await topic.pick_again(batch)]

    async def _how_it_stands(self, tenant: Tenant, position: int) -> str:
        """The first result, executed once for all who join before the next event."""
        if self._first is None or self._first[0] != position:
            self._first = position, asyncio.create_task(self._stands(tenant, position))
        first = self._first
        try:
            return await asyncio.shield(first[1])
        except Exception:
            if self._first is first:
                self._first = None
            raise

    async def _stands(self, tenant: Tenant, position: int) -> str:
        return await self._result(await self._topic.begin(tenant, position), tenant)

    async def _result(self, event: LiveEvent, tenant: Tenant) -> str:
        result = await self._execute(replace(self._context, tenant=tenant), event)
        return orjson.dumps(result).decode()


def has_expired(context: RequestContext, now: datetime) -> bool:
    """Whether the token that says who asks has ended."""
    return context.expires_at is not None and context.expires_at <= now
