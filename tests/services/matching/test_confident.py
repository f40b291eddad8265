"""The rule for candidates beyond reasonable doubt, case by case."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.matches import Band, Evidence, EvidenceCode, EvidenceKind, Verdict
from services.matching.confident import INDEPENDENT_GROUPS, is_confident
from services.matching.documents import account_document, contact_document, lead_document
from services.matching.model import CompanyDocument, Statistics
from services.matching.rank import Scored, rank_accounts, rank_contacts
from services.matching.rarity import Rarity
from services.matching.score import Score, score_account, score_contact
from services.matching.settings import DEFAULT_SETTINGS, ConfidentRule
from services.matching.sites import is_other_site
from tests.services.matching.examples import account, contact, lead

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
PERSON = piece(EvidenceKind.PERSON, 12.0)
COMPANY = piece(EvidenceKind.COMPANY, 10.0)
EVA = lead_document(lead(first_name="Eva", last_name="Lohse"), "DE")
EVA_KNOWN = contact_document(contact("Eva", "Lohse"), "DE")
LARGE = Rarity(Statistics(accounts=20_000, contacts=50_000), DEFAULT_SETTINGS)


def score(bits: float, *evidence: Evidence) -> Score:
    """A score with this sum."""
    return Score(bits, evidence, is_exact=False)


@pytest.mark.parametrize(
    ("found", "next_bits", "expected"),
    [
        pytest.param(score(20.0, NAME, PHONE), None, True, id="enough, and alone"),
        pytest.param(score(19.99, NAME, PHONE), None, False, id="not enough"),
        pytest.param(score(20.0, NAME, PHONE), 12.0, True, id="eight bits ahead"),
        pytest.param(score(20.0, NAME, PHONE), 12.01, False, id="another comes near"),
        pytest.param(score(40.0, NAME), None, False, id="one kind only"),
        pytest.param(score(40.0, NAME, piece(EvidenceKind.LEGAL_FORM, 3.5)), None, False, id="name and legal form"),
        pytest.param(score(40.0, NAME, piece(EvidenceKind.PHONE, 2.9)), None, False, id="a second kind of no weight"),
        pytest.param(score(40.0, NAME, PHONE, piece(EvidenceKind.ADDRESS, -3.0)), None, True, id="hardly against"),
        pytest.param(score(40.0, NAME, PHONE, piece(EvidenceKind.ADDRESS, -3.01)), None, False, id="against"),
    ],
)
def test_the_rule_holds_each_of_its_limits(found: Score, next_bits: float | None, expected: bool) -> None:
    """High, ahead, of independent kinds and hardly contradicted: nothing of it can be left out."""
    others = [] if next_bits is None else [score(next_bits)]

    assert is_confident(found, others, RULE, EVA, EVA_KNOWN) is expected


SHARED: dict[str, Any] = {"mail": ["hohenstein@web.de"], "phone": ["0351 123456"], "at": HERE}
OTHER_POSTCODE = {**SHARED, "at": "Werftstraße 12, 01069 Dresden"}


def names(first_name: str | None, last_name: str | None, born: date | None = None) -> dict[str, Any]:
    """A person's name and birth date."""
    return {"first_name": first_name, "last_name": last_name, "born": born}


@pytest.mark.parametrize(
    ("given", "known", "expected"),
    [
        pytest.param(names("Anna", "Hohenstein"), names("Anna", "Hohenstein"), True, id="the same"),
        pytest.param(names("Hohenstein", "Anna"), names("Anna", "Hohenstein"), True, id="swapped"),
        pytest.param(names("Karl-Heinz", "Müller"), names("Karl Heinz", "Mueller"), True, id="another spelling"),
        pytest.param(names("Martin", "Schmidt"), names("Peter", "Martin"), False, id="one word in common"),
        pytest.param(names("Hohenstein", "Anna"), names("Bernd", "Hohenstein"), False, id="swapped siblings"),
        pytest.param(names("Graham", "Paul"), names("Paul", "Taylor"), False, id="colleagues"),
        pytest.param(names("Christian", "Hohenstein"), names("Christina", "Hohenstein"), False, id="siblings"),
        pytest.param(names("Karl", "Hohenstein sen."), names("Karl", "Hohenstein jun."), False, id="generations"),
        pytest.param(names(None, "Hohenstein"), names("Anna", "Hohenstein"), False, id="no first name"),
        pytest.param(names("Anna", None), names("Anna", "Hohenstein"), False, id="no last name"),
        pytest.param(names("Anna", "Möllermann"), names("Anna", "Müllermann"), False, id="Möller and Müller"),
        pytest.param(
            names("Karl", "Hohenstein", date(1950, 3, 1)),
            names("Karl", "Hohenstein", date(1980, 3, 1)),
            False,
            id="father and son",
        ),
    ],
)
def test_people_are_told_by_their_names(given: dict[str, Any], known: dict[str, Any], *, expected: bool) -> None:
    """Whoever shares e-mail, phone and street is chosen only under the same name, and never against a birth date."""
    ours = lead_document(lead(**given, **SHARED), "DE")
    record = contact_document(contact(**known, **OTHER_POSTCODE), "DE")

    assert is_confident(score_contact(ours, record, None, LARGE), [], RULE, ours, record) is expected


