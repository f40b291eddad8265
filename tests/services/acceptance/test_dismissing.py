"""A pair that was dismissed is not proposed again until one of the two changes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from db.tables.learning import dismissals
from domain.acceptance import ChooseCase, ChooseRecord, PlannedAction
from domain.drafts import AccountPatch, ContactPatch, EmailDraft, LeadPatch, PersonPatch, PhoneDraft
from domain.events import EventKind
from domain.matches import Matches, Verdict
from domain.records import Account, Contact, Lead, RecordKind
from services.accounts import UpdateAccount, update_account
from services.candidates import match_leads
from services.contacts import UpdateContact, update_contact
from services.dismissals import dismissed_of_leads
from services.intake import UpdateLead, update_lead
from tests.proofs import acts
from tests.support.factories import address_of
from tests.support.refusals import faults
from tests.support.statements import count_statements
from tests.support.tables import everything, what_differs
from tests.support.world import World

DETAILS = acts.person(1)
FIRM = {"name": "Fjordwerft AG", "emails": ("info@fjordwerft.example",), "phones": ("+49 431 998877",)}


@dataclass(frozen=True, slots=True)
class Pair:
    """A lead and the contact that it is to 100 %."""

    lead: Lead
    contact: Contact


@pytest.fixture
async def pair(world: World) -> Pair:
    """Give a private person's lead, and the contact with the same details."""
    contact = await world.add_contact(await world.private_customers(), **DETAILS)
    return Pair(await world.add_lead(**DETAILS), contact)


async def contacts_of(world: World, lead: Lead) -> Matches:
    """What is found for the lead, as it is now, among contacts."""
    [found] = await match_leads(world.backend, world.tenant, [await world.read(lead)])
    return found.contacts


async def is_proposed(world: World, pair: Pair) -> bool:
    """Whether the contact is among the candidates."""
    found = await contacts_of(world, pair.lead)
    is_candidate = pair.contact.id in [each.record_id for each in found.candidates]
    [dismissed] = await dismissed_of_leads(world.backend, world.tenant, [await world.read(pair.lead)])
    assert is_candidate != (pair.contact.id in [each.record_id for each in dismissed])
    return is_candidate


async def test_a_dismissed_pair_is_not_proposed_again(world: World, pair: Pair) -> None:
    """Product section 7: neither in the list, nor automatically, nor in the plan; a new contact is planned instead."""
    assert (await contacts_of(world, pair.lead)).verdict is Verdict.EXACT

    await acts.dismiss(world, pair.lead, pair.contact)

    found = await contacts_of(world, pair.lead)
    assert (found.verdict, found.candidates, found.dismissed) == (Verdict.NONE, (), (pair.contact.id,))
    state = await world.state_of(pair.lead)
    assert state.contact_id is None
    assert [(each.action, each.kind) for each in state.planned][:1] == [(PlannedAction.CREATE, RecordKind.CONTACT)]


async def test_only_this_pair_is_hidden(world: World, pair: Pair) -> None:
    """Another lead that knows other details of the contact still finds it, and the lead still finds others."""
    twin = await world.add_contact(await world.private_customers(), **DETAILS)
    other = await world.add_lead(**{**DETAILS, "phones": ("+49 40 5556667",)})
    await acts.dismiss(world, pair.lead, pair.contact)

    assert [each.record_id for each in (await contacts_of(world, pair.lead)).candidates] == [twin.id]
    assert {each.record_id for each in (await contacts_of(world, other)).candidates} == {pair.contact.id, twin.id}


async def test_a_lead_with_the_same_details_is_the_same_question(world: World, pair: Pair) -> None:
    """A second lead of the same person, however its phone is written, does not ask again, and can take it back."""
    number = DETAILS["phones"][0].replace("+49 ", "0")
    second = await world.add_lead(**{**DETAILS, "phones": (number,), "subject": "Once more"})
    await acts.dismiss(world, pair.lead, pair.contact)
    assert (await contacts_of(world, second)).candidates == ()

    await acts.restore(world, second, pair.contact)

    assert await is_proposed(world, pair)
    assert (await contacts_of(world, second)).verdict is Verdict.EXACT


