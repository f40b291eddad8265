"""Scores: bits that add up, and evidence that says why."""

from dataclasses import replace
from datetime import date

import pytest

from domain.matches import EvidenceCode, EvidenceKind
from domain.records import Contact, Lead
from services.matching import documents
from services.matching.compare_addresses import compare_addresses
from services.matching.compare_people import is_slip
from services.matching.hashes import hash_of
from services.matching.keys import LAST_NAME
from services.matching.model import Statistics
from services.matching.rarity import Rarity, prior
from services.matching.score import Score, score_account, score_contact
from services.matching.settings import DEFAULT_SETTINGS
from tests.services.matching.examples import account, address, contact, lead

BORN = date(1980, 5, 17)
STATISTICS = Statistics(snapshot=1, accounts=10_000, contacts=10_000)


def score(given: Lead, record: Contact) -> Score:
    """The score of a contact without its account."""
    document = documents.lead_document(given, "DE")
    return score_contact(document, documents.contact_document(record, "DE"), None, Rarity(STATISTICS, DEFAULT_SETTINGS))


def codes(scored: Score) -> set[EvidenceCode]:
    """The codes of the evidence."""
    return {each.code for each in scored.evidence}


def test_bits_are_the_sum_of_prior_and_evidence() -> None:
    """A score can be checked by hand."""
    found = score(
        lead(first_name="Eva", last_name="Lohse", mail=["eva@gmx.de"], at="Ring 1, 01067 Dresden"),
        contact("Eva", "Lohse", mail=["eva.l@gmx.de"], at="Ring 1, 01067 Dresden"),
    )

    expected = prior(10_000, DEFAULT_SETTINGS) + sum(each.bits for each in found.evidence)
    assert found.bits == pytest.approx(expected, abs=0.005)
    assert [abs(each.bits) for each in found.evidence] == sorted(abs(each.bits) for each in found.evidence)[::-1]


def test_a_rare_name_is_worth_more() -> None:
    """A matched word pays log2 of how rare it is."""
    statistics = Statistics(contacts=100_000, frequencies={hash_of(LAST_NAME, "mueller"): 1_000})

    common = Rarity(statistics, DEFAULT_SETTINGS).of_last_name("mueller")
    rare = Rarity(statistics, DEFAULT_SETTINGS).of_last_name("danisewitsch")

    assert common == pytest.approx(6.66, abs=0.01)
    assert rare == pytest.approx(15.62, abs=0.01)


def test_the_prior_moves_with_the_size_of_the_base() -> None:
    """Ten times the records take about 3.3 bits more evidence."""
    assert prior(10_000_000, DEFAULT_SETTINGS) - prior(1_000_000, DEFAULT_SETTINGS) == pytest.approx(-3.32, abs=0.01)


@pytest.mark.parametrize(
    ("one", "other", "is_one_slip"),
    [
        (date(1980, 5, 17), date(1980, 5, 18), True),
        (date(1980, 5, 17), date(1908, 5, 17), True),
        (date(1980, 5, 7), date(1980, 7, 5), True),
        (date(1980, 5, 17), date(1880, 5, 17), True),
        (date(1980, 5, 17), date(1980, 6, 18), False),
        (date(1980, 5, 17), date(1975, 11, 2), False),
    ],
)
def test_slips_in_dates(one: date, other: date, *, is_one_slip: bool) -> None:
    """One digit, two neighbours swapped, day and month swapped, or the century."""
    assert is_slip(one, other) is is_one_slip


@pytest.mark.parametrize(
    ("given", "existing", "code"),
    [
        ("Ring 1, 01067 Dresden", "Ring 1, 01067 Dresden", EvidenceCode.ADDRESS_EQUAL),
        ("Ring 1, 01067 Dresden", "Rnig 1, 01067 Dresden", EvidenceCode.ADDRESS_SIMILAR),
        ("Stobie Palce 1, 2500 Orange", "Stobie Place 1, 2500 Orange", EvidenceCode.ADDRESS_SIMILAR),
        ("Ring 1, 01067 Dresden", "Hauptstr. 7, 01067 Dresden", EvidenceCode.ADDRESS_SAME_PLACE),
        ("Ring 1, 01067 Dresden", "Hauptstr. 7, 70173 Stuttgart", EvidenceCode.ADDRESS_DIFFERENT),
    ],
)
def test_addresses(given: str, existing: str, code: EvidenceCode) -> None:
    """Addresses agree by their parts."""
    left, right = (documents.contact_document(contact(None, None, at=each), "DE") for each in (given, existing))

    evidence = compare_addresses(left, right, DEFAULT_SETTINGS)

    assert evidence is not None
    assert evidence.code is code
    assert DEFAULT_SETTINGS.weights.address_least <= evidence.bits <= DEFAULT_SETTINGS.weights.address_most


