"""The fields of a contact that are not simply its own values, and the list of contacts."""

from collections.abc import Awaitable

import strawberry

from domain.filters import ContactFilter
from domain.records import Account, Case, Contact, User
from domain.values import ExternalId
from resolvers.arguments import NOT_GIVEN, After, Before, First, Last, page_arguments
from resolvers.context import Info, RequestContext, then
from resolvers.nested import nested_listing
from resolvers.pages import BY_ID, BY_NAME, Listing, PageArguments, page_request
from services import listing, lookups, nested

Root = strawberry.Parent[Contact]


def list_contacts(
    context: RequestContext, filter_: ContactFilter, search: str, arguments: PageArguments
) -> Awaitable[Listing[Contact]]:
    """One page of the tenant's contacts, by last name."""
    backend, tenant_id = context.backend, context.tenant_id
    page = listing.page_of_contacts(backend, tenant_id, filter_, page_request(arguments, BY_NAME), search)
    return then(page, lambda found: Listing(found, lambda: listing.count_contacts(backend, tenant_id, filter_, search)))


def account(root: Root, info: Info) -> Awaitable[Account | None]:
    """The account the contact belongs to."""
    return info.context.load(lookups.accounts_by_id, root.account_id)


def owner(root: Root, info: Info) -> Awaitable[User | None] | None:
    """Who owns the contact."""
    return info.context.load_if(lookups.users_by_id, root.owner_id)


def external_ids(root: Root, info: Info) -> Awaitable[tuple[ExternalId, ...]]:
    """The contact's ids in other systems."""
    return info.context.load(lookups.external_ids_by_record, root.id)


def cases(
    root: Root,
    info: Info,
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Case]]:
    """One page of the contact's cases, newest first."""
    arguments = page_arguments(first, after, last, before)
    read, count = nested.cases_of_contacts, nested.count_cases_of_contacts
    return nested_listing(info.context, root.id, arguments, BY_ID, read, count)
