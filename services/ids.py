"""Record ids: 63 bits, ordered by time, made without asking the database.

41 bits of milliseconds since 2024, 10 bits that tell workers apart, 12 bits that count within a millisecond (the layout
of Twitter's Snowflake, 2010).
"""

import secrets
import threading
import time
from collections.abc import Callable

_EPOCH_MS = 1_704_067_200_000
_WORKER_BITS = 10
_SEQUENCE_BITS = 12


class IdSource:
    """Makes ids; one per process. Two workers with the same number would be caught by the primary keys."""

    def __init__(self, worker: int | None = None, clock: Callable[[], float] = time.time) -> None:
        self._worker = secrets.randbelow(1 << _WORKER_BITS) if worker is None else worker
        self._clock = clock
        self._last = 0
        self._lock = threading.Lock()

    def new_id(self) -> int:
        """A new id, greater than every one made by this source before."""
        with self._lock:
            moment = int(self._clock() * 1000) - _EPOCH_MS
            ticks = max(moment << _SEQUENCE_BITS, self._last + 1)
            self._last = ticks
        milliseconds, sequence = divmod(ticks, 1 << _SEQUENCE_BITS)
        return (milliseconds << _WORKER_BITS | self._worker) << _SEQUENCE_BITS | sequence
