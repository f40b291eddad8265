"""Tenants, their users and their lists, as the command line, the demo and the tests make them."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from db import reference
from domain.records import Account, CaseType, LeadType, RejectReason, Role, Tenant, User
from domain.values import Language
from services.backend import Backend
from services.indexing import start_tenant
from services.writing import Writing, create_accounts

_PRIVATE_CUSTOMERS = {Language.DE: "Privatkunden", Language.EN: "Private customers"}

Entry = TypeVar("Entry", LeadType, CaseType, RejectReason)


async def create_tenant(
    backend: Backend, name: str, default_country: str = "DE", language: Language = Language.DE
) -> Tenant:
    """Make a tenant, with its counters, its empty match index and its account of private customers.

    Two tenants made at the same moment would take one id; the database then refuses the second (``IntegrityError``).
    """
    async with backend.database.read() as reading:
        tenant_id = await reference.next_tenant_id(reading)
    tenant = Tenant(id=tenant_id, name=name, default_country=default_country, language=language)
    private = Account(
        tenant_id=tenant_id, id=backend.ids.new_id(), name=_PRIVATE_CUSTOMERS[language], is_private_customers=True
    )
    async with backend.database.write(tenant_id, backend.now()) as session:
        await reference.insert_tenant(session, tenant)
        await start_tenant(session, tenant_id)
        await create_accounts(Writing(session, tenant, backend.ids, None), [private])
    return tenant


async def add_user(
    backend: Backend,
    tenant: Tenant,
    name: str,
    email: str,
    *,
    roles: Iterable[Role] = (Role.AGENT,),
    language: Language | None = None,
    is_active: bool = True,
) -> User:
    """Make a user; without ``language`` they have the tenant's."""
    user = User(
        tenant_id=tenant.id,
        id=backend.ids.new_id(),
        name=name,
        email=email,
        language=language or tenant.language,
        roles=frozenset(roles),
        is_active=is_active,
    )
    async with backend.database.write(tenant.id, backend.now()) as session:
        await reference.insert_users(session, [user])
    return user


async def add_lead_type(
    backend: Backend, tenant: Tenant, code: str, name: str, case_types: Sequence[CaseType] = ()
) -> LeadType:
    """Make a lead type that allows these case types; all, if none is given."""
    lead_type = await _add(backend, LeadType(tenant_id=tenant.id, id=backend.ids.new_id(), code=code, name=name))
    if case_types:
        async with backend.database.write(tenant.id, backend.now()) as session:
            await reference.attach_case_types(session, lead_type.id, [each.id for each in case_types])
    return lead_type


async def add_case_type(backend: Backend, tenant: Tenant, code: str, name: str) -> CaseType:
    """Make a case type."""
    return await _add(backend, CaseType(tenant_id=tenant.id, id=backend.ids.new_id(), code=code, name=name))


async def add_reject_reason(backend: Backend, tenant: Tenant, code: str, name: str) -> RejectReason:
    """Make a reason for rejecting leads."""
    return await _add(backend, RejectReason(tenant_id=tenant.id, id=backend.ids.new_id(), code=code, name=name))


async def _add(backend: Backend, entry: Entry) -> Entry:
    async with backend.database.write(entry.tenant_id, backend.now()) as session:
        await reference.insert_entries(session, [entry])
    return entry
