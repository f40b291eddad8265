"""What a client is told about an acceptance: its steps, what is left to decide, what the commit would write. Pure."""

from dataclasses import replace

from domain.acceptance import (
    AcceptanceState,
    AcceptanceStatus,
    AcceptLead,
    ChooseCase,
    ChooseRecord,
    DecidedBy,
    DecideFields,
    PlannedAction,
    PlannedChange,
    RemainingDecision,
    Step,
    StepKind,
    StepState,
)
from domain.fields import FieldChange
from domain.matches import Band
from domain.records import Account, CaseStatus, Contact, Lead, LeadStatus, RecordKind
from services.acceptance.choices import NEW_ID, AccountChoice, Choices, ContactChoice, ranked_for, settle
from services.acceptance.situation import Situation
from services.changes import changes_between


def describe(situation: Situation) -> AcceptanceState:
    """The state of the lead's acceptance, stored or previewed."""
    if situation.lead.stored_status is LeadStatus.CONVERTED:
        return _describe_committed(situation)
    choices = settle(situation)
    remaining = find_remaining(situation, choices)
    acceptance = situation.acceptance
    return AcceptanceState(
        tenant_id=situation.tenant.id,
        lead_id=situation.lead.id,
        status=AcceptanceStatus.PREVIEW if acceptance is None else AcceptanceStatus.OPEN,
        steps=_steps(situation, choices, remaining),
        remaining=remaining,
        planned=plan_changes(situation, choices),
        holder_id=None if acceptance is None else acceptance.user_id,
        opened_at=None if acceptance is None else acceptance.opened_at,
        version=None if acceptance is None else acceptance.version,
        account_id=_existing_id(choices.account),
        contact_id=_existing_id(choices.contact),
    )


def _existing_id(choice: AccountChoice | ContactChoice | None) -> int | None:
    return choice.before.id if choice and choice.before else None


def _describe_committed(situation: Situation) -> AcceptanceState:
    acceptance, lead = situation.acceptance, situation.lead
    if acceptance is None:
        message = f"lead {lead.id} is converted and has no acceptance"
        raise LookupError(message)
    decided = {
        StepKind.LEAD: DecidedBy.USER,
        StepKind.ACCOUNT: acceptance.account.decided_by if acceptance.account else DecidedBy.AUTO,
        StepKind.CONTACT: acceptance.contact.decided_by if acceptance.contact else DecidedBy.AUTO,
        StepKind.CASE: DecidedBy.USER,
    }
    bands = {
        StepKind.ACCOUNT: acceptance.account.band if acceptance.account else None,
        StepKind.CONTACT: acceptance.contact.band if acceptance.contact else None,
    }
    return AcceptanceState(
        tenant_id=situation.tenant.id,
        lead_id=lead.id,
        status=AcceptanceStatus.COMMITTED,
        steps=tuple(
            Step(kind=kind, state=StepState.DONE, decided_by=by, band=bands.get(kind)) for kind, by in decided.items()
        ),
        remaining=(),
        planned=(),
        holder_id=acceptance.user_id,
        opened_at=acceptance.opened_at,
        committed_at=acceptance.committed_at,
        version=acceptance.version,
        account_id=lead.account_id,
        contact_id=lead.contact_id,
    )


def find_remaining(situation: Situation, choices: Choices) -> tuple[RemainingDecision, ...]:
    """What is left to decide, in the order of the steps; the case is always the last."""
    account = _remaining_of_account(situation, choices.account)
    contact = _remaining_of_contact(situation, choices)
    lead = () if situation.acceptance is not None else (AcceptLead(),)
    return (*lead, *account, *contact, _remaining_case(situation, choices))


def _remaining_of_account(situation: Situation, choice: AccountChoice | None) -> tuple[RemainingDecision, ...]:
    if choice is None:
        return (ChooseRecord(step=StepKind.ACCOUNT, matches=situation.matches.accounts),)
    if choice.undecided and choice.before:
        return (DecideFields(step=StepKind.ACCOUNT, record_id=choice.before.id, diffs=choice.undecided),)
    return ()


