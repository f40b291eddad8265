"""A database that lets something else happen just before the n-th transaction of whatever is being tried.

So every gap between two transactions of a mutation can be tried, one after the other, without any luck of timing.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from db.engine import Database, ReadSession, WriteSession

Intruder = Callable[[], Awaitable[object]]


class Conductor(Database):
    """The real database; ``interrupt`` says who comes in between, and when."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._left = 0
        self._intruder: Intruder | None = None

    def interrupt(self, transaction: int, intruder: Intruder) -> None:
        """Let the intruder run to its end just before the transaction with this number, counted from 0 and from now."""
        self._left, self._intruder = transaction, intruder

    def send_away(self) -> bool:
        """Let nobody come any more; returns whether the intruder has been there."""
        has_been, self._intruder = self._intruder is None, None
        return has_been

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        """Open a read-only transaction, after the intruder if it is their turn."""
        await self._take_turns()
        async with super().read() as session:
            yield session

    @asynccontextmanager
    async def write(self, tenant_id: int, now: datetime) -> AsyncIterator[WriteSession]:
        """Open a transaction that writes, after the intruder if it is their turn."""
        await self._take_turns()
        async with super().write(tenant_id, now) as session:
            yield session

    async def _take_turns(self) -> None:
        if self._intruder is None:
            return
        if self._left:
            self._left -= 1
            return
        intruder, self._intruder = self._intruder, None
        await intruder()
