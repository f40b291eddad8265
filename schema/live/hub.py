"""The hub: everybody who is subscribed in this process, in groups that share executions."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import structlog

from domain.live import LiveEvent
from domain.records import User
from resolvers.context import RequestContext
from resolvers.errors import ErrorCode
from resolvers.subscriptions import READ_ANEW
from schema.build import Schema
from schema.http.bodies import Operation
from schema.live.groups import Group, has_expired
from schema.live.operations import admit, execute, for_all, not_admitted, sharing_key
from schema.live.sessions import Delivery, Ending, Session
from services import lookups
from services.backend import Backend
from services.live.feed import Feed
from services.live.reading import PositionGoneError
from services.live.topics import Watch
from services.live.waking import awake

RIGHTS_SECONDS = 5.0
"""How long a user who was deactivated, or lost a role, may still be told things, as for requests."""
DRAIN_SECONDS = 5.0
MAX_EXECUTIONS = 16
"""Groups whose events are executed at once."""

log = structlog.get_logger(__name__)


class Hub:
    """What is subscribed to in this process. It works within ``running``."""

    def __init__(self, schema: Schema, backend: Backend) -> None:
        self.schema = schema
        self._backend = backend
        self._groups: dict[tuple[object, ...], Group] = {}
        self._executions = asyncio.Semaphore(MAX_EXECUTIONS)
        self._stopped = asyncio.Event()
        self._is_empty = asyncio.Event()
        self._is_empty.set()
        self.feed = Feed(backend)
        self.sessions: set[Session] = set()
        self.executed = 0
        """Results that were made since the start."""

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self._groups)

    @property
    def is_stopping(self) -> bool:
        """Whether no session may begin any more."""
        return self._stopped.is_set()

    @asynccontextmanager
    async def running(self, rights_seconds: float = RIGHTS_SECONDS) -> AsyncIterator[None]:
        """Hear of commits, and look after rights, while the block lasts; then end all sessions."""
        async with awake(self._backend, self.feed):
            checking = asyncio.create_task(self._keep_checking(rights_seconds))
            try:
                yield
            finally:
                self.stop()
                await checking
                await self.feed.close()

    def join(self, session: Session) -> None:
        """Look after a session until it ``part``s."""
        self.sessions.add(session)
        self._is_empty.clear()

    def part(self, session: Session) -> None:
        """The session has ended."""
        self.sessions.discard(session)
        if not self.sessions:
            self._is_empty.set()

    def stop(self) -> None:
        """End all sessions, so that their clients go on with another process."""
        self._stopped.set()
        for each in list(self.sessions):
            each.end(Ending.GOING_AWAY)

    async def drain(self) -> None:
        """End all sessions, and wait until their clients have been told, but not for long."""
        self.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._is_empty.wait()

    @asynccontextmanager
    async def subscribed(
        self, operation: Operation, context: RequestContext, delivery: Delivery
    ) -> AsyncIterator[None]:
        """Let the delivery bring the subscription's results while the block lasts. Raises ``NotAdmittedError``."""
        watch = await admit(self.schema, operation, context)
        key = sharing_key(operation, context)
        feed = await self.feed.open(context.tenant_id)
        # From here on to where the delivery is in its group nothing may be awaited: the feed tells what follows.
        group = self._groups.get(key) or self._new_group(
            key, Group(for_all(operation, context), watch.topic, feed, partial(self._execute, operation))
        )
        group.deliveries[delivery] = None
        try:
            await self._begin(group, delivery, watch)
            yield
        finally:
            self._leave(key, group, delivery)

    def _new_group(self, key: tuple[object, ...], group: Group) -> Group:
        self._groups[key] = group
        self.feed.listen(group.feed, group.tell)
        return group

    def _leave(self, key: tuple[object, ...], group: Group, delivery: Delivery) -> None:
        del group.deliveries[delivery]
        if not group.deliveries:
            del self._groups[key]
            self.feed.leave(group.feed, group.tell)

    async def _begin(self, group: Group, delivery: Delivery, watch: Watch) -> None:
        try:
            await group.begin(delivery, watch)
        except PositionGoneError:
            raise not_admitted(ErrorCode.POSITION_GONE, READ_ANEW) from None

    async def _execute(self, operation: Operation, context: RequestContext, event: LiveEvent) -> dict[str, Any]:
        async with self._executions:
            self.executed += 1
            return await execute(self.schema, operation, context, event)

    async def _keep_checking(self, seconds: float) -> None:
        while not self._stopped.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), seconds)
            try:
                await self._check_rights()
            except Exception:
                log.exception("rights could not be checked; it is tried again")

    async def _check_rights(self) -> None:
        """End the sessions of those who may not be told any more. One statement for each tenant."""
        by_tenant: dict[int, list[Session]] = defaultdict(list)
        for each in self.sessions:
            by_tenant[each.context.tenant_id].append(each)
        for tenant_id, sessions in by_tenant.items():
            ids = list({each.context.actor.user_id for each in sessions})
            users = dict(zip(ids, await lookups.users_by_id(self._backend, tenant_id, ids), strict=True))
            now = self._backend.now()
            for each in sessions:
                if has_expired(each.context, now) or not _may_still(each, users[each.context.actor.user_id]):
                    each.end(Ending.FORBIDDEN)


def _may_still(session: Session, user: User | None) -> bool:
    return user is not None and user.is_active and session.context.actor.roles <= user.roles
