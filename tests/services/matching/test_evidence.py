"""Every piece of evidence explains itself: both values, bits, and words in every language."""

import pytest

from domain.matches import Candidate, EvidenceCode, EvidenceKind
from domain.matching_settings import EvidenceWeight, MatchingSettings
from domain.texts import evidence_text
from domain.values import Language
from services.matching.compare_companies import compare_vat_ids
from services.matching.documents import account_document, contact_document, lead_document
from services.matching.model import Statistics
from services.matching.rarity import Rarity
from services.matching.score import score_account, score_contact
from services.matching.settings import DEFAULT_SETTINGS
from services.matching.tenant_settings import match_settings
from tests.services.matching.examples import account, contact, lead
from tests.services.matching.test_field_cases import MATCHES, NOT_EXACT, candidates_of

CASES = {**MATCHES, **NOT_EXACT}
MANY = Statistics(snapshot=1, accounts=10_000, contacts=10_000)


def candidates(name: str) -> tuple[Candidate, ...]:
    """The candidates of a case from the field."""
    return candidates_of(CASES[name])[1]


@pytest.mark.parametrize("name", CASES)
def test_what_is_shown_adds_up_and_is_told_with_both_values(name: str) -> None:
    """Prior and evidence sum up to the score; each piece names what it compared and has a text in each language."""
    for each in candidates(name):
        assert each.score == pytest.approx(each.prior + sum(piece.bits for piece in each.evidence))
        for piece in each.evidence:
            assert piece.lead_value
            assert piece.existing_value
            assert evidence_text(piece, Language.EN) != evidence_text(piece, Language.DE)


def test_a_mistyped_vat_id_is_not_called_different() -> None:
    """One digit off, which the check digits show, speaks for the company, and is told so."""
    given = lead_document(lead(company="Lohse", vat_id="DE136695977"), "DE").company
    existing = account_document(account("Lohse", vat_id="DE136695976"), "DE")

    evidence = compare_vat_ids(given, existing, DEFAULT_SETTINGS)

    assert evidence is not None
    assert (evidence.code, evidence.bits > 0) == (EvidenceCode.VAT_ID_SIMILAR, True)


def test_a_higher_threshold_gives_no_record_a_higher_score() -> None:
    """What a contact who fits says about the account does not follow the tenant's threshold."""
    given = lead_document(lead(company="Anders", first_name="Eva", last_name="Lohse", phone=["0351 123456"]), "DE")
    company = account_document(account("Quandt"), "DE")
    people = [contact_document(contact("Eva", "Lohse", phone=["0351 123456"]), "DE")]
    strict = match_settings(MatchingSettings(version=1, threshold=20.0))

    assert score_account(given, company, people, Rarity(MANY, strict)) == score_account(
        given, company, people, Rarity(MANY, DEFAULT_SETTINGS)
    )


def test_a_weight_of_nothing_leaves_the_evidence_to_be_seen() -> None:
    """It is shown with 0 bits, and never with -0."""
    given = lead_document(lead(first_name="Eva", last_name="Lohse", phone=["0351 123456"]), "DE")
    person = contact_document(contact("Eva", "Lohse", phone=["030 998877"]), "DE")
    ignored = EvidenceWeight(kind=EvidenceKind.PHONE, agree=0.0, disagree=0.0)
    settings = match_settings(MatchingSettings(version=1, weights=(ignored,)))

    found = score_contact(given, person, None, Rarity(MANY, settings))

    assert [str(each.bits) for each in found.evidence if each.kind is EvidenceKind.PHONE] == ["0.0"]
