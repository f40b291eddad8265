"""The whole flow, branch by branch, as a user walks it."""

from datetime import timedelta

import pytest

from db import acceptances, records
from domain.acceptance import (
    AcceptanceStatus,
    AcceptLead,
    ChooseCase,
    ChooseRecord,
    ContactPlacement,
    DecidedBy,
    DecideFields,
    PlaceContact,
    StepKind,
    StepState,
)
from domain.fields import ContactField, FieldDecision, Take
from domain.matches import Verdict
from domain.problems import AlreadyAccepted, CaseNotOpen, DecisionsRemain, Refused, WrongLeadState
from domain.records import Case, CaseStatus, LeadStatus, RecordKind
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
    PickRecord,
    choose_account,
    choose_contact,
)
from services.acceptance.committing import attach_to_case, create_case
from services.acceptance.planning import AttachToCaseCommand, CreateCaseCommand
from tests.support.factories import address_of
from tests.support.world import World

ADDRESS = address_of("Hansaring", "12", "50670", "Köln")
KNOWN = {
    "first_name": "Katrin",
    "last_name": "Sommerfeld",
    "emails": ("katrin.sommerfeld@gmx.de",),
    "phones": ("+49 221 3344556",),
    "address": ADDRESS,
}


async def _accept(world: World, lead_id: int) -> None:
    await accept_lead(world.backend, world.agent, AcceptLeadCommand(lead_id=lead_id))


async def test_a_new_company_is_created_without_a_question(world: World) -> None:
    """A lead that resembles nothing gives account, contact and case with two mutations."""
    lead = await world.add_lead(
        company="Nordlicht Optik GmbH", first_name="Paula", last_name="Ohm", emails=("p.ohm@nordlicht-optik.de",)
    )
    preview = await world.state_of(lead)
    assert preview.status is AcceptanceStatus.PREVIEW
    assert [type(each) for each in preview.remaining] == [AcceptLead, ChooseCase]
    await _accept(world, lead.id)
    receipt = await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    converted = await world.read(lead)
    assert converted.stored_status is LeadStatus.CONVERTED
    assert converted.account_id == receipt.id_of(RecordKind.ACCOUNT)
    assert converted.contact_id == receipt.id_of(RecordKind.CONTACT)
    assert converted.case_id == receipt.id_of(RecordKind.CASE)
    state = await world.state_of(lead)
    assert state.status is AcceptanceStatus.COMMITTED
    assert {step.state for step in state.steps} == {StepState.DONE}
    assert (state.remaining, state.planned) == ((), ())


async def test_a_private_person_goes_to_the_private_customers(world: World) -> None:
    """A lead without company, VAT id, website and company domain gets the shared account, which is left untouched."""
    private = await world.private_customers()
    lead = await world.add_lead(first_name="Rosa", last_name="Quandt", emails=("rosa.quandt@gmail.com",))
    state = await world.state_of(lead)
    assert state.account_id == private.id
    await _accept(world, lead.id)
    receipt = await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    assert receipt.id_of(RecordKind.ACCOUNT) == private.id
    assert await world.private_customers() == private


async def test_a_known_person_is_found_automatically(world: World) -> None:
    """A 100 % match is chosen without asking, and nothing of it is changed."""
    contact = await world.add_contact(await world.private_customers(), **KNOWN)
    lead = await world.add_lead(**KNOWN)
    state = await world.state_of(lead)
    assert state.contact_id == contact.id
    await _accept(world, lead.id)
    receipt = await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    assert receipt.id_of(RecordKind.CONTACT) == contact.id
    assert await world.read(contact) == contact


