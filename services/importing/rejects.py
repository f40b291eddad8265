"""The rejects file: what could not be taken, with the line it stands on, the field and the reason."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, TextIO

from domain.problems import InvalidField, Problem
from domain.texts import problem_text
from domain.values import Language
from services.importing.rows import UnreadableFile

HEADER = ("line", "field", "reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing that is wrong with a row; ``field`` is empty if it is the row as a whole."""

    line: int
    field: str
    reason: str


def rejects_of(line: int, problems: Iterable[Problem], *, is_taken: bool) -> list[Reject]:
    """Everything that is wrong with a row, in English; ``is_taken``: it was taken all the same, without that."""
    addition = " The row was taken without it." if is_taken else ""
    return [Reject(line, _field(each), problem_text(each, Language.EN) + addition) for each in problems]


def _field(problem: Problem) -> str:
    """The field at fault, as ``emails.2`` for the second of a list."""
    path = problem.path[:-1] if _is_entry(problem) else problem.path
    return ".".join(str(int(part) + 1) if part.isdecimal() else part for part in path)


def _is_entry(problem: Problem) -> bool:
    return isinstance(problem, InvalidField) and len(problem.path) > 1 and problem.path[-2].isdecimal()


@dataclass(slots=True)
class RejectsFile:
    """Made when the first row is rejected, so that a clean import leaves none (and removes an older one)."""

    path: Path
    _file: TextIO | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise UnreadableFile(f"{self.path}: {error.strerror or error}") from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, rejects: Iterable[Reject]) -> None:
        """Add lines, and bring them to the disk."""
        rows = [(each.line, _safe(each.field), _safe(each.reason)) for each in rejects]
        if not rows:
            return
        file = self._open()
        csv.writer(file).writerows(rows)
        file.flush()

    def _open(self) -> TextIO:
        if self._file is None:
            try:
                self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            except OSError as error:
                raise UnreadableFile(f"{self.path}: {error.strerror or error}") from error
            csv.writer(self._file).writerow(HEADER)
        return self._file


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    plain = text.encode("utf-8", "replace").decode()
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
