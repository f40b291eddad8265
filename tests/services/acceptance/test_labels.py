"""Every decision about candidates is kept: what was chosen, what was passed over, what the rules would have done."""

from collections import Counter
from typing import Any

from db import labels
from domain.acceptance import ContactPlacement
from domain.drafts import EmailDraft, LeadPatch, PhoneDraft
from domain.labels import Label, LabelDecision
from domain.matches import Band
from domain.problems import CandidatesChanged
from domain.records import Contact, Lead, RecordKind
from services.candidates import match_leads
from services.intake import UpdateLead, update_lead
from services.matching.model import NORMALISER_VERSION
from tests.proofs import acts
from tests.support.refusals import refusal
from tests.support.statements import count_statements
from tests.support.tables import everything
from tests.support.world import World

DETAILS = acts.person(1)
SIMILAR = {**DETAILS, "phones": ("+49 40 7778889",)}


async def all_labels(world: World) -> list[Label]:
    """All labels of the tenant, oldest first."""
    async with world.backend.database.read() as session:
        return await labels.some_after(session, world.tenant.id, 0, 1_000)


async def told(world: World) -> set[tuple[int, LabelDecision, bool, int | None]]:
    """What the labels say: record, decision, whether it is a match, rank."""
    return {(each.record_id, each.decision, each.is_match, each.rank) for each in await all_labels(world)}


async def accepted(world: World, **details: Any) -> Lead:  # noqa: ANN401
    """An accepted lead."""
    lead = await world.add_lead(**details)
    await acts.accept(world, lead)
    return lead


async def contacts(world: World, *details: dict[str, Any]) -> list[Contact]:
    """Private customers."""
    private = await world.private_customers()
    return [await world.add_contact(private, **each) for each in details]


async def test_an_automatic_choice_that_stood_is_kept(world: World) -> None:
    """The 100 % match is a match, a similar one beside it is none."""
    exact, similar = await contacts(world, DETAILS, SIMILAR)
    lead = await accepted(world, **DETAILS)
    await acts.commit(world, lead)

    assert await told(world) == {
        (exact.id, LabelDecision.KEPT, True, 1),
        (similar.id, LabelDecision.KEPT, False, 2),
    }


async def test_a_label_carries_what_was_seen(world: World) -> None:
    """Score, band, evidence by code, and with what it was made; who decided, and when; no value of anybody."""
    [exact] = await contacts(world, DETAILS)
    lead = await accepted(world, **DETAILS)
    [found] = await match_leads(world.backend, world.tenant, [lead])
    await acts.commit(world, lead)

    [label] = await all_labels(world)
    [candidate] = found.contacts.candidates
    assert (label.lead_id, label.record_kind, label.record_id, label.record_version) == (
        lead.id,
        RecordKind.CONTACT,
        exact.id,
        1,
    )
    assert (label.score, label.band) == (candidate.score, Band.EXACT)
    assert label.evidence == tuple((each.code, each.bits) for each in candidate.evidence)
    assert (label.snapshot, label.normaliser, label.settings) == (found.contacts.snapshot, NORMALISER_VERSION, 0)
    assert (label.user_id, label.decided_at) == (world.agent.user_id, world.clock())
    [row] = (await everything(world.backend.database, world.tenant.id))["match_labels"]
    values = {*DETAILS["emails"], *DETAILS["phones"], DETAILS["first_name"], DETAILS["last_name"]}
    assert not any(each in str(row) for each in values)


async def test_a_choice_from_the_list_says_no_to_the_others(world: World) -> None:
    """The second of two was chosen: it is the match."""
    first, second = await contacts(world, SIMILAR, {**SIMILAR, "emails": ("other@gmx.de",)})
    lead = await accepted(world, **DETAILS)
    await acts.pick_contact(world, lead, second, acts.take_phones(), acts.keep_emails())
    await acts.commit(world, lead)

    assert await told(world) == {
        (first.id, LabelDecision.CHOSEN, False, 1),
        (second.id, LabelDecision.CHOSEN, True, 2),
    }


async def test_a_new_record_says_no_to_all(world: World) -> None:
    """Created although a similar one existed."""
    [similar] = await contacts(world, SIMILAR)
    lead = await accepted(world, **DETAILS)
    await acts.pick_contact(world, lead, None)
    await acts.commit(world, lead)

    assert await told(world) == {(similar.id, LabelDecision.CREATED, False, 1)}


async def test_a_confirmed_and_an_overruled_automatic_choice_differ(world: World) -> None:
    """The user chose what the rules chose, or somebody who was not on the list."""
    exact, stranger = await contacts(world, DETAILS, acts.person(2))
    confirmed, overruled = await accepted(world, **DETAILS), await accepted(world, **DETAILS)
    await acts.pick_contact(world, confirmed, exact)
    await acts.commit(world, confirmed)
    await acts.pick_contact(world, overruled, stranger, acts.take_phones(), acts.keep_emails(), *acts.keep_names())
    await acts.commit(world, overruled)

    assert await told(world) == {
        (exact.id, LabelDecision.CONFIRMED, True, 1),
        (exact.id, LabelDecision.OVERRULED, False, 1),
        (stranger.id, LabelDecision.OVERRULED, True, None),
    }


async def test_accounts_are_labelled_as_well(world: World) -> None:
    """The account and the contact of a business lead have labels of their own; the private customers' account none."""
    account = await world.add_account(name="Fjordwerft AG", emails=("info@fjordwerft.example",))
    lead = await accepted(world, company="Fjordwerft AG", **{**DETAILS, "emails": ("info@fjordwerft.example",)})
    await acts.commit(world, lead)
    private = await accepted(world, **acts.person(3))
    await acts.commit(world, private)

    assert [(each.record_kind, each.record_id) for each in await all_labels(world)] == [
        (RecordKind.ACCOUNT, account.id)
    ]


