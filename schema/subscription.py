"""Everything that can be subscribed to."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, cast

import strawberry
from strawberry.types.fields.resolver import StrawberryResolver

import resolvers.subscriptions as live
from domain.events import EventKind
from domain.filters import LeadFilter
from domain.live import QueueChange
from resolvers.arguments import NOT_GIVEN, search_text
from resolvers.context import Info
from resolvers.subscriptions import AfterPosition
from schema.fields import resolve
from schema.inputs.filters import LeadFilterInput
from schema.inputs.given import value
from schema.node import Node
from schema.refs import LeadRef, UserRef
from services.live.topics import Watch

QueueFilter = Annotated[
    LeadFilterInput | None, strawberry.argument(description="Which leads make the queue, as for `leads`.")
]
_POSITION = (
    "Where this happened among all that happens to the tenant; opaque. To be given as `after` to go on from here."
)


@strawberry.type(description="A change of a queue of leads.")
class LeadQueueEvent:
    """See the description."""

    change: QueueChange = strawberry.field(description="What happened to the queue.")
    position: str = resolve(live.position, _POSITION)
    lead_id: strawberry.ID | None = resolve(live.queue_lead_id, "The lead's id; null when the change is READY.")
    lead: LeadRef | None = strawberry.field(description="The lead as it is now; null if it is gone.")
    is_in_queue: bool = strawberry.field(description="Whether the lead passes the filter now.")
    taken_by: UserRef | None = resolve(
        live.taken_by, "The user in whose hands the lead is now; null while nobody has accepted it."
    )
    kind: EventKind | None = resolve(live.kind, "What happened to the lead; null when the change is READY.")
    user: UserRef | None = resolve(live.user, "Who did it; null for an import.")
    happened_at: datetime | None = resolve(live.happened_at, "When it happened.")


@strawberry.type(description="Something that happened to a lead or to its acceptance.")
class LeadAcceptanceEvent:
    """See the description."""

    position: str = resolve(live.position, _POSITION)
    lead: LeadRef | None = strawberry.field(description="The lead as it is now; null if it is gone.")
    kind: EventKind | None = resolve(live.kind, "What happened; null in the first event, which tells how it stands.")
    user: UserRef | None = resolve(live.user, "Who did it.")
    happened_at: datetime | None = resolve(live.happened_at, "When it happened.")


@strawberry.type(description="What a lead may belong to is not what it was.")
class LeadMatchesEvent:
    """See the description."""

    position: str = resolve(live.position, _POSITION)
    lead: LeadRef | None = strawberry.field(description="The lead as it is now, with its matches; null if it is gone.")
    appeared: list[Node | None] = resolve(
        live.appeared,
        "The accounts and contacts that were no candidates before. Empty if others have changed or gone, and where "
        "what was there before is not known: in the first event, and in those that were missed.",
    )


def lead_queue(info: Info, filter: QueueFilter = NOT_GIVEN, after: AfterPosition = NOT_GIVEN) -> Watch:  # noqa: A002
    """Watch a queue of leads."""
    conditions = filter.conditions() if filter else LeadFilter()
    search = search_text(value(filter.search) if filter else None)
    return live.watch_queue(info.context, conditions, search, after)


def _subscribe(resolver: Callable[..., Watch], description: str) -> Any:  # noqa: ANN401
    """A field that is subscribed to; the events are of the type it stands behind."""
    # Strawberry's types want a generator of events here; ours come out of the feed.
    answering = cast("Any", StrawberryResolver(resolver, type_override=object))
    return strawberry.subscription(resolver=answering, description=description)


@strawberry.type(
    description="Everything that can be subscribed to, over WebSocket (graphql-transport-ws) or server-sent events."
)
class Subscription:
    """See the description."""

    lead_queue: LeadQueueEvent = _subscribe(
        lead_queue, "What happens to the leads that a filter lets through. Expiry is no event: see `expiresAt`."
    )
    lead_acceptance: LeadAcceptanceEvent = _subscribe(
        live.lead_acceptance, "What happens to one lead and its acceptance, whoever does it; first, how it stands."
    )
    lead_matches: LeadMatchesEvent = _subscribe(
        live.lead_matches,
        "That what was written elsewhere has changed what an open lead may belong to; first, what it may belong to.",
    )
