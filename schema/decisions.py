"""What is left to decide at an acceptance, with the options."""

import strawberry

import resolvers.acceptance
from domain import acceptance
from domain.acceptance import StepKind
from resolvers.acceptance import decides
from schema.diffs import AccountFieldDiff, ContactFieldDiff
from schema.fields import resolve
from schema.kinds import shows_if
from schema.matches import AccountMatches, ContactMatches
from schema.refs import AccountRef, CaseRef, CaseTypeRef, ContactRef, UserRef


@strawberry.interface(description="Something that a user has to decide before the acceptance can be committed.")
class RemainingDecision:
    """See the description."""

    step: StepKind = resolve(resolvers.acceptance.decision_step, "The step that waits for the decision.")


@strawberry.type(description="Whether to accept the lead at all: `acceptLead` or `rejectLead`.")
class AcceptLeadDecision(RemainingDecision):
    """See the description."""

    is_type_of = shows_if(decides(acceptance.AcceptLead))


@strawberry.type(description="Which account the lead belongs to: one of the candidates, any other, or a new one.")
class ChooseAccountDecision(RemainingDecision):
    """See the description."""

    is_type_of = shows_if(decides(acceptance.ChooseRecord, StepKind.ACCOUNT))
    matches: AccountMatches = resolve(resolvers.acceptance.decision_matches, "The candidates, best first.")


@strawberry.type(description="Which contact the lead belongs to: one of the candidates, any other, or a new one.")
class ChooseContactDecision(RemainingDecision):
    """See the description."""

    is_type_of = shows_if(decides(acceptance.ChooseRecord, StepKind.CONTACT))
    matches: ContactMatches = resolve(resolvers.acceptance.decision_matches, "The candidates, best first.")


@strawberry.type(description="Which values of the chosen account stay: `chooseAccount` again, with `fields`.")
class DecideAccountFieldsDecision(RemainingDecision):
    """See the description."""

    is_type_of = shows_if(decides(acceptance.DecideFields, StepKind.ACCOUNT))
    account: AccountRef | None = resolve(
        resolvers.acceptance.decided_account, "The chosen account; null if it is gone."
    )
    diffs: list[AccountFieldDiff] = resolve(resolvers.acceptance.decision_diffs, "The fields that are to be decided.")


@strawberry.type(description="Which values of the chosen contact stay: `chooseContact` again, with `fields`.")
class DecideContactFieldsDecision(RemainingDecision):
    """See the description."""

    is_type_of = shows_if(decides(acceptance.DecideFields, StepKind.CONTACT))
    contact: ContactRef | None = resolve(
        resolvers.acceptance.decided_contact, "The chosen contact; null if it is gone."
    )
    diffs: list[ContactFieldDiff] = resolve(resolvers.acceptance.decision_diffs, "The fields that are to be decided.")


@strawberry.type(description="What to do about a contact of another account: `chooseContact` again, with `placement`.")
class PlaceContactDecision(RemainingDecision):
    """See the description."""

    is_type_of = shows_if(decides(acceptance.PlaceContact))
    contact: ContactRef | None = resolve(resolvers.acceptance.placed_contact, "The chosen contact; null if it is gone.")
    current_account: AccountRef | None = resolve(
        resolvers.acceptance.current_account, "The account that the contact belongs to now."
    )
    chosen_account: AccountRef | None = resolve(
        resolvers.acceptance.chosen_account, "The account that was chosen for the lead; null for a new one."
    )


@strawberry.type(description="Which case the lead opens or joins: `createCase` or `attachToCase`, which commit.")
class ChooseCaseDecision(RemainingDecision):
    """See the description."""

    is_type_of = shows_if(decides(acceptance.ChooseCase))
    case_types: list[CaseTypeRef] = resolve(resolvers.acceptance.case_types, "The types that a new case may have.")
    default_case_type: CaseTypeRef | None = resolve(
        resolvers.acceptance.default_case_type,
        "The type a new case gets if none is named; null where several are allowed.",
    )
    default_assignee: UserRef | None = resolve(
        resolvers.acceptance.default_assignee, "The user who gets a new case if nobody is named."
    )
    open_cases: list[CaseRef] = resolve(
        resolvers.acceptance.open_cases,
        "The open cases of the chosen contact, any of which the lead may be attached to.",
    )


DECISIONS = (
    AcceptLeadDecision,
    ChooseAccountDecision,
    ChooseContactDecision,
    DecideAccountFieldsDecision,
    DecideContactFieldsDecision,
    PlaceContactDecision,
    ChooseCaseDecision,
)
