"""The building of a version of a tenant's index by one process, which another one may take over."""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass

from db.engine import WriteSession
from db.match_versions import hold_claim
from domain.records import Tenant
from services.backend import Backend
from services.pipeline import Given, Made, pipeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What is built, by which claim, and who does the laborious work: an executor, or None for threads.

    ``ahead`` is how many pieces of work are given at once.
    """

    backend: Backend
    tenant: Tenant
    version: int
    claim: int
    executor: Executor | None
    ahead: int

    @asynccontextmanager
    async def write(self) -> AsyncIterator[WriteSession]:
        """Open a transaction that writes for the version. Raises ``TakenOverError``."""
        async with self.backend.database.write(self.tenant.id, self.backend.now()) as session:
            await hold_claim(session, self.version, self.claim)
            yield session

    def work_on(self, items: AsyncIterator[Given], work: Callable[[Given], Made]) -> AsyncIterator[tuple[Given, Made]]:
        """Each item with what ``work`` makes of it, in order."""
        return pipeline(items, work, executor=self.executor, ahead=self.ahead)
