"""A tenant at work: with users, lists, a clock that stands still, and a second tenant that must not be seen."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select

from db.engine import Database
from domain.actors import Actor
from domain.records import Account, Case, CaseStatus, CaseType, Contact, Lead, LeadType, RecordKind, Role, Tenant, User
from domain.values import Language
from services.backend import Backend
from services.ids import IdSource
from services.tenants import add_case_type, add_lead_type, add_user, create_tenant
from services.writing import Writing, create_accounts, create_case, create_contacts, create_leads
from tests.support.factories import NOW


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        """The time on the clock."""
        return self.moment


@dataclass(frozen=True, kw_only=True)
class Office:
    """A tenant with what its users need to work."""

    backend: Backend
    clock: Clock
    tenant: Tenant
    agent: User
    manager: User
    retired: User
    lead_type: LeadType
    case_type: CaseType
    actor: Actor = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actor", actor_for(self.agent))

    async def give(self, *records: Account | Contact | Lead | Case) -> None:
        """Write records as they are (but into this tenant), in the order accounts, contacts, leads, cases."""
        await write_records(self.backend, self.tenant, *records)

    def case_for(self, contact: Contact, number: int, **changes: Any) -> Case:  # noqa: ANN401
        """An open case of the contact, not yet written."""
        values: dict[str, Any] = {
            "type_id": self.case_type.id,
            "assignee_id": self.agent.id,
            "status": CaseStatus.OPEN,
            "opened_at": self.clock(),
            **changes,
        }
        return Case(
            tenant_id=self.tenant.id,
            id=self.backend.ids.new_id(),
            number=number,
            account_id=contact.account_id,
            contact_id=contact.id,
            **values,
        )

    async def rows(self, table: Table, *columns: str, kind: RecordKind | None = None) -> list[tuple[Any, ...]]:
        """The tenant's rows of a table by primary key: these columns, and those about one kind of record only."""
        query = select(*(table.c[each] for each in columns)).where(table.c.tenant_id == self.tenant.id)
        if kind is not None:
            query = query.where(table.c.record_kind == kind)
        async with self.backend.database.read() as session:
            return [tuple(row) for row in await session.execute(query.order_by(*table.primary_key))]


async def write_records(
    backend: Backend, tenant: Tenant, *records: Account | Contact | Lead | Case, user_id: int | None = None
) -> None:
    """Write records as they are, in the order accounts, contacts, leads, cases, in one transaction."""
    async with backend.database.write(tenant.id, backend.now()) as session:
        writing = Writing(session, tenant, backend.ids, user_id)
        await create_accounts(writing, [each for each in records if isinstance(each, Account)])
        await create_contacts(writing, [each for each in records if isinstance(each, Contact)])
        await create_leads(writing, [each for each in records if isinstance(each, Lead)])
        for each in records:
            if isinstance(each, Case):
                await create_case(writing, each)


def actor_for(user: User) -> Actor:
    """The user as somebody who acts."""
    return Actor(tenant_id=user.tenant_id, user_id=user.id, roles=user.roles, language=user.language)


async def open_office(database: Database, name: str = "Autohaus Nord") -> Office:
    """Make a tenant with an agent, a manager, a retired agent, a lead type and a case type."""
    clock = Clock()
    backend = Backend(database=database, secret=b"test", ids=IdSource(), now=clock)
    tenant = await create_tenant(backend, name, "DE", Language.DE)
    domain = f"tenant{tenant.id}.example"
    return Office(
        backend=backend,
        clock=clock,
        tenant=tenant,
        agent=await add_user(backend, tenant, "Anna Agent", f"anna@{domain}"),
        manager=await add_user(backend, tenant, "Max Manager", f"max@{domain}", roles=[Role.MANAGER]),
        retired=await add_user(backend, tenant, "Rita Ruhestand", f"rita@{domain}", is_active=False),
        lead_type=await add_lead_type(backend, tenant, "sale", "Verkauf"),
        case_type=await add_case_type(backend, tenant, "offer", "Angebot"),
    )
