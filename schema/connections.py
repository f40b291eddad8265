"""Lists that can grow: one page at a time, by keyset."""

from typing import Generic, TypeVar

import strawberry

import resolvers.connections
from schema.fields import resolve

T = TypeVar("T")


@strawberry.type(description="Where a page lies in its list, and how to go on from there.")
class PageInfo:
    """See the description."""

    has_next_page: bool = resolve(resolvers.connections.has_next, "Whether the list goes on after this page.")
    has_previous_page: bool = resolve(
        resolvers.connections.has_previous, "Whether the list has entries before this page."
    )
    start_cursor: str | None = resolve(
        resolvers.connections.start_cursor,
        "The cursor of the first entry, to be given as `before`; null for an empty page.",
    )
    end_cursor: str | None = resolve(
        resolvers.connections.end_cursor,
        "The cursor of the last entry, to be given as `after`; null for an empty page.",
    )


@strawberry.type(description="One entry of a page, with its place in the list.")
class Edge(Generic[T]):
    """See the description."""

    cursor: str = resolve(resolvers.connections.cursor, "The opaque place of this entry in the list.")
    node: T = strawberry.field(description="The entry itself.")


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    """See the description."""

    edges: list[Edge[T]] = resolve(resolvers.connections.page_edges, "The entries of the page with their cursors.")
    nodes: list[T] = resolve(resolvers.connections.page_nodes, "The entries of the page.")
    page_info: PageInfo = resolve(resolvers.connections.page_info, "Where the page lies in the list.")
    total_count: int = resolve(
        resolvers.connections.total_count, "How many entries the whole list has; counted only if asked for."
    )
