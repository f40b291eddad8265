"""The user behind the request, and what waits for them."""

import strawberry

import resolvers.viewer
from schema.connections import Connection
from schema.fields import resolve
from schema.refs import LeadRef, UserRef


@strawberry.type(description="The user behind the request, and what waits for them.")
class Viewer:
    """See the description."""

    user: UserRef = resolve(resolvers.viewer.user, "The user whose token the request carries.")
    unfinished_acceptances: Connection[LeadRef] = resolve(
        resolvers.viewer.unfinished_acceptances,
        "Leads whose acceptance is in the user's hands and not committed yet, the longest open first.",
    )
