"""The fields of a page."""

from collections.abc import Awaitable
from typing import Any

import strawberry

from resolvers.pages import Edge, Listing, edges, encode_cursor

AnyListing = Listing[Any]
AnyEdge = Edge[Any]


def page_edges(root: strawberry.Parent[AnyListing]) -> list[AnyEdge]:
    """The entries of the page with their keys."""
    return list(edges(root.page))


def page_nodes(root: strawberry.Parent[AnyListing]) -> tuple[Any, ...]:
    """The entries of the page."""
    return root.page.items


def page_info(root: strawberry.Parent[AnyListing]) -> AnyListing:
    """The page itself, which knows where it lies."""
    return root


def total_count(root: strawberry.Parent[AnyListing]) -> Awaitable[int]:
    """The length of the whole list."""
    return root.count()


def cursor(root: strawberry.Parent[AnyEdge]) -> str:
    """The cursor of an entry."""
    return encode_cursor(root.key)


def has_next(root: strawberry.Parent[AnyListing]) -> bool:
    """Whether the list goes on after the page."""
    return root.page.has_next


def has_previous(root: strawberry.Parent[AnyListing]) -> bool:
    """Whether the list has entries before the page."""
    return root.page.has_previous


def start_cursor(root: strawberry.Parent[AnyListing]) -> str | None:
    """The cursor of the first entry."""
    return encode_cursor(root.page.keys[0]) if root.page.keys else None


def end_cursor(root: strawberry.Parent[AnyListing]) -> str | None:
    """The cursor of the last entry."""
    return encode_cursor(root.page.keys[-1]) if root.page.keys else None
