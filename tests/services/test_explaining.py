"""Explaining pairs: proposed ones, those that were not, and those that are none of the tenant's business."""

from dataclasses import replace

import pytest

from db import match_candidates
from domain.explanations import Absence, ExactFailure, KeyUse, MatchExplanation
from domain.matches import Band, EvidenceKind
from domain.matching_settings import MatchingSettings
from domain.records import Account, Contact, Lead
from services.candidates import match_leads
from services.explaining import explain_match
from services.indexing import fold_frequencies
from tests.proofs import acts
from tests.support.factories import address_of, make_account, make_contact
from tests.support.offices import Office
from tests.support.statements import count_statements
from tests.support.world import World

HERE = address_of("Werftstraße", "12", "01067", "Dresden")


async def explain(world: World, lead: Lead, record: Account | Contact) -> MatchExplanation:
    """The explanation of a pair that the tenant has."""
    found = await explain_match(world.backend, world.tenant, lead.id, type(record), record.id)
    assert found is not None
    assert found.score == pytest.approx(found.prior + sum(each.bits for each in found.evidence))
    return found


async def test_a_proposed_pair_is_told_as_the_look_up_told_it(world: World) -> None:
    """Rank, band, score and evidence are those of the candidate; the keys that brought it up are named."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"], address=HERE)
    lead = await world.add_lead(company="Elbe Maschinenbau", phones=["+49 351 123456"])
    [found] = await match_leads(world.backend, world.tenant, [lead])
    [candidate] = found.accounts.candidates

    told = await explain(world, lead, account)

    assert (told.rank, told.band, told.absence) == (1, Band.EXACT, None)
    assert (told.score, told.prior, told.evidence) == (candidate.score, candidate.prior, candidate.evidence)
    assert told.exactness.failure is None
    assert set(told.exactness.agreeing) == {EvidenceKind.NAME, EvidenceKind.PHONE}
    tier_one = {each.family: each for each in told.shared_keys if each.tier == 1}
    assert set(tier_one) == {"company", "companies", "joined", "phone", "trunk"}
    assert tier_one["phone"].value == "+49351123456"
    assert {each.use for each in tier_one.values()} == {KeyUse.USED}
    assert {each.use for each in told.shared_keys if each.tier > 1} == {KeyUse.NOT_ASKED}
    missing = {each.kind: (each.is_missing_in_lead, each.is_missing_in_record) for each in told.missing}
    assert missing[EvidenceKind.ADDRESS] == (True, False)
    assert missing[EvidenceKind.VAT_ID] == (True, True)
    assert EvidenceKind.PHONE not in missing


async def test_a_pair_without_a_shared_key_is_told_so(world: World) -> None:
    """Nothing brought the record up; what it would have scored is told nevertheless."""
    account = await world.add_account(name="Quandt Armaturen AG", phones=["030 998877"])
    lead = await world.add_lead(company="Elbe Maschinenbau", phones=["+49 351 123456"])

    told = await explain(world, lead, account)

    assert (told.rank, told.band, told.absence) == (None, None, Absence.NO_SHARED_KEY)
    assert told.shared_keys == ()
    assert told.score < told.threshold
    assert told.exactness.failure is ExactFailure.CONTRADICTION
    assert EvidenceKind.PHONE in told.exactness.contradicting


async def test_keys_that_are_too_frequent_are_told_and_left_out(world: World) -> None:
    """Everybody has the lead's name, and the lead has rarer details: the name brings none of them up."""
    private = await world.private_customers()
    crowd = [
        make_contact(
            private, tenant_id=world.tenant.id, id=world.backend.ids.new_id(), first_name="Jana", last_name="Müller"
        )
        for _ in range(match_candidates.TIER_ONE.most_frequent + 1)
    ]
    await world.give(*crowd)
    await fold_frequencies(world.backend, world.tenant.id)
    rare = {"emails": ["jana@web.de"], "phones": ["0351 123456"], "address": HERE}
    lead = await world.add_lead(first_name="Jana", last_name="Müller", **rare)

    told = await explain(world, lead, crowd[-1])

    [names] = [each for each in told.shared_keys if each.family == "names"]
    assert (names.tier, names.frequency, names.use) == (1, len(crowd), KeyUse.TOO_FREQUENT)
    assert {each.use for each in told.shared_keys} == {KeyUse.TOO_FREQUENT}
    assert (told.rank, told.absence) == (None, Absence.TOO_FREQUENT_KEYS)


