"""The tenant's matching settings change between the acceptance of a lead and its commit (see decision 0010)."""

from dataclasses import replace
from typing import Any

from db import acceptances, labels
from domain.acceptance import Acceptance, DecidedBy, PlannedAction, Step, StepKind, StepState
from domain.drafts import MatchingSettingsPatch
from domain.fields import ContactField, FieldDecision, Take
from domain.labels import LabelDecision
from domain.matches import Band, EvidenceKind
from domain.matching_settings import AutoSelect, EvidenceWeight
from domain.problems import CandidatesChanged, DecisionsRemain
from domain.receipts import Receipt
from domain.records import Contact, Lead, RecordKind
from services.acceptance.committing import create_case
from services.acceptance.planning import CreateCaseCommand
from services.matching_settings import SaveMatchingSettings, save_matching_settings
from tests.proofs import acts
from tests.support.factories import address_of
from tests.support.refusals import refusal
from tests.support.world import World

HERE = address_of("Werftstraße", "12", "01067", "Dresden")
TAKE_ADDRESS = FieldDecision(field=ContactField.ADDRESS, take=Take.LEAD)
KATRIN: dict[str, Any] = {
    "first_name": "Katrin",
    "last_name": "Sommerfeld",
    "emails": ("katrin.sommerfeld@web.de",),
    "phones": ("+49 351 123456",),
}


async def set_matching(world: World, **changes: Any) -> None:  # noqa: ANN401
    """Save settings."""
    command = SaveMatchingSettings(settings=MatchingSettingsPatch(**changes))
    await save_matching_settings(world.backend, world.admin, command)


async def confident_pair(world: World) -> tuple[Contact, Lead]:
    """A contact and a lead that are no 100 % match, by the postcode, and beyond reasonable doubt the same."""
    there = replace(HERE, postcode="01069")
    contact = await world.add_contact(await world.private_customers(), **KATRIN, address=there)
    return contact, await world.add_lead(**KATRIN, address=HERE)


async def commit(world: World, lead: Lead, *seen: int) -> Receipt:
    """Commit the acceptance with a new case."""
    return await create_case(world.backend, world.agent, CreateCaseCommand(lead_id=lead.id, seen=seen))


async def stored(world: World, lead: Lead) -> Acceptance:
    """The acceptance as it is stored."""
    async with world.backend.database.read() as session:
        (found,) = await acceptances.by_lead(session, world.tenant.id, [lead.id])
    assert found is not None
    return found


async def contact_step(world: World, lead: Lead) -> Step:
    """The third step of the acceptance."""
    state = await world.state_of(lead)
    return next(each for each in state.steps if each.kind is StepKind.CONTACT)


async def test_a_confident_choice_says_so_from_the_preview_to_the_commit(world: World) -> None:
    """Name and company are all there is to compare: no 100 % match, but chosen where names are trusted so much."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH", phones=("+49 351 123456",))
    contact = await world.add_contact(account, first_name="Katrin", last_name="Sommerfeld")
    trusting = (EvidenceWeight(kind=EvidenceKind.NAME, agree=3.0),)
    await set_matching(world, auto_select=AutoSelect.CONFIDENT, weights=trusting)
    lead = await world.add_lead(
        company="Elbe Maschinenbau GmbH", first_name="Katrin", last_name="Sommerfeld", phones=("+49 351 123456",)
    )
    expected = Step(kind=StepKind.CONTACT, state=StepState.DECIDED, decided_by=DecidedBy.AUTO, band=Band.CONFIDENT)
    assert await contact_step(world, lead) == expected

    await acts.accept(world, lead)
    recorded = (await stored(world, lead)).contact
    assert recorded is not None
    assert (recorded.decided_by, recorded.contact_id) == (DecidedBy.AUTO, contact.id)
    assert (recorded.band, recorded.settings_version) == (Band.CONFIDENT, 1)
    state = await world.state_of(lead)
    assert [(each.kind, each.action) for each in state.planned if each.record_id is None] == [
        (RecordKind.CASE, PlannedAction.CREATE)
    ]

    assert (await commit(world, lead)).id_of(RecordKind.CONTACT) == contact.id
    assert await contact_step(world, lead) == replace(expected, state=StepState.DONE)


async def test_a_confident_choice_with_differences_asks_about_them(world: World) -> None:
    """The record is settled and said to be confident; the postcode that differs is the user's."""
    contact, lead = await confident_pair(world)
    await set_matching(world, auto_select=AutoSelect.CONFIDENT)
    await acts.accept(world, lead)

    state = await world.state_of(lead)

    assert state.contact_id == contact.id
    assert (await contact_step(world, lead)) == Step(
        kind=StepKind.CONTACT, state=StepState.OPEN, decided_by=None, band=Band.CONFIDENT
    )
    (problem,) = await refusal(commit(world, lead))
    assert isinstance(problem, DecisionsRemain)


