"""What happens between the transactions of accepting a lead and of staging a decision: every gap is tried."""

from typing import Any

from domain.drafts import EmailDraft, LeadPatch, PersonPatch
from domain.problems import AlreadyAccepted, HeldByOther, Stale, WrongLeadState
from domain.records import LeadStatus
from services.acceptance.accepting import RejectLeadCommand, reject_lead
from services.intake import UpdateLead, update_lead
from tests.proofs import acts
from tests.proofs.interleaving import Act, play
from tests.support.conductor import Conductor
from tests.support.world import World


async def test_accepting_loses_to_whoever_was_first(world: World, conductor: Conductor) -> None:
    """Another user's acceptance is named, in every gap."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead = await world.add_lead(**acts.person(number))
        return lambda: acts.accept(world, lead), lambda: acts.accept(world, lead, world.colleague)

    async for attempt in play(world, conductor, scene):
        (problem,) = attempt.problems
        assert isinstance(problem, AlreadyAccepted)
        assert problem.by.id == world.colleague.user_id


async def test_accepting_loses_to_a_rejection(world: World, conductor: Conductor) -> None:
    """A lead that is rejected meanwhile is not accepted."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead = await world.add_lead(**acts.person(number))
        reject = RejectLeadCommand(lead_id=lead.id)
        return lambda: acts.accept(world, lead), lambda: reject_lead(world.backend, world.colleague, reject)

    async for attempt in play(world, conductor, scene):
        (problem,) = attempt.problems
        assert isinstance(problem, WrongLeadState)
        assert problem.status is LeadStatus.REJECTED


async def test_a_lead_that_is_corrected_meanwhile_is_looked_at_again(world: World, conductor: Conductor) -> None:
    """What was recorded as chosen automatically would be about another person; accepting is final, so look first."""

    async def scene(number: int) -> tuple[Act, Act]:
        details = acts.person(number)
        await world.add_contact(await world.private_customers(), **details)
        lead = await world.add_lead(**details)
        patch = LeadPatch(person=PersonPatch(last_name="Voss"), emails=(EmailDraft("b@gmx.de"),), phones=None)
        update = UpdateLead(lead_id=lead.id, lead=patch)
        return lambda: acts.accept(world, lead), lambda: update_lead(world.backend, world.colleague, update)

    gaps: list[Any] = [attempt async for attempt in play(world, conductor, scene)]
    assert gaps[0].receipt is not None
    assert [each.kinds for each in gaps[1:]] == [{Stale}] * (len(gaps) - 1)


async def test_a_decision_loses_to_a_hand_over(world: World, conductor: Conductor) -> None:
    """Only the holder decides, in every gap."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead = await world.add_lead(**acts.person(number))
        await acts.accept(world, lead)
        return lambda: acts.pick_contact(world, lead, None), lambda: acts.hand_over(world, lead, world.colleague)

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds == {HeldByOther}


async def test_a_decision_loses_to_the_commit(world: World, conductor: Conductor) -> None:
    """After the commit there is nothing left to decide."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead = await world.add_lead(**acts.person(number))
        await acts.accept(world, lead)
        return lambda: acts.pick_contact(world, lead, None), lambda: acts.commit(world, lead)

    async for attempt in play(world, conductor, scene):
        (problem,) = attempt.problems
        assert isinstance(problem, WrongLeadState)
        assert problem.lead.stored_status is LeadStatus.CONVERTED


async def test_two_decisions_of_one_version_exclude_each_other(world: World, conductor: Conductor) -> None:
    """Of two windows that have seen the same acceptance the second is told that it is stale."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead = await world.add_lead(**acts.person(number))
        await acts.accept(world, lead)
        return (
            lambda: acts.pick_contact(world, lead, None, expected_version=1),
            lambda: acts.pick_account(world, lead, None),
        )

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds == {Stale}
