"""The same page of many lists in one statement: the contacts of each of these accounts, the cases of each contact ...

Every list is read by its own index range and costs no more than its page, however long it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson
from sqlalchemy import BigInteger, RowMapping, Select, Table, TableValuedAlias, column, func, literal, select, true
from sqlalchemy.dialects import postgresql

from db.engine import ReadSession
from db.log import event_from_row
from db.paging import page_of, select_page
from db.rows import shape_of
from db.tables.log import events
from db.tables.records import cases, contacts
from domain.events import Event
from domain.paging import Page, PageRequest
from domain.records import Case, Contact

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class NestedList(Generic[T]):
    """A list that each of many owners has: its table, the column that names the owner, and its order."""

    table: Table
    owner: str
    order: tuple[str, ...]
    from_row: Callable[[RowMapping], T]
    is_descending: bool = False


CONTACTS_OF_ACCOUNT: NestedList[Contact] = NestedList(
    table=contacts, owner="account_id", order=("sort_name", "id"), from_row=shape_of(Contact).from_row
)
CASES_OF_ACCOUNT: NestedList[Case] = NestedList(
    table=cases, owner="account_id", order=("id",), from_row=shape_of(Case).from_row, is_descending=True
)
CASES_OF_CONTACT: NestedList[Case] = NestedList(
    table=cases, owner="contact_id", order=("id",), from_row=shape_of(Case).from_row, is_descending=True
)
HISTORY_OF_LEAD: NestedList[Event] = NestedList(
    table=events, owner="lead_id", order=("position",), from_row=event_from_row
)


async def fetch_pages(
    session: ReadSession, nested: NestedList[T], tenant_id: int, owner_ids: Sequence[int], request: PageRequest
) -> list[Page[T]]:
    """The asked page of the list of each owner, in this order. One statement."""
    owners = _as_table(session, sorted(set(owner_ids)))
    inner = nested.table.alias("inner_rows")
    wanted = select(inner).where(inner.c.tenant_id == tenant_id, inner.c[nested.owner] == owners.c.value)
    order = [inner.c[name] for name in nested.order]
    wanted = select_page(wanted, order, request, is_descending=nested.is_descending).correlate(owners)
    found: dict[int, list[RowMapping]] = {}
    for row in (await session.execute(_rows(session, nested, owners, wanted, tenant_id))).mappings():
        if row[nested.owner] is not None:
            found.setdefault(row[nested.owner], []).append(row)
    reads_descending = nested.is_descending != request.is_backward
    for rows in found.values():
        rows.sort(key=lambda row: tuple(row[name] for name in nested.order), reverse=reads_descending)
    return [page_of(found.get(each, []), order, request, nested.from_row) for each in owner_ids]


async def count_many(
    session: ReadSession, nested: NestedList[Any], tenant_id: int, owner_ids: Sequence[int]
) -> list[int]:
    """How long the list of each owner is, in this order. One statement."""
    owner = nested.table.c[nested.owner]
    query = (
        select(owner.label("owner_id"), func.count().label("entries"))
        .where(nested.table.c.tenant_id == tenant_id, owner.in_(set(owner_ids)))
        .group_by(owner)
    )
    rows = (await session.execute(query)).mappings()
    counted: Mapping[int, int] = {row["owner_id"]: row["entries"] for row in rows}
    return [counted.get(each, 0) for each in owner_ids]


def _as_table(session: ReadSession, owner_ids: list[int]) -> TableValuedAlias:
    """The owners' ids as a table of one column, passed as one parameter."""
    value = column("value", BigInteger)
    if session.dialect == "postgresql":
        array = literal(owner_ids, postgresql.ARRAY(BigInteger))
        return func.unnest(array).table_valued(value, name="owners").render_derived()
    return func.json_each(orjson.dumps(owner_ids).decode()).table_valued(value, name="owners")


def _rows(
    session: ReadSession, nested: NestedList[Any], owners: TableValuedAlias, wanted: Select[Any], tenant_id: int
) -> Select[Any]:
    """The rows that ``wanted`` finds for each owner; on SQLite also an empty one for an owner that has none.

    SQLite knows no lateral joins, but table-valued functions whose arguments depend on a table before. Outer joins
    keep it from reading the tables in another order, which would be the whole tenant's rows.
    """
    if session.dialect == "postgresql":
        page = wanted.lateral("page")
        return select(page).select_from(owners.join(page, true()))
    table, key = nested.table, nested.order[-1]
    keys = wanted.with_only_columns(wanted.selected_columns[key]).subquery("page")
    listed = select(func.json_group_array(keys.c[key])).correlate(owners).scalar_subquery()
    picked = func.json_each(listed).table_valued(column("value", BigInteger), name="picked")
    is_picked = (table.c.tenant_id == tenant_id) & (table.c[key] == picked.c.value)
    return select(table).select_from(owners.outerjoin(picked, true()).outerjoin(table, is_picked))