async def test_two_exact_matches_leave_it_to_the_user(world: World) -> None:
    """With two 100 % matches the list decides; the chosen twin gets the case."""
    private = await world.private_customers()
    first = await world.add_contact(private, **KNOWN)
    second = await world.add_contact(private, **KNOWN)
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    state = await world.state_of(lead)
    (choice,) = [each for each in state.remaining if isinstance(each, ChooseRecord)]
    assert choice.step is StepKind.CONTACT
    assert choice.matches.verdict is Verdict.SEVERAL_EXACT
    assert {each.record_id for each in choice.matches.candidates} == {first.id, second.id}
    with pytest.raises(Refused) as refused:
        await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    assert [type(each) for each in refused.value.problems] == [DecisionsRemain]
    await choose_contact(
        world.backend, world.agent, ChooseContactCommand(lead_id=lead.id, choice=PickRecord(second.id))
    )
    receipt = await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    assert receipt.id_of(RecordKind.CONTACT) == second.id


async def test_differences_are_decided_field_by_field(world: World) -> None:
    """The fresh phone number is neither lost nor taken silently: the commit waits for the decision and follows it."""
    contact = await world.add_contact(await world.private_customers(), **KNOWN)
    lead = await world.add_lead(**{**KNOWN, "phones": ("+49 221 9988776",)})
    await _accept(world, lead.id)
    pick = ChooseContactCommand(lead_id=lead.id, choice=PickRecord(contact.id))
    await choose_contact(world.backend, world.agent, pick)
    state = await world.state_of(lead)
    (fields,) = [each for each in state.remaining if isinstance(each, DecideFields)]
    assert [each.field for each in fields.diffs] == [ContactField.PHONES]
    with pytest.raises(Refused):
        await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    both = (FieldDecision(field=ContactField.PHONES, take=Take.BOTH, primary=Take.LEAD),)
    await choose_contact(
        world.backend,
        world.agent,
        ChooseContactCommand(lead_id=lead.id, choice=PickRecord(contact.id), fields=both),
    )
    await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    changed = await world.read(contact)
    assert [(each.number, each.is_primary) for each in changed.phones] == [
        ("+49 221 3344556", False),
        ("+49 221 9988776", True),
    ]
    assert (changed.version, changed.owner_id) == (2, contact.owner_id)


@pytest.mark.parametrize("placement", list(ContactPlacement))
async def test_a_contact_of_another_account_is_kept_or_moved(world: World, placement: ContactPlacement) -> None:
    """The user decides whether the contact's account becomes the lead's or the contact moves; its cases stay."""
    old = await world.add_account(name="Kran Hansen GmbH")
    new = await world.add_account(name="Fjordwerft AG")
    contact = await world.add_contact(old, **{**KNOWN, "address": None})
    case = await world.add_case(contact)
    lead = await world.add_lead(company="Fjordwerft AG", **{**KNOWN, "address": None})
    await _accept(world, lead.id)
    await choose_account(world.backend, world.agent, ChooseAccountCommand(lead_id=lead.id, choice=PickRecord(new.id)))
    pick = ChooseContactCommand(lead_id=lead.id, choice=PickRecord(contact.id))
    await choose_contact(world.backend, world.agent, pick)
    state = await world.state_of(lead)
    (place,) = [each for each in state.remaining if isinstance(each, PlaceContact)]
    assert (place.contact_id, place.current_account_id, place.chosen_account_id) == (contact.id, old.id, new.id)
    await choose_contact(
        world.backend,
        world.agent,
        ChooseContactCommand(lead_id=lead.id, choice=PickRecord(contact.id), placement=placement),
    )
    receipt = await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    expected = old if placement is ContactPlacement.KEEP_ACCOUNT else new
    assert receipt.id_of(RecordKind.ACCOUNT) == expected.id
    assert (await world.read(contact)).account_id == expected.id
    assert (await world.read(case)).account_id == old.id


