"""A pair that was dismissed through another lead with the same details: whoever holds this one is told."""

from domain.acceptance import StepKind
from domain.drafts import MatchingSettingsPatch
from domain.matches import EvidenceKind
from domain.matching_settings import AutoSelect
from domain.problems import CandidatesChanged, RecordChanged
from domain.records import Contact, RecordKind
from services.matching_settings import SaveMatchingSettings, save_matching_settings
from tests.proofs import acts
from tests.support.factories import address_of
from tests.support.refusals import refusal
from tests.support.tables import everything, what_differs
from tests.support.world import World

DETAILS = acts.person(1)
HERE = address_of("Werftstraße", "12", "01067", "Dresden")
FIRM = {"name": "Fjordwerft AG", "emails": ("info@fjordwerft.example",), "phones": ("+49 431 998877",)}


async def private_customer(world: World) -> Contact:
    """A private customer with the details."""
    return await world.add_contact(await world.private_customers(), **DETAILS)


async def test_a_contact_dismissed_elsewhere_is_not_silently_created_again(world: World) -> None:
    """The acceptance is the version that its holder knows, so the commit says what became of the automatic choice."""
    contact = await private_customer(world)
    first, second = await world.add_lead(**DETAILS), await world.add_lead(**DETAILS)
    await acts.accept(world, second)
    await acts.dismiss(world, first, contact, world.colleague)
    before = await everything(world.backend.database, world.tenant.id)

    [problem] = await refusal(acts.commit(world, second, expected_version=1))

    assert isinstance(problem, RecordChanged)
    assert (problem.step, problem.current, problem.fields) == (StepKind.CONTACT, contact, ())
    assert what_differs(before, await everything(world.backend.database, world.tenant.id)) == {}


async def test_an_account_dismissed_elsewhere_is_not_silently_created_again(world: World) -> None:
    """As with contacts."""
    account = await world.add_account(**FIRM)
    details = {"company": FIRM["name"], "emails": FIRM["emails"], "phones": FIRM["phones"]}
    first, second = await world.add_lead(**details), await world.add_lead(**details)
    await acts.accept(world, second)
    await acts.dismiss(world, first, account, world.colleague)

    [problem] = await refusal(acts.commit(world, second, expected_version=1))

    assert isinstance(problem, RecordChanged)
    assert (problem.step, problem.current) == (StepKind.ACCOUNT, account)


async def test_another_record_does_not_silently_take_its_place(world: World) -> None:
    """Once the 100 % match is gone, the next is beyond doubt; the holder has seen it, but not as the chosen one."""
    # Only name and e-mail make a 100 % match, so that one without an e-mail is none and contradicts nothing.
    naming = (EvidenceKind.NAME, EvidenceKind.EMAIL)
    settings = MatchingSettingsPatch(auto_select=AutoSelect.CONFIDENT, exact_evidence=naming)
    await save_matching_settings(world.backend, world.admin, SaveMatchingSettings(settings=settings))
    private = await world.private_customers()
    contact = await world.add_contact(private, **DETAILS, address=HERE)
    other = await world.add_contact(private, **{**DETAILS, "emails": ()}, address=HERE)
    first, second, third = [await world.add_lead(**DETAILS, address=HERE) for _ in range(3)]
    for each in (second, third):
        await acts.accept(world, each)
    await acts.dismiss(world, first, contact, world.colleague)

    [problem] = await refusal(acts.commit(world, second, expected_version=1))

    assert isinstance(problem, CandidatesChanged)
    assert (problem.step, problem.record_ids) == (StepKind.CONTACT, (other.id,))
    receipt = await acts.commit(world, third, expected_version=1, seen=(other.id,))
    assert receipt.id_of(RecordKind.CONTACT) == other.id


async def test_the_holder_decides_and_commits(world: World) -> None:
    """A new contact, or the dismissed one after all: both are the holder's to say."""
    contact = await private_customer(world)
    first, second, third = [await world.add_lead(**DETAILS) for _ in range(3)]
    for each in (second, third):
        await acts.accept(world, each)
    await acts.dismiss(world, first, contact, world.colleague)
    await acts.pick_contact(world, second, None)
    await acts.pick_contact(world, third, contact)

    created = await acts.commit(world, second)
    joined = await acts.commit(world, third)

    assert created.id_of(RecordKind.CONTACT) != contact.id
    assert joined.id_of(RecordKind.CONTACT) == contact.id
