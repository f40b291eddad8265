"""Series of times, and what is said of them."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Series:
    """How long something took, each time: by the clock, and in CPU of this process with all its threads. In seconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def once(self) -> Iterator[None]:
        """Add what the block takes."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall.append(time.perf_counter() - wall)
        self.cpu.append(time.process_time() - cpu)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A series in milliseconds: nearest-rank percentiles by the clock, and the mean of the CPU."""

    count: int
    p50: float
    p95: float
    p99: float
    cpu: float


def figures_of(series: Series, *, each: int = 1) -> Figures:
    """The figures of a series in which every block did so many things: for one of them.

    Raises ``IndexError`` for a series without times.
    """
    wall = [1000 * seconds / each for seconds in series.wall]
    return Figures(
        count=len(wall),
        p50=percentile(wall, 0.5),
        p95=percentile(wall, 0.95),
        p99=percentile(wall, 0.99),
        cpu=1000 * sum(series.cpu) / len(series.cpu) / each,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share (0 to 1) of the values does not exceed (nearest rank).

    Raises ``IndexError`` for no values.
    """
    rank = -int(-share * len(values) // 1)
    return sorted(values)[max(rank, 1) - 1]
