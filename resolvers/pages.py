"""Keyset pages as clients ask for them: ``first``/``after`` or ``last``/``before``, with opaque cursors."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

import orjson

from domain.paging import CursorKey, Page, PageRequest
from resolvers.errors import ErrorCode, RequestError

T = TypeVar("T")
DEFAULT_SIZE = 20
MAX_SIZE = 100
_MAX_CURSOR = 2000
_MAX_INTEGER = 2**63 - 1

KeyShape = tuple[type[datetime | int | str], ...]
"""The types of a cursor's values, in the order of the sort key."""
BY_ID: KeyShape = (int,)
BY_NAME: KeyShape = (str, int)
BY_MOMENT: KeyShape = (datetime, int)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageArguments:
    """The four arguments of a list, as given."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A page of a list, and how to count the whole list if that is asked for."""

    page: Page[T]
    count: Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Edge(Generic[T]):
    """One entry of a page and its sort key."""

    node: T
    key: CursorKey


def page_request(arguments: PageArguments, shape: KeyShape) -> PageRequest:
    """What to ask the database for. Raises ``RequestError`` for a bad size or cursor."""
    first, last = arguments.first or None, arguments.last or None
    if arguments.first is not None and arguments.last is not None and first and last:
        raise RequestError(ErrorCode.BAD_PAGE_SIZE, "Give either 'first' or 'last', not both.")
    for name, size in (("first", arguments.first), ("last", arguments.last)):
        if size is not None and not 1 <= size <= MAX_SIZE:
            raise RequestError(ErrorCode.BAD_PAGE_SIZE, f"'{name}' is {size}; it has to be between 1 and {MAX_SIZE}.")
    return PageRequest(
        size=first or last or DEFAULT_SIZE,
        after=_decode("after", arguments.after, shape),
        before=_decode("before", arguments.before, shape),
        is_backward=last is not None,
    )


def encode_cursor(key: CursorKey) -> str:
    """The cursor of a sort key."""
    values = [each.isoformat() if isinstance(each, datetime) else each for each in key]
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def _decode(name: str, cursor: str | None, shape: KeyShape) -> CursorKey | None:
    if cursor is None:
        return None
    key = decode_cursor(cursor, shape)
    if key is None:
        message = f"'{name}' is not a cursor of this list; take it from 'edges.cursor' or 'pageInfo'."
        raise RequestError(ErrorCode.BAD_CURSOR, message)
    return key


def decode_cursor(cursor: str, shape: KeyShape) -> CursorKey | None:
    """The sort key of a cursor; None if it is none of a list with keys of this shape."""
    if len(cursor) > _MAX_CURSOR or not cursor.isascii():
        return None
    try:
        values = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        return None
    if not isinstance(values, list) or len(values) != len(shape):
        return None
    key = tuple(_READERS[kind](value) for kind, value in zip(shape, values, strict=True))
    return None if None in key else key


def _read_moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_integer(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= _MAX_INTEGER else None


def _read_text(value: object) -> str | None:
    return value if isinstance(value, str) and "\0" not in value else None


_READERS: Mapping[type[datetime | int | str], Callable[[object], datetime | int | str | None]] = {
    datetime: _read_moment,
    int: _read_integer,
    str: _read_text,
}


def edges(page: Page[T]) -> Iterator[Edge[T]]:
    """The entries of a page with their keys."""
    return (Edge(item, key) for item, key in zip(page.items, page.keys, strict=True))
