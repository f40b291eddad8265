"""The user behind the request."""

from collections.abc import Awaitable

from domain.paging import Page, PageRequest
from domain.records import Lead, User
from resolvers.arguments import NOT_GIVEN, After, Before, First, Last, page_arguments
from resolvers.context import Info, RequestContext
from resolvers.pages import BY_ID, Listing, page_request
from services import listing, lookups


def viewer() -> object:
    """Nothing of its own: every field asks the context."""
    return ()


def user(info: Info) -> Awaitable[User | None]:
    """The user behind the request."""
    return info.context.load(lookups.users_by_id, info.context.actor.user_id)


def unfinished_acceptances(
    info: Info,
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Lead]]:
    """One page of the leads whose acceptance the user holds and has not committed, oldest first."""
    return _unfinished(info.context, page_request(page_arguments(first, after, last, before), BY_ID))


async def _unfinished(context: RequestContext, request: PageRequest) -> Listing[Lead]:
    backend, tenant_id, user_id = context.backend, context.tenant_id, context.actor.user_id
    ids = await listing.page_of_unfinished_leads(backend, tenant_id, user_id, request)
    leads = await lookups.leads_by_id(backend, tenant_id, ids.items)
    found = Page(
        items=tuple(each for each in leads if each is not None),
        keys=ids.keys,
        has_next=ids.has_next,
        has_previous=ids.has_previous,
    )
    return Listing(found, lambda: listing.count_unfinished_leads(backend, tenant_id, user_id))
