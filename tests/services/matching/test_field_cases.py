"""Cases from the field, through documents, keys, scores and ranks: what must match, and what must never be 100 %."""

from dataclasses import dataclass
from datetime import date

import pytest

from domain.matches import Band, Candidate, EvidenceCode, Verdict
from domain.records import Account, Contact, Lead
from tests.services.matching.examples import Base, account, contact, lead

BORN = date(1980, 5, 17)
DRESDEN = "Hauptstraße 5, 01067 Dresden"


@dataclass(frozen=True)
class Case:
    """A lead and the one record it is about."""

    lead: Lead
    record: Account | Contact
    country: str = "DE"


MATCHES = {
    "Müller / Mueller": Case(
        lead(first_name="Eva", last_name="Mueller", at=DRESDEN), contact("Eva", "Müller", at=DRESDEN)
    ),
    "Bär / Baer": Case(lead(first_name="Eva", last_name="Baer", born=BORN), contact("Eva", "Bär", born=BORN)),
    "Straße / Str.": Case(
        lead(first_name="Eva", last_name="Lohse", at="Haupt-Str. 5, 01067 Dresden"),
        contact("Eva", "Lohse", at=DRESDEN),
    ),
    "Straße / Strasse": Case(
        lead(first_name="Eva", last_name="Lohse", at="Hauptstrasse 5, 01067 DRESDEN"),
        contact("Eva", "Lohse", at=DRESDEN),
    ),
    "D'Unger / D\u2019Unger": Case(
        lead(first_name="Ann", last_name="D'Unger", born=BORN), contact("Ann", "D\u2019Unger", born=BORN)
    ),
    "Queen's / Queen\u2019s University": Case(
        lead(company="Queen's University", website="queensu.ca"),
        account("Queen\u2019s University", website="https://www.queensu.ca/"),
    ),
    "Jon / Jonathan": Case(
        lead(first_name="Jon", last_name="Reed", mail=["reed@acme-tools.com"]),
        contact("Jonathan", "Reed", mail=["reed@acme-tools.com"]),
    ),
    "Raj / Rajesh": Case(
        lead(first_name="Raj", last_name="Patel", mail=["patel@acme-tools.com"]),
        contact("Rajesh", "Patel", mail=["patel@acme-tools.com"]),
    ),
    "Jay / Jayson": Case(
        lead(first_name="Jay", last_name="Reed", mail=["reed@acme-tools.com"]),
        contact("Jayson", "Reed", mail=["reed@acme-tools.com"]),
    ),
    "D. with daniel_herrmann@ / Daniel": Case(
        lead(first_name="D.", last_name="Herrmann", mail=["daniel_herrmann@web.de"]), contact("Daniel", "Herrmann")
    ),
    "Barh with susanne_barth@ / Barth": Case(
        lead(first_name="S.", last_name="Barh", mail=["susanne_barth@gmail.com"]), contact("Susanne", "Barth")
    ),
    "Falkentahler, Michi with michaelfalkenthaler94@ / Falkenthaler, Michael": Case(
        lead(first_name="Michi", last_name="Falkentahler", mail=["michaelfalkenthaler94@t-online.de"]),
        contact("Michael", "Falkenthaler"),
    ),
    "Becker-Schneider, Ole in the other order": Case(
        lead(first_name="Becker-Schneider", last_name="Ole"), contact("Ole", "Becker-Schneider")
    ),
    "George Michael / Michael George": Case(
        lead(first_name="George", last_name="Michael", born=BORN), contact("Michael", "George", born=BORN)
    ),
    "AMD / Advanced Micro Devices with the same domain": Case(
        lead(company="AMD", website="amd.com"), account("Advanced Micro Devices, Inc.", website="www.amd.com")
    ),
    "919876543210 / +919876543210": Case(
        lead(first_name="Asha", last_name="Rao", phone=["919876543210"]),
        contact("Asha", "Rao", phone=["+919876543210"]),
    ),
    "0788382382 / +250788382382": Case(
        lead(first_name="Aline", last_name="Uwase", phone=["0788382382"]),
        contact("Aline", "Uwase", phone=["+250788382382"]),
        country="RW",
    ),
    "Dr. Karl-Heinz von der Leyen jun. / Karl Heinz von der Leyen": Case(
        lead(first_name="Dr. Karl-Heinz", last_name="von der Leyen jun.", born=BORN),
        contact("Karl Heinz", "von der Leyen", born=BORN),
    ),
    "Autohaus Schmidt GmbH & Co. KG / Autohaus Schmidt": Case(
        lead(company="Autohaus Schmidt", at=DRESDEN), account("Autohaus Schmidt GmbH & Co. KG", at=DRESDEN)
    ),
    "gmbh u. Co KG / GmbH & Co. KG": Case(
        lead(company="Lohse gmbh u. Co KG", at=DRESDEN), account("Lohse GmbH & Co. KG", at=DRESDEN)
    ),
}
EXACT = {
    "Müller / Mueller",
    "Bär / Baer",
    "Straße / Str.",
    "Straße / Strasse",
    "D'Unger / D\u2019Unger",
    "Queen's / Queen\u2019s University",
    "919876543210 / +919876543210",
    "0788382382 / +250788382382",
    "Dr. Karl-Heinz von der Leyen jun. / Karl Heinz von der Leyen",
    "Autohaus Schmidt GmbH & Co. KG / Autohaus Schmidt",
    "gmbh u. Co KG / GmbH & Co. KG",
}

