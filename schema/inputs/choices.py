"""The inputs of an acceptance's decisions, and of its commit."""

from collections.abc import Sequence

import strawberry

from domain import records
from domain.acceptance import ContactPlacement
from domain.fields import AccountField, ContactField, FieldDecision, Take
from domain.problems import FieldFault, InvalidField, Refused
from resolvers.global_ids import decode
from schema.inputs.given import UNKNOWN_ID, Optional, optional, optional_id, record_id, required, value
from schema.inputs.mutations import ACCEPTANCE_VERSION, KEY
from schema.inputs.values import FieldValueInput
from services.acceptance.choosing import (
    ChooseAccountCommand,
    ChooseContactCommand,
    CreateRecord,
    LetRulesChoose,
    PickRecord,
    RecordChoice,
)
from services.acceptance.planning import AttachToCaseCommand, CreateCaseCommand

_TAKE = "The side whose value is kept; for a new record only LEAD."
_PRIMARY = "For BOTH: whose primary entry stays primary. EXISTING, if left out."
_VALUE = "A value of the user's own, instead of `take`."
_RECORD_VERSION = (
    "The `version` of the chosen record that its fields were decided on; if it has changed since, the answer is a "
    "RecordChangedError. Left out: whichever there is now."
)
_LEAD = "The lead, which has to be ACCEPTED and in the user's own hands."


@strawberry.input(description="What is decided about one field of the account: either `take` or `value`.")
class AccountFieldDecisionInput:
    """See the description."""

    field: AccountField = required("The field.")
    take: Optional[Take] = optional(_TAKE)
    primary: Optional[Take] = optional(_PRIMARY)
    value: Optional[FieldValueInput] = optional(_VALUE)


@strawberry.input(description="What is decided about one field of the contact: either `take` or `value`.")
class ContactFieldDecisionInput:
    """See the description."""

    field: ContactField = required("The field.")
    take: Optional[Take] = optional(_TAKE)
    primary: Optional[Take] = optional(_PRIMARY)
    value: Optional[FieldValueInput] = optional(_VALUE)


def _decisions(
    inputs: Sequence[AccountFieldDecisionInput | ContactFieldDecisionInput] | None,
) -> tuple[FieldDecision, ...]:
    return tuple(_decision(each) for each in inputs or ())


def _decision(given: AccountFieldDecisionInput | ContactFieldDecisionInput) -> FieldDecision:
    own = value(given.value)
    return FieldDecision(
        field=given.field,
        take=value(given.take),
        value=None if own is None else own.field_value(),
        primary=value(given.primary) or Take.EXISTING,
    )


@strawberry.input(one_of=True, description="Which account: exactly one of these.")
class AccountChoiceInput:
    """See the description."""

    account_id: strawberry.Maybe[strawberry.ID] = optional("This account, proposed or not.")
    create_new: strawberry.Maybe[bool] = optional("A new one, although there may be similar ones; to be given as true.")
    automatic: strawberry.Maybe[bool] = optional("Whatever the rules choose, as before; to be given as true.")

    def choice(self) -> RecordChoice:
        """The choice as given."""
        picked = value(self.account_id)
        return _choice(optional_id(records.Account, picked), value(self.create_new), value(self.automatic))


@strawberry.input(one_of=True, description="Which contact: exactly one of these.")
class ContactChoiceInput:
    """See the description."""

    contact_id: strawberry.Maybe[strawberry.ID] = optional("This contact, proposed or not.")
    create_new: strawberry.Maybe[bool] = optional("A new one, although there may be similar ones; to be given as true.")
    automatic: strawberry.Maybe[bool] = optional("Whatever the rules choose, as before; to be given as true.")

    def choice(self) -> RecordChoice:
        """The choice as given."""
        picked = value(self.contact_id)
        return _choice(optional_id(records.Contact, picked), value(self.create_new), value(self.automatic))


def _choice(picked: int | None, is_new: bool | None, is_automatic: bool | None) -> RecordChoice:  # noqa: FBT001
    if picked is not None:
        return PickRecord(picked)
    if is_new:
        return CreateRecord()
    if is_automatic:
        return LetRulesChoose()
    name = "createNew" if is_new is not None else "automatic"
    raise Refused(InvalidField(path=("input", "choice", name), fault=FieldFault.BAD_VALUE, detail="true"))


