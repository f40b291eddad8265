"""What happened to a lead."""

from datetime import datetime

import strawberry

import resolvers.history
from domain import events, records
from resolvers.changed_fields import ChangedField
from schema.fields import resolve
from schema.node import Node
from schema.refs import UserRef


@strawberry.type(description="Something that happened to a lead, or to another record because of it.")
class HistoryEntry:
    """See the description."""

    position: str = resolve(
        resolvers.history.position,
        "The place in the tenant's history, as a decimal number that grows in the order of commits.",
    )
    kind: events.EventKind = strawberry.field(description="What happened.")
    record_kind: records.RecordKind = strawberry.field(description="The kind of record it happened to.")
    record: Node | None = resolve(resolvers.history.record, "The record it happened to.")
    user: UserRef | None = resolve(resolvers.history.user, "Who did it; null for an import.")
    fields: list[ChangedField] = resolve(resolvers.history.fields, "The fields that were written; never their values.")
    happened_at: datetime = strawberry.field(description="When it happened.")