def _remaining_of_contact(situation: Situation, choices: Choices) -> tuple[RemainingDecision, ...]:
    choice = choices.contact
    if choice is None:
        matches = ranked_for(situation.matches.contacts, _existing_id(choices.account))
        return (ChooseRecord(step=StepKind.CONTACT, matches=matches),)
    placing: tuple[RemainingDecision, ...] = (choice.placing,) if choice.placing else ()
    if choice.undecided and choice.before:
        fields = DecideFields(step=StepKind.CONTACT, record_id=choice.before.id, diffs=choice.undecided)
        return (*placing, fields)
    return placing


def _remaining_case(situation: Situation, choices: Choices) -> ChooseCase:
    types = situation.case_types
    contact = choices.contact.before if choices.contact else None
    open_cases = situation.open_cases.get(contact.id, ()) if contact else ()
    return ChooseCase(
        case_type_ids=tuple(each.id for each in types),
        default_case_type_id=types[0].id if len(types) == 1 else None,
        default_assignee_id=situation.user_id,
        open_case_ids=tuple(each.id for each in open_cases),
    )


def _steps(situation: Situation, choices: Choices, remaining: tuple[RemainingDecision, ...]) -> tuple[Step, ...]:
    open_steps = {each.step for each in remaining}
    is_open = situation.acceptance is not None
    lead = StepState.DONE if is_open else StepState.OPEN
    account = StepState.OPEN if StepKind.ACCOUNT in open_steps else StepState.DECIDED
    contact = StepState.OPEN if StepKind.CONTACT in open_steps else StepState.DECIDED
    if choices.account is None:
        contact = StepState.WAITING
    is_case_open = account is contact is StepState.DECIDED and is_open
    case = StepState.OPEN if is_case_open else StepState.WAITING
    account_by = _decider(account, choices.account)
    contact_by = _decider(contact, choices.contact)
    return (
        Step(kind=StepKind.LEAD, state=lead, decided_by=DecidedBy.USER if is_open else None),
        Step(kind=StepKind.ACCOUNT, state=account, decided_by=account_by, band=_band(choices.account)),
        Step(kind=StepKind.CONTACT, state=contact, decided_by=contact_by, band=_band(choices.contact)),
        Step(kind=StepKind.CASE, state=case),
    )


def _decider(state: StepState, choice: AccountChoice | ContactChoice | None) -> DecidedBy | None:
    return choice.decided_by if choice and state is StepState.DECIDED else None


def _band(choice: AccountChoice | ContactChoice | None) -> Band | None:
    return choice.band if choice and choice.decided_by is DecidedBy.AUTO else None


def plan_changes(situation: Situation, choices: Choices) -> tuple[PlannedChange, ...]:
    """What the commit would write, as far as it is settled; the case with what it has for defaults."""
    planned: list[PlannedChange] = []
    if choices.account:
        planned += _plan(RecordKind.ACCOUNT, choices.account.before, choices.account.after)
    if choices.contact:
        planned += _plan(RecordKind.CONTACT, choices.contact.before, choices.contact.after)
    if choices.account and choices.contact:
        planned += _plan_case_and_lead(situation, choices.account, choices.contact)
    return tuple(planned)


def _plan(
    kind: RecordKind, before: Account | Contact | Lead | None, after: Account | Contact | Lead
) -> list[PlannedChange]:
    changes = tuple(replace(each, new=None) if each.new == NEW_ID else each for each in changes_between(before, after))
    if before is None:
        return [PlannedChange(action=PlannedAction.CREATE, kind=kind, record_id=None, changes=changes)]
    if changes:
        return [PlannedChange(action=PlannedAction.UPDATE, kind=kind, record_id=before.id, changes=changes)]
    return []


def _plan_case_and_lead(situation: Situation, account: AccountChoice, contact: ContactChoice) -> list[PlannedChange]:
    types, lead = situation.case_types, situation.lead
    account_id = account.before.id if account.before else None
    contact_id = contact.before.id if contact.before else None
    case = {
        "type_id": types[0].id if len(types) == 1 else None,
        "account_id": account_id,
        "contact_id": contact_id,
        "assignee_id": situation.user_id,
        "status": CaseStatus.OPEN,
        "opened_at": situation.now,
    }
    changes = tuple(FieldChange(field=name, old=None, new=new) for name, new in case.items() if new is not None)
    converted = replace(lead, stored_status=LeadStatus.CONVERTED, account_id=account_id, contact_id=contact_id)
    return [
        PlannedChange(action=PlannedAction.CREATE, kind=RecordKind.CASE, record_id=None, changes=changes),
        *_plan(RecordKind.LEAD, lead, converted),
    ]
