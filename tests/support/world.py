"""A tenant with users and lists, ready for acceptances, and ways to put records into it."""

from dataclasses import dataclass, replace
from typing import Any

from db import accounts, records
from db.engine import Database
from domain.acceptance import AcceptanceState
from domain.actors import Actor
from domain.records import (
    Account,
    Case,
    CaseStatus,
    CaseType,
    Contact,
    Lead,
    LeadType,
    RejectReason,
    Role,
    Tenant,
    User,
)
from services.acceptance.states import states
from services.backend import Backend
from services.ids import IdSource
from services.tenants import add_case_type, add_lead_type, add_reject_reason, add_user, create_tenant
from tests.support.factories import make_account, make_contact, make_lead
from tests.support.offices import Clock, actor_for, write_records


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One tenant. ``test_drive`` leads allow two case types, ``enquiry`` leads one, ``general`` leads all."""

    backend: Backend
    clock: Clock
    tenant: Tenant
    agent: Actor
    colleague: Actor
    manager: Actor
    admin: Actor
    inactive: User
    test_drive: LeadType
    enquiry: LeadType
    general: LeadType
    sale: CaseType
    service: CaseType
    advice: CaseType
    too_late: RejectReason

    async def give(self, *records: Account | Contact | Lead | Case) -> None:
        """Write records as they are, in the manager's name."""
        await write_records(self.backend, self.tenant, *records, user_id=self.manager.user_id)

    async def add_account(self, **values: Any) -> Account:  # noqa: ANN401
        """Write an account; values as for ``make_account``."""
        account = make_account(tenant_id=self.tenant.id, id=self.backend.ids.new_id(), **values)
        await self.give(account)
        return account

    async def add_contact(self, account: Account | int, **values: Any) -> Contact:  # noqa: ANN401
        """Write a contact; values as for ``make_contact``."""
        contact = make_contact(account, tenant_id=self.tenant.id, id=self.backend.ids.new_id(), **values)
        await self.give(contact)
        return contact

    async def add_lead(self, **values: Any) -> Lead:  # noqa: ANN401
        """Write an ``enquiry`` lead; values as for ``make_lead``."""
        lead = make_lead(**{"type_id": self.enquiry.id, **values})
        lead = replace(lead, tenant_id=self.tenant.id, id=self.backend.ids.new_id())
        await self.give(lead)
        return lead

    async def add_case(self, contact: Contact, number: int = 900_001, **values: Any) -> Case:  # noqa: ANN401
        """Write an open case of a contact, for the agent."""
        case = Case(
            tenant_id=self.tenant.id,
            id=self.backend.ids.new_id(),
            number=number,
            type_id=self.sale.id,
            account_id=contact.account_id,
            contact_id=contact.id,
            assignee_id=self.agent.user_id,
            status=CaseStatus.OPEN,
            opened_at=self.clock(),
        )
        case = replace(case, **values)
        await self.give(case)
        return case

    async def private_customers(self) -> Account:
        """The tenant's account of private customers."""
        async with self.backend.database.read() as session:
            return await accounts.private_customers(session, self.tenant.id)

    async def read(self, record: Any) -> Any:  # noqa: ANN401
        """The record as it is stored now."""
        async with self.backend.database.read() as session:
            return await records.get(session, type(record), self.tenant.id, record.id)

    async def lead(self, id_: int) -> Lead:
        """The lead with this id as it is stored now."""
        async with self.backend.database.read() as session:
            lead = await records.get(session, Lead, self.tenant.id, id_)
        assert lead is not None
        return lead

    async def contact(self, id_: int) -> Contact:
        """The contact with this id as it is stored now."""
        async with self.backend.database.read() as session:
            contact = await records.get(session, Contact, self.tenant.id, id_)
        assert contact is not None
        return contact

    async def state_of(self, lead: Lead, actor: Actor | None = None) -> AcceptanceState:
        """The state of the lead's acceptance."""
        current = await self.read(lead)
        return (await states(self.backend, actor or self.agent, [current]))[0]


async def make_world(database: Database, clock: Clock | None = None) -> World:
    """Set a tenant up in a migrated, empty database."""
    clock = clock or Clock()
    backend = Backend(database=database, secret=b"0" * 32, ids=IdSource(worker=7), now=clock)
    tenant = await create_tenant(backend, "Autohaus Nord")
    agent = await add_user(backend, tenant, "Jana Vogt", "jana@nord.example")
    colleague = await add_user(backend, tenant, "Emre Yilmaz", "emre@nord.example")
    manager = await add_user(backend, tenant, "Karin Albers", "karin@nord.example", roles=[Role.MANAGER])
    admin = await add_user(backend, tenant, "Ute Brandt", "ute@nord.example", roles=[Role.ADMIN])
    inactive = await add_user(backend, tenant, "Olaf Ehmer", "olaf@nord.example", is_active=False)
    sale = await add_case_type(backend, tenant, "sale", "Sale")
    service = await add_case_type(backend, tenant, "service", "Service")
    advice = await add_case_type(backend, tenant, "advice", "Advice")
    return World(
        backend=backend,
        clock=clock,
        tenant=tenant,
        agent=actor_for(agent),
        colleague=actor_for(colleague),
        manager=actor_for(manager),
        admin=actor_for(admin),
        inactive=inactive,
        test_drive=await add_lead_type(backend, tenant, "test_drive", "Test drive", [sale, service]),
        enquiry=await add_lead_type(backend, tenant, "enquiry", "Enquiry", [advice]),
        general=await add_lead_type(backend, tenant, "general", "General"),
        sale=sale,
        service=service,
        advice=advice,
        too_late=await add_reject_reason(backend, tenant, "too_late", "Too late"),
    )
