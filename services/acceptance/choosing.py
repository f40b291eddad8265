"""Staging decisions: which account, which contact, which values. Nothing of it touches a record before the commit."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from db import acceptances, records
from db.engine import WriteSession
from domain.acceptance import Acceptance, AccountDecision, ContactDecision, ContactPlacement, DecidedBy, StepKind
from domain.actors import Actor
from domain.events import EventKind, NewEvent
from domain.fields import AccountField, ContactField, FieldDecision
from domain.problems import NotFound, RecordChanged, Refused
from domain.receipts import Receipt, RecordRef
from domain.records import Account, Contact, Lead, RecordKind
from services.acceptance.access import (
    lock_acceptance,
    lock_lead,
    read_lead,
    refuse_other_holder,
    refuse_stale_acceptance,
    refuse_wrong_state,
)
from services.acceptance.automatic import automatic_account, automatic_contact, candidate_ids
from services.acceptance.choices import settle
from services.acceptance.field_decisions import check_field_decisions
from services.acceptance.situation import Situation, read_situations
from services.acceptance.transitions import Action
from services.backend import Backend
from services.idempotency import Call, prepare_and_write_once
from services.validation.reading import start_reading


@dataclass(frozen=True, slots=True)
class PickRecord:
    """Take this existing record, proposed or not."""

    id: int


@dataclass(frozen=True, slots=True)
class CreateRecord:
    """Create a new record, although there may be similar ones."""


@dataclass(frozen=True, slots=True)
class LetRulesChoose:
    """Withdraw the own decision: 100 % is chosen and none is created automatically, as before."""


RecordChoice = PickRecord | CreateRecord | LetRulesChoose


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseAccountCommand:
    """The whole decision about the account; it replaces the one before.

    ``seen`` names the candidates that the user was shown (None: those there are now). ``record_version`` is the version
    of the picked record that the fields were decided on (None: whichever there is now). ``expected_version`` is the
    acceptance's.
    """

    lead_id: int
    choice: RecordChoice
    fields: tuple[FieldDecision, ...] = ()
    seen: tuple[int, ...] | None = None
    record_version: int | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseContactCommand:
    """The whole decision about the contact, likewise; ``placement`` is for a contact of another account."""

    lead_id: int
    choice: RecordChoice
    placement: ContactPlacement | None = None
    fields: tuple[FieldDecision, ...] = ()
    seen: tuple[int, ...] | None = None
    record_version: int | None = None
    expected_version: int | None = None


async def choose_account(
    backend: Backend, actor: Actor, command: ChooseAccountCommand, idempotency_key: str | None = None
) -> Receipt:
    """Stage the decision about the account. Another account reopens where the contact is to be placed.

    Raises ``Refused``.
    """

    async def stage(session: WriteSession, situation: Situation, acceptance: Acceptance) -> Acceptance:
        decision = await _account_decision(session, command, situation)
        is_other = _chosen_account(decision) != _chosen_account(acceptance.account)
        contact = acceptance.contact
        if is_other and contact is not None and contact.placement is not None:
            contact = replace(contact, placement=None)
        return replace(acceptance, account=decision, contact=contact)

    call = Call("chooseAccount", command, idempotency_key)
    return await _stage(backend, actor, call, command, stage)


async def choose_contact(
    backend: Backend, actor: Actor, command: ChooseContactCommand, idempotency_key: str | None = None
) -> Receipt:
    """Stage the decision about the contact. Raises ``Refused``."""

    async def stage(session: WriteSession, situation: Situation, acceptance: Acceptance) -> Acceptance:
        return replace(acceptance, contact=await _contact_decision(session, command, situation))

    call = Call("chooseContact", command, idempotency_key)
    return await _stage(backend, actor, call, command, stage)


_EVENTS = {Action.CHOOSE_ACCOUNT: EventKind.ACCOUNT_CHOSEN, Action.CHOOSE_CONTACT: EventKind.CONTACT_CHOSEN}
Stage = Callable[[WriteSession, Situation, Acceptance], Awaitable[Acceptance]]


async def _stage(
    backend: Backend, actor: Actor, call: Call, command: ChooseAccountCommand | ChooseContactCommand, stage: Stage
) -> Receipt:
    action = Action.CHOOSE_ACCOUNT if isinstance(command, ChooseAccountCommand) else Action.CHOOSE_CONTACT

    async def prepare() -> Situation:
        async with backend.database.read() as session:
            lead = await read_lead(session, actor.tenant_id, command.lead_id)
            await refuse_wrong_state(session, actor.tenant_id, lead, action, backend.now())
        return (await read_situations(backend, actor, [lead]))[0]

    async def write(session: WriteSession, situation: Situation) -> Receipt:
        lead = await lock_lead(session, command.lead_id)
        await refuse_wrong_state(session, actor.tenant_id, lead, action, session.now)
        acceptance = await lock_acceptance(session, lead)
        await refuse_other_holder(session, actor, lead, acceptance)
        refuse_stale_acceptance(lead, acceptance, command.expected_version)
        staged = await stage(session, situation, acceptance)
        await acceptances.save(session, replace(staged, version=acceptance.version + 1))
        session.record(_event(_EVENTS[action], lead, actor))
        return Receipt((RecordRef(RecordKind.LEAD, lead.id, lead.version),))

    return await prepare_and_write_once(backend, actor, call, prepare, write)


def _event(kind: EventKind, lead: Lead, actor: Actor) -> NewEvent:
    return NewEvent(kind=kind, record_kind=RecordKind.LEAD, record_id=lead.id, lead_id=lead.id, user_id=actor.user_id)


def _chosen_account(decision: AccountDecision | None) -> tuple[bool, int | None]:
    return decision is not None, decision.account_id if decision else None


def _refuse_changed(
    step: StepKind, command: ChooseAccountCommand | ChooseContactCommand, lead: Lead, current: Account | Contact
) -> None:
    """Raise ``Refused`` (RecordChanged) if fields were decided on another version than there is now."""
    if command.fields and command.record_version not in {None, current.version}:
        fields = tuple(each.field.value for each in command.fields)
        path = ("input", "recordVersion")
        raise Refused(RecordChanged(path=path, lead=lead, step=step, current=current, fields=fields))


async def _account_decision(
    session: WriteSession, command: ChooseAccountCommand, situation: Situation
) -> AccountDecision | None:
    matches = situation.matches.accounts
    reading = start_reading(situation.tenant, session.now, "input")
    seen = candidate_ids(matches) if command.seen is None else command.seen
    if isinstance(command.choice, LetRulesChoose):
        check_field_decisions(command.fields, AccountField, None, reading, can_decide=False)
        undecided = replace(situation, acceptance=None)
        return automatic_account(settle(undecided).account, matches, situation.tenant.matching.version)
    if isinstance(command.choice, CreateRecord):
        fields = check_field_decisions(command.fields, AccountField, None, reading)
        return AccountDecision(decided_by=DecidedBy.USER, account_id=None, fields=fields, seen=seen)
    account = await records.get(session, Account, session.tenant_id, command.choice.id)
    if account is None:
        raise Refused(NotFound(path=("input", "choice", "accountId"), what="Account"))
    _refuse_changed(StepKind.ACCOUNT, command, situation.lead, account)
    can_decide = not account.is_private_customers
    fields = check_field_decisions(command.fields, AccountField, account, reading, can_decide=can_decide)
    return AccountDecision(
        decided_by=DecidedBy.USER, account_id=account.id, account_version=account.version, fields=fields, seen=seen
    )


async def _contact_decision(
    session: WriteSession, command: ChooseContactCommand, situation: Situation
) -> ContactDecision | None:
    matches = situation.matches.contacts
    reading = start_reading(situation.tenant, session.now, "input")
    seen = candidate_ids(matches) if command.seen is None else command.seen
    if isinstance(command.choice, LetRulesChoose):
        check_field_decisions(command.fields, ContactField, None, reading, can_decide=False)
        undecided = replace(situation, acceptance=None)
        return automatic_contact(settle(undecided).contact, matches, situation.tenant.matching.version)
    if isinstance(command.choice, CreateRecord):
        fields = check_field_decisions(command.fields, ContactField, None, reading)
        return ContactDecision(decided_by=DecidedBy.USER, contact_id=None, fields=fields, seen=seen)
    contact = await records.get(session, Contact, session.tenant_id, command.choice.id)
    if contact is None:
        raise Refused(NotFound(path=("input", "choice", "contactId"), what="Contact"))
    _refuse_changed(StepKind.CONTACT, command, situation.lead, contact)
    return ContactDecision(
        decided_by=DecidedBy.USER,
        contact_id=contact.id,
        contact_version=contact.version,
        placement=command.placement,
        fields=check_field_decisions(command.fields, ContactField, contact, reading),
        seen=seen,
    )
