"""The XML of an ADF file, one prospect at a time, in bounded memory and without what XML can do to its reader.

Document types, entities and references to the outside are refused (defusedxml). What real files do against the
specification is put up with: processing instructions before the XML declaration, tags in capitals, Windows-1252 that is
not declared.
"""

import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from services.importing.rows import BrokenRow, UnreadableFile
from services.importing.text import detect_encoding, open_file

MAX_PROSPECT = 1_000_000
"""Bytes of one prospect, and of one tag."""
MAX_DEPTH = 50
_CHUNK = 1 << 16
_PROLOG = re.compile(rb"^(?:\xef\xbb\xbf)?(?:\s*<\?(?:xml|adf)\b[^>]*\?>)+\s*", re.IGNORECASE)
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """An element: tag and attribute names in lower case, without name spaces."""

    tag: str
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The element's own text, without the blanks around it."""
        return "".join(self.texts).strip()

    def all(self, tag: str) -> list["Node"]:
        """The children with this tag."""
        return [each for each in self.children if each.tag == tag]

    def first(self, tag: str) -> "Node":
        """The first child with this tag; an empty one if there is none."""
        return next((each for each in self.children if each.tag == tag), Node(tag, {}))

    def get(self, tag: str) -> str:
        """The text of the first child with this tag; empty if there is none."""
        return self.first(tag).text


@dataclass(frozen=True, slots=True)
class Prospect:
    """One prospect and the line it begins on."""

    line: int
    node: Node


class _Structure(Exception):  # noqa: N818 - never leaves this module
    """Well-formed, but nothing that ADF could be."""


class _Target:
    """Takes the parser's events, keeps the prospects that are complete, and nothing of what is around them."""

    def __init__(self) -> None:
        self.parser: DefusedXMLParser | None = None
        self.complete: deque[Prospect] = deque()
        self.begin: int | None = None
        self._line = 0
        self._depth = 0
        self._open: list[Node] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        self._depth += 1
        if self._depth == 1 and name != "adf":
            raise _Structure(f"the root is <{name[:40]}>, not <adf>")
        if self._depth > MAX_DEPTH:
            raise _Structure("elements are nested too deep")
        if not self._open and name != "prospect":
            return
        if not self._open and self.parser is not None:
            expat = self.parser.parser
            self._line, self.begin = expat.CurrentLineNumber, expat.CurrentByteIndex
        node = Node(name, {_local(key): value.strip() for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(node)
        self._open.append(node)

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].texts.append(text)

    def end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self.complete.append(Prospect(self._line, node))
                self.begin = None

    def close(self) -> None:
        """Nothing is left to build."""


def _local(name: str) -> str:
    return name.rpartition("}")[2].casefold()


@dataclass(frozen=True, slots=True)
class Prospects:
    """The prospects of an opened file, and how far reading has come."""

    items: Iterator[Prospect | BrokenRow]
    raw: BinaryIO
    note: str | None


@contextmanager
def open_prospects(path: Path) -> Iterator[Prospects]:
    """Open an ADF file. Its iterator, and opening it, raise ``UnreadableFile`` if there is no prospect to be had."""
    with open_file(path) as file:
        head, encoding, note = _prepare(path, file.read(4096))
        yield Prospects(_read(path, file, head, encoding), file, note)


def _prepare(path: Path, head: bytes) -> tuple[bytes, str | None, str | None]:
    """Take the prolog off, keeping its lines; tell the encoding that it declares or, failing that, the bytes show."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head, None, None
    detected = detect_encoding(path)
    found = _PROLOG.match(head)
    prolog = found.group() if found else b""
    declared = _DECLARED.search(prolog)
    rest = b"\n" * prolog.count(b"\n") + head[len(prolog) :]
    if declared:
        return rest, declared.group(1).decode(), None
    return rest, detected.name.removesuffix("-sig"), detected.note


def _read(path: Path, file: BinaryIO, head: bytes, encoding: str | None) -> Iterator[Prospect | BrokenRow]:
    target = _Target()
    try:
        parser = DefusedXMLParser(target=target, encoding=encoding, forbid_dtd=True)
        target.parser = parser
        count = 0
        for _ in _feed(parser, target, head, file):
            while target.complete:
                count += 1
                yield target.complete.popleft()
    except DefusedXmlException as error:
        reason = (
            "it declares a document type or entities (DTD), which are refused for safety: remove the <!DOCTYPE ...>"
        )
        raise UnreadableFile(f"{path}: {reason}") from error
    except (ParseError, _Structure, LookupError, ValueError) as error:
        while target.complete:
            count += 1
            yield target.complete.popleft()
        if not count:
            raise UnreadableFile(f"{path} is no ADF that can be read: {error}") from error
        yield BrokenRow(_line_of(parser), f"the XML is broken here, what follows was not read: {error}")
    else:
        if not count:
            raise UnreadableFile(f"{path} has no <prospect> in it")


def _feed(parser: DefusedXMLParser, target: _Target, head: bytes, file: BinaryIO) -> Iterator[None]:
    """Feed the parser chunk by chunk, as long as what it holds back stays small."""
    fed, chunk = 0, head
    while chunk:
        parser.feed(chunk)
        yield
        fed += len(chunk)
        begin = parser.parser.CurrentByteIndex if target.begin is None else target.begin
        if fed - begin > MAX_PROSPECT + _CHUNK:
            raise _Structure("a prospect is larger than a megabyte")
        chunk = file.read(_CHUNK)
    parser.close()
    yield


def _line_of(parser: DefusedXMLParser) -> int:
    return int(parser.parser.CurrentLineNumber)