async def test_restoring_proposes_the_pair_again(world: World, pair: Pair) -> None:
    """As if nothing had been said, but for the history."""
    before = await contacts_of(world, pair.lead)
    await acts.dismiss(world, pair.lead, pair.contact)
    await acts.restore(world, pair.lead, pair.contact)

    assert await contacts_of(world, pair.lead) == before
    stored = await everything(world.backend.database, world.tenant.id)
    assert (stored["match_dismissals"], stored["match_labels"]) == ([], [])
    said = [each for each in stored["events"] if each["lead_id"] == pair.lead.id][1:]
    assert [(each["kind"], each["record_kind"], each["record_id"], each["fields"]) for each in said] == [
        (EventKind.MATCH_DISMISSED, RecordKind.CONTACT, pair.contact.id, []),
        (EventKind.MATCH_RESTORED, RecordKind.CONTACT, pair.contact.id, []),
    ]


async def test_what_is_so_already_writes_nothing(world: World, pair: Pair) -> None:
    """Dismissing twice, and restoring what was never dismissed, succeed without a trace."""
    before = await everything(world.backend.database, world.tenant.id)
    await acts.restore(world, pair.lead, pair.contact)
    assert what_differs(before, await everything(world.backend.database, world.tenant.id)) == {}
    await acts.dismiss(world, pair.lead, pair.contact)
    before = await everything(world.backend.database, world.tenant.id)

    await acts.dismiss(world, pair.lead, pair.contact)

    assert what_differs(before, await everything(world.backend.database, world.tenant.id)) == {}


async def _patch_lead(world: World, pair: Pair, **patch: Any) -> None:  # noqa: ANN401
    command = UpdateLead(lead_id=pair.lead.id, lead=LeadPatch(**patch))
    await update_lead(world.backend, world.agent, command)


async def _patch_contact(world: World, pair: Pair, **patch: Any) -> None:  # noqa: ANN401
    command = UpdateContact(contact_id=pair.contact.id, contact=ContactPatch(**patch))
    await update_contact(world.backend, world.agent, command)


Change = Callable[[World, Pair], Awaitable[None]]
FIRST, LAST, [EMAIL], [PHONE] = (DETAILS[name] for name in ("first_name", "last_name", "emails", "phones"))
MORE_EMAILS = (EmailDraft(EMAIL, is_primary=True), EmailDraft("other@gmx.de"))
MORE_PHONES = (PhoneDraft(PHONE, is_primary=True), PhoneDraft("+49 30 445566"))
HERE = address_of("Hansaring", "12", "50670", "Köln")

IDENTIFYING: Mapping[str, Change] = {
    "the lead's name": lambda w, p: _patch_lead(w, p, person=PersonPatch(last_name=f"{LAST}a")),
    "the lead's e-mails": lambda w, p: _patch_lead(w, p, emails=MORE_EMAILS),
    "the lead's phones": lambda w, p: _patch_lead(w, p, phones=MORE_PHONES),
    "the lead's address": lambda w, p: _patch_lead(w, p, address=HERE),
    "the contact's name": lambda w, p: _patch_contact(w, p, first_name=f"{FIRST}a"),
    "the contact's e-mails": lambda w, p: _patch_contact(w, p, emails=MORE_EMAILS),
    "the contact's phones": lambda w, p: _patch_contact(w, p, phones=MORE_PHONES),
    "the contact's address": lambda w, p: _patch_contact(w, p, address=HERE),
}
OTHERS: Mapping[str, Change] = {
    "the lead's subject": lambda w, p: _patch_lead(w, p, subject="Winter tyres", message="Soon", interest="Roadster"),
    "the lead's title": lambda w, p: _patch_lead(w, p, person=PersonPatch(salutation="Frau", title="Dr.")),
    "the lead's suggested assignee": lambda w, p: _patch_lead(w, p, assignee_suggestion_id=w.colleague.user_id),
    "the form of the lead's phone": lambda w, p: _patch_lead(
        w, p, phones=(PhoneDraft(PHONE.replace("+49 ", "0049 (0) ")),)
    ),
    "the contact's salutation": lambda w, p: _patch_contact(w, p, salutation="Frau", title="Dr."),
    "the contact's owner": lambda w, p: _patch_contact(w, p, owner_id=w.colleague.user_id),
    "the case of the contact's e-mail": lambda w, p: _patch_contact(w, p, emails=(EmailDraft(EMAIL.upper()),)),
}


