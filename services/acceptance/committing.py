"""The commit: account, contact, case and lead in one transaction, or nothing.

Matching and planning happen before the transaction. Inside it, everything that the plan relied on is checked again
under locks; if something has changed, the transaction is rolled back and the plan made anew.
"""

from dataclasses import replace

from db import acceptances, cases, labels, records
from db.engine import WriteSession
from db.locks import lock_keys
from domain.actors import Actor
from domain.events import EventKind
from domain.problems import (
    AssigneeInactive,
    CaseNotOpen,
    FieldFault,
    InvalidField,
    NotFound,
    Problem,
    Refused,
    Stale,
)
from domain.receipts import Receipt, RecordRef
from domain.records import Account, Case, CaseStatus, Contact, Lead, LeadStatus, RecordKind
from services import writing as write
from services.acceptance.access import lock_acceptance, read_user
from services.acceptance.automatic import decide_automatically
from services.acceptance.choices import AccountChoice, ContactChoice
from services.acceptance.dismissing import take_back
from services.acceptance.labelling import Decider, labels_of_commit
from services.acceptance.merge import without_values
from services.acceptance.planning import (
    AttachToCaseCommand,
    CommitCommand,
    CommitPlan,
    CreateCaseCommand,
    PlanOutdatedError,
    plan_commit,
)
from services.acceptance.situation import Situation
from services.backend import Backend
from services.idempotency import Call, prepare_and_write_once
from services.indexing import strong_key_records
from services.writing import Writing

_ATTEMPTS = 4


async def create_case(
    backend: Backend, actor: Actor, command: CreateCaseCommand, idempotency_key: str | None = None
) -> Receipt:
    """Commit the acceptance with a new case. Raises ``Refused``; then nothing was written."""
    return await _commit(backend, actor, Call("createCase", command, idempotency_key), command)


async def attach_to_case(
    backend: Backend, actor: Actor, command: AttachToCaseCommand, idempotency_key: str | None = None
) -> Receipt:
    """Commit the acceptance with a case that is already open. Raises ``Refused``; then nothing was written."""
    return await _commit(backend, actor, Call("attachToCase", command, idempotency_key), command)


async def _commit(backend: Backend, actor: Actor, call: Call, command: CommitCommand) -> Receipt:
    known: frozenset[int] = frozenset()

    async def prepare() -> CommitPlan:
        return await plan_commit(backend, actor, command, known)

    async def write_plan(session: WriteSession, plan: CommitPlan) -> Receipt:
        writing = Writing(session, plan.situation.tenant, backend.ids, actor.user_id, lead_id=command.lead_id)
        return await _write(writing, plan, command)

    for attempt in range(_ATTEMPTS):
        try:
            return await prepare_and_write_once(backend, actor, call, prepare, write_plan)
        except PlanOutdatedError as outdated:
            known |= outdated.appeared
            if attempt == _ATTEMPTS - 1:
                raise Refused(_changed_all_the_time(outdated.situation)) from outdated
    raise AssertionError("the last attempt returns or raises")


def _changed_all_the_time(situation: Situation) -> Problem:
    """The answer where something changes faster than an acceptance can be planned."""
    version = situation.acceptance.version if situation.acceptance else 0
    return Stale(path=("input", "leadId"), current=situation.lead, current_version=version)


async def _write(writing: Writing, plan: CommitPlan, command: CommitCommand) -> Receipt:
    session = writing.session
    lead = await _lock_lead(session, plan)
    await _lock_chosen_records(session, plan)
    await _lock_against_twins(session, plan)
    account = await _write_account(writing, plan.account)
    contact = await _write_contact(writing, plan.contact, account.id)
    if isinstance(command, CreateCaseCommand):
        case = await _write_case(writing, plan.situation, command, contact)
    else:
        case = await _find_open_case(writing, command, contact)
    await _learn(writing, plan, command, lead)
    converted = replace(
        lead, stored_status=LeadStatus.CONVERTED, account_id=account.id, contact_id=contact.id, case_id=case.id
    )
    await write.change_lead(writing, lead, converted, EventKind.LEAD_CONVERTED)
    decided = decide_automatically(plan.situation, plan.acceptance)
    closed = replace(decided, committed_at=session.now, version=decided.version + 1)
    await acceptances.save(session, without_values(closed))
    return Receipt(
        (
            RecordRef(RecordKind.LEAD, lead.id, lead.version + 1),
            RecordRef(RecordKind.ACCOUNT, account.id, account.version),
            RecordRef(RecordKind.CONTACT, contact.id, contact.version),
            RecordRef(RecordKind.CASE, case.id, case.version),
        )
    )


