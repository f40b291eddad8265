"""Text files of unknown origin: their encoding, and their lines in bounded memory."""

import codecs
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from services.importing.rows import UnreadableFile

MAX_LINE = 1_000_000
"""Characters. No line of a real file comes near it; what does is not kept in memory."""
_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    (b"PK\x03\x04", "a ZIP archive or a spreadsheet (.xlsx): save the sheet as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls): save the sheet as CSV (UTF-8)"),
    (b"\x1f\x8b", "compressed: unpack it first"),
    (b"%PDF", "a PDF"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's bytes become text. ``note`` says what is worth knowing about it, if anything is.

    Bytes that the encoding does not know become lone surrogates, by which their rows are found and rejected.
    """

    name: str
    note: str | None = None


@contextmanager
def open_text(path: Path, encoding: Encoding) -> Iterator[tuple[TextIO, Callable[[], int]]]:
    """Open a text file, line ends kept; with it comes what tells how many of its bytes have been read."""
    errors = "replace" if encoding.name == "utf-16" else "surrogateescape"
    with open_file(path) as raw, TextIOWrapper(raw, encoding.name, errors, newline="") as file:
        yield file, raw.tell


def open_file(path: Path) -> BinaryIO:
    """Open a file to read. Raises ``UnreadableFile`` if there is none, or it is not a file, or may not be read."""
    try:
        return path.open("rb")
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error


def detect_encoding(path: Path) -> Encoding:
    """Tell a text file's encoding: by its byte order mark, UTF-8 if it is, else Windows-1252.

    A file that is UTF-8 but for single bytes stays UTF-8. Raises ``UnreadableFile`` for what is no text.
    """
    with open_file(path) as file:
        head = file.read(4096)
        if not head.strip():
            raise UnreadableFile(f"{path} is empty")
        _refuse_foreign(path, head)
        for mark, name in _BOMS:
            if head.startswith(mark):
                return Encoding(name)
        if b"\x00" in head:
            raise UnreadableFile(f"{path} is not a text file")
        file.seek(0)
        return _without_mark(file)


def _refuse_foreign(path: Path, head: bytes) -> None:
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise UnreadableFile(f"{path} is {what}")


def _without_mark(file: BinaryIO) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    bad = other = 0
    while chunk := file.read(_CHUNK):
        text = decoder.decode(chunk)
        if not text.isascii():
            strange = [each for each in text if each > "\x7f"]
            bad_here = sum(map(is_undecoded, strange))
            bad += bad_here
            other += len(strange) - bad_here
    if not bad:
        return Encoding("utf-8")
    if other > bad:
        return Encoding("utf-8", f"{bad} bytes are not UTF-8; the rows they are in are rejected")
    note = "the file is not UTF-8 and was read as Windows-1252; if letters look wrong, save it as UTF-8"
    return Encoding("cp1252", note)


def is_undecoded(text: str) -> bool:
    """Whether the text has a byte in it that its encoding does not know."""
    return not text.isascii() and any("\udc80" <= each <= "\udcff" for each in text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file with its end, at most ``MAX_LINE`` characters of it. ``number`` counts from 1."""

    number: int
    text: str
    is_cut: bool = False


def read_lines(file: TextIO) -> Iterator[Line]:
    """Read lines, never more of one than ``MAX_LINE`` characters; the rest of a longer one is passed over."""
    number = 0
    while text := file.readline(MAX_LINE):
        number += 1
        is_cut = len(text) == MAX_LINE and not text.endswith(("\n", "\r"))
        if is_cut:
            _pass_over(file)
        yield Line(number, text, is_cut)


def _pass_over(file: TextIO) -> None:
    while (rest := file.readline(MAX_LINE)) and not rest.endswith(("\n", "\r")):
        pass
