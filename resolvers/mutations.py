"""Running a mutation, and what it answers with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import strawberry

from domain.actors import Actor
from domain.problems import Problem, Refused
from domain.receipts import Receipt
from domain.records import Account, Case, Contact, Lead, RecordKind, Tenant
from resolvers.context import Info, RequestContext
from services import lookups
from services.backend import Backend

Service = Callable[[Backend, Actor, Any, str | None], Awaitable[Receipt]]
_NOTHING = Receipt(())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a mutation wrote, or why it wrote nothing."""

    receipt: Receipt = _NOTHING
    errors: tuple[Problem, ...] = ()


async def perform(
    context: RequestContext, service: Service, command: Callable[[], object], idempotency_key: str | None
) -> Outcome:
    """Run a service with the command that the input makes.

    The loaders are cleared afterwards, so that everything selected below this mutation is read as it is now.
    """
    try:
        return Outcome(receipt=await service(context.backend, context.actor, command(), idempotency_key))
    except Refused as refused:
        return Outcome(errors=refused.problems)
    finally:
        context.loaders.clear()


Root = strawberry.Parent[Outcome]


def lead(root: Root, info: Info) -> Awaitable[Lead | None] | None:
    """The lead as it is now."""
    return info.context.load_if(lookups.leads_by_id, root.receipt.id_of(RecordKind.LEAD))


def account(root: Root, info: Info) -> Awaitable[Account | None] | None:
    """The account as it is now."""
    return info.context.load_if(lookups.accounts_by_id, root.receipt.id_of(RecordKind.ACCOUNT))


def contact(root: Root, info: Info) -> Awaitable[Contact | None] | None:
    """The contact as it is now."""
    return info.context.load_if(lookups.contacts_by_id, root.receipt.id_of(RecordKind.CONTACT))


def matching_settings(root: Root, info: Info) -> Awaitable[Tenant | None] | None:
    """The tenant, whose settings were saved, as it is now."""
    return info.context.load_if(lookups.tenants_by_id, root.receipt.id_of(RecordKind.TENANT))


def case(root: Root, info: Info) -> Awaitable[Case | None] | None:
    """The case as it is now."""
    return info.context.load_if(lookups.cases_by_id, root.receipt.id_of(RecordKind.CASE))
