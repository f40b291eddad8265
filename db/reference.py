"""Tenants, users, and the lists that leads and cases refer to."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import RowMapping, Select, Table, and_, func, insert, select

from db.engine import ReadSession, WriteSession
from db.matching_settings import settings_from_row
from db.paging import count_rows, fetch_page
from db.tables import reference as tables
from domain.matching_settings import NEVER_SET
from domain.paging import Page, PageRequest
from domain.records import CaseType, LeadType, RejectReason, Role, Tenant, User

Entry = TypeVar("Entry", LeadType, CaseType, RejectReason)

_TABLES: dict[type[Any], Table] = {
    LeadType: tables.lead_types,
    CaseType: tables.case_types,
    RejectReason: tables.reject_reasons,
}


def _tenants() -> Select[Any]:
    """Tenants with the current version of their matching settings."""
    tenants, saved = tables.tenants, tables.matching_settings
    versions = saved.alias()
    last = select(func.max(versions.c.version)).where(versions.c.tenant_id == tenants.c.id).scalar_subquery()
    is_current = and_(saved.c.tenant_id == tenants.c.id, saved.c.version == last)
    values = (saved.c.version, saved.c.stored, saved.c.user_id, saved.c.saved_at)
    return select(tenants, *values).join_from(tenants, saved, is_current, isouter=True)


def _tenant(row: RowMapping) -> Tenant:
    matching = NEVER_SET if row["version"] is None else settings_from_row(row)
    return Tenant(**{name: row[name] for name in ("id", "name", "default_country", "language")}, matching=matching)


async def get_tenant(session: ReadSession, tenant_id: int) -> Tenant | None:
    """The tenant with this id, or None."""
    query = _tenants().where(tables.tenants.c.id == tenant_id)
    row = (await session.execute(query)).mappings().one_or_none()
    return None if row is None else _tenant(row)


async def list_tenants(session: ReadSession) -> tuple[Tenant, ...]:
    """Every tenant of this database."""
    rows = await session.execute(_tenants().order_by(tables.tenants.c.id))
    return tuple(_tenant(row) for row in rows.mappings())


async def insert_tenant(session: WriteSession, tenant: Tenant) -> None:
    """Write a new tenant, with its counters at 0."""
    values = {
        "id": tenant.id,
        "name": tenant.name,
        "default_country": tenant.default_country,
        "language": tenant.language,
    }
    await session.execute(insert(tables.tenants).values(values))
    await session.execute(insert(tables.counters).values(tenant_id=tenant.id, event_position=0, case_number=0))


async def next_tenant_id(session: ReadSession) -> int:
    """The smallest number above all tenants' ids."""
    highest: int | None = (await session.execute(select(func.max(tables.tenants.c.id)))).scalar_one()
    return (highest or 0) + 1


def _user(row: Any) -> User:  # noqa: ANN401
    return User(**{**row, "roles": frozenset(Role(each) for each in row["roles"])})


async def insert_users(session: WriteSession, users: Sequence[User]) -> None:
    """Write new users."""
    rows = [
        {
            "tenant_id": each.tenant_id,
            "id": each.id,
            "name": each.name,
            "email": each.email,
            "language": each.language,
            "roles": sorted(role.value for role in each.roles),
            "is_active": each.is_active,
        }
        for each in users
    ]
    await session.execute(insert(tables.users), rows)


async def users_by_id(session: ReadSession, tenant_id: int, ids: Sequence[int]) -> list[User | None]:
    """The users with these ids, in this order. One statement."""
    users = tables.users
    rows = await session.execute(select(users).where(users.c.tenant_id == tenant_id, users.c.id.in_(set(ids))))
    found = {row["id"]: _user(row) for row in rows.mappings()}
    return [found.get(each) for each in ids]


def _users_matching(tenant_id: int, *, is_active: bool | None) -> Select[Any]:
    query = select(tables.users).where(tables.users.c.tenant_id == tenant_id)
    return query if is_active is None else query.where(tables.users.c.is_active.is_(is_active))


async def page_of_users(
    session: ReadSession, tenant_id: int, request: PageRequest, *, is_active: bool | None
) -> Page[User]:
    """One page of the tenant's users by id; the cursor key is (id,)."""
    query = _users_matching(tenant_id, is_active=is_active)
    return await fetch_page(session, query, [tables.users.c.id], request, _user)


async def count_users(session: ReadSession, tenant_id: int, *, is_active: bool | None) -> int:
    """How many users the tenant has."""
    return await count_rows(session, _users_matching(tenant_id, is_active=is_active))


async def insert_entries(session: WriteSession, entries: Sequence[LeadType | CaseType | RejectReason]) -> None:
    """Write new entries of the tenant's lists (all of one kind)."""
    if entries:
        rows = [{"tenant_id": e.tenant_id, "id": e.id, "code": e.code, "name": e.name} for e in entries]
        await session.execute(insert(_TABLES[type(entries[0])]), rows)


async def entries_by_id(
    session: ReadSession, kind: type[Entry], tenant_id: int, ids: Sequence[int]
) -> list[Entry | None]:
    """The lead types, case types or reject reasons with these ids, in this order. One statement."""
    table = _TABLES[kind]
    rows = await session.execute(select(table).where(table.c.tenant_id == tenant_id, table.c.id.in_(set(ids))))
    found = {row["id"]: kind(**row) for row in rows.mappings()}
    return [found.get(each) for each in ids]


async def list_entries(session: ReadSession, kind: type[Entry], tenant_id: int) -> tuple[Entry, ...]:
    """All lead types, case types or reject reasons of the tenant, by name."""
    table = _TABLES[kind]
    query = select(table).where(table.c.tenant_id == tenant_id).order_by(table.c.name, table.c.id)
    return tuple(kind(**row) for row in (await session.execute(query)).mappings())


async def attach_case_types(session: WriteSession, lead_type_id: int, case_type_ids: Sequence[int]) -> None:
    """Let the lead type allow only these case types (and those attached before)."""
    rows = [
        {"tenant_id": session.tenant_id, "lead_type_id": lead_type_id, "case_type_id": each} for each in case_type_ids
    ]
    await session.execute(insert(tables.lead_type_case_types), rows)


async def case_types_by_lead_type(
    session: ReadSession, tenant_id: int, lead_type_ids: Sequence[int]
) -> list[tuple[CaseType, ...]]:
    """The case types attached to each of these lead types, by name; () for none attached. One statement."""
    link, types = tables.lead_type_case_types, tables.case_types
    is_same = (types.c.tenant_id == link.c.tenant_id) & (types.c.id == link.c.case_type_id)
    query = (
        select(link.c.lead_type_id, types)
        .join(types, is_same)
        .where(link.c.tenant_id == tenant_id, link.c.lead_type_id.in_(set(lead_type_ids)))
        .order_by(types.c.name, types.c.id)
    )
    found: dict[int, list[CaseType]] = {}
    for row in (await session.execute(query)).mappings():
        case_type = CaseType(tenant_id=tenant_id, id=row["id"], code=row["code"], name=row["name"])
        found.setdefault(row["lead_type_id"], []).append(case_type)
    return [tuple(found.get(each, ())) for each in lead_type_ids]
