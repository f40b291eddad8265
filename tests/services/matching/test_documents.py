"""Documents: what they hold, and that they survive packing."""

from datetime import date

import pytest

from domain.records import Lead
from services.matching import documents
from tests.services.matching.examples import account, contact, lead

ACCOUNT = account(
    "Müller Bau GmbH",
    vat_id="DE 136695976",
    website="https://mueller-bau.de",
    mail=["Info@mueller-bau.de", "chef@gmx.de"],
    phone=["0351 123456", "0172 1234567"],
    at="Hauptstraße 5, 01067 Dresden",
)
CONTACT = contact(
    "Dr. Eva",
    "von Lohse",
    born=date(1980, 5, 17),
    mail=["eva@gmx.de"],
    phone=["0172 1234567"],
    at="Weg 1, 01067 Dresden",
)


def test_an_account_is_folded() -> None:
    """Every identifying field is there in its comparable form; freemail is no domain."""
    document = documents.account_document(ACCOUNT, "DE")

    assert document.name == "muellerbau"
    assert document.tokens == ("mueller", "bau")
    assert document.legal_form == "gmbh"
    assert document.vat_id == "DE136695976"
    assert document.domains == ("mueller-bau.de",)
    assert document.emails == ("chef@gmx.de", "info@mueller-bau.de")
    assert dict(zip(document.phones, document.phone_kinds, strict=True)) == {"+49351123456": "L", "+491721234567": "M"}
    assert (document.street, document.house_number) == ("hauptstr", "5")
    assert (document.postcode, document.city, document.country) == ("01067", "dresden", "DE")


def test_documents_survive_packing() -> None:
    """What was packed comes back equal, and equal documents give equal bytes."""
    company, person = documents.account_document(ACCOUNT, "DE"), documents.contact_document(CONTACT, "DE")

    assert documents.decode_company(documents.encode(company)) == company
    assert documents.decode_person(documents.encode(person)) == person
    assert documents.encode(company) == documents.encode(documents.account_document(ACCOUNT, "DE"))


def test_empty_records_survive_packing() -> None:
    """A record without details has a document as well."""
    company = documents.account_document(account("?"), "DE")
    person = documents.contact_document(contact(None, None), "DE")

    assert documents.decode_company(documents.encode(company)) == company
    assert documents.decode_person(documents.encode(person)) == person


@pytest.mark.parametrize(
    ("given", "is_private"),
    [
        (lead(first_name="Eva", last_name="Lohse"), True),
        (lead(last_name="Lohse", mail=["eva@gmx.de"]), True),
        (lead(company=" - ", last_name="Lohse"), True),
        (lead(company="Lohse Bau"), False),
        (lead(vat_id="DE136695976"), False),
        (lead(website="lohse-bau.de"), False),
        (lead(mail=["eva@lohse-bau.de"]), False),
    ],
)
def test_who_is_a_private_person(given: Lead, *, is_private: bool) -> None:
    """A lead without company name, VAT id, website and company domain is a private person's."""
    assert documents.lead_document(given, "DE").is_private is is_private


def test_both_sides_of_a_lead_have_its_details() -> None:
    """E-mails, phones and address stand on the company's and on the person's side."""
    document = documents.lead_document(
        lead(company="Lohse", legal_form="GmbH", last_name="Lohse", mail=["eva@lohse-bau.de"], phone=["0351 123456"]),
        "DE",
    )

    assert document.company.emails == document.person.emails == ("eva@lohse-bau.de",)
    assert document.company.phones == document.person.phones == ("+49351123456",)
    assert document.company.legal_form == "gmbh"
    assert document.company.domains == ("lohse-bau.de",)


def test_the_country_of_an_address_is_the_tenants_by_default() -> None:
    """An address without country is at home; no address has no country."""
    assert documents.contact_document(CONTACT, "AT").country == "AT"
    assert documents.contact_document(contact("Eva", "Lohse"), "AT").country == ""
