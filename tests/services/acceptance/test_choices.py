"""The order in which contacts are proposed once the account is chosen."""

from domain.acceptance import ChooseRecord
from domain.matches import Band, Candidate, Matches, Verdict
from services.acceptance.choices import ranked_for
from tests.proofs import acts
from tests.support.world import World


def _candidate(record_id: int, score: float, account_id: int, band: Band = Band.SIMILAR) -> Candidate:
    return Candidate(
        record_id=record_id, record_version=1, rank=record_id, score=score, band=band, account_id=account_id
    )


def test_on_equal_evidence_the_chosen_account_comes_first() -> None:
    """More evidence still comes before, and ranks are counted anew."""
    matches = Matches(
        verdict=Verdict.SIMILAR, candidates=(_candidate(1, 30, 7), _candidate(2, 20, 7), _candidate(3, 20, 8))
    )
    ranked = ranked_for(matches, 8)
    assert [(each.record_id, each.rank) for each in ranked.candidates] == [(1, 1), (3, 2), (2, 3)]


def test_a_hundred_percent_match_stays_before_similar_ones() -> None:
    """However many bits the similar ones have, and wherever they belong."""
    exact = _candidate(1, 20, 7, Band.EXACT)
    matches = Matches(verdict=Verdict.SEVERAL_EXACT, candidates=(exact, _candidate(2, 30, 8)))
    assert [each.record_id for each in ranked_for(matches, 8).candidates] == [1, 2]


async def test_contacts_of_the_chosen_account_are_proposed_first(world: World) -> None:
    """Of two contacts who fit a lead alike, the one of the account that the user has chosen."""
    known = {**acts.person(1), "emails": ()}
    firms = [await world.add_account(name=name) for name in ("Kran Hansen GmbH", "Deichbau KG")]
    contacts = [await world.add_contact(firm, **known) for firm in firms]
    lead = await world.add_lead(**{**known, "company": "Fjordwerft AG", "phones": ("+49 351 4445556",)})
    await acts.accept(world, lead)
    for firm, contact in zip(firms, contacts, strict=True):
        await acts.pick_account(world, lead, firm.id)
        (choice,) = [each for each in (await world.state_of(lead)).remaining if isinstance(each, ChooseRecord)]
        assert {each.record_id: each.account_id for each in choice.matches.candidates} == {
            each.id: each.account_id for each in contacts
        }
        assert choice.matches.candidates[0].record_id == contact.id