@pytest.mark.parametrize(
    ("given", "known", "expected"),
    [
        pytest.param({}, {}, True, id="the same"),
        pytest.param({"company": "Autohaus Hohenstein GmbH & Co. KG"}, {}, False, id="the owner's other company"),
        pytest.param({"vat_id": "DE123456788"}, {"vat_id": "DE123456780"}, False, id="a VAT id with a slip"),
        pytest.param({"company": "Autohaus Hohensteiner GmbH"}, {}, False, id="nearly the same name"),
        pytest.param({"company": None}, {}, False, id="no name"),
    ],
)
def test_companies_are_told_by_their_names(given: dict[str, Any], known: dict[str, Any], *, expected: bool) -> None:
    """Whoever shares domain, phone and street is chosen only under the same name, legal form and VAT id."""
    shared: dict[str, Any] = {"website": "hohenstein.example", "phone": ["0351 123456"]}
    ours = lead_document(lead(**{"company": "Autohaus Hohenstein GmbH", "at": HERE, **shared, **given}), "DE")
    there = "Werftstraße 12, 01069 Dresden"
    record = account_document(account("Autohaus Hohenstein GmbH", at=there, **shared, **known), "DE")

    assert is_confident(score_account(ours, record, [], LARGE), [], RULE, ours, record) is expected


def test_a_mailbox_that_is_nearly_the_same_is_left_to_the_user() -> None:
    """john_doe@us.ibm.com and johndoe@ibm.com may be one person or two, whatever else agrees."""
    ours = lead_document(lead(**names("John", "Doe"), **{**SHARED, "mail": ["john_doe@us.ibm.com"]}), "DE")
    record = contact_document(contact("John", "Doe", **{**SHARED, "mail": ["johndoe@ibm.com"]}), "DE")

    assert not is_confident(score_contact(ours, record, None, LARGE), [], RULE, ours, record)


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
        (HERE, "Werftstraße 12, 01068 Kiel", True),
        ("38000 Grenoble", "33000 Bordeaux", True),
    ],
)
def test_another_site_is_told_by_its_address(lead_at: str | None, account_at: str | None, expected: bool) -> None:
    """Another street, number, or town with another postcode is another place; a slip or a missing part is none."""
    ours = lead_document(lead(company="Elbe Maschinenbau", at=lead_at, phone=["0351 123456"]), "DE")
    existing = account_document(account("Elbe Maschinenbau", at=account_at, phone=["0351 123456"]), "DE")

    assert is_other_site(ours.company, existing) is expected
    assert is_confident(score(45.0, NAME, DOMAIN), [], RULE, ours, existing) is not expected


@pytest.mark.parametrize(
    ("lead_at", "phone", "expected"),
    [(HERE, "0351 123499", False), (HERE, "0351 123456", True), (None, "0351 123499", True)],
)
def test_an_account_without_an_address_may_be_another_site(lead_at: str | None, phone: str, *, expected: bool) -> None:
    """A lead that tells where it is is confident only by the account's own phone."""
    shared: dict[str, Any] = {"website": "elbe.example"}
    ours = lead_document(lead(company="Elbe Maschinenbau", at=lead_at, phone=[phone], **shared), "DE")
    existing = account_document(account("Elbe Maschinenbau", phone=["0351 123456"], **shared), "DE")

    assert is_confident(score(45.0, NAME, DOMAIN), [], RULE, ours, existing) is expected


def test_every_kind_of_evidence_is_in_a_group() -> None:
    """A new kind fails here until it is said what it is independent of."""
    assert set(INDEPENDENT_GROUPS) == set(EvidenceKind)


SURE, NEAR, FAR = score(40.0, NAME, PHONE), score(39.0, NAME, PHONE), score(10.0, NAME)
CONFIDENT = replace(DEFAULT_SETTINGS, chooses_confident=True)


