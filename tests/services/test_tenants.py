"""Making tenants, their users and their lists."""

import pytest

from db import reference
from db.engine import Database
from db.tables.log import events
from domain.records import CaseType, LeadType, RejectReason, Role, User
from domain.values import Language
from services.backend import Backend
from services.lookups import case_types_by_lead_type, private_account, tenant_by_id, users_by_id
from services.tenants import add_case_type, add_lead_type, add_reject_reason, add_user, create_tenant
from tests.support.offices import Office


@pytest.mark.parametrize(("language", "name"), [(Language.DE, "Privatkunden"), (Language.EN, "Private customers")])
async def test_a_tenant_comes_with_its_private_customers(database: Database, language: Language, name: str) -> None:
    """The shared account is there from the first moment, named in the tenant's language."""
    backend = Backend(database=database, secret=b"test")
    tenant = await create_tenant(backend, "Autohaus Nord", "AT", language)
    account = await private_account(backend, tenant.id)

    assert await tenant_by_id(backend, tenant.id) == tenant
    assert (tenant.default_country, tenant.language) == ("AT", language)
    assert (account.name, account.is_private_customers, account.tenant_id) == (name, True, tenant.id)


async def test_tenants_are_numbered_and_apart(office: Office, foreign_office: Office) -> None:
    """Every tenant has its own number, its own private customers, and its own events."""
    assert foreign_office.tenant.id == office.tenant.id + 1
    assert await office.rows(events, "position", "kind") == await foreign_office.rows(events, "position", "kind")
    assert len(await office.rows(events, "position")) == 1


async def test_users_are_as_they_were_made(office: Office) -> None:
    """Roles, language and activity are kept; the tenant's language is the default."""
    eva = await add_user(
        office.backend,
        office.tenant,
        "Eva",
        "eva@example.de",
        roles=[Role.ADMIN, Role.MANAGER],
        language=Language.EN,
        is_active=False,
    )
    assert await users_by_id(office.backend, office.tenant.id, [eva.id, office.agent.id]) == [eva, office.agent]
    assert eva == User(
        tenant_id=office.tenant.id,
        id=eva.id,
        name="Eva",
        email="eva@example.de",
        language=Language.EN,
        roles=frozenset({Role.ADMIN, Role.MANAGER}),
        is_active=False,
    )
    assert office.agent.language is Language.DE
    assert office.agent.roles == {Role.AGENT}


async def test_lists_have_their_entries(office: Office) -> None:
    """Entries are kept by code and name, and a lead type with the case types it allows."""
    service = await add_case_type(office.backend, office.tenant, "service", "Service")
    repair = await add_lead_type(office.backend, office.tenant, "repair", "Werkstatt", [service])
    reason = await add_reject_reason(office.backend, office.tenant, "spam", "Werbung")
    async with office.backend.database.read() as session:
        assert await reference.list_entries(session, CaseType, office.tenant.id) == (office.case_type, service)
        assert await reference.list_entries(session, LeadType, office.tenant.id) == (office.lead_type, repair)
        assert await reference.list_entries(session, RejectReason, office.tenant.id) == (reason,)
    allowed = await case_types_by_lead_type(office.backend, office.tenant.id, [repair.id, office.lead_type.id])

    assert allowed == [(service,), (office.case_type, service)]