NOT_EXACT = {
    "Möller / Müller": Case(
        lead(first_name="Eva", last_name="Möller", born=BORN, at=DRESDEN),
        contact("Eva", "Müller", born=BORN, at=DRESDEN),
    ),
    "Moller GmbH / Möller GmbH": Case(
        lead(company="Moller GmbH", at=DRESDEN, phone=["0351 123456"]),
        account("Möller GmbH", at=DRESDEN, phone=["0351 123456"]),
    ),
    "Paul Graham / Paul Taylor at one firm": Case(
        lead(company="Acme", first_name="Paul", last_name="Graham", phone=["0351 123456"], at=DRESDEN),
        contact("Paul", "Taylor", phone=["0351 123456"], at=DRESDEN),
    ),
    "two siblings who share a parent's e-mail": Case(
        lead(first_name="Lena", last_name="Lohse", mail=["familie.lohse@gmx.de"], at=DRESDEN),
        contact("Lukas", "Lohse", mail=["familie.lohse@gmx.de"], at=DRESDEN),
    ),
    "two companies behind gmail.com": Case(
        lead(company="Blumen Lohse", mail=["blumen.lohse@gmail.com"], website="blumen-lohse.de"),
        account("Blumen Lohse", mail=["lohse.blumen@gmail.com"]),
    ),
    "+1-415-555-1234 / +1-415-555-5678": Case(
        lead(first_name="Ann", last_name="Reed", phone=["+1-415-555-1234"], born=BORN),
        contact("Ann", "Reed", phone=["+1-415-555-5678"], born=BORN),
        country="US",
    ),
    "two branches of one chain": Case(
        lead(company="Fielmann AG", website="fielmann.de", at="Prager Str. 2, 01069 Dresden"),
        account("Fielmann AG", website="fielmann.de", at="Königstr. 9, 70173 Stuttgart"),
    ),
    "two firms in one building": Case(
        lead(company="Lohse Architekten", at=DRESDEN, phone=["0351 123456"]),
        account("Kanzlei Brandt", at=DRESDEN, phone=["0351 123456"]),
    ),
    "same surname in the same town": Case(
        lead(last_name="Lohse", at=", 01067 Dresden"), contact("Eva", "Lohse", at=", 01067 Dresden")
    ),
    "same full name in the same town": Case(
        lead(first_name="Eva", last_name="Lohse", at=", 01067 Dresden"),
        contact("Eva", "Lohse", at=", 01067 Dresden"),
    ),
    "john_doe@us.ibm.com / johndoe@ibm.com": Case(
        lead(first_name="John", last_name="Doe", mail=["john_doe@us.ibm.com"], born=BORN),
        contact("John", "Doe", mail=["johndoe@ibm.com"], born=BORN),
    ),
    "john_doe@us.ibm.com / johndoe@ibm.com for the company": Case(
        lead(company="IBM", mail=["john_doe@us.ibm.com"]), account("IBM", mail=["johndoe@ibm.com"])
    ),
    "a name alone": Case(lead(first_name="Eva", last_name="Lohse"), contact("Eva", "Lohse", born=BORN)),
    "an e-mail alone": Case(lead(mail=["eva@lohse-bau.de"]), contact("Eva", "Lohse", mail=["eva@lohse-bau.de"])),
    "another legal form": Case(
        lead(company="Lohse Bau AG", website="lohse-bau.de"), account("Lohse Bau GmbH", website="lohse-bau.de")
    ),
    "father and son": Case(
        lead(first_name="Karl", last_name="Lohse sen.", at=DRESDEN), contact("Karl", "Lohse jun.", at=DRESDEN)
    ),
}


