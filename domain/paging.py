"""Keyset paging: a page is asked for and answered by the sort key of its rows, never by an offset."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
CursorKey = tuple[object, ...]
"""The sort values of a row, ending with its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """``size`` rows after and before the given keys; from the end of the list if ``is_backward``."""

    size: int = 20
    after: CursorKey | None = None
    before: CursorKey | None = None
    is_backward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """Rows in the order of the list, the key of each, and whether there is more on either side."""

    items: tuple[Item, ...]
    keys: tuple[CursorKey, ...]
    has_next: bool
    has_previous: bool
