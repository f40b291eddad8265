"""What the readers of the file formats hand on: rows by line, rows that cannot be read, and files that cannot be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Cells = tuple[tuple[str, str], ...]
"""Column and value of every filled cell, in the order of the file; a column may occur several times."""


class UnreadableFile(Exception):  # noqa: N818 - reads as what it is, like Refused
    """Nothing can be made of the file (or of the mapping). The message says what is wrong and what to do about it."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it stands in the file. ``line`` is where it begins, from 1."""

    line: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A place in the file that is no row: why, and where. Reading goes on after it if it can."""

    line: int
    reason: str


AnyRow = SourceRow | BrokenRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that has been opened. ``columns`` are known beforehand for CSV only; ``notes`` are for the operator.

    ``position`` tells how many of the file's ``size`` bytes have been read.
    """

    rows: Iterator[AnyRow]
    size: int
    position: Callable[[], int]
    columns: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
