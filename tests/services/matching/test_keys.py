"""Blocking keys: equal in every process, few, and shared by what should meet."""

from datetime import date

import pytest

from domain.records import Account, Contact, Lead
from services.matching import documents, keys
from services.matching.hashes import hash_of
from services.matching.model import CompanyDocument, PersonDocument
from services.matching.strong_keys import account_strong_keys, person_strong_keys
from tests.services.matching.examples import account, contact, lead

BORN = date(1980, 5, 17)
DRESDEN = "Hauptstraße 5, 01067 Dresden"
RICH_ACCOUNT = account(
    "Müller Hochbau Dresden GmbH",
    vat_id="DE136695976",
    website="mueller-bau.de",
    mail=["info@mueller-bau.de"],
    phone=["0351 123456"],
    at=DRESDEN,
)
RICH_CONTACT = contact("Eva", "Lohse", born=BORN, mail=["eva.lohse@mueller-bau.de"], phone=["0172 1234567"], at=DRESDEN)


def company_of(record: Account) -> CompanyDocument:
    """The account's document."""
    return documents.account_document(record, "DE")


def person_of(record: Contact) -> PersonDocument:
    """The contact's document."""
    return documents.contact_document(record, "DE")


def shared(given: Lead, record: Account | Contact, *, tier: int = 1) -> set[int]:
    """The keys of a tier that a lead shares with a record."""
    document = documents.lead_document(given, "DE")
    folded = company_of(record) if isinstance(record, Account) else person_of(record)
    if tier > 1:
        return {each.hash for each in keys.second_tier_keys(document)} & {
            each.hash for each in keys.second_tier_keys(folded)
        }
    found = keys.account_keys(folded) if isinstance(folded, CompanyDocument) else keys.contact_keys(folded, None)
    return {each.hash for each in keys.lead_keys(document)} & {each.hash for each in found}


def test_hashes_are_stable() -> None:
    """A stored key is found again by any process on any machine: signed 64 bits of BLAKE2b."""
    assert hash_of("email", "eva@lohse-bau.de") == -4041403714375364541
    assert -(2**63) <= hash_of("a", "b") < 2**63
    assert hash_of("a", "b") != hash_of("b", "a")


def test_a_record_has_few_keys() -> None:
    """A full record has about sixteen keys, an empty one none, each once."""
    of_account = keys.account_keys(company_of(RICH_ACCOUNT))
    of_contact = keys.contact_keys(person_of(RICH_CONTACT), company_of(RICH_ACCOUNT))

    assert 12 <= len(of_account) <= 24
    assert 12 <= len(of_contact) <= 20
    assert len({each.hash for each in of_account}) == len(of_account)
    assert keys.contact_keys(PersonDocument(), None) == ()
    assert keys.account_keys(CompanyDocument()) == ()


@pytest.mark.parametrize(
    ("given", "record"),
    [
        (lead(company="Muller Hochbau"), account("Müller Hochbau GmbH")),
        (lead(company="Auto Haus Lohse"), account("Autohaus Lohse")),
        (lead(company="AMD"), account("Advanced Micro Devices Inc.")),
        (lead(website="mueller-bau.de"), account("X", mail=["info@mueller-bau.de"])),
        (lead(vat_id="136695976"), account("X", vat_id="DE 136 695 976")),
        (lead(company="Y", phone=["0351 123478"]), account("X", phone=["0351/123456"])),
        (lead(company="Y", at="Hauptstr. 5, 01067 Dresden"), account("X", at=DRESDEN)),
        (lead(company="Mayer", at=", 01067 Dresden"), account("Meier", at=DRESDEN)),
        (lead(last_name="Lohse", at=", 01067 Dresden"), contact("Eva", "Lohse", at=DRESDEN)),
        (lead(first_name="Lohse", last_name="Eva"), contact("Eva", "Lohse")),
        (lead(last_name="Lohse", born=BORN), contact("Eva", "Lohse", born=BORN)),
        (lead(mail=["EVA@lohse-bau.de"]), contact(None, None, mail=["eva@lohse-bau.de"])),
        (lead(mail=["john_doe@us.ibm.com"]), contact(None, None, mail=["johndoe@ibm.com"])),
        (lead(phone=["+49 172 1234567"]), contact(None, None, phone=["0172/1234567"])),
        (lead(last_name="Herrmann", mail=["daniel_herrmann@web.de"]), contact("Daniel", "Herrmann")),
        (lead(last_name="Hermann", mail=["daniel.herrmann@web.de"]), contact("Daniel", "Herrmann")),
        (lead(last_name="Herrmann", mail=["danielherrmann94@web.de"]), contact("Daniel", "Herrmann")),
        (lead(first_name="Daniel", last_name="Herman", mail=["dherrmann@web.de"]), contact("Daniel", "Herrmann")),
        (lead(first_name="Daniel", last_name="Herm", mail=["herrmann.d@web.de"]), contact("Daniel", "Herrmann")),
        (lead(last_name="Berg", mail=["eva_van-den-berg@web.de"]), contact("Eva", "van den Berg")),
        (lead(first_name="Becker-Schneider", last_name="Ole"), contact("Ole", "Becker-Schneider")),
    ],
)
def test_tier_one_brings_together(given: Lead, record: Account | Contact) -> None:
    """A lead shares a key with a record that fits in any one of these ways."""
    assert shared(given, record)