@pytest.mark.parametrize("change", IDENTIFYING.values(), ids=IDENTIFYING.keys())
async def test_an_identifying_change_proposes_the_pair_again(world: World, pair: Pair, change: Change) -> None:
    """Of either side: what was said was said of other details. It can be said again."""
    await acts.dismiss(world, pair.lead, pair.contact)
    assert not await is_proposed(world, pair)

    await change(world, pair)

    assert await is_proposed(world, pair)
    await acts.dismiss(world, await world.read(pair.lead), pair.contact)
    assert not await is_proposed(world, pair)


@pytest.mark.parametrize("change", OTHERS.values(), ids=OTHERS.keys())
async def test_any_other_change_leaves_the_pair_hidden(world: World, pair: Pair, change: Change) -> None:
    """What does not identify, and what is only another form of the same, is no news."""
    await acts.dismiss(world, pair.lead, pair.contact)

    await change(world, pair)

    assert not await is_proposed(world, pair)


async def test_what_changes_back_is_hidden_again(world: World, pair: Pair) -> None:
    """What was said of these details is still known when they come back."""
    await acts.dismiss(world, pair.lead, pair.contact)
    await _patch_contact(world, pair, emails=MORE_EMAILS)
    assert await is_proposed(world, pair)

    await _patch_contact(world, pair, emails=(EmailDraft(EMAIL),))

    assert not await is_proposed(world, pair)


async def test_an_account_is_dismissed_by_itself(world: World) -> None:
    """Its contact stays a candidate, and the account comes back when its phone changes."""
    account = await world.add_account(**FIRM)
    contact = await world.add_contact(account, **DETAILS)
    lead = await world.add_lead(company="Fjordwerft AG", **{**DETAILS, "emails": FIRM["emails"]})
    [before] = await match_leads(world.backend, world.tenant, [lead])
    assert before.accounts.candidates[0].record_id == account.id

    await acts.dismiss(world, lead, account)

    [found] = await match_leads(world.backend, world.tenant, [lead])
    assert (found.accounts.verdict, found.accounts.dismissed, found.contacts.dismissed) == (
        Verdict.NONE,
        (account.id,),
        (),
    )
    assert [each.record_id for each in found.contacts.candidates] == [contact.id]
    patch = UpdateAccount(account_id=account.id, account=AccountPatch(phones=(PhoneDraft("+49 431 112233"),)))
    await update_account(world.backend, world.agent, patch)
    [again] = await match_leads(world.backend, world.tenant, [lead])
    assert [each.record_id for each in again.accounts.candidates] == [account.id]


async def test_of_two_exact_matches_the_other_is_left(world: World, pair: Pair) -> None:
    """Two 100 % matches are the user's choice; one of them dismissed, exactly one is left, and is chosen."""
    twin = await world.add_contact(await world.private_customers(), **DETAILS)
    assert [type(each) for each in (await world.state_of(pair.lead)).remaining][1:] == [ChooseRecord, ChooseCase]

    await acts.dismiss(world, pair.lead, twin)

    assert (await world.state_of(pair.lead)).contact_id == pair.contact.id


async def test_an_automatic_choice_goes_with_its_pair(world: World, pair: Pair) -> None:
    """Dismissed after the lead was accepted, the contact is not written to: the commit creates another one at once."""
    await acts.accept(world, pair.lead)
    await acts.dismiss(world, pair.lead, pair.contact, world.colleague)

    receipt = await acts.commit(world, pair.lead)

    created = await world.contact(receipt.id_of(RecordKind.CONTACT) or 0)
    assert created.id != pair.contact.id
    assert created.emails == pair.contact.emails
    assert await world.read(pair.contact) == pair.contact


