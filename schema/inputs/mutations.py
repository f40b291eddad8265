"""The inputs of the mutations outside of an acceptance's decisions: what they select, and the change."""

from datetime import datetime

import strawberry

from domain import records
from schema.inputs.given import Optional, moment, optional, optional_id, record_id, required, value
from schema.inputs.records import (
    AccountDraftInput,
    AccountPatchInput,
    ContactDraftInput,
    ContactPatchInput,
    LeadDraftInput,
    LeadPatchInput,
)
from services.acceptance.accepting import AcceptLeadCommand, HandOverCommand, RejectLeadCommand, ReopenLeadCommand
from services.accounts import CreateAccount, UpdateAccount
from services.cases import CloseCase
from services.contacts import CreateContact, UpdateContact
from services.intake import CreateLead, UpdateLead

KEY = (
    "A text of your own, up to 200 characters: sent again within 48 hours, the mutation has one effect and one answer."
)
VERSION = "The version that was read; if it has changed since, nothing is done. Left out: whatever the version is."
ACCEPTANCE_VERSION = (
    "The version of the acceptance that was read; if it has changed since, nothing is done. Left out: any."
)


@strawberry.input(description="What to take in.")
class CreateLeadInput:
    """See the description."""

    lead: LeadDraftInput = required("The new lead.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> CreateLead:
        """What the service is told."""
        return CreateLead(lead=self.lead.draft())


@strawberry.input(description="Which lead to correct, and how.")
class UpdateLeadInput:
    """See the description."""

    lead_id: strawberry.ID = required("The lead, which has to be NEW.")
    expected_version: Optional[int] = optional(VERSION)
    lead: LeadPatchInput = required("What changes.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> UpdateLead:
        """What the service is told."""
        return UpdateLead(
            lead_id=record_id(records.Lead, self.lead_id),
            lead=self.lead.patch(),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="Which lead to accept.")
class AcceptLeadInput:
    """See the description."""

    lead_id: strawberry.ID = required("The lead, which has to be NEW.")
    expected_version: Optional[int] = optional(VERSION)
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> AcceptLeadCommand:
        """What the service is told."""
        return AcceptLeadCommand(
            lead_id=record_id(records.Lead, self.lead_id), expected_version=value(self.expected_version)
        )


@strawberry.input(description="Which lead to reject, and why.")
class RejectLeadInput:
    """See the description."""

    lead_id: strawberry.ID = required("The lead, which has to be NEW.")
    expected_version: Optional[int] = optional(VERSION)
    reason_id: Optional[strawberry.ID] = optional("A reason from the tenant's list.")
    comment: Optional[str] = optional("The reason in your own words.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> RejectLeadCommand:
        """What the service is told."""
        return RejectLeadCommand(
            lead_id=record_id(records.Lead, self.lead_id),
            reason_id=optional_id(records.RejectReason, value(self.reason_id)),
            comment=value(self.comment),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="Which lead to make new again.")
class ReopenLeadInput:
    """See the description."""

    lead_id: strawberry.ID = required("The lead, which has to be REJECTED or EXPIRED.")
    expected_version: Optional[int] = optional(VERSION)
    expires_at: Optional[datetime] = optional("When it expires now; never, if left out.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> ReopenLeadCommand:
        """What the service is told."""
        return ReopenLeadCommand(
            lead_id=record_id(records.Lead, self.lead_id),
            expires_at=moment(value(self.expires_at), "expiresAt"),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="Which acceptance to give to whom.")
class HandOverAcceptanceInput:
    """See the description."""

    lead_id: strawberry.ID = required("The lead, which has to be ACCEPTED.")
    expected_version: Optional[int] = optional(ACCEPTANCE_VERSION)
    user_id: strawberry.ID = required("The active user who goes on with it.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> HandOverCommand:
        """What the service is told."""
        return HandOverCommand(
            lead_id=record_id(records.Lead, self.lead_id),
            user_id=record_id(records.User, self.user_id),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="The account to create, whatever is similar to it.")
class CreateAccountInput:
    """See the description."""

    account: AccountDraftInput = required("The new account.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> CreateAccount:
        """What the service is told."""
        return CreateAccount(account=self.account.draft())


@strawberry.input(description="Which account to change, and how.")
class UpdateAccountInput:
    """See the description."""

    account_id: strawberry.ID = required("The account; the private customers' one never changes.")
    expected_version: Optional[int] = optional(VERSION)
    account: AccountPatchInput = required("What changes.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> UpdateAccount:
        """What the service is told."""
        return UpdateAccount(
            account_id=record_id(records.Account, self.account_id),
            account=self.account.patch(),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="The contact to create, whoever is similar to it.")
class CreateContactInput:
    """See the description."""

    contact: ContactDraftInput = required("The new contact.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> CreateContact:
        """What the service is told."""
        return CreateContact(contact=self.contact.draft())


@strawberry.input(description="Which contact to change, and how.")
class UpdateContactInput:
    """See the description."""

    contact_id: strawberry.ID = required("The contact.")
    expected_version: Optional[int] = optional(VERSION)
    contact: ContactPatchInput = required("What changes.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> UpdateContact:
        """What the service is told."""
        return UpdateContact(
            contact_id=record_id(records.Contact, self.contact_id),
            contact=self.contact.patch(),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="Which case to close, and with what success.")
class CloseCaseInput:
    """See the description."""

    case_id: strawberry.ID = required("The case, which has to be OPEN.")
    expected_version: Optional[int] = optional(VERSION)
    status: records.CaseStatus = required("WON or LOST.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> CloseCase:
        """What the service is told."""
        return CloseCase(
            case_id=record_id(records.Case, self.case_id),
            status=self.status,
            expected_version=value(self.expected_version),
        )
