"""Waiting for everything that resolvers gave to be awaited, at the same time."""

from asyncio import Future, ensure_future, gather, get_running_loop, isfuture, sleep
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from functools import cached_property
from typing import Any, TypeAlias, cast

from graphql.pyutils import Path

from resolvers.loaders import Loaded
from schema.execution.plans import Field
from schema.execution.shapes import Shape

Place: TypeAlias = "tuple[Place | None, str | int, str | None, Any, bool]"
"""Where a value belongs in the answer: its parent's place, its key there, the type whose field it is, the dict or list
that is being filled, and whether it may be null."""

Finish: TypeAlias = Callable[[Shape, Field, Any, Place], Any]
Pending: TypeAlias = tuple[Awaitable[Any], Finish, Shape, Field, Place]
"""What is to be awaited, and what to do with it then: its value is completed, and put at its place."""


Settled: TypeAlias = "tuple[Pending, Future[Any], Group]"
Follow: TypeAlias = "Callable[[Pending, Place, Waiting], Coroutine[Any, Any, None]]"


class Waiting:
    """What is awaited at the same time: futures, each once, and whatever else in a task of its own."""

    def __init__(self, follow: Follow) -> None:
        self.entries: dict[Future[Any], list[Settled]] = {}
        self.tasks: set[Future[Any]] = set()
        self._follow = follow
        self._done: list[Future[Any]] = []
        self._turn: Future[None] | None = None

    def start(self, found: list[Pending], within: "Place | None" = None) -> None:
        """Await more, all of it found below the place ``within``."""
        group = Group(found, within)
        if len(found) > 1 and any(not isfuture(each[0]) for each in found):
            found = group.in_turn()
        for each in found:
            if isfuture(each[0]):
                self._add(each[0], each, group)
            else:
                task = ensure_future(self._follow(each, group.first(each[4]), self))
                self.tasks.add(task)
                self._add(task, each, group)

    def _add(self, future: Future[Any], entry: Pending, group: "Group") -> None:
        # What a loader loads comes in batches, and one call tells of all of it.
        awaited = future.batch if type(future) is Loaded and not future.done() else future
        known = self.entries.get(awaited)
        if known is None:
            self.entries[awaited] = [(entry, future, group)]
            awaited.add_done_callback(self._wake)
        else:
            known.append((entry, future, group))

    def _wake(self, future: Future[Any]) -> None:
        self._done.append(future)
        if self._turn is not None and not self._turn.done():
            self._turn.set_result(None)

    async def goes_on(self) -> bool:
        """Whether anything is settled in the next turn of the loop."""
        if not self._done and self.entries:
            await sleep(0)
        return bool(self._done)

    async def done(self) -> list[Future[Any]]:
        """What has been settled since this was asked last; waits for something if anything is left."""
        if not self._done and self.entries:
            self._turn = get_running_loop().create_future()
            await self._turn
        done, self._done = self._done, []
        return [each for each in done if each in self.entries]

    def take(self, done: list[Future[Any]]) -> list[Settled]:
        """What waited for these. Raises ``CancelledError`` for something that was started here and cancelled."""
        settled: list[Settled] = []
        for future in done:
            entries = self.entries.pop(future)
            if future in self.tasks:
                future.result()
            else:
                settled += entries
        return settled

    def forget(self, is_moot: Callable[[Place], bool]) -> None:
        """Await no longer what belongs to a place that was nulled."""
        for future, entries in list(self.entries.items()):
            entries[:] = [each for each in entries if not is_moot(each[0][4])]
            if not entries:
                del self.entries[future]
                future.remove_done_callback(self._wake)
                if future in self.tasks:
                    future.cancel()

    async def close(self) -> None:
        """Await nothing any more: what was started here is cancelled, what belongs to others is left alone."""
        for future in self.entries:
            future.remove_done_callback(self._wake)
        started = [each for each in self.tasks if not each.done()]
        for each in started:
            each.cancel()
        if started:
            await gather(*started, return_exceptions=True)


class Group:
    """What was found at the same time below a place.

    It knows where stock code gathers: in each dict or list that has several things to be awaited in or below it. There
    stock code takes a turn of the loop more to start them, and to hand on an error of one of them.
    """

    def __init__(self, found: list[Pending], within: "Place | None") -> None:
        self._found, self._within = found, within

    @cached_property
    def _keys(self) -> dict[int, set[str | int]]:
        keys: dict[int, set[str | int]] = {}
        for each in self._found:
            for place in _upwards(each[4]):
                keys.setdefault(id(place[3]), set()).add(place[1])
        return keys

    def _is_gathered(self, place: Place) -> bool:
        return len(self._keys[id(place[3])]) > 1

    def in_turn(self) -> list[Pending]:
        """In the order in which stock code starts them."""
        return sorted(self._found, key=lambda each: sum(map(self._is_gathered, _upwards(each[4]))))

    def first(self, place: Place) -> Place:
        """The furthest place around this one that is not beyond a dict or list where stock code gathers."""
        while place is not self._within and place[0] is not None and not self._is_gathered(place):
            place = place[0]
        return place


def _upwards(place: "Place | None") -> Iterator[Place]:
    while place is not None:
        yield place
        place = place[0]


def path_of(place: "Place | None") -> Path:
    """The place as graphql-core writes it."""
    places: list[Place] = []
    while place is not None:
        places.append(place)
        place = place[0]
    path: Path | None = None
    for _, key, typename, *_ in reversed(places):
        path = Path(path, key, typename)
    return cast("Path", path)
