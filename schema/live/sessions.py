"""Who is told, and over what: a session is a client's connection, and each subscription in it has a delivery."""

from collections.abc import Callable
from enum import Enum
from typing import Protocol

from resolvers.context import RequestContext
from schema.live.outbox import Outbox, OutboxFullError

MAX_HELD = 1_000
"""Results that wait until what happened before them has been told."""


class Ending(Enum):
    """Why the server ends a session. But for FORBIDDEN, clients may come back at once and go on where they were."""

    TOO_SLOW = "The connection reads more slowly than events come in."
    GOING_AWAY = "The server is stopping; another one will answer."
    FAILED = "Events could not be told; connect again to go on after the last one."
    FORBIDDEN = "The token has expired, or the user may not do this any more."


class Session(Protocol):
    """A client's connection."""

    context: RequestContext
    outbox: Outbox

    def end(self, ending: Ending) -> None:
        """End the connection; may be called several times."""


class Delivery:
    """Brings the results of one subscription to its session, each wrapped into a frame.

    Results are held back until ``release``: what happened before them is told first.
    """

    __slots__ = ("_held", "_wrap", "session")

    def __init__(self, session: Session, wrap: Callable[[str], str]) -> None:
        self.session = session
        self._wrap = wrap
        self._held: list[str] | None = []

    def take(self, result: str) -> None:
        """Tell a result, JSON, after all that was taken before."""
        if self._held is None:
            self._put(result)
        elif len(self._held) < MAX_HELD:
            self._held.append(result)
        else:
            self.session.end(Ending.TOO_SLOW)

    async def take_first(self, result: str) -> None:
        """Tell a result before those that are held back, once there is room for it."""
        await self.session.outbox.wait_for_room()
        self._put(result)

    def release(self) -> None:
        """Tell what was held back, and hold nothing back any more."""
        held, self._held = self._held or [], None
        for each in held:
            self._put(each)

    def _put(self, result: str) -> None:
        try:
            self.session.outbox.put(self._wrap(result))
        except OutboxFullError:
            self.session.end(Ending.TOO_SLOW)
