"""What every peer is given, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.fields import Fields

MOST = 10
"""Candidates per query, as bench.trigrams asks for."""

Ranked = Sequence[tuple[int, float]]
"""Places of references with their scores, the best first; at most ``MOST``."""


@dataclass(frozen=True, slots=True)
class Task:
    """Records to find, and what to find them by; both as texts by field."""

    references: Sequence[Fields]
    queries: Sequence[Fields]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The candidates of every query, the seconds that getting ready took, and those that all queries took."""

    ranked: Sequence[Ranked]
    ready: float
    asking: float


class NotMeasured(Exception):  # noqa: N818 - reads as what it is, like Refused
    """A peer could not do its work here; the message says why."""
