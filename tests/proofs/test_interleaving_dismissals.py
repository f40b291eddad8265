"""What happens when a pair is dismissed, or restored, between the transactions of a commit: every gap is tried."""

from domain.problems import CandidatesChanged, Stale
from domain.records import RecordKind
from tests.proofs import acts
from tests.proofs.interleaving import Act, play
from tests.support.conductor import Conductor
from tests.support.world import World


async def test_nobody_is_joined_to_a_record_that_was_just_dismissed(world: World, conductor: Conductor) -> None:
    """The automatic choice is made anew, whenever the word comes: another contact is created."""
    known: list[int] = []

    async def scene(number: int) -> tuple[Act, Act]:
        details = acts.person(number)
        contact = await world.add_contact(await world.private_customers(), **details)
        lead = await world.add_lead(**details)
        await acts.accept(world, lead)
        known.append(contact.id)
        return lambda: acts.commit(world, lead), lambda: acts.dismiss(world, lead, contact, world.colleague)

    async for attempt in play(world, conductor, scene):
        assert attempt.receipt is not None
        assert attempt.receipt.id_of(RecordKind.CONTACT) != known[-1]


async def test_no_twin_is_created_of_a_record_that_was_just_restored(world: World, conductor: Conductor) -> None:
    """It is a candidate again that the automatic choice had not seen."""
    known: list[int] = []

    async def scene(number: int) -> tuple[Act, Act]:
        details = acts.person(number)
        contact = await world.add_contact(await world.private_customers(), **details)
        lead = await world.add_lead(**details)
        await acts.dismiss(world, lead, contact)
        await acts.accept(world, lead)
        known.append(contact.id)
        return lambda: acts.commit(world, lead), lambda: acts.restore(world, lead, contact, world.colleague)

    async for attempt in play(world, conductor, scene):
        (problem,) = attempt.problems
        assert isinstance(problem, CandidatesChanged)
        assert problem.record_ids == (known[-1],)


async def test_a_client_hears_that_a_pair_was_dismissed(world: World, conductor: Conductor) -> None:
    """The acceptance has another version, so that who expects the old one looks again."""

    async def scene(number: int) -> tuple[Act, Act]:
        details = acts.person(number)
        contact = await world.add_contact(await world.private_customers(), **details)
        lead = await world.add_lead(**details)
        await acts.accept(world, lead)
        return lambda: acts.commit(world, lead, expected_version=1), lambda: acts.dismiss(world, lead, contact)

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds == {Stale}