async def test_a_choice_that_the_settings_no_longer_allow_is_left_to_the_user(world: World) -> None:
    """Accepted under CONFIDENT, committed under EXACT: nothing is written until a user has chosen."""
    contact, lead = await confident_pair(world)
    await set_matching(world, auto_select=AutoSelect.CONFIDENT)
    await acts.accept(world, lead)
    await set_matching(world, auto_select=AutoSelect.EXACT)

    (problem,) = await refusal(commit(world, lead))

    assert isinstance(problem, DecisionsRemain)
    assert [each.step for each in problem.remaining] == [StepKind.CONTACT]
    await acts.pick_contact(world, lead, contact, TAKE_ADDRESS)
    assert (await commit(world, lead)).id_of(RecordKind.CONTACT) == contact.id


async def test_what_was_left_to_the_user_may_become_automatic(world: World) -> None:
    """Accepted under EXACT, with the choice open; under CONFIDENT the acceptance says what it would do."""
    contact, lead = await confident_pair(world)
    await acts.accept(world, lead)
    assert (await contact_step(world, lead)).decided_by is None
    await set_matching(world, auto_select=AutoSelect.CONFIDENT)

    assert (await world.state_of(lead)).contact_id == contact.id


async def two_contacts(world: World) -> tuple[Contact, Contact, Lead]:
    """A lead with two contacts of its name: one has its phone, the other one its e-mail. By phones, the first is it."""
    private = await world.private_customers()
    name = {"first_name": "Katrin", "last_name": "Sommerfeld"}
    by_phone = await world.add_contact(private, **name, phones=KATRIN["phones"])
    by_mail = await world.add_contact(private, **name, emails=KATRIN["emails"])
    await set_matching(world, exact_evidence=(EvidenceKind.NAME, EvidenceKind.PHONE))
    lead = await world.add_lead(**KATRIN)
    await acts.accept(world, lead)
    assert (await world.state_of(lead)).contact_id == by_phone.id
    return by_phone, by_mail, lead


async def test_another_choice_by_other_settings_is_told_before_it_is_written(world: World) -> None:
    """Even of a record that was on the list: the commit names it, and goes through once it is named as seen."""
    _, by_mail, lead = await two_contacts(world)
    await set_matching(world, exact_evidence=(EvidenceKind.NAME, EvidenceKind.EMAIL))

    (problem,) = await refusal(commit(world, lead))

    assert isinstance(problem, CandidatesChanged)
    assert (problem.step, problem.record_ids) == (StepKind.CONTACT, (by_mail.id,))
    assert (await commit(world, lead, by_mail.id)).id_of(RecordKind.CONTACT) == by_mail.id


async def test_the_same_choice_by_other_settings_is_written(world: World) -> None:
    """Settings that come to the same need nobody's attention; the decision keeps the version it was last made by."""
    by_phone, _, lead = await two_contacts(world)
    await set_matching(world, confident_margin=12.0)

    receipt = await commit(world, lead)

    assert receipt.id_of(RecordKind.CONTACT) == by_phone.id
    decision = (await stored(world, lead)).contact
    assert decision is not None
    assert (decision.band, decision.settings_version) == (Band.EXACT, 2)
    step = await contact_step(world, lead)
    assert (step.state, step.decided_by, step.band) == (StepState.DONE, DecidedBy.AUTO, Band.EXACT)


async def test_a_lower_threshold_shows_candidates_that_nobody_has_seen(world: World) -> None:
    """A new contact was to be created because nothing was similar; now something is."""
    await set_matching(world, threshold=19.0)
    private = await world.private_customers()
    similar = await world.add_contact(private, first_name="Katrin", last_name="Sommerfeld")
    lead = await world.add_lead(first_name="Katrin", last_name="Sommerfeld", emails=KATRIN["emails"])
    await acts.accept(world, lead)
    await set_matching(world, threshold=None)

    (problem,) = await refusal(commit(world, lead))

    assert isinstance(problem, CandidatesChanged)
    assert problem.record_ids == (similar.id,)


async def test_a_label_names_the_settings_it_was_scored_with(world: World) -> None:
    """A confident choice that a user confirms and a choice that one overrules: both name the version."""
    await set_matching(world, auto_select=AutoSelect.CONFIDENT)
    contact, confirmed = await confident_pair(world)
    await acts.accept(world, confirmed)
    await acts.pick_contact(world, confirmed, contact, TAKE_ADDRESS)
    await acts.commit(world, confirmed)
    overruled = await world.add_lead(**KATRIN, address=HERE)
    await acts.accept(world, overruled)
    await acts.pick_contact(world, overruled, None)
    await acts.commit(world, overruled)

    async with world.backend.database.read() as session:
        found = await labels.some_after(session, world.tenant.id, 0, 100)

    of_contact = [(each.decision, each.is_match, each.settings) for each in found if each.record_id == contact.id]
    assert of_contact == [(LabelDecision.CONFIRMED, True, 1), (LabelDecision.OVERRULED, False, 1)]
