"""The fields of an account that are not simply its own values, and the list of accounts."""

from collections.abc import Awaitable

import strawberry

from domain.records import Account, Case, Contact, User
from domain.values import ExternalId
from resolvers.arguments import NOT_GIVEN, After, Before, First, Last, Search, page_arguments, search_text
from resolvers.context import Info, then
from resolvers.nested import nested_listing
from resolvers.pages import BY_ID, BY_NAME, Listing, page_request
from services import listing, lookups, nested

Root = strawberry.Parent[Account]


def accounts(
    info: Info,
    search: Search = NOT_GIVEN,
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Account]]:
    """One page of the tenant's accounts, by name."""
    backend, tenant_id, words = info.context.backend, info.context.tenant_id, search_text(search)
    request = page_request(page_arguments(first, after, last, before), BY_NAME)
    page = listing.page_of_accounts(backend, tenant_id, request, words)
    return then(page, lambda found: Listing(found, lambda: listing.count_accounts(backend, tenant_id, words)))


def owner(root: Root, info: Info) -> Awaitable[User | None] | None:
    """Who owns the account."""
    return info.context.load_if(lookups.users_by_id, root.owner_id)


def external_ids(root: Root, info: Info) -> Awaitable[tuple[ExternalId, ...]]:
    """The account's ids in other systems."""
    return info.context.load(lookups.external_ids_by_record, root.id)


def contacts(
    root: Root,
    info: Info,
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Contact]]:
    """One page of the account's contacts, by last name."""
    arguments = page_arguments(first, after, last, before)
    read, count = nested.contacts_of_accounts, nested.count_contacts_of_accounts
    return nested_listing(info.context, root.id, arguments, BY_NAME, read, count)


def cases(
    root: Root,
    info: Info,
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Case]]:
    """One page of the account's cases, newest first."""
    arguments = page_arguments(first, after, last, before)
    read, count = nested.cases_of_accounts, nested.count_cases_of_accounts
    return nested_listing(info.context, root.id, arguments, BY_ID, read, count)
