"""What happened to a lead."""

from collections.abc import Awaitable

import strawberry

from domain.events import Event
from domain.records import Lead, User
from resolvers.arguments import NOT_GIVEN, After, Before, First, Last, page_arguments
from resolvers.changed_fields import ChangedField, changed_field
from resolvers.context import Info
from resolvers.global_ids import Node
from resolvers.nested import nested_listing
from resolvers.nodes import RECORD_KINDS, load_node
from resolvers.pages import BY_ID, Listing
from services import lookups, nested

Root = strawberry.Parent[Event]


def history(
    root: strawberry.Parent[Lead],
    info: Info,
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Event]]:
    """One page of what happened to the lead and because of it, oldest first."""
    arguments = page_arguments(first, after, last, before)
    read, count = nested.history_of_leads, nested.count_history_of_leads
    return nested_listing(info.context, root.id, arguments, BY_ID, read, count)


def position(root: Root) -> str:
    """The place in the tenant's history; a text, because it outgrows GraphQL's integers."""
    return str(root.position)


def record(root: Root, info: Info) -> Awaitable[Node | None]:
    """The record it happened to."""
    return load_node(info.context, RECORD_KINDS[root.record_kind], root.record_id)


def user(root: Root, info: Info) -> Awaitable[User | None] | None:
    """Who did it."""
    return info.context.load_if(lookups.users_by_id, root.user_id)


def fields(root: Root) -> list[ChangedField]:
    """The fields that were written, each once."""
    return list(dict.fromkeys(changed_field(each) for each in root.fields))
