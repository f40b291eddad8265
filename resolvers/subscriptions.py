"""What can be subscribed to, and the fields of what subscribers are told."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated

import strawberry

from domain.events import EventKind
from domain.filters import LeadFilter
from domain.live import AcceptanceEvent, LiveEvent, MatchesEvent, QueueEvent
from domain.records import Lead, User
from resolvers.arguments import NOT_GIVEN, given, id_argument
from resolvers.context import Info, RequestContext
from resolvers.errors import ErrorCode, RequestError
from resolvers.global_ids import Node, encode
from resolvers.nodes import RECORD_KINDS, load_node
from resolvers.pages import BY_ID, decode_cursor, encode_cursor
from services import lookups
from services.live.matches import MatchesTopic
from services.live.queue import QueueTopic
from services.live.topics import AcceptanceTopic, Topic, Watch

READ_ANEW = "What happened after this position cannot be told any more: read anew, and subscribe without 'after'."

LeadId = Annotated[strawberry.ID, strawberry.argument(description="The lead to watch.")]
AfterPosition = Annotated[
    str | None,
    strawberry.argument(
        description="Go on after this `position` of an event that was received, without missing anything; without it, "
        "begin now. A position that is too old, or unknown, is answered with the error POSITION_GONE: read anew then."
    ),
]


def watch_queue(context: RequestContext, filter_: LeadFilter, search: str, after: str | None) -> Watch:
    """Watch the leads that a filter lets through."""
    return _watch(context, QueueTopic(context.backend, filter_, search), after)


def lead_acceptance(info: Info, lead_id: LeadId, after: AfterPosition = NOT_GIVEN) -> Watch:
    """Watch one lead and its acceptance."""
    return _watch(info.context, AcceptanceTopic(info.context.backend, id_argument(Lead, "leadId", lead_id)), after)


def lead_matches(info: Info, lead_id: LeadId, after: AfterPosition = NOT_GIVEN) -> Watch:
    """Watch what one lead may belong to."""
    return _watch(info.context, MatchesTopic(info.context.backend, id_argument(Lead, "leadId", lead_id)), after)


def _watch(context: RequestContext, topic: Topic, after: str | None) -> Watch:
    watch = Watch(topic, decode_position(given(after)))
    context.watches.append(watch)
    return watch


def decode_position(after: str | None) -> int | None:
    """The position that a client names. Raises ``RequestError`` for what cannot be one."""
    if after is None:
        return None
    key = decode_cursor(after, BY_ID)
    if key is None or not isinstance(key[0], int):
        raise RequestError(ErrorCode.POSITION_GONE, READ_ANEW)
    return key[0]


def position(root: strawberry.Parent[LiveEvent]) -> str:
    """The position, opaque."""
    return encode_cursor((root.position,))


def queue_lead_id(root: strawberry.Parent[QueueEvent]) -> strawberry.ID | None:
    """The global id of the lead, also of one that is gone."""
    return None if root.lead_id is None else encode(Lead, root.lead_id)


def taken_by(root: strawberry.Parent[QueueEvent], info: Info) -> Awaitable[User | None] | None:
    """In whose hands the lead is."""
    return info.context.load_if(lookups.users_by_id, root.taken_by_id)


Happened = strawberry.Parent[QueueEvent | AcceptanceEvent]


def kind(root: Happened) -> EventKind | None:
    """What happened."""
    return None if root.event is None else root.event.kind


def user(root: Happened, info: Info) -> Awaitable[User | None] | None:
    """Who did it."""
    return None if root.event is None else info.context.load_if(lookups.users_by_id, root.event.user_id)


def happened_at(root: Happened) -> datetime | None:
    """When it happened."""
    return None if root.event is None else root.event.happened_at


def appeared(root: strawberry.Parent[MatchesEvent], info: Info) -> list[Awaitable[Node | None]]:
    """The candidates that are new."""
    return [load_node(info.context, RECORD_KINDS[each.kind], each.record_id) for each in root.appeared]
