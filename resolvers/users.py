"""The fields of a user, and the tenant's users."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry

from domain.records import Role, User
from resolvers.arguments import NOT_GIVEN, After, Before, First, Last, given, page_arguments
from resolvers.context import Info, then
from resolvers.pages import BY_ID, Listing, page_request
from services import listing

IsActive = Annotated[bool | None, strawberry.argument(description="Only active users, or only those who left.")]


def roles(root: strawberry.Parent[User]) -> list[Role]:
    """The user's roles, in a fixed order."""
    return [each for each in Role if each in root.roles]


def users(
    info: Info,
    is_active: IsActive = NOT_GIVEN,
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[User]]:
    """One page of the tenant's users, in the order they joined."""
    backend, tenant_id, wanted = info.context.backend, info.context.tenant_id, given(is_active)
    request = page_request(page_arguments(first, after, last, before), BY_ID)
    page = listing.page_of_users(backend, tenant_id, request, is_active=wanted)
    return then(page, lambda found: Listing(found, lambda: listing.count_users(backend, tenant_id, is_active=wanted)))
