"""What every record with an id has in common."""

import strawberry

import resolvers.nodes
from schema.fields import resolve


@strawberry.interface(description="Anything that has an id of its own and can be fetched again by it.")
class Node:
    """See the description."""

    id: strawberry.ID = resolve(
        resolvers.nodes.global_id,
        "The global id: opaque, stable, and unique over all types and tenants of this server.",
    )
