"""Anything by its global id."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Annotated, Any

import strawberry

from domain import records
from resolvers.context import Info, LookUp, RequestContext
from resolvers.errors import ErrorCode, RequestError
from resolvers.global_ids import N, Node, decode, decode_as, encode
from services import lookups

MAX_IDS = 100

LOOK_UPS: Mapping[type[Node], LookUp[int, Any]] = {
    records.Lead: lookups.leads_by_id,
    records.Account: lookups.accounts_by_id,
    records.Contact: lookups.contacts_by_id,
    records.Case: lookups.cases_by_id,
    records.User: lookups.users_by_id,
    records.LeadType: lookups.lead_types_by_id,
    records.CaseType: lookups.case_types_by_id,
    records.RejectReason: lookups.reject_reasons_by_id,
    records.Tenant: lookups.tenants_by_id,
}
"""How each kind of node is read."""

RECORD_KINDS: Mapping[records.RecordKind, type[Node]] = {
    records.RecordKind.LEAD: records.Lead,
    records.RecordKind.ACCOUNT: records.Account,
    records.RecordKind.CONTACT: records.Contact,
    records.RecordKind.CASE: records.Case,
    records.RecordKind.TENANT: records.Tenant,
}

NodeId = Annotated[strawberry.ID, strawberry.argument(description="The global id.")]
NodeIds = Annotated[
    list[strawberry.ID], strawberry.argument(description=f"The global ids, at most {MAX_IDS}, in any mixture of types.")
]


def global_id(root: strawberry.Parent[Node]) -> strawberry.ID:
    """The global id of a record."""
    return encode(type(root), root.id)


def load_node(context: RequestContext, kind: type[Node], id_: int) -> Awaitable[Node | None]:
    """The record of this kind with this id, if the tenant has it."""
    return context.load(LOOK_UPS[kind], id_)


def load_as(context: RequestContext, kind: type[N], id_: strawberry.ID) -> Awaitable[N | None] | None:
    """The record with this global id, if it is of this kind and the tenant has it."""
    decoded = decode_as(kind, id_)
    return None if decoded is None else context.load(LOOK_UPS[kind], decoded)


def node(info: Info, id: NodeId) -> Awaitable[Node | None] | None:  # noqa: A002
    """The record with this global id, whatever its kind; None for any other text."""
    decoded = decode(id)
    return None if decoded is None else load_node(info.context, *decoded)


def nodes(info: Info, ids: NodeIds) -> Sequence[Awaitable[Node | None] | None]:
    """The records with these global ids, in this order. Raises ``RequestError`` for too many."""
    if len(ids) > MAX_IDS:
        raise RequestError(ErrorCode.TOO_MANY_IDS, f"'ids' has {len(ids)} entries; ask for at most {MAX_IDS}.")
    return [node(info, each) for each in ids]


def lead(info: Info, id: NodeId) -> Awaitable[records.Lead | None] | None:  # noqa: A002
    """The lead with this global id."""
    return load_as(info.context, records.Lead, id)


def account(info: Info, id: NodeId) -> Awaitable[records.Account | None] | None:  # noqa: A002
    """The account with this global id."""
    return load_as(info.context, records.Account, id)


def contact(info: Info, id: NodeId) -> Awaitable[records.Contact | None] | None:  # noqa: A002
    """The contact with this global id."""
    return load_as(info.context, records.Contact, id)


def case(info: Info, id: NodeId) -> Awaitable[records.Case | None] | None:  # noqa: A002
    """The case with this global id."""
    return load_as(info.context, records.Case, id)
