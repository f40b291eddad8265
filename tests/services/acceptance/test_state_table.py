"""Every action in every state, through the services: done or refused, and nothing written where it is refused."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from domain.drafts import EmailDraft, LeadDraft, LeadPatch, PhoneDraft
from domain.problems import AlreadyAccepted, WrongLeadState
from domain.receipts import Receipt
from domain.records import Case, Lead, LeadStatus, Person, RecordKind
from services.acceptance.accepting import (
    AcceptLeadCommand,
    HandOverCommand,
    RejectLeadCommand,
    ReopenLeadCommand,
    accept_lead,
    hand_over_acceptance,
    reject_lead,
    reopen_lead,
)
from services.acceptance.choosing import (
    ChooseAccountCommand,
    ChooseContactCommand,
    CreateRecord,
    LetRulesChoose,
    choose_account,
    choose_contact,
)
from services.acceptance.committing import attach_to_case, create_case
from services.acceptance.dismissing import DismissMatchCommand, RestoreMatchCommand, dismiss_match, restore_match
from services.acceptance.planning import AttachToCaseCommand, CreateCaseCommand
from services.acceptance.transitions import NEXT, Action
from services.intake import CreateLead, UpdateLead, create_lead, update_lead
from tests.proofs.invariants import broken_rules
from tests.services.acceptance.test_transitions import CELLS
from tests.support.factories import NOW
from tests.support.refusals import refusal
from tests.support.tables import everything, what_differs
from tests.support.world import World

PERSON = Person(first_name="Katrin", last_name="Sommerfeld")
EMAIL, PHONE = "katrin.sommerfeld@gmx.de", "+49 221 3344556"
LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """A lead in some state, and an open case of the contact it matches."""

    world: World
    lead: Lead
    case: Case


async def _accepted(world: World, lead_id: int) -> None:
    await accept_lead(world.backend, world.agent, AcceptLeadCommand(lead_id=lead_id))


async def _converted(world: World, lead_id: int) -> None:
    await _accepted(world, lead_id)
    await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead_id))


async def _rejected(world: World, lead_id: int) -> None:
    await reject_lead(world.backend, world.agent, RejectLeadCommand(lead_id=lead_id))


async def _expired(world: World, lead_id: int) -> None:
    world.clock.moment = LATER


async def _new(world: World, lead_id: int) -> None:
    """A lead is new from the start."""


BRING: Mapping[LeadStatus, Callable[[World, int], Awaitable[None]]] = {
    LeadStatus.NEW: _new,
    LeadStatus.ACCEPTED: _accepted,
    LeadStatus.CONVERTED: _converted,
    LeadStatus.REJECTED: _rejected,
    LeadStatus.EXPIRED: _expired,
}


async def _update(desk: Desk, key: str | None) -> Receipt:
    command = UpdateLead(lead_id=desk.lead.id, lead=LeadPatch(subject="Winter tyres"))
    return await update_lead(desk.world.backend, desk.world.agent, command, key)


async def _accept(desk: Desk, key: str | None) -> Receipt:
    return await accept_lead(desk.world.backend, desk.world.agent, AcceptLeadCommand(lead_id=desk.lead.id), key)


async def _reject(desk: Desk, key: str | None) -> Receipt:
    return await reject_lead(desk.world.backend, desk.world.agent, RejectLeadCommand(lead_id=desk.lead.id), key)


async def _reopen(desk: Desk, key: str | None) -> Receipt:
    command = ReopenLeadCommand(lead_id=desk.lead.id, expires_at=NOW + timedelta(days=9))
    return await reopen_lead(desk.world.backend, desk.world.manager, command, key)


async def _choose_account(desk: Desk, key: str | None) -> Receipt:
    command = ChooseAccountCommand(lead_id=desk.lead.id, choice=LetRulesChoose())
    return await choose_account(desk.world.backend, desk.world.agent, command, key)


async def _choose_contact(desk: Desk, key: str | None) -> Receipt:
    command = ChooseContactCommand(lead_id=desk.lead.id, choice=CreateRecord())
    return await choose_contact(desk.world.backend, desk.world.agent, command, key)


async def _create_case(desk: Desk, key: str | None) -> Receipt:
    return await create_case(desk.world.backend, desk.world.agent, CreateCaseCommand(lead_id=desk.lead.id), key)


async def _attach(desk: Desk, key: str | None) -> Receipt:
    command = AttachToCaseCommand(lead_id=desk.lead.id, case_id=desk.case.id)
    return await attach_to_case(desk.world.backend, desk.world.agent, command, key)


async def _hand_over(desk: Desk, key: str | None) -> Receipt:
    command = HandOverCommand(lead_id=desk.lead.id, user_id=desk.world.colleague.user_id)
    return await hand_over_acceptance(desk.world.backend, desk.world.manager, command, key)


async def _dismiss(desk: Desk, key: str | None) -> Receipt:
    return await dismiss_match(desk.world.backend, desk.world.colleague, DismissMatchCommand(**_pair(desk)), key)


async def _restore(desk: Desk, key: str | None) -> Receipt:
    return await restore_match(desk.world.backend, desk.world.colleague, RestoreMatchCommand(**_pair(desk)), key)


def _pair(desk: Desk) -> dict[str, Any]:
    return {"lead_id": desk.lead.id, "record_kind": RecordKind.CONTACT, "record_id": desk.case.contact_id}


PERFORM: Mapping[Action, Callable[[Desk, str | None], Awaitable[Receipt]]] = {
    Action.UPDATE: _update,
    Action.ACCEPT: _accept,
    Action.REJECT: _reject,
    Action.REOPEN: _reopen,
    Action.CHOOSE_ACCOUNT: _choose_account,
    Action.CHOOSE_CONTACT: _choose_contact,
    Action.CREATE_CASE: _create_case,
    Action.ATTACH_TO_CASE: _attach,
    Action.HAND_OVER: _hand_over,
    Action.DISMISS_MATCH: _dismiss,
    Action.RESTORE_MATCH: _restore,
}
BESIDE = {
    Action.CHOOSE_ACCOUNT,
    Action.CHOOSE_CONTACT,
    Action.HAND_OVER,
    Action.DISMISS_MATCH,
    Action.RESTORE_MATCH,
}
"""Actions that change nothing of the lead itself."""


async def _desk_with(world: World, status: LeadStatus) -> Desk:
    """A lead that the services have brought to a state; it matches a contact with an open case."""
    contact = await world.add_contact(
        await world.private_customers(), first_name="Katrin", last_name="Sommerfeld", emails=(EMAIL,), phones=(PHONE,)
    )
    case = await world.add_case(contact)
    draft = LeadDraft(
        type_id=world.enquiry.id,
        person=PERSON,
        emails=(EmailDraft(EMAIL),),
        phones=(PhoneDraft(PHONE),),
        expires_at=LATER,
    )
    receipt = await create_lead(world.backend, world.agent, CreateLead(lead=draft))
    lead_id = receipt.id_of(RecordKind.LEAD)
    assert lead_id is not None
    await BRING[status](world, lead_id)
    lead = await world.lead(lead_id)
    assert lead.status(world.clock()) is status
    return Desk(world, lead, case)


REFUSED = {
    status: [action for each, action, is_allowed in CELLS if each is status and not is_allowed] for status in LeadStatus
}
ALLOWED = [(status, action) for status, action, is_allowed in CELLS if is_allowed]


@pytest.mark.parametrize(("status", "action"), ALLOWED, ids=lambda each: each.name)
async def test_a_state_allows_its_actions(world: World, status: LeadStatus, action: Action) -> None:
    """An allowed action has its effect, and only once if it is sent again with its key."""
    desk = await _desk_with(world, status)
    receipt = await PERFORM[action](desk, "a-key")
    lead = await world.lead(desk.lead.id)
    assert lead.stored_status is NEXT.get(action, status)
    assert lead.version == desk.lead.version + (action not in BESIDE)
    assert receipt.id_of(RecordKind.LEAD) == lead.id
    after = await everything(world.backend.database, world.tenant.id)
    assert broken_rules(after) == []
    assert await PERFORM[action](desk, "a-key") == receipt
    assert what_differs(after, await everything(world.backend.database, world.tenant.id)) == {}


@pytest.mark.parametrize("status", LeadStatus, ids=lambda each: each.name)
async def test_a_state_refuses_all_other_actions(world: World, status: LeadStatus) -> None:
    """Any other action is refused with the lead as it is now, with or without a key, and writes nothing at all."""
    desk = await _desk_with(world, status)
    before = await everything(world.backend.database, world.tenant.id)
    for action, key in product(REFUSED[status], (None, "a-key")):
        (problem,) = await refusal(PERFORM[action](desk, key))
        if action is Action.ACCEPT and status in {LeadStatus.ACCEPTED, LeadStatus.CONVERTED}:
            assert isinstance(problem, AlreadyAccepted)
            assert problem.by.id == world.agent.user_id
        else:
            assert isinstance(problem, WrongLeadState)
            assert (problem.status, problem.action) == (status, action.value)
        assert problem.lead == desk.lead
    assert what_differs(before, await everything(world.backend.database, world.tenant.id)) == {}