async def test_another_account_reopens_where_the_contact_goes(world: World) -> None:
    """Choosing another account asks again what happens to a contact that was to be moved."""
    old = await world.add_account(name="Kran Hansen GmbH")
    new = await world.add_account(name="Fjordwerft AG")
    third = await world.add_account(name="Deichbau KG")
    contact = await world.add_contact(old, **{**KNOWN, "address": None})
    lead = await world.add_lead(company="Fjordwerft AG", **{**KNOWN, "address": None})
    await _accept(world, lead.id)
    for account in (new, third):
        await choose_account(
            world.backend, world.agent, ChooseAccountCommand(lead_id=lead.id, choice=PickRecord(account.id))
        )
        state = await world.state_of(lead)
        assert any(isinstance(each, PlaceContact) or each.step is StepKind.CONTACT for each in state.remaining)
        await choose_contact(
            world.backend,
            world.agent,
            ChooseContactCommand(
                lead_id=lead.id, choice=PickRecord(contact.id), placement=ContactPlacement.MOVE_CONTACT
            ),
        )
        assert not any(isinstance(each, PlaceContact) for each in (await world.state_of(lead)).remaining)


async def test_an_open_case_takes_the_lead(world: World) -> None:
    """A lead is attached to an open case of its contact; no second case is made."""
    contact = await world.add_contact(await world.private_customers(), **KNOWN)
    case = await world.add_case(contact)
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    state = await world.state_of(lead)
    (choice,) = [each for each in state.remaining if isinstance(each, ChooseCase)]
    assert choice.open_case_ids == (case.id,)
    receipt = await attach_to_case(world.backend, world.agent, AttachToCaseCommand(lead_id=lead.id, case_id=case.id))
    assert receipt.id_of(RecordKind.CASE) == case.id
    assert (await world.read(lead)).case_id == case.id


async def test_a_closed_case_takes_no_lead(world: World) -> None:
    """A case that was closed meanwhile is refused, and nothing is written."""
    contact = await world.add_contact(await world.private_customers(), **KNOWN)
    case = await world.add_case(contact, status=CaseStatus.WON, closed_at=world.clock())
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    with pytest.raises(Refused) as refused:
        await attach_to_case(world.backend, world.agent, AttachToCaseCommand(lead_id=lead.id, case_id=case.id))
    assert [type(each) for each in refused.value.problems] == [CaseNotOpen]
    assert (await world.read(lead)).stored_status is LeadStatus.ACCEPTED


async def test_an_automatic_choice_can_be_overruled_and_restored(world: World) -> None:
    """A user may create a new contact although one matches 100 %, and may leave it to the rules again."""
    contact = await world.add_contact(await world.private_customers(), **KNOWN)
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    overrule = ChooseContactCommand(lead_id=lead.id, choice=CreateRecord())
    await choose_contact(world.backend, world.agent, overrule)
    state = await world.state_of(lead)
    assert state.contact_id is None
    assert state.steps[2].decided_by is DecidedBy.USER
    await choose_contact(world.backend, world.agent, ChooseContactCommand(lead_id=lead.id, choice=LetRulesChoose()))
    state = await world.state_of(lead)
    assert state.contact_id == contact.id
    assert state.steps[2].decided_by is DecidedBy.AUTO
    await choose_contact(world.backend, world.agent, overrule)
    receipt = await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    assert receipt.id_of(RecordKind.CONTACT) != contact.id


async def test_what_was_planned_is_what_is_written(world: World) -> None:
    """The planned changes of account and contact are the records' differences before and after the commit."""
    contact = await world.add_contact(await world.private_customers(), **{**KNOWN, "phones": ()})
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    await choose_contact(
        world.backend, world.agent, ChooseContactCommand(lead_id=lead.id, choice=PickRecord(contact.id))
    )
    planned = {each.kind: each for each in (await world.state_of(lead)).planned}
    await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    changed = await world.read(contact)
    written = {each.field: each.new for each in planned[RecordKind.CONTACT].changes}
    assert written == {"phones": changed.phones}


async def test_only_the_first_user_accepts(world: World) -> None:
    """The second user is told who was first."""
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    with pytest.raises(Refused) as refused:
        await accept_lead(world.backend, world.colleague, AcceptLeadCommand(lead_id=lead.id))
    (problem,) = refused.value.problems
    assert isinstance(problem, AlreadyAccepted)
    assert problem.by.id == world.agent.user_id


