"""Which column fills which field: told by the headers, and by a mapping file where they do not tell.

A mapping file is TOML, our field on the left::

    name = "Kundenname"                 # a column
    email = ["Mail", "Mail privat"]     # several columns, for lists
    country = { constant = "DE" }       # the same value for every row that has none of its own
    ignore = ["Konto"]                  # columns that are not what their headers say

Columns that it does not speak of are told by their headers.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from domain.records import RecordKind
from services.importing.headers import LISTS, MULTILINE, TEXTS, field_of, fields_of
from services.importing.rows import Cells, UnreadableFile

Values = dict[str, tuple[str, ...]]
"""Filled fields, by camelCase name; more than one value only for lists."""

IGNORE = "ignore"
_CONSTANT = "constant"
_MAX_BYTES = 1_000_000
_MAX_COLUMNS = 10_000
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")
_DIVIDERS = re.compile(r"[;|\n]")
_DIVIDERS_OF_EMAILS = re.compile(r"[;|,\n]")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The columns of a file of one kind: by the mapping file's word, else by their headers."""

    kind: RecordKind
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    _found: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def field_of(self, column: str) -> str | None:
        """The field that a column fills, or None."""
        if column not in self._found:
            if len(self._found) > _MAX_COLUMNS:
                self._found.clear()
            self._found[column] = self._look_up(column)
        return self._found[column]

    def _look_up(self, column: str) -> str | None:
        if column in self.columns:
            return self.columns[column]
        # Once the mapping file has said where a field comes from, no other column fills it.
        found = None if column in self.ignored else field_of(self.kind, column)
        return None if found in self.columns.values() else found

    def assign(self, cells: Cells) -> Values:
        """The values of a row by field. Of several filled columns for a field of one value, the first one counts."""
        values: dict[str, list[str]] = {}
        for column, text in cells:
            name = self.field_of(column)
            if name is not None:
                _add(values, name, text)
        for name, constant in self.constants.items():
            values.setdefault(name, [constant])
        return {name: (TEXTS[name].join(texts),) if name in TEXTS else tuple(texts) for name, texts in values.items()}

    def describe(self, columns: Iterable[str]) -> str:
        """What becomes of a file's columns, in a line for the operator."""
        used: dict[str, list[str]] = {}
        unused: list[str] = []
        for column in columns:
            name = self.field_of(column)
            if name is None:
                unused.append(column)
            else:
                used.setdefault(name, []).append(column)
        known = ", ".join(f"{name} ← {' + '.join(names)}" for name, names in used.items())
        return f"{known}; not used: {', '.join(unused)}" if unused else known


def _add(values: dict[str, list[str]], name: str, text: str) -> None:
    if name in LISTS:
        dividers = _DIVIDERS_OF_EMAILS if name == "email" else _DIVIDERS
        values.setdefault(name, []).extend(each for part in dividers.split(text) if (each := part.strip()))
    elif name in TEXTS or name not in values:
        values.setdefault(name, []).append(text if name in MULTILINE else _LINE_ENDS.sub(" ", text))


def read_mapping(path: Path, kind: RecordKind) -> ColumnMap:
    """Read a mapping file. Raises ``UnreadableFile`` that names what is wrong in it and what would be right."""
    try:
        with path.open("rb") as file:
            entries = tomllib.loads(file.read(_MAX_BYTES).decode())
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path} is no TOML: {error}") from error
    return to_column_map(path, kind, entries)


def to_column_map(path: Path, kind: RecordKind, entries: Mapping[str, object]) -> ColumnMap:
    """A mapping file's entries, read already, as a map. ``path`` is for messages. Raises ``UnreadableFile``."""
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    ignored: frozenset[str] = frozenset()
    for name, entry in entries.items():
        if name == IGNORE:
            ignored = frozenset(_texts(path, name, entry))
        elif name not in fields_of(kind):
            raise UnreadableFile(_unknown_field(path, kind, name))
        elif isinstance(entry, dict):
            constants[name] = _constant(path, name, entry)
        else:
            _take_columns(path, columns, name, _texts(path, name, entry))
    return ColumnMap(kind, columns, constants, ignored)


def _take_columns(path: Path, columns: dict[str, str], name: str, texts: list[str]) -> None:
    for column in texts:
        if column in columns:
            raise UnreadableFile(f'{path}: the column "{column}" is given to both {columns[column]} and {name}')
        columns[column] = name


def _texts(path: Path, name: str, entry: object) -> list[str]:
    entries: list[object] = entry if isinstance(entry, list) else [entry]
    texts = [each for each in entries if isinstance(each, str) and each]
    if not texts or len(texts) < len(entries):
        allowed = 'a column ("Firma"), a list of columns, or { constant = "..." }'
        raise UnreadableFile(f"{path}: {name} has to be {allowed}")
    return texts


def _constant(path: Path, name: str, entry: Mapping[str, object]) -> str:
    value = entry.get(_CONSTANT)
    if set(entry) != {_CONSTANT} or not isinstance(value, str | int) or isinstance(value, bool):
        raise UnreadableFile(f'{path}: {name} has to look like {{ constant = "..." }}, with a text')
    return str(value)


def _unknown_field(path: Path, kind: RecordKind, name: str) -> str:
    known = fields_of(kind)
    close = get_close_matches(name, known, n=1)
    hint = f'did you mean "{close[0]}"? ' if close else ""
    return f'{path}: no field of {kind.value}s is called "{name}"; {hint}known fields: {", ".join(known)}, {IGNORE}'


def check_columns(path: Path, columns: Iterable[str], column_map: ColumnMap) -> None:
    """Raise ``UnreadableFile`` if the mapping names columns that the file lacks, or no column fills any field."""
    present = list(columns)
    missing = [each for each in column_map.columns if each not in present]
    listed = ", ".join(f'"{each}"' for each in present)
    if missing:
        raise UnreadableFile(f'{path} has no column "{missing[0]}", which the mapping names; its columns: {listed}')
    if not any(map(column_map.field_of, present)):
        known = ", ".join(fields_of(column_map.kind))
        raise UnreadableFile(f"{path}: none of its columns ({listed}) names a field; known fields: {known}")
