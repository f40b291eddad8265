"""The fields of a case that are not simply its own values, and the list of cases."""

from collections.abc import Awaitable

import strawberry

from domain.filters import CaseFilter
from domain.records import Account, Case, CaseType, Contact, Lead, User
from resolvers.context import Info, RequestContext, then
from resolvers.pages import BY_ID, Listing, PageArguments, page_request
from services import listing, lookups

Root = strawberry.Parent[Case]


def list_cases(context: RequestContext, filter_: CaseFilter, arguments: PageArguments) -> Awaitable[Listing[Case]]:
    """One page of the tenant's cases, newest first."""
    backend, tenant_id = context.backend, context.tenant_id
    page = listing.page_of_cases(backend, tenant_id, filter_, page_request(arguments, BY_ID))
    return then(page, lambda found: Listing(found, lambda: listing.count_cases(backend, tenant_id, filter_)))


def type_(root: Root, info: Info) -> Awaitable[CaseType | None]:
    """The kind of case."""
    return info.context.load(lookups.case_types_by_id, root.type_id)


def account(root: Root, info: Info) -> Awaitable[Account | None]:
    """The account the case was opened for."""
    return info.context.load(lookups.accounts_by_id, root.account_id)


def contact(root: Root, info: Info) -> Awaitable[Contact | None]:
    """The contact the case was opened for."""
    return info.context.load(lookups.contacts_by_id, root.contact_id)


def assignee(root: Root, info: Info) -> Awaitable[User | None]:
    """Who works on the case."""
    return info.context.load(lookups.users_by_id, root.assignee_id)


def leads(root: Root, info: Info) -> Awaitable[tuple[Lead, ...]]:
    """The leads of the case."""
    return info.context.load(lookups.leads_by_case, root.id)
