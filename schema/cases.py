"""Cases."""

from datetime import datetime

import strawberry

import resolvers.cases
from domain import records
from schema.fields import resolve
from schema.kinds import shows
from schema.node import Node
from schema.refs import AccountRef, CaseTypeRef, ContactRef, LeadRef, UserRef


@strawberry.type(description="A piece of work for one contact; several leads may belong to it.")
class Case(Node):
    """See the description."""

    is_type_of = shows(records.Case)
    number: int = strawberry.field(description="The number people know the case by; counted per tenant.")
    type_: CaseTypeRef = resolve(resolvers.cases.type_, "The kind of case.", name="type")
    account: AccountRef = resolve(resolvers.cases.account, "The account the case was opened for.")
    contact: ContactRef = resolve(resolvers.cases.contact, "The contact the case was opened for.")
    assignee: UserRef = resolve(resolvers.cases.assignee, "The user who works on the case.")
    status: records.CaseStatus = strawberry.field(description="Where the case stands.")
    opened_at: datetime = strawberry.field(description="When the case was opened.")
    closed_at: datetime | None = strawberry.field(description="When the case was won or lost.")
    version: int = strawberry.field(description="Counts the changes of the case; to be given as `expectedVersion`.")
    leads: list[LeadRef] = resolve(
        resolvers.cases.leads, "The leads that opened the case or were attached to it, the oldest first."
    )
