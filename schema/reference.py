"""The tenant's lists that leads and cases refer to."""

import strawberry

import resolvers.reference
from domain import records
from schema.fields import resolve
from schema.kinds import shows
from schema.node import Node
from schema.refs import CaseTypeRef


@strawberry.type(description="A kind of lead.")
class LeadType(Node):
    """See the description."""

    is_type_of = shows(records.LeadType)
    code: str = strawberry.field(description="The short name that other systems know it by.")
    name: str = strawberry.field(description="The name to be shown.")
    case_types: list[CaseTypeRef] = resolve(
        resolvers.reference.case_types_of_lead_type,
        "The case types that leads of this type may open; with none attached, all of the tenant's.",
    )


@strawberry.type(description="A kind of case.")
class CaseType(Node):
    """See the description."""

    is_type_of = shows(records.CaseType)
    code: str = strawberry.field(description="The short name that other systems know it by.")
    name: str = strawberry.field(description="The name to be shown.")


@strawberry.type(description="An entry of the tenant's list of reasons for rejecting a lead.")
class RejectReason(Node):
    """See the description."""

    is_type_of = shows(records.RejectReason)
    code: str = strawberry.field(description="The short name that other systems know it by.")
    name: str = strawberry.field(description="The name to be shown.")