def test_an_address_of_nothing_is_no_evidence() -> None:
    """Where no part is on both sides, nothing is said."""
    found = score(lead(last_name="Lohse", at="Ring 1"), contact("Eva", "Lohse", at=", 01067 Dresden"))

    assert address(None) is None
    assert EvidenceKind.ADDRESS not in {each.kind for each in found.evidence}


@pytest.mark.parametrize(
    ("given", "existing", "code"),
    [
        ("0351 1234567", "0351 1234567", EvidenceCode.PHONE_EQUAL),
        ("0351 1234567", "0351 1234599", EvidenceCode.PHONE_SAME_TRUNK),
        ("0351 1234567", "0351 7654321", EvidenceCode.PHONE_DIFFERENT),
        ("0351 1234567", "0172 7654321", None),
    ],
)
def test_phones(given: str, existing: str, code: EvidenceCode | None) -> None:
    """Lines of one trunk are evidence; a landline and a mobile do not compare."""
    found = score(lead(phone=[given]), contact(None, None, phone=[existing]))

    assert codes(found) == ({code} if code else set())


@pytest.mark.parametrize(
    ("given", "existing", "code"),
    [
        ("eva@lohse.de", "Eva@Lohse.de", EvidenceCode.EMAIL_EQUAL),
        ("john_doe@us.ibm.com", "johndoe@ibm.com", EvidenceCode.EMAIL_SIMILAR),
        ("eva.lohse@gmx.de", "evalohse@web.de", EvidenceCode.EMAIL_SIMILAR),
        ("eva@gmx.de", "paul@gmx.de", EvidenceCode.EMAIL_DIFFERENT),
    ],
)
def test_emails(given: str, existing: str, code: EvidenceCode) -> None:
    """Mailboxes agree, look alike, or differ."""
    assert codes(score(lead(mail=[given]), contact(None, None, mail=[existing]))) == {code}


def test_the_contacts_company_counts() -> None:
    """The same person at the lead's company scores better than one without an account."""
    given = documents.lead_document(lead(company="Lohse Bau", first_name="Eva", last_name="Lohse"), "DE")
    person = documents.contact_document(contact("Eva", "Lohse"), "DE")
    company = documents.account_document(account("Lohse Bau GmbH"), "DE")

    at_company = score_contact(given, person, company, Rarity(STATISTICS, DEFAULT_SETTINGS))
    elsewhere = score_contact(given, person, None, Rarity(STATISTICS, DEFAULT_SETTINGS))

    assert EvidenceCode.COMPANY_EQUAL in codes(at_company)
    assert at_company.bits > elsewhere.bits


def test_a_mistyped_vat_id_is_no_contradiction_in_the_score() -> None:
    """One digit off with a wrong check digit speaks for the company; another right id speaks against it."""
    company = documents.account_document(account("Lohse", vat_id="DE136695976"), "DE")

    def bits(vat_id: str) -> float:
        given = documents.lead_document(lead(company="Lohse", vat_id=vat_id), "DE")
        found = score_account(given, company, [], Rarity(STATISTICS, DEFAULT_SETTINGS))
        return next(each.bits for each in found.evidence if each.kind is EvidenceKind.VAT_ID)

    assert bits("DE136695976") > bits("DE136695975") > 0 > bits("DE129273398")