async def test_an_accepted_lead_is_never_rejected(world: World) -> None:
    """Accepting is final."""
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    with pytest.raises(Refused) as refused:
        await reject_lead(world.backend, world.agent, RejectLeadCommand(lead_id=lead.id))
    assert [type(each) for each in refused.value.problems] == [WrongLeadState]


async def test_a_rejected_lead_is_reopened_by_a_manager(world: World) -> None:
    """Rejecting keeps reason and comment; reopening clears them and makes the lead new."""
    lead = await world.add_lead(**KNOWN)
    command = RejectLeadCommand(lead_id=lead.id, reason_id=world.too_late.id, comment="  bought elsewhere ")
    await reject_lead(world.backend, world.agent, command)
    rejected = await world.read(lead)
    assert (rejected.stored_status, rejected.reject_comment) == (LeadStatus.REJECTED, "bought elsewhere")
    with pytest.raises(Refused):
        await reopen_lead(world.backend, world.agent, ReopenLeadCommand(lead_id=lead.id))
    await reopen_lead(world.backend, world.manager, ReopenLeadCommand(lead_id=lead.id))
    reopened = await world.read(lead)
    assert (reopened.stored_status, reopened.reject_reason_id, reopened.version) == (LeadStatus.NEW, None, 3)


async def test_an_expired_lead_is_reopened_with_a_new_term(world: World) -> None:
    """An expired lead cannot be accepted until a manager gives it more time."""
    lead = await world.add_lead(**KNOWN, expires_at=world.clock() + timedelta(hours=1))
    world.clock.moment += timedelta(hours=2)
    with pytest.raises(Refused):
        await _accept(world, lead.id)
    later = world.clock() + timedelta(days=1)
    await reopen_lead(world.backend, world.manager, ReopenLeadCommand(lead_id=lead.id, expires_at=later))
    await _accept(world, lead.id)


async def test_a_handed_over_acceptance_goes_on_where_it_stood(world: World) -> None:
    """A manager hands an acceptance over; its decisions stay, and only the new holder can go on."""
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    overrule = ChooseContactCommand(lead_id=lead.id, choice=CreateRecord())
    await choose_contact(world.backend, world.agent, overrule)
    command = HandOverCommand(lead_id=lead.id, user_id=world.colleague.user_id)
    with pytest.raises(Refused):
        await hand_over_acceptance(world.backend, world.agent, command)
    await hand_over_acceptance(world.backend, world.manager, command)
    with pytest.raises(Refused):
        await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    state = await world.state_of(lead, world.colleague)
    assert (state.holder_id, state.steps[2].decided_by) == (world.colleague.user_id, DecidedBy.USER)
    receipt = await create_case(world.backend, world.colleague, CreateCaseCommand(lead_id=lead.id))
    case_id = receipt.id_of(RecordKind.CASE)
    async with world.backend.database.read() as session:
        case = await records.get(session, Case, world.tenant.id, case_id or 0)
    assert case is not None
    assert case.assignee_id == world.colleague.user_id


async def test_own_values_leave_with_the_commit(world: World) -> None:
    """A user's own value is written to the record, and the closed acceptance no longer holds it."""
    contact = await world.add_contact(await world.private_customers(), **KNOWN)
    lead = await world.add_lead(**KNOWN)
    await _accept(world, lead.id)
    own = (FieldDecision(field=ContactField.TITLE, value="Prof."),)
    choice = ChooseContactCommand(lead_id=lead.id, choice=PickRecord(contact.id), fields=own)
    await choose_contact(world.backend, world.agent, choice)
    await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id))
    assert (await world.read(contact)).title == "Prof."
    async with world.backend.database.read() as session:
        (closed,) = await acceptances.by_lead(session, world.tenant.id, [lead.id])
    assert closed is not None
    assert closed.contact is not None
    assert [(each.field, each.value, each.basis) for each in closed.contact.fields] == [(ContactField.TITLE, None, "")]
