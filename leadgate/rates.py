"""How many requests a user, and a tenant, may send."""

import math
import time
from inspect import isawaitable
from typing import Any

from limits import RateLimitItem, parse
from limits.aio.storage import Storage as AsyncStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter as AsyncLimiter
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter as Limiter
from starlette.requests import HTTPConnection

from domain.actors import Actor
from resolvers.context import RequestContext
from resolvers.errors import ErrorCode
from schema.http.gate import Authenticate
from schema.http.refusals import RequestRefused

IN_MEMORY = "memory://"
"""Counts in this process, without waiting: the library's ``async+memory`` looks at every user for each request."""


class Rates:
    """Counts requests. ``per_user`` and ``per_tenant`` are such as ``1200/minute``; None is no limit.

    ``storage`` is where the library ``limits`` counts: one of its ``async+`` URLs lets processes count together.
    """

    def __init__(self, per_user: str | None, per_tenant: str | None, storage: str = IN_MEMORY) -> None:
        self._per_user = None if per_user is None else parse(per_user)
        self._per_tenant = None if per_tenant is None else parse(per_tenant)
        counted = storage_from_string(storage)
        self._limiter: Any = AsyncLimiter(counted) if isinstance(counted, AsyncStorage) else Limiter(counted)

    async def take(self, actor: Actor) -> None:
        """Count one request. Raises ``RequestRefused`` (429) if it is one too many."""
        tenant, user = str(actor.tenant_id), str(actor.user_id)
        if self._per_user is not None:
            await self._hit("user", self._per_user, "user", tenant, user)
        if self._per_tenant is not None:
            await self._hit("tenant", self._per_tenant, "tenant", tenant)

    async def _hit(self, who: str, limit: RateLimitItem, *key: str) -> None:
        if await _now(self._limiter.hit(limit, *key)):
            return
        window = await _now(self._limiter.get_window_stats(limit, *key))
        wait = max(1, math.ceil(window.reset_time - time.time()))
        message = (
            f"This {who} has sent {limit.amount} requests per {limit.get_expiry()} seconds. Go on in {wait} seconds."
        )
        raise RequestRefused(429, ErrorCode.RATE_LIMITED, message, {"Retry-After": str(wait)})


async def _now(answered: Any) -> Any:  # noqa: ANN401 (the library answers at once or later, by its storage)
    return await answered if isawaitable(answered) else answered


def limit_rates(authenticate: Authenticate, rates: Rates) -> Authenticate:
    """Authentication that counts the requests of those it knows, and the operations that come over their sockets."""

    async def authenticate_and_count(request: HTTPConnection, authorization: str | None = None) -> RequestContext:
        context = await authenticate(request, authorization)
        await rates.take(context.actor)
        return context

    return authenticate_and_count
