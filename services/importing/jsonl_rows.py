"""Rows of a JSON Lines file: one object per line (jsonlines.org).

Nested objects become columns with dotted names (``address.city``), entries of lists numbered ones (``emails.1``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from services.importing.rows import AnyRow, BrokenRow, Source, SourceRow
from services.importing.text import Line, detect_encoding, is_undecoded, open_text, read_lines

MAX_DEPTH = 8
"""Of objects and lists within each other."""
_VALUES = ("address", "number", "value", "email", "phone")
_KINDS = {"mobile": "mobile", "cell": "mobile", "cellphone": "mobile", "mobil": "mobile", "fax": "fax"}


@contextmanager
def open_jsonl(path: Path) -> Iterator[Source]:
    """Open a JSON Lines file. Raises ``UnreadableFile`` if it is no text."""
    encoding = detect_encoding(path)
    with open_text(path, encoding) as (file, position):
        notes = (encoding.note,) if encoding.note else ()
        rows = (_to_row(line) for line in read_lines(file) if line.text.strip())
        yield Source(rows=rows, size=path.stat().st_size, position=position, notes=notes)


class _TooDeep(Exception):  # noqa: N818 - never leaves this module
    """Objects within objects, deeper than any record."""


def _to_row(line: Line) -> AnyRow:
    if line.is_cut:
        return BrokenRow(line.number, "the line is too long for one record")
    if is_undecoded(line.text):
        return BrokenRow(line.number, "bytes that are no text in the encoding of the file")
    try:
        value = orjson.loads(line.text)
    except orjson.JSONDecodeError as error:
        return BrokenRow(line.number, f"no JSON: {error}")
    if not isinstance(value, dict):
        return BrokenRow(line.number, "no JSON object: one object per line is expected")
    try:
        return SourceRow(line.number, tuple(_cells("", value)))
    except _TooDeep:
        return BrokenRow(line.number, "objects are nested too deep for a record")


def _cells(name: str, value: object) -> Iterator[tuple[str, str]]:
    if name.count(".") > MAX_DEPTH:
        raise _TooDeep
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _cells(f"{name}.{key}" if name else key, each)
    elif isinstance(value, list):
        for place, entry in enumerate(sorted(value, key=_is_not_primary), 1):
            yield from _entry_cells(name, place, entry)
    elif (text := _text(value)) is not None:
        yield name, text


def _is_not_primary(entry: object) -> bool:
    return not (isinstance(entry, dict) and (entry.get("isPrimary") or entry.get("is_primary") or entry.get("primary")))


def _entry_cells(name: str, place: int, entry: object) -> Iterator[tuple[str, str]]:
    """Cells of one entry of a list; ``{"number": ..., "kind": "MOBILE"}`` is an entry of the list of mobile numbers."""
    if isinstance(entry, dict):
        value = next((entry[key] for key in _VALUES if key in entry), None)
        kind = _KINDS.get(str(entry.get("kind", entry.get("type", ""))).casefold(), name)
        if isinstance(value, str):
            yield from _cells(f"{kind}.{place}", value)
            return
    yield from _cells(f"{name}.{place}", entry)


def _text(value: object) -> str | None:
    """The text of a JSON scalar; None for null and blank text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() or None