def candidates_of(case: Case) -> tuple[Verdict, tuple[Candidate, ...]]:
    """What the look-up answers in a base that holds the record and some others."""
    others = [account(f"Fremde Firma {number}", record_id=number) for number in range(100, 105)]
    is_account = isinstance(case.record, Account)
    base = Base(
        [*others, case.record] if isinstance(case.record, Account) else others,
        [case.record] if isinstance(case.record, Contact) else [],
        country=case.country,
    )
    found = base.look_up(case.lead)
    matches = found.accounts if is_account else found.contacts
    return matches.verdict, matches.candidates


@pytest.mark.parametrize("name", MATCHES)
def test_what_must_match_is_found_first(name: str) -> None:
    """The record is the first of the list, as 100 % where nothing but the form differs."""
    verdict, candidates = candidates_of(MATCHES[name])

    assert [each.record_id for each in candidates][:1] == [1]
    assert verdict is (Verdict.EXACT if name in EXACT else Verdict.SIMILAR)


@pytest.mark.parametrize("name", NOT_EXACT)
def test_what_must_not_be_100_percent_is_not(name: str) -> None:
    """The record may be similar, but is never chosen automatically."""
    verdict, candidates = candidates_of(NOT_EXACT[name])

    assert verdict in {Verdict.SIMILAR, Verdict.NONE}
    assert all(each.band is Band.SIMILAR for each in candidates)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Jon / Jonathan", EvidenceCode.NAME_NICKNAME),
        ("George Michael / Michael George", EvidenceCode.NAME_SWAPPED),
        ("AMD / Advanced Micro Devices with the same domain", EvidenceCode.NAME_ACRONYM),
        ("Müller / Mueller", EvidenceCode.NAME_EQUAL),
    ],
)
def test_matches_say_why(name: str, code: EvidenceCode) -> None:
    """The evidence names the relation between the two names."""
    _, candidates = candidates_of(MATCHES[name])

    assert code in {each.code for each in candidates[0].evidence}


def test_two_equal_records_are_several_exact() -> None:
    """Two 100 % matches leave the decision to the user; ties break by id."""
    base = Base([account("Lohse Bau", record_id=number, website="lohse-bau.de") for number in (9, 4)])

    matches = base.look_up(lead(company="Lohse Bau", website="lohse-bau.de")).accounts

    assert matches.verdict is Verdict.SEVERAL_EXACT
    assert [(each.record_id, each.rank) for each in matches.candidates] == [(4, 1), (9, 2)]


def test_a_lead_without_company_is_a_private_persons() -> None:
    """No company is looked for; its contact is."""
    base = Base([account("Lohse Bau")], [contact("Eva", "Lohse", record_id=7, born=BORN)])

    found = base.look_up(lead(first_name="Eva", last_name="Lohse", born=BORN, mail=["eva@gmx.de"]))

    assert found.accounts.verdict is Verdict.PRIVATE_PERSON
    assert [each.record_id for each in found.contacts.candidates] == [7]


def test_a_contact_leads_to_its_account() -> None:
    """An account is found by the lead's person, where the company's own details are too different."""
    base = Base(
        [account("Lohse Bau GmbH", record_id=3, website="lohse-bau.de")],
        [contact("Eva", "Lohse-Kühn", record_id=7, account_id=3, mail=["eva.kuehn@lohse-bau.de"])],
    )

    found = base.look_up(
        lead(company="LB Hochbau", first_name="Eva", last_name="Lohse-Kühn", mail=["eva.kuehn@lohse-bau.de"])
    )

    assert found.accounts.verdict is Verdict.SIMILAR
    assert [each.record_id for each in found.accounts.candidates] == [3]
    assert EvidenceCode.PERSON_EQUAL in {each.code for each in found.accounts.candidates[0].evidence}


def test_a_stranger_matches_nobody() -> None:
    """Another company in another town, and another person, are none."""
    base = Base([account("Lohse Bau", at=DRESDEN)], [contact("Eva", "Lohse", at=DRESDEN)])

    found = base.look_up(
        lead(company="Weingut Castell", first_name="Ulf", last_name="Prinz", at="Am Berg 1, 97355 Castell")
    )

    assert found.accounts.verdict is Verdict.NONE
    assert found.contacts.verdict is Verdict.NONE


def test_only_a_distinctive_shared_word_counts() -> None:
    """Bank of the West and Bank of the East share nothing."""
    base = Base([account("Bank of the East", record_id=2), account("Bank of the West", record_id=3)])

    found = base.look_up(lead(company="Bank of the West"))

    assert 2 not in [each.record_id for each in found.accounts.candidates]