async def test_loose_keys_are_looked_for_only_where_nothing_is_found(world: World) -> None:
    """A slip in the last name is found by itself, and passed over beside a better record."""
    account = await world.add_account(name="Quandt Armaturen")
    near = await world.add_contact(account, first_name="Katrin", last_name="Sommerfeld")
    lead = await world.add_lead(first_name="Katrin", last_name="Sommerfeldt", emails=["k@web.de"])
    alone = await explain(world, lead, near)
    assert alone.rank == 1
    assert {each.use for each in alone.shared_keys} == {KeyUse.USED}

    await world.add_contact(account, first_name="Katrin", last_name="Sommerfeldt", emails=["k@web.de"])
    told = await explain(world, lead, near)

    assert (told.rank, told.absence) == (None, Absence.LOOSE_KEYS_NOT_ASKED)
    assert {(each.tier, each.use) for each in told.shared_keys} == {(2, KeyUse.NOT_ASKED)}


async def test_a_score_below_the_tenants_threshold_is_told(world: World) -> None:
    """The record was looked at, and the tenant wants more evidence than there is."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH")
    lead = await world.add_lead(company="Elbe Maschinenbau")
    strict = replace(world.tenant, matching=MatchingSettings(version=3, threshold=19.5))

    told = await explain_match(world.backend, strict, lead.id, Account, account.id)

    assert told is not None
    assert (told.absence, told.threshold, told.settings_version) == (Absence.BELOW_THRESHOLD, 19.5, 3)
    assert told.exactness.failure is ExactFailure.TOO_LITTLE_AGREES


async def test_a_record_that_does_not_tell_itself_from_another_is_told_so(world: World) -> None:
    """The lead agrees with two sites of a company; the one whose phone is unknown is not the right one for that."""
    bare = await world.add_account(name="Elbe Maschinenbau GmbH", website="elbe-maschinenbau.de")
    await world.add_account(name="Elbe Maschinenbau GmbH", website="elbe-maschinenbau.de", phones=["0351 123456"])
    lead = await world.add_lead(
        company="Elbe Maschinenbau GmbH", emails=["info@elbe-maschinenbau.de"], phones=["040 998877"]
    )

    told = await explain(world, lead, bare)

    assert (told.rank, told.band, told.exactness.failure) == (1, Band.SIMILAR, ExactFailure.RIVALLED)
    assert told.exactness.contradicting == ()


async def test_what_an_account_shares_through_its_contacts_is_told_with_them(world: World) -> None:
    """The key that a contact carries names the contact."""
    account = await world.add_account(name="Quandt Armaturen")
    contact = await world.add_contact(
        account, first_name="Katrin", last_name="Sommerfeld", emails=["katrin.sommerfeld@web.de"]
    )
    lead = await world.add_lead(
        company="Ganz Anders", first_name="Katrin", last_name="Sommerfeld", emails=["katrin.sommerfeld@web.de"]
    )

    told = await explain(world, lead, account)

    assert {each.contact_id for each in told.shared_keys if each.family == "email"} == {contact.id}
    assert EvidenceKind.PERSON in {each.kind for each in told.evidence}


async def test_what_is_never_proposed_says_why(world: World) -> None:
    """The private customers' account, and any account for a private person's lead."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"])
    private_lead = await world.add_lead(first_name="Eva", last_name="Lohse", phones=["0351 123456"])
    company_lead = await world.add_lead(company="Privatkunden")

    of_person = await explain(world, private_lead, account)
    of_private = await explain(world, company_lead, await world.private_customers())

    assert of_person.absence is Absence.PRIVATE_PERSON
    assert of_person.exactness.failure is ExactFailure.PRIVATE_PERSON
    assert of_private.absence is Absence.PRIVATE_CUSTOMERS


