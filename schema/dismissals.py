"""The records that users have said a lead is none of."""

from datetime import datetime

import strawberry

import resolvers.dismissals
from domain import records
from schema.fields import resolve
from schema.node import Node
from schema.refs import LeadRef, UserRef


@strawberry.type(description="That a lead is not some record: it is not proposed until one of the two changes.")
class DismissedMatch:
    """See the description."""

    record_kind: records.RecordKind = strawberry.field(description="Whether it is an account or a contact.")
    record: Node | None = resolve(resolvers.dismissals.record, "The account or contact; null if it is gone.")
    lead: LeadRef | None = resolve(
        resolvers.dismissals.lead, "The lead that it was said of: this one, or one with the same identifying details."
    )
    user: UserRef | None = resolve(resolvers.dismissals.user, "Who said it.")
    dismissed_at: datetime = strawberry.field(description="When it was said.")
