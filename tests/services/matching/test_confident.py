"""The rule for candidates beyond reasonable doubt, case by case."""

from dataclasses import replace

import pytest

from domain.matches import Band, Evidence, EvidenceCode, EvidenceKind, Verdict
from services.matching.confident import INDEPENDENT_GROUPS, is_confident, is_other_site
from services.matching.documents import account_document, lead_document
from services.matching.model import CompanyDocument
from services.matching.rank import Scored, rank_accounts, rank_contacts
from services.matching.score import Score
from services.matching.settings import DEFAULT_SETTINGS, ConfidentRule
from tests.services.matching.examples import account, lead

RULE = ConfidentRule()
HERE = "Werftstraße 12, 01067 Dresden"


def piece(
    kind: EvidenceKind, bits: float, code: EvidenceCode = EvidenceCode.NAME_EQUAL, similarity: float = 1.0
) -> Evidence:
    """A piece of evidence; the code matters for names only."""
    return Evidence(kind=kind, code=code, bits=bits, similarity=similarity)


NAME = piece(EvidenceKind.NAME, 22.0)
PHONE = piece(EvidenceKind.PHONE, 16.0)
EMAIL = piece(EvidenceKind.EMAIL, 16.0)
DOMAIN = piece(EvidenceKind.DOMAIN, 11.0)
SLIP = piece(EvidenceKind.NAME, 22.0, EvidenceCode.NAME_SIMILAR, 0.95)
SIBLING = piece(EvidenceKind.NAME, 4.0, EvidenceCode.NAME_SIMILAR, 0.5)
MOELLER = piece(EvidenceKind.NAME, 22.0, EvidenceCode.NAME_SIMILAR, 0.93)


def score(bits: float, *evidence: Evidence) -> Score:
    """A score with this sum."""
    return Score(bits, evidence, is_exact=False)


@pytest.mark.parametrize(
    ("found", "next_bits", "expected"),
    [
        pytest.param(score(30.0, NAME, PHONE), None, True, id="enough, and alone"),
        pytest.param(score(29.99, NAME, PHONE), None, False, id="not enough"),
        pytest.param(score(30.0, NAME, PHONE), 22.0, True, id="eight bits ahead"),
        pytest.param(score(30.0, NAME, PHONE), 22.01, False, id="another comes near"),
        pytest.param(score(40.0, NAME), None, False, id="one kind only"),
        pytest.param(score(40.0, NAME, piece(EvidenceKind.LEGAL_FORM, 3.5)), None, False, id="name and legal form"),
        pytest.param(score(40.0, EMAIL, DOMAIN), None, False, id="mail and domain, and no name"),
        pytest.param(score(40.0, NAME, piece(EvidenceKind.PHONE, 2.9)), None, False, id="a second kind of no weight"),
        pytest.param(score(40.0, NAME, PHONE, piece(EvidenceKind.ADDRESS, -3.0)), None, True, id="hardly against"),
        pytest.param(score(40.0, NAME, PHONE, piece(EvidenceKind.ADDRESS, -3.01)), None, False, id="against"),
        pytest.param(score(40.0, PHONE, EMAIL), None, False, id="a household without a name"),
        pytest.param(score(40.0, SIBLING, PHONE, EMAIL), None, False, id="siblings who share phone and mail"),
        pytest.param(score(40.0, MOELLER, PHONE, EMAIL), None, False, id="Möller and Müller"),
        pytest.param(score(40.0, SLIP, PHONE), None, True, id="a slip in a long name"),
        pytest.param(score(40.0, NAME._replace(code=EvidenceCode.NAME_SWAPPED), PHONE), None, True, id="swapped names"),
    ],
)
def test_the_rule_holds_each_of_its_limits(found: Score, next_bits: float | None, expected: bool) -> None:
    """High, ahead, of independent kinds, hardly contradicted, and by name: nothing of it can be left out."""
    assert is_confident(found, next_bits, RULE) is expected