async def test_a_dismissed_twin_costs_a_commit_no_second_plan(world: World, pair: Pair) -> None:
    """It carries the same strong keys as the new contact, and nobody has to be asked about it."""
    stranger = await world.add_lead(**acts.person(2))
    await acts.dismiss(world, pair.lead, pair.contact)
    counts = []
    for lead in (stranger, pair.lead):
        await acts.accept(world, lead)
        with count_statements(world.backend.database) as statements:
            await acts.commit(world, lead)
        counts.append(sum("FROM acceptances" in each for each in statements))

    assert counts[0] == counts[1]


async def test_who_is_chosen_all_the_same_is_not_dismissed_any_more(world: World, pair: Pair) -> None:
    """The last word counts: the next lead with these details finds the contact."""
    await acts.dismiss(world, pair.lead, pair.contact)
    await acts.accept(world, pair.lead)
    await acts.pick_contact(world, pair.lead, pair.contact)
    await acts.commit(world, pair.lead)

    next_lead = await world.add_lead(**DETAILS)

    assert (await contacts_of(world, next_lead)).verdict is Verdict.EXACT
    stored = await everything(world.backend.database, world.tenant.id)
    assert stored["match_dismissals"] == []
    assert EventKind.MATCH_RESTORED in {each["kind"] for each in stored["events"]}


async def test_what_is_unknown_is_refused(world: World, pair: Pair) -> None:
    """An unknown lead, record, or one of another kind, and the account that is never a candidate anyway."""
    private = await world.private_customers()
    account = Account(tenant_id=world.tenant.id, id=pair.contact.id, name="Nobody")
    stranger = Lead(tenant_id=world.tenant.id, id=5, type_id=1, received_at=world.clock())
    for act in (acts.dismiss, acts.restore):
        assert await faults(act(world, stranger, pair.contact)) == {"input.leadId": "not_found"}
        assert await faults(act(world, pair.lead, account)) == {"input.candidate.accountId": "not_found"}
        assert await faults(act(world, pair.lead, private)) == {"input.candidate.accountId": "not_allowed"}


async def test_nothing_of_it_is_anybodys_value(world: World, pair: Pair) -> None:
    """Ids, kinds, fingerprints and moments: whoever is erased is erased by lead and record."""
    await acts.dismiss(world, pair.lead, pair.contact)

    [row] = (await everything(world.backend.database, world.tenant.id))["match_dismissals"]

    assert {name for name, value in row.items() if isinstance(value, str)} == set()
    assert (row["lead_id"], row["record_id"], row["user_id"]) == (pair.lead.id, pair.contact.id, world.agent.user_id)
    assert "lead_fingerprint" in dismissals.primary_key


@pytest.mark.parametrize("number", [1, 10, 100])
async def test_a_page_costs_one_statement_more_where_pairs_were_dismissed(world: World, number: int) -> None:
    """However many leads, and however many dismissed; nothing more where nobody has ever dismissed anything."""
    private = await world.private_customers()
    contacts = [await world.add_contact(private, **acts.person(n)) for n in range(number)]
    leads = [await world.add_lead(**acts.person(n)) for n in range(number)]
    await match_leads(world.backend, world.tenant, leads)
    with count_statements(world.backend.database) as before:
        await match_leads(world.backend, world.tenant, leads)
    for lead, contact in list(zip(leads, contacts, strict=True))[1::2]:
        await acts.dismiss(world, lead, contact)
    stranger = await world.add_contact(private, **acts.person(number))
    await acts.dismiss(world, leads[0], stranger)

    with count_statements(world.backend.database) as after:
        found = await match_leads(world.backend, world.tenant, leads[::2])
    with count_statements(world.backend.database) as all_of_them:
        hidden = await match_leads(world.backend, world.tenant, leads)

    assert (len(before), len(after)) == (2, 3)
    assert len(all_of_them) <= 6
    assert all(each.contacts.verdict is Verdict.EXACT for each in found)
    assert [each.contacts.verdict for each in hidden[1::2]] == [Verdict.NONE] * (number // 2)
