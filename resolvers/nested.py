"""Connections that hang on a record, read for all records of a page together."""

from collections.abc import Awaitable
from typing import TypeVar

from domain.paging import Page
from resolvers.context import LookUp, RequestContext, then
from resolvers.pages import KeyShape, Listing, PageArguments, page_request
from services.nested import NestedPage

T = TypeVar("T")


def nested_listing(
    context: RequestContext,
    owner_id: int,
    arguments: PageArguments,
    shape: KeyShape,
    read: LookUp[NestedPage, Page[T]],
    count: LookUp[int, int],
) -> Awaitable[Listing[T]]:
    """One page of what belongs to a record. Raises ``RequestError`` for a bad size or cursor."""
    page = context.load(read, NestedPage(owner_id, page_request(arguments, shape)))
    return then(page, lambda found: Listing(found, lambda: context.load(count, owner_id)))
