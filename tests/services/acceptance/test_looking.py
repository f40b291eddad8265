"""What changes between a user's look and the first word that they say about it."""

from domain.drafts import AccountPatch, PhoneDraft
from domain.fields import AccountField, ContactField, FieldDecision, Take
from domain.problems import RecordChanged
from domain.records import Account, Contact
from services.acceptance.choosing import ChooseAccountCommand, PickRecord, choose_account
from services.accounts import UpdateAccount, update_account
from tests.proofs import acts
from tests.support.refusals import refusal
from tests.support.world import World

TAKE_PHONES = FieldDecision(field=ContactField.PHONES, take=Take.LEAD)


async def test_a_decision_about_a_contact_that_changed_since_the_look_is_refused(world: World) -> None:
    """The phone number that a colleague has just entered was never shown, so the decision cannot replace it."""
    details = acts.person(1)
    contact = await world.add_contact(await world.private_customers(), **details)
    lead = await world.add_lead(**{**details, "phones": ("+49 351 4445556",)})
    await acts.accept(world, lead)
    await acts.change(world, contact, phones=(PhoneDraft("+49 30 7778889"),))
    (problem,) = await refusal(acts.pick_contact(world, lead, contact, TAKE_PHONES, record_version=contact.version))
    assert isinstance(problem, RecordChanged)
    assert isinstance(problem.current, Contact)
    assert (problem.current.version, problem.fields) == (2, ("phones",))
    await acts.pick_contact(world, lead, contact, TAKE_PHONES, record_version=2)


async def test_a_decision_about_an_account_that_changed_since_the_look_is_refused(world: World) -> None:
    """The same for the account; without a version the client does not mind."""
    account = await world.add_account(name="Fjordwerft AG", phones=("+49 431 998877",))
    lead = await world.add_lead(company="Fjordwerft AG", phones=("+49 431 112233",))
    await acts.accept(world, lead)
    patch = UpdateAccount(account_id=account.id, account=AccountPatch(phones=(PhoneDraft("+49 431 445566"),)))
    await update_account(world.backend, world.colleague, patch)
    decision = FieldDecision(field=AccountField.PHONES, take=Take.LEAD)

    def command(version: int | None) -> ChooseAccountCommand:
        return ChooseAccountCommand(
            lead_id=lead.id, choice=PickRecord(account.id), fields=(decision,), record_version=version
        )

    (problem,) = await refusal(choose_account(world.backend, world.agent, command(1)))
    assert isinstance(problem, RecordChanged)
    assert isinstance(problem.current, Account)
    await choose_account(world.backend, world.agent, command(None))


async def test_a_choice_without_decided_fields_minds_no_change(world: World) -> None:
    """Who only picks the contact is asked about the differences as they are now."""
    contact = await world.add_contact(await world.private_customers(), **acts.person(1))
    lead = await world.add_lead(**acts.person(1))
    await acts.accept(world, lead)
    await acts.change(world, contact, title="Dr.")
    await acts.pick_contact(world, lead, contact, record_version=contact.version)
    assert (await world.state_of(lead)).contact_id == contact.id
