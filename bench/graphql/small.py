"""A small tenant to ask about: a slice of the demo, with leads in every state."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import strawberry

from bench.demo.model import DemoTenant
from bench.demo.records import SEED, demo_records
from bench.demo.writing import write_demo
from db import migrations
from db.engine import Database
from domain.actors import Actor
from domain.records import Role, Tenant
from resolvers.context import RequestContext
from resolvers.global_ids import Node, encode
from schema.build import build_schema
from schema.execution.context import StockExecution
from services import lookups
from services.backend import Backend

_FIRST, _LAST = 240, 60
"""How many of the demo's accounts are kept: companies at large, and those that its leads are about."""
_NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
_UNKNOWN = (
    "",
    "nonsense",
    "lead_b",
    "account_zz",
    "contact_zz",
    "case_zz",
    "casetype_zz",
    "leadtype_zz",
    "user_zz",
    "x_b",
)
_MOVES = (
    "mutation($id: ID!) { acceptLead(input: {leadId: $id}) { errors { __typename } } }",
    'mutation($id: ID!) { rejectLead(input: {leadId: $id, comment: "no"}) { errors { __typename } } }',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTenant:
    """A tenant whose clock stands still."""

    backend: Backend
    tenant: Tenant
    actor: Actor
    ids: tuple[str, ...]
    """Global ids of records of every kind, and some of none."""
    unknown: tuple[str, ...] = _UNKNOWN

    def context(self) -> RequestContext:
        """The context of one more operation."""
        return RequestContext(backend=self.backend, actor=self.actor, tenant=self.tenant, now=self.backend.now())


@asynccontextmanager
async def open_small_tenant(folder: Path) -> AsyncIterator[SmallTenant]:
    """Build the tenant in a database of its own in the folder."""
    url = f"sqlite+aiosqlite:///{folder / 'small.sqlite3'}"
    await asyncio.to_thread(migrations.upgrade, url)
    database = Database(url)
    try:
        backend = Backend(database=database, secret=b"0" * 32, now=lambda: _NOW)
        demo = _slice(demo_records(SEED, _NOW, tenant_id=1))
        await write_demo(backend, demo)
        small = await _small(backend, demo)
        await _move(small, build_schema(StockExecution), demo)
        yield small
    finally:
        await database.close()


def _slice(demo: DemoTenant) -> DemoTenant:
    private = tuple(each for each in demo.accounts if each.is_private_customers)
    kept = {each.id: each for each in (*private, *demo.accounts[:_FIRST], *demo.accounts[-_LAST:])}
    contacts = tuple(each for each in demo.contacts if each.account_id in kept)[:300]
    people = {each.id for each in contacts}
    cases = tuple(each for each in demo.cases if each.contact_id in people)
    external = {each: ids for each, ids in demo.external.items() if each in kept or each in people}
    return replace(
        demo, leads=demo.leads[::3], accounts=tuple(kept.values()), contacts=contacts, cases=cases, external=external
    )


async def _small(backend: Backend, demo: DemoTenant) -> SmallTenant:
    tenant = await lookups.tenant_by_id(backend, demo.tenant.id)
    user = next(each for each in demo.users if each.is_active and Role.MANAGER in each.roles)
    if tenant is None:
        raise LookupError("The tenant was not written.")
    leads = [each.lead for each in demo.leads]
    some: list[Node] = [
        *leads[:12],
        *demo.accounts[:4],
        *demo.accounts[-4:],
        *demo.contacts[:8],
        *demo.cases[:6],
        *demo.users[:3],
    ]
    lists: list[Node] = [*demo.lead_types[:2], *demo.case_types[:2], *demo.reject_reasons[:1], tenant]
    ids = [str(encode(type(each), each.id)) for each in (*some, *lists)]
    roles = frozenset({Role.AGENT, Role.MANAGER})
    actor = Actor(tenant_id=tenant.id, user_id=user.id, roles=roles, language=user.language)
    return SmallTenant(backend=backend, tenant=tenant, actor=actor, ids=(*ids, *_UNKNOWN[:3]))


async def _move(small: SmallTenant, served: strawberry.Schema, demo: DemoTenant) -> None:
    """Accept and reject some leads."""
    for number, each in enumerate(demo.leads[:8]):
        given = {"id": str(encode(type(each.lead), each.lead.id))}
        await served.execute(_MOVES[number % 4 == 0], given, context_value=small.context())
