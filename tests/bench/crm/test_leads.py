"""Labelled leads: repeatable, true to their labels, with every corruption and every near miss."""

from collections import Counter

import pytest

from bench.crm.corruptions import CORRUPTIONS
from bench.crm.generator import Crm, count_kinds
from bench.crm.leads import DEFAULT_MIX, leads
from bench.crm.model import NEAR_MISSES, GeneratedLead, Situation

CRM = Crm(seed=7, companies=1_500, privates=600)
LEADS = list(leads(CRM, 3_000))
NAMES = {contact.key: contact.last_name for contact in CRM.contacts()}


def of(situation: Situation, *, is_clean: bool = False) -> list[GeneratedLead]:
    """Give the leads in the situation, only the uncorrupted ones if asked for."""
    return [lead for lead in LEADS if lead.truth.situation is situation and not (is_clean and lead.corruptions)]


def test_equal_seeds_give_equal_leads() -> None:
    """The same seed gives the same leads, another seed other ones for the same CRM."""
    assert list(leads(Crm(7, 1_500, 600), 200)) == LEADS[:200]
    assert list(leads(CRM, 200, seed=1)) != LEADS[:200]


def test_a_third_are_private_persons() -> None:
    """A third of the leads is from private persons, and those name no company."""
    private = [lead for lead in LEADS if lead.truth.is_private]

    assert 0.30 < len(private) / len(LEADS) < 0.36
    assert {lead.company.name for lead in private} == {None}


def test_every_kind_is_counted_on_its_own_line() -> None:
    """Every situation and every corruption occurs often enough to be measured."""
    counts = count_kinds(LEADS)
    kinds = {f"situation:{situation.value}" for situation in Situation} | {f"corruption:{name}" for name in CORRUPTIONS}

    assert set(counts) == kinds
    assert min(counts.values()) >= 20


def test_corruptions_are_noted_once_and_change_something() -> None:
    """No corruption is noted twice, there are at most three, and some leads stay clean."""
    sizes = Counter(len(lead.corruptions) for lead in LEADS)

    assert set(sizes) == {0, 1, 2, 3}
    assert all(len(set(lead.corruptions)) == len(lead.corruptions) for lead in LEADS)


@pytest.mark.parametrize("situation", [each for each in Situation if each in NEAR_MISSES])
def test_a_near_miss_is_nobody_and_names_what_it_is_near_to(situation: Situation) -> None:
    """The truth of a near miss is that nothing matches; the record it resembles is named."""
    near_misses = of(situation)

    assert {(lead.truth.account_key, lead.truth.contact_key) for lead in near_misses} == {(None, None)}
    assert all(lead.truth.near for lead in near_misses)
    assert not any("moved" in lead.corruptions for lead in near_misses)


def test_a_known_lead_names_its_company_and_person() -> None:
    """The label of an uncorrupted lead is right: the company's domain or name and the person's surname agree."""
    for lead in of(Situation.KNOWN, is_clean=True):
        firm = CRM.firm(int((lead.truth.account_key or "").removeprefix("A")))

        assert (lead.company.name or "").startswith(firm.name.name)
        assert lead.person.last_name == NAMES[lead.truth.contact_key or ""]


def test_a_new_branch_is_in_another_place_with_the_same_domain() -> None:
    """A branch shares the company's name and domain, not its place."""
    for lead in of(Situation.NEW_BRANCH, is_clean=True):
        firm = CRM.firm(int((lead.truth.near or "").removeprefix("A")))

        assert (lead.company.name or "").startswith(firm.name.name)
        assert lead.address is None or lead.address.city != firm.place.city


def test_a_neighbour_is_another_company_at_the_same_address() -> None:
    """Another company in the building shares the address only."""
    for lead in of(Situation.SAME_BUILDING, is_clean=True):
        firm = CRM.firm(int((lead.truth.near or "").removeprefix("A")))

        assert lead.company.name != firm.full_name
        assert lead.address is None or lead.address.postcode == firm.address.postcode


def test_a_namesake_in_another_trade_keeps_the_owner() -> None:
    """Another company of the same owner's name differs in the rest of its name."""
    for lead in of(Situation.OTHER_TRADE, is_clean=True):
        firm = CRM.firm(int((lead.truth.near or "").removeprefix("A")))

        assert firm.name.owner is not None
        assert firm.name.owner in (lead.company.name or "")
        assert lead.company.name != firm.full_name


def test_a_relative_shares_the_mail_or_the_phone_but_not_the_first_name() -> None:
    """Family near misses are other people."""
    for lead in of(Situation.FAMILY, is_clean=True):
        relative = CRM.private_person(int((lead.truth.near or "").removeprefix("P")))

        assert lead.person.last_name == relative.last_name
        assert lead.person.first_name != relative.first_name


def test_a_relative_is_nobody_of_the_household() -> None:
    """Somebody else of the partner's name at the same address could be told apart by nothing."""
    crm = Crm(1, 10, 400)
    only = {Situation.FAMILY: 1}
    for lead in leads(crm, 4_000, mix=only):
        if not lead.corruptions:
            household = crm.household(int((lead.truth.near or "").removeprefix("P")))

            assert lead.person.first_name not in {each.first_name for each in household}


def test_near_misses_can_be_asked_for_alone() -> None:
    """A mix of one situation gives only that."""
    only = {Situation.NEW_BRANCH: 1}

    assert {lead.truth.situation for lead in leads(CRM, 50, mix=only)} == {Situation.NEW_BRANCH}
    assert sum(DEFAULT_MIX.values()) == 100


def test_a_near_miss_of_a_company_tells_its_place() -> None:
    """A new branch without an address would be the company that is known: nobody could tell them apart."""
    near = [lead for situation in NEAR_MISSES for lead in of(situation) if not lead.truth.is_private]

    assert len(near) > 100
    assert [lead for lead in near if lead.address is None] == []


def test_companies_of_one_common_name_have_domains_of_their_own() -> None:
    """Two companies that share their domain are sites of one, whatever others are called alike."""
    firms = [CRM.firm(index) for index in range(CRM.companies)]
    names = {(firm.domain, firm.name.full) for firm in firms}

    assert len({domain for domain, _ in names}) == len(names)