async def test_a_contact_that_keeps_its_account_chooses_it(world: World) -> None:
    """The account came with the contact, instead of the one that would have been created."""
    account = await world.add_account(name="Fjordwerft AG")
    contact = await world.add_contact(account, **DETAILS)
    lead = await accepted(world, company="Quandt Armaturen GmbH", **DETAILS)
    await acts.pick_account(world, lead, None)
    await acts.pick_contact(world, lead, contact, placement=ContactPlacement.KEEP_ACCOUNT)
    await acts.commit(world, lead)

    chosen = {(each.record_kind, each.record_id) for each in await all_labels(world) if each.is_match}
    assert chosen == {(RecordKind.ACCOUNT, account.id), (RecordKind.CONTACT, contact.id)}


async def test_what_was_not_seen_is_not_passed_over(world: World) -> None:
    """A candidate that appears after the choice gets no label."""
    [similar] = await contacts(world, SIMILAR)
    lead = await accepted(world, **DETAILS)
    await acts.pick_contact(world, lead, similar, acts.take_phones())
    await contacts(world, DETAILS)
    await acts.commit(world, lead)

    assert {each.record_id for each in await all_labels(world)} == {similar.id}


async def test_a_dismissed_candidate_is_a_label_of_its_own(world: World) -> None:
    """With what was seen when it was dismissed; it is no candidate of the commit any more."""
    exact, similar = await contacts(world, DETAILS, SIMILAR)
    lead = await accepted(world, **DETAILS)
    await acts.dismiss(world, lead, exact, world.colleague)
    await acts.pick_contact(world, lead, similar, acts.take_phones())
    await acts.commit(world, lead)

    [dismissed, chosen] = await all_labels(world)
    assert (dismissed.record_id, dismissed.decision, dismissed.is_match) == (exact.id, LabelDecision.DISMISSED, False)
    assert (dismissed.rank, dismissed.band, dismissed.user_id) == (1, Band.EXACT, world.colleague.user_id)
    assert (chosen.record_id, chosen.decision, chosen.rank) == (similar.id, LabelDecision.CHOSEN, 1)


async def test_a_pair_that_is_dismissed_again_has_one_label(world: World) -> None:
    """The contact's or the lead's details changed in between: the last word counts, and can be taken back."""
    [contact] = await contacts(world, DETAILS)
    lead = await world.add_lead(**DETAILS)
    await acts.dismiss(world, lead, contact)
    await acts.change(world, contact, emails=(EmailDraft("other@gmx.de"),))
    await acts.dismiss(world, lead, contact)
    assert [(each.lead_id, each.record_version) for each in await all_labels(world)] == [(lead.id, 2)]
    command = UpdateLead(lead_id=lead.id, lead=LeadPatch(phones=(PhoneDraft("+49 40 7778889"),)))
    await update_lead(world.backend, world.agent, command)
    await acts.dismiss(world, lead, contact, world.colleague)

    assert [(each.lead_id, each.user_id) for each in await all_labels(world)] == [(lead.id, world.colleague.user_id)]
    await acts.restore(world, lead, contact)
    assert await all_labels(world) == []


async def test_a_dismissal_in_the_place_of_another_leads_takes_its_label(world: World) -> None:
    """Said again through a lead with the same details, it is one pair; another record's label stays."""
    contact, stranger = await contacts(world, DETAILS, acts.person(2))
    first, second = await world.add_lead(**DETAILS), await world.add_lead(**DETAILS)
    await acts.dismiss(world, first, contact)
    await acts.dismiss(world, first, stranger)
    await acts.change(world, contact, emails=(EmailDraft("other@gmx.de"),))
    await acts.dismiss(world, second, contact)

    assert {(each.lead_id, each.record_id) for each in await all_labels(world)} == {
        (first.id, stranger.id),
        (second.id, contact.id),
    }


async def test_a_crowd_is_labelled_by_one_statement(world: World) -> None:
    """Ten candidates that were shown, and no more, are written at once; with one it costs as many statements."""
    counts, written = [], []
    for number, size in ((1, 1), (2, 10), (3, 14)):
        details = acts.person(number)
        crowd = await contacts(world, *[{**details, "phones": (f"+49 40 {number}{n}77788",)} for n in range(size)])
        lead = await accepted(world, **details)
        await acts.pick_contact(world, lead, None)
        assert len(crowd) == size
        before = Counter(each.lead_id for each in await all_labels(world))
        with count_statements(world.backend.database) as statements:
            await acts.commit(world, lead)
        counts.append(len(statements))
        written.append(Counter(each.lead_id for each in await all_labels(world)) - before)
        assert sum("INSERT INTO match_labels" in each for each in statements) == 1
    assert counts[0] == counts[1]
    assert [sum(each.values()) for each in written] == [1, 10, 10]


async def test_a_repeated_commit_labels_once(world: World) -> None:
    """Sent again with its key, it answers the same and adds nothing."""
    await contacts(world, DETAILS)
    lead = await accepted(world, **DETAILS)
    receipt = await acts.commit(world, lead, key="once")

    assert await acts.commit(world, lead, key="once") == receipt
    assert len(await all_labels(world)) == 1


async def test_a_refused_commit_labels_nothing(world: World) -> None:
    """A twin that nobody has seen stands in the way, and nothing at all is written."""
    lead = await accepted(world, **DETAILS)
    await contacts(world, DETAILS)
    [problem] = await refusal(acts.commit(world, lead))

    assert isinstance(problem, CandidatesChanged)
    assert await all_labels(world) == []
