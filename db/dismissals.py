"""Pairs of a lead and a record that users have dismissed."""

from collections.abc import Collection
from dataclasses import fields

from sqlalchemy import ColumnElement, FromClause, Join, RowMapping, Table, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from db.engine import ReadSession, WriteSession
from db.rows import R, shape_of
from db.tables.learning import dismissals
from db.tables.records import accounts, contacts
from domain.dismissals import Dismissal
from domain.records import Account, Contact

_OWN = tuple(each.name for each in fields(Dismissal))
_KEY = (dismissals.c.tenant_id, dismissals.c.lead_fingerprint, dismissals.c.record_id)


async def with_records(
    session: ReadSession, tenant_id: int, lead_fingerprints: Collection[int]
) -> list[tuple[Dismissal, Account | Contact]]:
    """What was dismissed for leads with these fingerprints, with the records as they are now, in order of the record.

    Without those whose record is gone. One statement.
    """
    query = (
        select(dismissals, accounts, contacts)
        .select_from(_joined_to(accounts, _joined_to(contacts, dismissals)))
        .where(dismissals.c.tenant_id == tenant_id, dismissals.c.lead_fingerprint.in_(set(lead_fingerprints)))
        .order_by(dismissals.c.record_id)
    )
    rows = list((await session.execute(query)).mappings())
    found = [(_dismissal(row), _record(row, Account, accounts) or _record(row, Contact, contacts)) for row in rows]
    return [(dismissal, record) for dismissal, record in found if record is not None]


def _joined_to(table: Table, joined: FromClause) -> Join:
    is_its_own = (table.c.tenant_id == dismissals.c.tenant_id) & (table.c.id == dismissals.c.record_id)
    return joined.outerjoin(table, is_its_own)


def _dismissal(row: RowMapping) -> Dismissal:
    return Dismissal(**{name: row[dismissals.c[name]] for name in _OWN})


def _record(row: RowMapping, kind: type[R], table: Table) -> R | None:
    if row[table.c.id] is None:
        return None
    return shape_of(kind).from_row({column.name: row[column] for column in table.c})


async def find(session: ReadSession, tenant_id: int, lead_fingerprint: int, record_id: int) -> Dismissal | None:
    """What was said of the pair last, whether it still holds or not; None if it was never dismissed."""
    here = _is(tenant_id, lead_fingerprint, record_id)
    row = (await session.execute(select(dismissals).where(*here))).mappings().one_or_none()
    return None if row is None else _dismissal(row)


def _is(tenant_id: int, lead_fingerprint: int, record_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        dismissals.c.tenant_id == tenant_id,
        dismissals.c.lead_fingerprint == lead_fingerprint,
        dismissals.c.record_id == record_id,
    )


async def put(session: WriteSession, dismissal: Dismissal) -> None:
    """Write what was said of the pair, in the place of what was said of it before. One statement."""
    values = {name: getattr(dismissal, name) for name in _OWN}
    build = postgresql.insert if session.dialect == "postgresql" else sqlite.insert
    inserted = build(dismissals).values(values)
    changed = {name: value for name, value in values.items() if name not in {each.name for each in _KEY}}
    await session.execute(inserted.on_conflict_do_update(index_elements=_KEY, set_=changed))


async def take_back(session: WriteSession, lead_fingerprint: int, lead_id: int, record_id: int) -> tuple[int, ...]:
    """Delete what was said of a record and leads with this fingerprint, or this lead in whatever state it was.

    Returns the leads that it was said of. One statement.
    """
    is_its_own = or_(dismissals.c.lead_fingerprint == lead_fingerprint, dismissals.c.lead_id == lead_id)
    here = (dismissals.c.tenant_id == session.tenant_id, dismissals.c.record_id == record_id, is_its_own)
    rows = await session.execute(delete(dismissals).where(*here).returning(dismissals.c.lead_id))
    return tuple(sorted({row.lead_id for row in rows}))
