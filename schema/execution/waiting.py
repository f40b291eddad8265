"""Waiting for everything that resolvers gave to be awaited, at the same time."""

from asyncio import Future, ensure_future, gather, get_running_loop
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from schema.execution.plans import Field, Shape

Place: TypeAlias = "tuple[Place | None, str | int, str | None, Any, bool]"
"""Where a value belongs in the answer: its parent's place, its key there, the type whose field it is, the dict or list
that is being filled, and whether it may be null."""

Finish: TypeAlias = Callable[[Shape, Field, Any, Place], Any]
Pending: TypeAlias = tuple[Awaitable[Any], Finish, Shape, Field, Place]
"""What is to be awaited, and what to do with it then: its value is completed, and put at its place."""


class Waiting:
    """What is awaited at the same time, each future once."""

    def __init__(self) -> None:
        self.entries: dict[Future[Any], list[Pending]] = {}
        self._done: list[Future[Any]] = []
        self._own: set[Future[Any]] = set()
        self._turn: Future[None] | None = None

    def add(self, entry: Pending) -> None:
        """Await one more."""
        future = entry[0]
        if type(future) is not Future:
            future = ensure_future(entry[0])
            if future is not entry[0]:
                self._own.add(future)
        known = self.entries.get(future)
        if known is None:
            self.entries[future] = [entry]
            future.add_done_callback(self._wake)
        else:
            known.append(entry)

    def _wake(self, future: Future[Any]) -> None:
        self._done.append(future)
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)

    async def done(self) -> list[Future[Any]]:
        """What has been settled since this was asked last; waits for something."""
        if not self._done and self.entries:
            self._turn = get_running_loop().create_future()
            await self._turn
        done, self._done = self._done, []
        return [each for each in done if each in self.entries]

    def forget(self, is_moot: Callable[[Place], bool]) -> None:
        """Await no longer what belongs to a place that was nulled."""
        for future, entries in list(self.entries.items()):
            entries[:] = [each for each in entries if not is_moot(each[4])]
            if not entries:
                del self.entries[future]
                future.remove_done_callback(self._wake)

    async def close(self) -> None:
        """Await nothing any more: what was started for us is cancelled, what belongs to others is left alone."""
        for future in self.entries:
            future.remove_done_callback(self._wake)
        started = [each for each in self._own if not each.done()]
        for each in started:
            each.cancel()
        if started:
            await gather(*started, return_exceptions=True)