def _seen(global_ids: Sequence[strawberry.ID]) -> tuple[int, ...]:
    decoded = (decode(each) for each in global_ids)
    return tuple(UNKNOWN_ID if each is None else each[1] for each in decoded)


@strawberry.input(description="The whole decision about the account; it replaces the one before.")
class ChooseAccountInput:
    """See the description."""

    lead_id: strawberry.ID = required(_LEAD)
    expected_version: Optional[int] = optional(ACCEPTANCE_VERSION)
    choice: AccountChoiceInput = required("Which account.")
    fields: Optional[list[AccountFieldDecisionInput]] = optional("What is decided about its fields.")
    seen: Optional[list[strawberry.ID]] = optional("The candidates the user was shown; left out: those there are now.")
    record_version: Optional[int] = optional(_RECORD_VERSION)
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> ChooseAccountCommand:
        """What the service is told."""
        seen = value(self.seen)
        return ChooseAccountCommand(
            lead_id=record_id(records.Lead, self.lead_id),
            choice=self.choice.choice(),
            fields=_decisions(value(self.fields)),
            seen=None if seen is None else _seen(seen),
            record_version=value(self.record_version),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="The whole decision about the contact; it replaces the one before.")
class ChooseContactInput:
    """See the description."""

    lead_id: strawberry.ID = required(_LEAD)
    expected_version: Optional[int] = optional(ACCEPTANCE_VERSION)
    choice: ContactChoiceInput = required("Which contact.")
    placement: Optional[ContactPlacement] = optional("What to do if the contact belongs to another account.")
    fields: Optional[list[ContactFieldDecisionInput]] = optional("What is decided about its fields.")
    seen: Optional[list[strawberry.ID]] = optional("The candidates the user was shown; left out: those there are now.")
    record_version: Optional[int] = optional(_RECORD_VERSION)
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> ChooseContactCommand:
        """What the service is told."""
        seen = value(self.seen)
        return ChooseContactCommand(
            lead_id=record_id(records.Lead, self.lead_id),
            choice=self.choice.choice(),
            placement=value(self.placement),
            fields=_decisions(value(self.fields)),
            seen=None if seen is None else _seen(seen),
            record_version=value(self.record_version),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="How to commit an acceptance with a new case.")
class CreateCaseInput:
    """See the description."""

    lead_id: strawberry.ID = required(_LEAD)
    expected_version: Optional[int] = optional(ACCEPTANCE_VERSION)
    case_type_id: Optional[strawberry.ID] = optional("The type; may be left out where only one is allowed.")
    assignee_id: Optional[strawberry.ID] = optional("Who works on the case; the accepting user, if left out.")
    seen: Optional[list[strawberry.ID]] = optional(
        "Candidates that appeared since the decisions, and may be passed by."
    )
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> CreateCaseCommand:
        """What the service is told."""
        return CreateCaseCommand(
            lead_id=record_id(records.Lead, self.lead_id),
            case_type_id=optional_id(records.CaseType, value(self.case_type_id)),
            assignee_id=optional_id(records.User, value(self.assignee_id)),
            seen=_seen(value(self.seen) or ()),
            expected_version=value(self.expected_version),
        )


@strawberry.input(description="How to commit an acceptance with a case that is open already.")
class AttachToCaseInput:
    """See the description."""

    lead_id: strawberry.ID = required(_LEAD)
    expected_version: Optional[int] = optional(ACCEPTANCE_VERSION)
    case_id: strawberry.ID = required("The open case of the chosen contact.")
    seen: Optional[list[strawberry.ID]] = optional(
        "Candidates that appeared since the decisions, and may be passed by."
    )
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> AttachToCaseCommand:
        """What the service is told."""
        return AttachToCaseCommand(
            lead_id=record_id(records.Lead, self.lead_id),
            case_id=record_id(records.Case, self.case_id),
            seen=_seen(value(self.seen) or ()),
            expected_version=value(self.expected_version),
        )