@pytest.mark.parametrize(
    ("given", "record"),
    [
        (lead(company="Schwarzbach"), account("Schwarzbech")),
        (lead(last_name="Danisewitsch"), contact("Eva", "Danisewitch")),
        (lead(first_name="Eva", last_name="Koeig"), contact("Eva", "König")),
        (lead(first_name="Camlile", last_name="Leroy"), contact("Camille", "Leroy")),
        (lead(last_name="Prinz", born=date(1980, 3, 4)), contact("Eva", "Lohse", born=date(1980, 4, 3))),
        (lead(last_name="Prinz", at="Hauptstr. 5, Pirna"), contact("Eva", "Lohse", at=DRESDEN)),
    ],
)
def test_tier_two_is_looser(given: Lead, record: Account | Contact) -> None:
    """What shares no key of tier one may still share one of tier two."""
    assert not shared(given, record)
    assert shared(given, record, tier=2)


def test_a_private_person_has_no_company_keys() -> None:
    """The keys of a private lead are those of its person."""
    document = documents.lead_document(lead(first_name="Eva", last_name="Lohse", at=DRESDEN), "DE")

    assert {each.hash for each in keys.lead_keys(document)} == {
        each.hash for each in keys.contact_keys(document.person, None)
    }


def test_strong_keys_are_among_the_keys_of_the_record() -> None:
    """A twin is found in the key table by any strong key: e-mail, phone, VAT id, domain + name, name + postcode."""
    company, person = company_of(RICH_ACCOUNT), person_of(RICH_CONTACT)
    of_account, of_contact = account_strong_keys(company), person_strong_keys(person)

    assert len(of_account) == 5
    assert len(of_contact) == 4
    assert set(of_account) <= {each.hash for each in keys.account_keys(company) if each.is_strong}
    assert set(of_contact) <= {each.hash for each in keys.contact_keys(person, company) if each.is_strong}
    assert list(of_account) == sorted(of_account)


def test_a_lead_looks_for_the_strong_keys_of_what_it_becomes() -> None:
    """The account and the contact made from a lead have strong keys that the lead's look-up covers."""
    document = documents.lead_document(
        lead(company="Müller Bau", first_name="Eva", last_name="Lohse", mail=["eva@mueller-bau.de"], at=DRESDEN), "DE"
    )
    found = {each.hash for each in keys.lead_keys(document)}

    assert set(account_strong_keys(document.company)) <= found
    assert set(person_strong_keys(document.person)) <= found


def test_terms_are_the_words_of_names() -> None:
    """Frequencies are counted for words that carry evidence, apart for first names, last names and companies."""
    person = person_of(contact("Eva", "von Eva"))
    company = company_of(account("Bank of the West"))

    assert len(keys.name_tokens_terms(person)) == 2
    assert len(keys.name_tokens_terms(company)) == 2
