"""What waits to be sent to one client: a queue with an end, so that a client that does not read costs little."""

import asyncio
from collections import deque

MAX_FRAMES = 256
MAX_CHARACTERS = 1 << 20


class OutboxFullError(Exception):
    """The client reads more slowly than it is told things."""


class Outbox:
    """Frames in the order in which they are to be sent."""

    __slots__ = ("_frames", "_has_frames", "_has_room", "_size")

    def __init__(self) -> None:
        self._frames: deque[str] = deque()
        self._size = 0
        self._has_frames = asyncio.Event()
        self._has_room = asyncio.Event()
        self._has_room.set()

    def put(self, frame: str) -> None:
        """Let a frame be sent. Raises ``OutboxFullError`` if too many, or too long ones, are waiting."""
        if len(self._frames) >= MAX_FRAMES or self._size + len(frame) > max(MAX_CHARACTERS, len(frame)):
            raise OutboxFullError
        self._frames.append(frame)
        self._size += len(frame)
        self._has_frames.set()
        if len(self._frames) * 2 >= MAX_FRAMES or self._size * 2 >= MAX_CHARACTERS:
            self._has_room.clear()

    async def take(self) -> list[str]:
        """All frames that wait; waits for the first."""
        await self._has_frames.wait()
        frames = list(self._frames)
        self._frames.clear()
        self._size = 0
        self._has_frames.clear()
        self._has_room.set()
        return frames

    async def wait_for_room(self) -> None:
        """Wait until less than half of what may wait is waiting: for whoever can tell things later."""
        await self._has_room.wait()