async def test_a_full_list_is_told(world: World) -> None:
    """Of eleven records that fit alike, the last is beyond the list."""
    accounts = [await world.add_account(name="Elbe Maschinenbau GmbH") for _ in range(11)]
    lead = await world.add_lead(company="Elbe Maschinenbau")

    assert (await explain(world, lead, accounts[0])).rank == 1
    assert (await explain(world, lead, accounts[-1])).absence is Absence.BEYOND_THE_LIST


async def test_nothing_of_another_tenant_is_explained(world: World, foreign_office: Office) -> None:
    """Neither a foreign record nor a foreign lead, nor ids that nobody can have."""
    foreign = make_account(tenant_id=foreign_office.tenant.id)
    await foreign_office.give(foreign)
    own = await world.add_account()
    lead = await world.add_lead(company="Elbe Maschinenbau")

    async def ask(tenant_lead: int, record: int) -> MatchExplanation | None:
        return await explain_match(world.backend, world.tenant, tenant_lead, Account, record)

    assert await ask(lead.id, own.id) is not None
    assert await ask(lead.id, foreign.id) is None
    assert await explain_match(world.backend, foreign_office.tenant, lead.id, Account, foreign.id) is None
    assert await ask(lead.id, 0) is None
    assert await ask(1 << 63, own.id) is None


async def test_an_explanation_takes_few_statements(world: World) -> None:
    """However many contacts an account has."""
    counts = []
    for number in (1, 30):
        account = await world.add_account(name=f"Werk {number} Lohse")
        for each in range(number):
            await world.add_contact(account, first_name="Eva", last_name="Lohse", emails=[f"e{each}@web.de"])
        lead = await world.add_lead(company=f"Werk {number} Lohse", first_name="Eva", last_name="Lohse")
        await explain(world, lead, account)
        with count_statements(world.backend.database) as statements:
            await explain(world, lead, account)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 8


async def test_a_dismissed_record_is_told_to_be_dismissed(world: World) -> None:
    """It would be a 100 % match, and is no candidate because a user has said so."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"])
    lead = await world.add_lead(company="Elbe Maschinenbau GmbH", phones=["0351 123456"])
    await acts.dismiss(world, lead, account)

    told = await explain(world, lead, account)

    assert (told.rank, told.absence) == (None, Absence.DISMISSED)


async def test_a_dismissed_record_that_nothing_brings_up_is_told_so_too(world: World) -> None:
    """A look-up that finds nobody does not ask what was dismissed; who asks why is told."""
    account = await world.add_account(name="Quandt Armaturen AG", phones=["030 998877"])
    lead = await world.add_lead(company="Elbe Maschinenbau", phones=["+49 351 123456"])
    await acts.dismiss(world, lead, account)

    told = await explain(world, lead, account)

    assert told.absence is Absence.DISMISSED


async def test_a_dismissed_contact_does_not_speak_for_its_account(world: World) -> None:
    """The account is explained as the look-up scores it: with those contacts only that the lead may still be."""
    account = await world.add_account(name="Quandt Armaturen")
    contact = await world.add_contact(account, first_name="Eva", last_name="Lohse", emails=["eva.lohse@web.de"])
    other = await world.add_contact(account, first_name="Eva", last_name="Lohse")
    lead = await world.add_lead(company="Ganz Anders", first_name="Eva", last_name="Lohse", emails=["eva.lohse@web.de"])
    before = await explain(world, lead, account)
    await acts.dismiss(world, lead, contact)
    less = await explain(world, lead, account)
    await acts.dismiss(world, lead, other)

    told = await explain(world, lead, account)

    assert contact.id in {each.contact_id for each in before.shared_keys}
    assert {each.contact_id for each in less.shared_keys} == {other.id}
    assert before.score >= less.score > told.score
    assert EvidenceKind.PERSON not in {each.kind for each in told.evidence}
    assert told.shared_keys == ()
