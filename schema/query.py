"""Everything that can be read."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry

import resolvers.accounts
import resolvers.explanations
import resolvers.matching_settings
import resolvers.nodes
import resolvers.reference
import resolvers.users
import resolvers.viewer
from domain.filters import CaseFilter, ContactFilter, LeadFilter, LeadOrder
from domain.records import Case, Contact, Lead
from resolvers.arguments import NOT_GIVEN, After, Before, First, Last, page_arguments, search_text
from resolvers.cases import list_cases
from resolvers.contacts import list_contacts
from resolvers.context import Info
from resolvers.leads import list_leads
from resolvers.matching_settings import PreviewAnswer, perform_preview
from resolvers.pages import Listing
from schema.connections import Connection
from schema.explanations import MatchExplanation
from schema.fields import resolve
from schema.inputs.filters import CaseFilterInput, ContactFilterInput, LeadFilterInput
from schema.inputs.given import value
from schema.inputs.matching_settings import PreviewMatchingSettingsInput
from schema.matching_settings import PreviewMatchingSettingsAnswer
from schema.node import Node
from schema.refs import (
    AccountRef,
    CaseRef,
    CaseTypeRef,
    ContactRef,
    LeadRef,
    LeadTypeRef,
    MatchingSettingsRef,
    RejectReasonRef,
    UserRef,
)
from schema.viewer import Viewer

OrderBy = Annotated[LeadOrder, strawberry.argument(description="The order of the list.")]
LeadsFilter = Annotated[LeadFilterInput | None, strawberry.argument(description="Which leads to list.")]
ContactsFilter = Annotated[ContactFilterInput | None, strawberry.argument(description="Which contacts to list.")]
CasesFilter = Annotated[CaseFilterInput | None, strawberry.argument(description="Which cases to list.")]


def leads(
    info: Info,
    filter: LeadsFilter = NOT_GIVEN,  # noqa: A002
    order_by: OrderBy = LeadOrder.NEWEST_FIRST,
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Lead]]:
    """One page of the tenant's leads."""
    conditions = filter.conditions() if filter else LeadFilter()
    search = search_text(value(filter.search) if filter else None)
    return list_leads(info.context, conditions, order_by, search, page_arguments(first, after, last, before))


def contacts(
    info: Info,
    filter: ContactsFilter = NOT_GIVEN,  # noqa: A002
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Contact]]:
    """One page of the tenant's contacts."""
    conditions = filter.conditions() if filter else ContactFilter()
    search = search_text(value(filter.search) if filter else None)
    return list_contacts(info.context, conditions, search, page_arguments(first, after, last, before))


def cases(
    info: Info,
    filter: CasesFilter = NOT_GIVEN,  # noqa: A002
    first: First = NOT_GIVEN,
    after: After = NOT_GIVEN,
    last: Last = NOT_GIVEN,
    before: Before = NOT_GIVEN,
) -> Awaitable[Listing[Case]]:
    """One page of the tenant's cases."""
    conditions = filter.conditions() if filter else CaseFilter()
    return list_cases(info.context, conditions, page_arguments(first, after, last, before))


PreviewInput = Annotated[
    PreviewMatchingSettingsInput, strawberry.argument(description="Which settings to try out, and on which leads.")
]


def preview_matching_settings(info: Info, input: PreviewInput) -> Awaitable[PreviewAnswer]:  # noqa: A002
    """What other settings would change."""
    return perform_preview(info.context, input.command())


@strawberry.type(description="Everything that can be read. All of it belongs to the tenant of the user who asks.")
class Query:
    """See the description."""

    viewer: Viewer = resolve(resolvers.viewer.viewer, "The user behind the request, and what waits for them.")
    node: Node | None = resolve(
        resolvers.nodes.node, "Anything by its global id; null if the tenant has nothing with this id."
    )
    nodes: list[Node | None] = resolve(
        resolvers.nodes.nodes,
        "Several things by their global ids, in this order, with null where the tenant has nothing.",
    )
    lead: LeadRef | None = resolve(resolvers.nodes.lead, "The lead with this id, or null.")
    leads: Connection[LeadRef] = resolve(leads, "The leads; without a filter, all but the expired ones.")
    account: AccountRef | None = resolve(resolvers.nodes.account, "The account with this id, or null.")
    accounts: Connection[AccountRef] = resolve(resolvers.accounts.accounts, "The accounts, by name.")
    contact: ContactRef | None = resolve(resolvers.nodes.contact, "The contact with this id, or null.")
    contacts: Connection[ContactRef] = resolve(contacts, "The contacts, by last name.")
    case: CaseRef | None = resolve(resolvers.nodes.case, "The case with this id, or null.")
    cases: Connection[CaseRef] = resolve(cases, "The cases, the newest first.")
    lead_types: list[LeadTypeRef] = resolve(resolvers.reference.lead_types, "All lead types of the tenant, by name.")
    case_types: list[CaseTypeRef] = resolve(resolvers.reference.case_types, "All case types of the tenant, by name.")
    reject_reasons: list[RejectReasonRef] = resolve(
        resolvers.reference.reject_reasons, "All of the tenant's reasons for rejecting a lead, by name."
    )
    users: Connection[UserRef] = resolve(resolvers.users.users, "The people who work for the tenant.")
    matching_settings: MatchingSettingsRef | None = resolve(
        resolvers.matching_settings.matching_settings, "How the tenant's leads are matched."
    )
    preview_matching_settings: PreviewMatchingSettingsAnswer = resolve(
        preview_matching_settings,
        "What other matching settings would change for recent leads; nothing is written. For administrators.",
    )
    explain_match: MatchExplanation | None = resolve(
        resolvers.explanations.explanation,
        "Why an account or contact is, or is not, among what a lead may belong to; null if the tenant lacks either.",
    )