@pytest.mark.parametrize("records", [10, 10_000, 100_000_000])
def test_an_identifier_is_worth_a_look_in_a_base_of_any_size(records: int) -> None:
    """An equal e-mail, phone or domain alone keeps a record on the list, and a shared one is worth less."""
    statistics = Statistics(accounts=records, contacts=records)
    person = documents.contact_document(contact("Eva", "Lohse", mail=["eva@lohse.de"], phone=["0351 123456"]), "DE")
    company = documents.account_document(account("Lohse", website="lohse.de", vat_id="DE136695976"), "DE")
    crowded = replace(statistics, frequencies={hash_of("domain", "lohse.de"): 500})

    def of_contact(given: Lead) -> float:
        return score_contact(
            documents.lead_document(given, "DE"), person, None, Rarity(statistics, DEFAULT_SETTINGS)
        ).bits

    def of_account(given: Lead, counted: Statistics = statistics) -> float:
        return score_account(documents.lead_document(given, "DE"), company, [], Rarity(counted, DEFAULT_SETTINGS)).bits

    assert of_contact(lead(mail=["eva@lohse.de"])) >= DEFAULT_SETTINGS.threshold
    assert of_contact(lead(phone=["0351 123456"])) >= DEFAULT_SETTINGS.threshold
    assert of_account(lead(mail=["paul@lohse.de"])) >= DEFAULT_SETTINGS.threshold
    assert of_account(lead(vat_id="DE136695976")) >= DEFAULT_SETTINGS.threshold
    assert of_account(lead(mail=["paul@lohse.de"]), crowded) < DEFAULT_SETTINGS.threshold


def test_an_email_address_names_the_person() -> None:
    """What the lead lacks of the name, or has mistyped, its e-mail address may tell, and the other way round."""
    mail = ["daniel_herrmann@web.de"]
    of_lead = score(lead(first_name="D.", last_name="Hermann", mail=mail), contact("Daniel", "Herrmann"))
    of_contact = score(lead(first_name="Daniel", last_name="Herrmann"), contact("D.", "Hermann", mail=mail))
    without = score(lead(first_name="D.", last_name="Hermann"), contact("Daniel", "Herrmann"))

    assert codes(of_lead) == codes(of_contact) == {EvidenceCode.NAME_IN_EMAIL}
    assert of_lead.bits == of_contact.bits > without.bits
    assert not of_lead.is_exact


@pytest.mark.parametrize(
    ("first_name", "last_name", "mail"),
    [
        ("Peter", "Herrmann", "daniel.herrmann@web.de"),
        ("Daniel", "Kurz", "daniel.herrmann@web.de"),
        ("D.", "Hermann", "info@web.de"),
        ("D.", "Hermann", "dieter.herrmann@web.de"),
    ],
)
def test_an_email_address_of_somebody_else_names_nobody(first_name: str, last_name: str, mail: str) -> None:
    """A relative's address, another name beside it, a function's, or somebody else's name say nothing."""
    found = score(lead(first_name=first_name, last_name=last_name, mail=[mail]), contact("Daniel", "Herrmann"))

    assert EvidenceCode.NAME_IN_EMAIL not in codes(found)


def test_a_mailbox_that_is_the_name_says_little_more_than_the_name() -> None:
    """Namesakes have the same mailbox at different providers; one that nobody's name makes is a person's own."""

    def bits(one: str, other: str) -> float:
        found = score(
            lead(first_name="Eva", last_name="Lohse", mail=[one]), contact("Eva", "Lohse", mail=[other])
        ).evidence
        return next(each.bits for each in found if each.kind is EvidenceKind.EMAIL)

    assert 0 < bits("eva.lohse@gmx.de", "evalohse@web.de") == bits("e.lohse@gmx.de", "e.lohse@web.de")
    assert bits("sternchen77@gmx.de", "sternchen77@web.de") > bits("eva.lohse@gmx.de", "eva.lohse@web.de")


def test_staff_are_less_likely_where_the_lead_names_no_company() -> None:
    """Of two namesakes, a lead without any company is rather the private customer's."""
    given = documents.lead_document(lead(first_name="Eva", last_name="Lohse"), "DE")
    person = documents.contact_document(contact("Eva", "Lohse"), "DE")
    company = documents.account_document(account("Adler Bau GmbH"), "DE")
    rarity = Rarity(STATISTICS, DEFAULT_SETTINGS)

    private, staff = (score_contact(given, person, employer, rarity) for employer in (None, company))

    assert codes(staff) - codes(private) == {EvidenceCode.COMPANY_MISSING}
    assert staff.bits < private.bits