@pytest.mark.parametrize(
    ("lead_at", "account_at", "expected"),
    [
        (HERE, HERE, False),
        (HERE, None, False),
        (None, HERE, False),
        (HERE, "Werftstr. 12a, 01067 Dresden", False),
        (HERE, "Werfctstraße 12, 01067 Dresden", False),
        (HERE, "Werftstraße 12, 01069 Dresden", False),
        (HERE, "Werftstraße 99, 01067 Dresden", True),
        (HERE, "Am Anger 3, 01067 Dresden", True),
        (HERE, "Werftstraße 12, 24103 Kiel", True),
    ],
)
def test_another_site_is_told_by_its_address(lead_at: str | None, account_at: str | None, expected: bool) -> None:
    """Another street, number, or town with another postcode is another place; a slip or a missing part is none."""
    company = lead_document(lead(company="Elbe Maschinenbau", at=lead_at), "DE").company
    existing = account_document(account("Elbe Maschinenbau", at=account_at), "DE")

    assert is_other_site(company, existing) is expected
    assert is_confident(score(45.0, NAME, DOMAIN), None, RULE, company, existing) is not expected


def test_every_kind_of_evidence_is_in_a_group() -> None:
    """A new kind fails here until it is said what it is independent of."""
    assert set(INDEPENDENT_GROUPS) == set(EvidenceKind)


SURE, NEAR, FAR = score(40.0, NAME, PHONE), score(39.0, NAME, PHONE), score(10.0, NAME)
CONFIDENT = replace(DEFAULT_SETTINGS, chooses_confident=True)


@pytest.mark.parametrize("chooses_confident", [False, True])
def test_the_band_is_told_and_the_choice_is_the_tenants(*, chooses_confident: bool) -> None:
    """A confident candidate is always called so; it is chosen only where the tenant wants that."""
    settings = replace(DEFAULT_SETTINGS, chooses_confident=chooses_confident)

    found = rank_contacts([Scored(1, 1, FAR), Scored(2, 1, SURE)], settings=settings)

    assert [(each.record_id, each.band) for each in found.candidates] == [(2, Band.CONFIDENT), (1, Band.SIMILAR)]
    assert found.verdict is (Verdict.CONFIDENT if chooses_confident else Verdict.SIMILAR)
    assert (None if found.chosen is None else found.chosen.record_id) == (2 if chooses_confident else None)


def test_of_two_that_fit_alike_none_is_confident() -> None:
    """Nothing is chosen between them."""
    found = rank_contacts([Scored(1, 1, NEAR), Scored(2, 1, SURE)], settings=CONFIDENT)

    assert {each.band for each in found.candidates} == {Band.SIMILAR}
    assert (found.verdict, found.chosen) == (Verdict.SIMILAR, None)


def test_a_100_percent_match_goes_first_and_leaves_no_room_for_a_confident_one() -> None:
    """Whatever the scores, the exact record is chosen, and two exact ones leave it to the user."""
    exact = Score(12.0, (NAME, PHONE), is_exact=True)

    one = rank_contacts([Scored(1, 1, exact), Scored(2, 1, SURE)], settings=CONFIDENT)
    two = rank_contacts([Scored(1, 1, exact), Scored(2, 1, SURE), Scored(3, 1, exact)], settings=CONFIDENT)

    assert (one.verdict, one.chosen and one.chosen.record_id) == (Verdict.EXACT, 1)
    assert [each.band for each in one.candidates] == [Band.EXACT, Band.SIMILAR]
    assert (two.verdict, two.chosen) == (Verdict.SEVERAL_EXACT, None)


def test_another_site_is_similar_however_high_its_score() -> None:
    """Accounts are ranked with their documents, so that the same name and domain elsewhere are never chosen."""
    given = lead_document(lead(company="Elbe Maschinenbau", website="elbe.example", at=HERE), "DE")

    def verdict(document: CompanyDocument) -> Verdict:
        return rank_accounts(given, [Scored(1, 1, SURE, 1, document)], settings=CONFIDENT).verdict

    assert verdict(account_document(account("Elbe Maschinenbau", at=HERE), "DE")) is Verdict.CONFIDENT
    elsewhere = account_document(account("Elbe Maschinenbau", at="Am Anger 3, 24103 Kiel"), "DE")
    assert verdict(elsewhere) is Verdict.SIMILAR
