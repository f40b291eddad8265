"""Everything that can be done. Each mutation has one input, and answers with the changed records or with problems."""

from typing import Annotated, Any, Protocol

import strawberry

from resolvers.context import Info
from resolvers.mutations import Outcome, Service, perform
from schema.fields import resolve
from schema.inputs.candidates import DismissMatchInput, RestoreMatchInput
from schema.inputs.choices import AttachToCaseInput, ChooseAccountInput, ChooseContactInput, CreateCaseInput
from schema.inputs.given import Optional, value
from schema.inputs.matching_settings import SaveMatchingSettingsInput
from schema.inputs.mutations import (
    AcceptLeadInput,
    CloseCaseInput,
    CreateAccountInput,
    CreateContactInput,
    CreateLeadInput,
    HandOverAcceptanceInput,
    RejectLeadInput,
    ReopenLeadInput,
    UpdateAccountInput,
    UpdateContactInput,
    UpdateLeadInput,
)
from schema.payloads import (
    AcceptLeadPayload,
    AttachToCasePayload,
    ChooseAccountPayload,
    ChooseContactPayload,
    CloseCasePayload,
    CreateAccountPayload,
    CreateCasePayload,
    CreateContactPayload,
    CreateLeadPayload,
    DismissMatchPayload,
    HandOverAcceptancePayload,
    RejectLeadPayload,
    ReopenLeadPayload,
    RestoreMatchPayload,
    SaveMatchingSettingsPayload,
    UpdateAccountPayload,
    UpdateContactPayload,
    UpdateLeadPayload,
)
from services import accounts, cases, contacts, intake, matching_settings
from services.acceptance import accepting, choosing, committing, dismissing


class Input(Protocol):
    """What every input of a mutation can do."""

    idempotency_key: Optional[str]

    def command(self) -> object:
        """What the service is told."""


def run(service: Service, input_type: type[Input], description: str) -> Any:  # noqa: ANN401
    """The field of a mutation: its input becomes the service's command."""

    async def run_service(info: Info, input: Input) -> Outcome:  # noqa: A002
        return await perform(info.context, service, input.command, value(input.idempotency_key))

    told = strawberry.argument(description="What to do, and to which object.")
    run_service.__annotations__["input"] = Annotated[input_type, told]
    return resolve(run_service, description)


@strawberry.type(description="Everything that can be done. Mutations of one document run one after the other.")
class Mutation:
    """See the description."""

    create_lead: CreateLeadPayload = run(intake.create_lead, CreateLeadInput, "Take a new lead in.")
    update_lead: UpdateLeadPayload = run(
        intake.update_lead, UpdateLeadInput, "Correct a lead that nobody has decided about yet."
    )
    accept_lead: AcceptLeadPayload = run(
        accepting.accept_lead,
        AcceptLeadInput,
        "Accept a lead: step one, and final. Exactly one user wins; the acceptance is then in this user's hands.",
    )
    reject_lead: RejectLeadPayload = run(
        accepting.reject_lead,
        RejectLeadInput,
        "Reject a lead that is not accepted, with a reason and a comment if you like.",
    )
    reopen_lead: ReopenLeadPayload = run(
        accepting.reopen_lead, ReopenLeadInput, "Make a rejected or expired lead new again. For managers."
    )
    choose_account: ChooseAccountPayload = run(
        choosing.choose_account,
        ChooseAccountInput,
        "Stage the decision about the account: an existing one with its fields, a new one, or the rules' choice.",
    )
    choose_contact: ChooseContactPayload = run(
        choosing.choose_contact,
        ChooseContactInput,
        "Stage the decision about the contact: an existing one with its fields, a new one, or the rules' choice.",
    )
    dismiss_match: DismissMatchPayload = run(
        dismissing.dismiss_match,
        DismissMatchInput,
        "Say that the lead is not this record: it is proposed again only when an identifying field of either changes.",
    )
    restore_match: RestoreMatchPayload = run(
        dismissing.restore_match, RestoreMatchInput, "Take back that the lead is not this record: undoes dismissMatch."
    )
    create_case: CreateCasePayload = run(
        committing.create_case,
        CreateCaseInput,
        "Commit the acceptance with a new case: everything that was decided is written at once, or nothing.",
    )
    attach_to_case: AttachToCasePayload = run(
        committing.attach_to_case,
        AttachToCaseInput,
        "Commit the acceptance with an open case of the contact: everything is written at once, or nothing.",
    )
    hand_over_acceptance: HandOverAcceptancePayload = run(
        accepting.hand_over_acceptance,
        HandOverAcceptanceInput,
        "Give an unfinished acceptance, with everything decided so far, to another user. For managers.",
    )
    create_account: CreateAccountPayload = run(
        accounts.create_account, CreateAccountInput, "Create an account, whatever is similar to it."
    )
    update_account: UpdateAccountPayload = run(accounts.update_account, UpdateAccountInput, "Change an account.")
    create_contact: CreateContactPayload = run(
        contacts.create_contact, CreateContactInput, "Create a contact, whoever is similar to it."
    )
    update_contact: UpdateContactPayload = run(
        contacts.update_contact, UpdateContactInput, "Change a contact, or move it to another account."
    )
    close_case: CloseCasePayload = run(cases.close_case, CloseCaseInput, "Close an open case as won or lost.")
    save_matching_settings: SaveMatchingSettingsPayload = run(
        matching_settings.save_matching_settings,
        SaveMatchingSettingsInput,
        "Change how the tenant's leads are matched, from the next look-up on. For administrators.",
    )
