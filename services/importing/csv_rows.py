"""Rows of a CSV file (RFC 4180, and what spreadsheets make of it).

The delimiter is told from the file itself. One broken row costs that row only: a quote that is never closed does not
swallow the rows after it, because reading starts anew on the line below it.
"""

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from services.importing.rows import AnyRow, BrokenRow, Source, SourceRow, UnreadableFile
from services.importing.text import Line, detect_encoding, is_undecoded, open_text, read_lines

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
MAX_RECORD_LINES = 500
"""A quoted value may hold line breaks, but a record of more lines than this has a quote that was never closed."""
MAX_RECORD = 130_000
"""Characters of a record; just under what Python's reader takes for one value."""
_SAMPLE_LINES = 200
_SAMPLE_RECORDS = 50


class _Unclosed(Exception):  # noqa: N818 - never leaves this module
    """A record goes on for so long that it cannot be one."""


class _RecordLines:
    """Lines for ``csv.reader``; those of the current record can be given back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._waiting: deque[Line] = deque()
        self.record: list[Line] = []
        self._length = 0

    def __iter__(self) -> "_RecordLines":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self.record.append(line)
        self._length += len(line.text)
        if line.is_cut or len(self.record) > MAX_RECORD_LINES or self._length > MAX_RECORD:
            raise _Unclosed
        return line.text

    def begin_record(self) -> None:
        """Forget the lines of the record before."""
        self.record.clear()
        self._length = 0

    def give_back(self) -> None:
        """Let every line of the current record but its first be read again."""
        self._waiting.extendleft(reversed(self.record[1:]))


@contextmanager
def open_csv(path: Path) -> Iterator[Source]:
    """Open a CSV file with a header line. Raises ``UnreadableFile`` if it is not one."""
    encoding = detect_encoding(path)
    with open_text(path, encoding) as (file, _):
        sample = list(islice(read_lines(file), _SAMPLE_LINES))
    delimiter = _declared_delimiter(sample[0].text) or sniff_delimiter([line.text[:MAX_RECORD] for line in sample])
    with open_text(path, encoding) as (file, position):
        lines = _RecordLines(read_lines(file))
        header = _read_header(path, lines, delimiter)
        notes = (encoding.note,) if encoding.note else ()
        yield Source(
            rows=_read_rows(lines, delimiter, header),
            size=path.stat().st_size,
            position=position,
            columns=header,
            notes=notes,
        )


def _declared_delimiter(first_line: str) -> str | None:
    """The delimiter that Excel writes into a line of its own (``sep=;``)."""
    text = first_line.strip()
    return text[4] if text[:4].lower() == "sep=" and len(text) == 5 and text[4] in DELIMITERS else None  # noqa: PLR2004


def sniff_delimiter(lines: list[str]) -> str:
    """Tell the delimiter: the one that divides most records into as many cells as the header, and more than one."""
    return max(DELIMITERS, key=lambda each: _fit(lines, each))


def _fit(lines: list[str], delimiter: str) -> tuple[float, int]:
    records = _sample_records(lines, delimiter)
    if not records or len(records[0]) == 1:
        return (0, 0)
    width = len(records[0])
    return (sum(len(each) == width for each in records) / len(records), width)


def _sample_records(lines: list[str], delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    with suppress(csv.Error):
        records.extend(islice(csv.reader(lines, delimiter=delimiter), _SAMPLE_RECORDS))
    return [record for record in records if record]


def _read_header(path: Path, lines: _RecordLines, delimiter: str) -> tuple[str, ...]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for record in reader:
            is_declaration = _declared_delimiter(lines.record[0].text) is not None
            lines.begin_record()
            if any(record) and not is_declaration:
                return tuple(name.strip() for name in record)
    except (csv.Error, _Unclosed) as error:
        raise UnreadableFile(
            f"{path}: the header line cannot be read ({str(error) or 'a quote is never closed'})"
        ) from error
    raise UnreadableFile(f"{path} has no header line")


def _read_rows(lines: _RecordLines, delimiter: str, header: tuple[str, ...]) -> Iterator[AnyRow]:
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for record in reader:
                line = lines.record[0].number
                lines.begin_record()
                if any(record):
                    yield _to_row(line, record, header)
        except (csv.Error, _Unclosed) as error:
            yield BrokenRow(lines.record[0].number, _reason(error))
            lines.give_back()
            lines.begin_record()
        else:
            return


def _reason(error: Exception) -> str:
    if isinstance(error, _Unclosed) or "end of data" in str(error):
        return "a quote is opened here and never closed"
    return f'a quote stands where none may: double it, and quote the whole value ("say ""so"""); {error}'


def _to_row(line: int, record: list[str], header: tuple[str, ...]) -> AnyRow:
    if len(record) != len(header):
        return BrokenRow(line, f"{len(record)} cells, but the header has {len(header)}")
    cells = tuple((name, text) for name, cell in zip(header, record, strict=True) if (text := cell.strip()))
    if any(is_undecoded(text) for _, text in cells):
        return BrokenRow(line, "bytes that are no text in the encoding of the file")
    return SourceRow(line, cells)
