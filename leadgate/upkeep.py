"""What a running service does on its own: it folds key frequencies and forgets old idempotency answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from db import reference
from services.backend import Backend
from services.idempotency import forget_old_answers
from services.indexing import fold_frequencies

FORGET_EVERY = 720
"""Old answers are forgotten once in so many rounds: hourly, with rounds of five seconds."""

log = structlog.get_logger(__name__)


async def do_upkeep(backend: Backend, *, is_forgetting: bool) -> None:
    """One round for every tenant."""
    async with backend.database.read() as session:
        tenants = await reference.list_tenants(session)
    for tenant in tenants:
        await fold_frequencies(backend, tenant.id)
        if is_forgetting:
            await forget_old_answers(backend, tenant.id)


async def _keep_up(backend: Backend, seconds: float, stopped: asyncio.Event) -> None:
    done = 0
    while not stopped.is_set():
        try:
            await do_upkeep(backend, is_forgetting=done % FORGET_EVERY == 0)
        except Exception:
            log.exception("upkeep failed; it is tried again")
        done += 1
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), seconds)


@asynccontextmanager
async def upkeep(backend: Backend, seconds: float) -> AsyncIterator[None]:
    """Do a round every so many seconds for as long as the block lasts.

    At the end the round that is under way is waited for: cancelling it would leave its connection behind.
    """
    stopped = asyncio.Event()
    task = asyncio.create_task(_keep_up(backend, seconds, stopped))
    try:
        yield
    finally:
        stopped.set()
        await task