async def _learn(writing: Writing, plan: CommitPlan, command: CommitCommand, lead: Lead) -> None:
    """Keep what was decided about the candidates. Whoever is chosen is not dismissed any more."""
    decider = Decider(
        tenant_id=lead.tenant_id,
        settings_version=plan.situation.tenant.matching.version,
        lead_id=lead.id,
        user_id=plan.acceptance.user_id,
        decided_at=writing.session.now,
        new_id=writing.ids.new_id,
    )
    new = labels_of_commit(plan.situation, plan.account, plan.contact, command.seen, decider)
    await labels.insert_many(writing.session, new)
    matches = plan.situation.matches
    if plan.account.before is not None and plan.account.before.id in matches.accounts.dismissed:
        await take_back(writing, lead, plan.account.before)
    if plan.contact.before is not None and plan.contact.before.id in matches.contacts.dismissed:
        await take_back(writing, lead, plan.contact.before)


async def _lock_lead(session: WriteSession, plan: CommitPlan) -> Lead:
    """Lock the lead and its acceptance, as they were planned with."""
    planned = plan.situation.lead
    lead = await records.get_for_update(session, Lead, planned.id)
    if lead is None or lead.version != planned.version:
        raise PlanOutdatedError(plan.situation)
    acceptance = await lock_acceptance(session, lead)
    if acceptance.version != plan.acceptance.version:
        raise PlanOutdatedError(plan.situation)
    return lead


async def _lock_chosen_records(session: WriteSession, plan: CommitPlan) -> None:
    """Lock the chosen records as they were planned with; the private customers' account is everybody's and is not."""
    account, contact = plan.account.before, plan.contact.before
    if account is not None and not account.is_private_customers:
        locked = await records.get_for_update(session, Account, account.id)
        if locked is None or locked.version != account.version:
            raise PlanOutdatedError(plan.situation)
    if contact is not None:
        locked_contact = await records.get_for_update(session, Contact, contact.id)
        if locked_contact is None or locked_contact.version != contact.version:
            raise PlanOutdatedError(plan.situation)


async def _lock_against_twins(session: WriteSession, plan: CommitPlan) -> None:
    """Whoever carries these strong keys was met by the plan's matching, and nobody else can be created from now on."""
    if plan.keys:
        await lock_keys(session, plan.keys)
        carriers = await strong_key_records(session, session.tenant_id, plan.keys)
        appeared = frozenset(contact_id or account_id for account_id, contact_id in carriers) - plan.known
        if appeared:
            raise PlanOutdatedError(plan.situation, appeared)


async def _write_account(writing: Writing, choice: AccountChoice) -> Account:
    if choice.before is None:
        account = replace(choice.after, id=writing.ids.new_id())
        await write.create_accounts(writing, [account])
        return account
    changes = await write.change_account(writing, choice.before, choice.after)
    return replace(choice.after, version=choice.before.version + bool(changes))


async def _write_contact(writing: Writing, choice: ContactChoice, account_id: int) -> Contact:
    after = replace(choice.after, account_id=choice.after.account_id or account_id)
    if choice.before is None:
        contact = replace(after, id=writing.ids.new_id())
        await write.create_contacts(writing, [contact])
        return contact
    changes = await write.change_contact(writing, choice.before, after)
    return replace(after, version=choice.before.version + bool(changes))


async def _find_open_case(writing: Writing, command: AttachToCaseCommand, contact: Contact) -> Case:
    path = ("input", "caseId")
    case = await records.get_for_update(writing.session, Case, command.case_id)
    if case is None:
        raise Refused(NotFound(path=path, what="Case"))
    if case.status is not CaseStatus.OPEN:
        raise Refused(CaseNotOpen(path=path, case=case))
    if case.contact_id != contact.id:
        raise Refused(InvalidField(path=path, fault=FieldFault.NOT_ALLOWED))
    write.record_event(writing, EventKind.CASE_LEAD_ATTACHED, case)
    return case


async def _write_case(writing: Writing, situation: Situation, command: CreateCaseCommand, contact: Contact) -> Case:
    type_id, problems = _find_case_type(situation, command)
    path = ("input", "assigneeId")
    assignee = await read_user(writing.session, writing.tenant.id, command.assignee_id or situation.user_id, path)
    if not assignee.is_active:
        problems = (*problems, AssigneeInactive(path=path, user=assignee))
    if problems:
        raise Refused(*problems)
    case = Case(
        tenant_id=writing.tenant.id,
        id=writing.ids.new_id(),
        number=await cases.take_numbers(writing.session),
        type_id=type_id,
        account_id=contact.account_id,
        contact_id=contact.id,
        assignee_id=assignee.id,
        status=CaseStatus.OPEN,
        opened_at=writing.session.now,
    )
    await write.create_case(writing, case)
    return case


def _find_case_type(situation: Situation, command: CreateCaseCommand) -> tuple[int, tuple[Problem, ...]]:
    """The type of the new case, or what is wrong with the one that was given (or not given)."""
    path = ("input", "caseTypeId")
    allowed = {each.id: each.name for each in situation.case_types}
    if command.case_type_id in allowed:
        return command.case_type_id, ()
    if command.case_type_id is None and len(allowed) == 1:
        return next(iter(allowed)), ()
    fault = FieldFault.REQUIRED if command.case_type_id is None else FieldFault.NOT_ALLOWED
    return 0, (InvalidField(path=path, fault=fault, detail=", ".join(allowed.values())),)
