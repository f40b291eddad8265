"""The records that users have said a lead is none of."""

from collections.abc import Awaitable

import strawberry

from domain.dismissals import Dismissal
from domain.records import Lead, User
from resolvers.context import Info
from resolvers.global_ids import Node
from resolvers.nodes import RECORD_KINDS, load_node
from services import lookups

Root = strawberry.Parent[Dismissal]


def dismissed_matches(root: strawberry.Parent[Lead], info: Info) -> Awaitable[tuple[Dismissal, ...]]:
    """What is dismissed for the lead now."""
    return info.context.load_dismissed(root)


def record(root: Root, info: Info) -> Awaitable[Node | None]:
    """The account or contact."""
    return load_node(info.context, RECORD_KINDS[root.record_kind], root.record_id)


def lead(root: Root, info: Info) -> Awaitable[Lead | None]:
    """The lead that it was said of."""
    return info.context.load(lookups.leads_by_id, root.lead_id)


def user(root: Root, info: Info) -> Awaitable[User | None]:
    """Who said it."""
    return info.context.load(lookups.users_by_id, root.user_id)
