"""Leads."""

from datetime import date, datetime

import strawberry

import resolvers.acceptance
import resolvers.dismissals
import resolvers.history
import resolvers.leads
import resolvers.matches
from domain import records
from schema.connections import Connection
from schema.fields import resolve
from schema.kinds import shows
from schema.node import Node
from schema.refs import (
    AcceptanceRef,
    AccountMatchesRef,
    AccountRef,
    CaseRef,
    ContactMatchesRef,
    ContactRef,
    DismissedMatchRef,
    HistoryEntryRef,
    LeadTypeRef,
    RejectReasonRef,
    UserRef,
)
from schema.values import EmailAddress, PhoneNumber, PostalAddress


@strawberry.type(description="The company details of a lead, as given.")
class Company:
    """See the description."""

    name: str | None = strawberry.field(description="The company's name.")
    legal_form: str | None = strawberry.field(description="The legal form, where it was given apart from the name.")
    vat_id: str | None = strawberry.field(description="The VAT identification number.")
    website: str | None = strawberry.field(description="The website.")


@strawberry.type(description="The personal details of a lead, as given.")
class Person:
    """See the description."""

    salutation: str | None = strawberry.field(description="How the person is addressed, such as Frau or Mr.")
    title: str | None = strawberry.field(description="The academic title.")
    first_name: str | None = strawberry.field(description="The first name or names.")
    last_name: str | None = strawberry.field(description="The last name.")
    birth_date: date | None = strawberry.field(description="The date of birth.")


@strawberry.type(description="The records that a lead was joined to by the commit of its acceptance.")
class LeadResult:
    """See the description."""

    account: AccountRef | None = resolve(resolvers.leads.account, "The account, found or created.")
    contact: ContactRef | None = resolve(resolvers.leads.contact, "The contact, found or created.")
    case: CaseRef | None = resolve(resolvers.leads.case, "The case, opened or joined.")


@strawberry.type(description="Somebody's interest as it came in from outside, and what became of it.")
class Lead(Node):
    """See the description."""

    is_type_of = shows(records.Lead)
    type_: LeadTypeRef = resolve(resolvers.leads.type_, "The kind of lead.", name="type")
    status: records.LeadStatus = resolve(resolvers.leads.status, "Where the lead stands at this moment.")
    version: int = strawberry.field(description="Counts the changes of the lead; to be given as `expectedVersion`.")
    source: str | None = strawberry.field(description="Where the lead came from, such as a form or a portal.")
    external_id: str | None = strawberry.field(description="The lead's id at its source.")
    received_at: datetime = strawberry.field(description="When the lead was received.")
    expires_at: datetime | None = strawberry.field(description="When the lead expires if nobody has decided by then.")
    subject: str | None = strawberry.field(description="What it is about, in one line.")
    message: str | None = strawberry.field(description="What the person wrote.")
    interest: str | None = strawberry.field(description="The product or vehicle that the person is interested in.")
    assignee_suggestion: UserRef | None = resolve(
        resolvers.leads.assignee_suggestion, "The user whom the source suggests as assignee."
    )
    company: Company = strawberry.field(description="The company details, as given.")
    person: Person = strawberry.field(description="The personal details, as given.")
    emails: list[EmailAddress] = strawberry.field(description="The e-mail addresses, as given.")
    phones: list[PhoneNumber] = strawberry.field(description="The phone numbers, as given.")
    address: PostalAddress | None = strawberry.field(description="The postal address, as given.")
    accepted_by: UserRef | None = resolve(resolvers.leads.accepted_by, "The user who accepted the lead.")
    accepted_at: datetime | None = strawberry.field(description="When the lead was accepted.")
    rejected_by: UserRef | None = resolve(resolvers.leads.rejected_by, "The user who rejected the lead.")
    rejected_at: datetime | None = strawberry.field(description="When the lead was rejected.")
    reject_reason: RejectReasonRef | None = resolve(
        resolvers.leads.reject_reason, "Why the lead was rejected, from the tenant's list."
    )
    reject_comment: str | None = strawberry.field(description="Why the lead was rejected, in the user's own words.")
    account_matches: AccountMatchesRef = resolve(
        resolvers.matches.account_matches,
        "The accounts that the lead may belong to, looked up among all accounts of the tenant.",
    )
    contact_matches: ContactMatchesRef = resolve(
        resolvers.matches.contact_matches,
        "The contacts that the lead may belong to, looked up among the contacts of all accounts.",
    )
    dismissed_matches: list[DismissedMatchRef] = resolve(
        resolvers.dismissals.dismissed_matches,
        "The accounts and contacts that are not proposed because a user said that the lead is none of them.",
    )
    acceptance: AcceptanceRef = resolve(
        resolvers.acceptance.acceptance,
        "The acceptance; before the lead is accepted, a preview of what accepting would ask and write.",
    )
    result: LeadResult | None = resolve(
        resolvers.leads.result, "What the lead was joined to; null until the acceptance is committed."
    )
    history: Connection[HistoryEntryRef] = resolve(
        resolvers.history.history, "What happened to the lead and because of it, the oldest first."
    )
