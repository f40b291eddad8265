"""One page of a list by keyset: the rows after (or before) a sort key, read in index order."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, RowMapping, Select, func, literal, select, tuple_

from db.engine import ReadSession
from domain.paging import CursorKey, Page, PageRequest

T = TypeVar("T")


def _beyond(order: Sequence[ColumnElement[Any]], key: CursorKey, *, is_greater: bool) -> ColumnElement[bool]:
    columns = tuple_(*order)
    values = tuple_(*(literal(value, column.type) for column, value in zip(order, key, strict=True)))
    return columns > values if is_greater else columns < values


async def fetch_page(
    session: ReadSession,
    query: Select[Any],
    order: Sequence[ColumnElement[Any]],
    request: PageRequest,
    from_row: Callable[[RowMapping], T],
    *,
    is_descending: bool = False,
) -> Page[T]:
    """The asked page of ``query`` ordered by ``order`` (columns of the query, the id last; all in one direction).

    ``is_backward`` reverses the SQL order, so that the end of a list costs as little as its start. One statement.
    """
    query = select_page(query, order, request, is_descending=is_descending)
    rows = list((await session.execute(query)).mappings())
    return page_of(rows, order, request, from_row)


def select_page(
    query: Select[Any], order: Sequence[ColumnElement[Any]], request: PageRequest, *, is_descending: bool
) -> Select[Any]:
    """The rows of the asked page, in the order they are read, and one more to tell whether the list goes on."""
    reads_descending = is_descending != request.is_backward
    if request.after is not None:
        query = query.where(_beyond(order, request.after, is_greater=not is_descending))
    if request.before is not None:
        query = query.where(_beyond(order, request.before, is_greater=is_descending))
    query = query.order_by(*(each.desc() if reads_descending else each.asc() for each in order))
    return query.limit(request.size + 1)


def page_of(
    rows: list[RowMapping],
    order: Sequence[ColumnElement[Any]],
    request: PageRequest,
    from_row: Callable[[RowMapping], T],
) -> Page[T]:
    """The page that the rows of ``select_page`` make, in the order they were read."""
    has_more = len(rows) > request.size
    rows = rows[: request.size]
    if request.is_backward:
        rows.reverse()
    return Page(
        items=tuple(from_row(row) for row in rows),
        keys=tuple(tuple(row[column.key] for column in order) for row in rows),  # type: ignore[index]
        has_next=request.before is not None if request.is_backward else has_more,
        has_previous=has_more if request.is_backward else request.after is not None,
    )


async def count_rows(session: ReadSession, query: Select[Any]) -> int:
    """How many rows ``query`` has, whatever the page."""
    counted: int = (await session.execute(select(func.count()).select_from(query.subquery()))).scalar_one()
    return counted
