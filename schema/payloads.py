"""What mutations answer with: the records as they are now, or why nothing was done."""

import strawberry

import resolvers.mutations
from schema.error_unions import (
    AcceptLeadError,
    AttachToCaseError,
    ChooseAccountError,
    ChooseContactError,
    CloseCaseError,
    CreateAccountError,
    CreateCaseError,
    CreateContactError,
    CreateLeadError,
    DismissMatchError,
    HandOverAcceptanceError,
    RejectLeadError,
    ReopenLeadError,
    RestoreMatchError,
    SaveMatchingSettingsError,
    UpdateAccountError,
    UpdateContactError,
    UpdateLeadError,
)
from schema.fields import resolve
from schema.refs import AccountRef, CaseRef, ContactRef, LeadRef, MatchingSettingsRef

_ERRORS = "Why nothing was done; empty if it was."


@strawberry.type(description="A lead that was written.")
class WrittenLead:
    """What payloads with a lead share; not a type of the schema."""

    lead: LeadRef | None = resolve(resolvers.mutations.lead, "The lead as it is now; null if nothing was done.")


@strawberry.type(description="A account that was written.")
class WrittenAccount:
    """What payloads with a account share; not a type of the schema."""

    account: AccountRef | None = resolve(
        resolvers.mutations.account, "The account as it is now; null if nothing was done."
    )


@strawberry.type(description="A contact that was written.")
class WrittenContact:
    """What payloads with a contact share; not a type of the schema."""

    contact: ContactRef | None = resolve(
        resolvers.mutations.contact, "The contact as it is now; null if nothing was done."
    )


@strawberry.type(description="A case that was written.")
class WrittenCase:
    """What payloads with a case share; not a type of the schema."""

    case: CaseRef | None = resolve(resolvers.mutations.case, "The case as it is now; null if nothing was done.")


@strawberry.type(description="What a commit wrote.")
class WrittenCommit(WrittenLead, WrittenAccount, WrittenContact, WrittenCase):
    """What the payloads of the two commits share; not a type of the schema."""


@strawberry.type(description="What was said about a pair.")
class WrittenPair(WrittenLead, WrittenAccount, WrittenContact):
    """What the payloads about a lead and a candidate share; not a type of the schema."""

    account: AccountRef | None = resolve(
        resolvers.mutations.account, "The account as it is now; null if it was about a contact, or nothing was done."
    )
    contact: ContactRef | None = resolve(
        resolvers.mutations.contact, "The contact as it is now; null if it was about an account, or nothing was done."
    )


@strawberry.type(description="What came of taking in a lead.")
class CreateLeadPayload(WrittenLead):
    """See the description."""

    errors: list[CreateLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of correcting a lead.")
class UpdateLeadPayload(WrittenLead):
    """See the description."""

    errors: list[UpdateLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of accepting a lead.")
class AcceptLeadPayload(WrittenLead):
    """See the description."""

    errors: list[AcceptLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of rejecting a lead.")
class RejectLeadPayload(WrittenLead):
    """See the description."""

    errors: list[RejectLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of reopening a lead.")
class ReopenLeadPayload(WrittenLead):
    """See the description."""

    errors: list[ReopenLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of choosing the account.")
class ChooseAccountPayload(WrittenLead):
    """See the description."""

    errors: list[ChooseAccountError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of choosing the contact.")
class ChooseContactPayload(WrittenLead):
    """See the description."""

    errors: list[ChooseContactError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of dismissing a candidate.")
class DismissMatchPayload(WrittenPair):
    """See the description."""

    errors: list[DismissMatchError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of restoring a candidate.")
class RestoreMatchPayload(WrittenPair):
    """See the description."""

    errors: list[RestoreMatchError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of committing with a new case.")
class CreateCasePayload(WrittenCommit):
    """See the description."""

    errors: list[CreateCaseError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of committing with an open case.")
class AttachToCasePayload(WrittenCommit):
    """See the description."""

    errors: list[AttachToCaseError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of handing an acceptance over.")
class HandOverAcceptancePayload(WrittenLead):
    """See the description."""

    errors: list[HandOverAcceptanceError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of creating an account.")
class CreateAccountPayload(WrittenAccount):
    """See the description."""

    errors: list[CreateAccountError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of changing an account.")
class UpdateAccountPayload(WrittenAccount):
    """See the description."""

    errors: list[UpdateAccountError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of creating a contact.")
class CreateContactPayload(WrittenContact):
    """See the description."""

    errors: list[CreateContactError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of changing a contact.")
class UpdateContactPayload(WrittenContact):
    """See the description."""

    errors: list[UpdateContactError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of closing a case.")
class CloseCasePayload(WrittenCase):
    """See the description."""

    errors: list[CloseCaseError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What came of changing the matching settings.")
class SaveMatchingSettingsPayload:
    """See the description."""

    settings: MatchingSettingsRef | None = resolve(
        resolvers.mutations.matching_settings, "The settings as they are now; null if nothing was done."
    )
    errors: list[SaveMatchingSettingsError] = strawberry.field(description=_ERRORS)