@pytest.mark.parametrize("chooses_confident", [False, True])
def test_the_band_is_told_and_the_choice_is_the_tenants(*, chooses_confident: bool) -> None:
    """A confident candidate is always called so; it is chosen only where the tenant wants that."""
    settings = replace(DEFAULT_SETTINGS, chooses_confident=chooses_confident)

    found = rank_contacts(EVA, [Scored(1, 1, FAR, EVA_KNOWN), Scored(2, 1, SURE, EVA_KNOWN)], settings=settings)

    assert [(each.record_id, each.band) for each in found.candidates] == [(2, Band.CONFIDENT), (1, Band.SIMILAR)]
    assert found.verdict is (Verdict.CONFIDENT if chooses_confident else Verdict.SIMILAR)
    assert (None if found.chosen is None else found.chosen.record_id) == (2 if chooses_confident else None)


def test_of_two_that_fit_alike_none_is_confident() -> None:
    """Nothing is chosen between them."""
    found = rank_contacts(EVA, [Scored(1, 1, NEAR, EVA_KNOWN), Scored(2, 1, SURE, EVA_KNOWN)], settings=CONFIDENT)

    assert {each.band for each in found.candidates} == {Band.SIMILAR}
    assert (found.verdict, found.chosen) == (Verdict.SIMILAR, None)


@pytest.mark.parametrize(
    ("best", "other", "expected"),
    [
        pytest.param((NAME, DOMAIN, PERSON), (NAME, DOMAIN), False, id="a namesake at one of two sites"),
        pytest.param((NAME, DOMAIN, PHONE), (NAME, DOMAIN), True, id="the phone of one site"),
        pytest.param((NAME, DOMAIN), (NAME, PHONE), True, id="another company of the name"),
        pytest.param((NAME, COMPANY), (NAME,), True, id="somebody of the name elsewhere"),
    ],
)
def test_a_record_that_agrees_in_as_much_leaves_a_doubt(
    best: tuple[Evidence, ...], other: tuple[Evidence, ...], *, expected: bool
) -> None:
    """However far behind it is: what puts the first one ahead has to tell the two apart."""
    assert is_confident(score(50.0, *best), [score(20.0, *other)], RULE, EVA, EVA_KNOWN) is expected


def test_a_100_percent_match_goes_first_and_leaves_no_room_for_a_confident_one() -> None:
    """Whatever the scores, the exact record is chosen, and two exact ones leave it to the user."""
    exact = Score(12.0, (NAME, PHONE, EMAIL._replace(code=EvidenceCode.EMAIL_EQUAL)), is_exact=True)

    one = rank_contacts(EVA, [Scored(1, 1, exact, EVA_KNOWN), Scored(2, 1, SURE, EVA_KNOWN)], settings=CONFIDENT)
    two = rank_contacts(
        EVA,
        [Scored(1, 1, exact, EVA_KNOWN), Scored(2, 1, SURE, EVA_KNOWN), Scored(3, 1, exact, EVA_KNOWN)],
        settings=CONFIDENT,
    )

    assert (one.verdict, one.chosen and one.chosen.record_id) == (Verdict.EXACT, 1)
    assert [each.band for each in one.candidates] == [Band.EXACT, Band.SIMILAR]
    assert (two.verdict, two.chosen) == (Verdict.SEVERAL_EXACT, None)


def test_another_site_is_similar_however_high_its_score() -> None:
    """Accounts are ranked with their documents, so that the same name and domain elsewhere are never chosen."""
    given = lead_document(lead(company="Elbe Maschinenbau", website="elbe.example", at=HERE), "DE")

    def verdict(document: CompanyDocument) -> Verdict:
        return rank_accounts(given, [Scored(1, 1, SURE, document, 1)], settings=CONFIDENT).verdict

    assert verdict(account_document(account("Elbe Maschinenbau", at=HERE), "DE")) is Verdict.CONFIDENT
    elsewhere = account_document(account("Elbe Maschinenbau", at="Am Anger 3, 24103 Kiel"), "DE")
    assert verdict(elsewhere) is Verdict.SIMILAR


def test_a_second_one_below_the_threshold_comes_near_as_well() -> None:
    """A tenant's own threshold hides candidates; the margin is to the next one, hidden or not."""
    rule = replace(RULE, threshold=20.0)
    settings = replace(CONFIDENT, threshold=20.0, confident=rule)

    found = rank_contacts(
        EVA,
        [Scored(1, 1, score(20.5, NAME, PHONE), EVA_KNOWN), Scored(2, 1, score(19.5, NAME), EVA_KNOWN)],
        settings=settings,
    )

    assert [each.band for each in found.candidates] == [Band.SIMILAR]
