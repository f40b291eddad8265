"""Field differences: what a user has to decide, and what is only a difference of form."""

from dataclasses import replace
from datetime import date

import pytest

from domain.fields import AccountField, AddressPart, ContactField, DiffStatus, FieldDiff, RecordField, Take
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress
from services.matching.diff import account_diffs, contact_diffs
from tests.services.matching.examples import account, contact, emails, lead, phones
from tests.support.factories import make_account, make_contact, make_lead

DRESDEN = "Hauptstraße 5, 01067 Dresden"


def by_field(diffs: tuple[FieldDiff, ...]) -> dict[RecordField, FieldDiff]:
    """The differences by their field."""
    return {each.field: each for each in diffs}


@pytest.mark.parametrize(
    ("value", "existing", "status", "suggested"),
    [
        ("Müller", "müller", DiffStatus.SAME, Take.EXISTING),
        ("Müller", "Mueller", DiffStatus.DIFFERENT, Take.EXISTING),
        ("D'Unger", "D\u2019Unger", DiffStatus.SAME, Take.EXISTING),
        ("von  der Leyen", "Von der Leyen", DiffStatus.SAME, Take.EXISTING),
        ("Lohse-Kühn", "Lohse", DiffStatus.DIFFERENT, Take.LEAD),
        ("Lohse", None, DiffStatus.FILLS_EMPTY, Take.LEAD),
        (None, "Lohse", DiffStatus.ONLY_EXISTING, Take.EXISTING),
        ("  ", "Lohse", DiffStatus.ONLY_EXISTING, Take.EXISTING),
    ],
)
def test_names_differ_by_spelling(value: str | None, existing: str | None, status: DiffStatus, suggested: Take) -> None:
    """Case, spaces and apostrophes are form; another spelling is for the user to decide; a fuller name is suggested."""
    [diff] = contact_diffs(lead(last_name=value), contact(None, existing), "DE")

    assert (diff.field, diff.status, diff.suggested) == (ContactField.LAST_NAME, status, suggested)
    assert diff.needs_decision is (status is DiffStatus.DIFFERENT)


def test_a_title_in_a_name_is_form() -> None:
    """Dr. Eva is Eva; an initial is completed."""
    titled = by_field(contact_diffs(lead(first_name="Dr. Eva"), contact("Eva", None), "DE"))
    initial = by_field(contact_diffs(lead(first_name="Eva"), contact("E.", None), "DE"))

    assert titled[ContactField.FIRST_NAME].status is DiffStatus.SAME
    assert initial[ContactField.FIRST_NAME].suggested is Take.LEAD


def test_fields_that_both_lack_are_left_out() -> None:
    """A lead and a contact without details have no differences."""
    assert contact_diffs(lead(), contact(None, None), "DE") == ()


def test_birth_dates() -> None:
    """Different dates are to be decided, the existing one is suggested."""
    [diff] = contact_diffs(lead(born=date(1980, 5, 17)), contact(None, None, born=date(1980, 5, 18)), "DE")

    assert (diff.status, diff.suggested) == (DiffStatus.DIFFERENT, Take.EXISTING)


@pytest.mark.parametrize(
    "existing", ["+49 351 123456", "0351/123456", "0049351123456"], ids=["plus", "slash", "double zero"]
)
def test_ways_of_writing_a_phone_are_form(existing: str) -> None:
    """``0351 / 123 456`` and ``+49 351 123456`` are one number: nothing to decide."""
    [diff] = contact_diffs(lead(phone=["0351 / 123 456"]), contact(None, None, phone=[existing]), "DE")

    assert diff.status is DiffStatus.SAME
    assert diff.lead_value is None


def test_a_fresh_phone_stands_against_the_primary_of_its_kind() -> None:
    """Only the new entry is shown, against the primary line of the same kind, and both are suggested."""
    existing = (
        PhoneNumber("0351 111111"),
        PhoneNumber("0351 222222", is_primary=True),
        PhoneNumber("0172 3333333", PhoneKind.MOBILE),
    )
    record = replace(contact(None, None), phones=existing)

    [diff] = contact_diffs(lead(phone=["0351 444444"]), record, "DE")

    assert diff.lead_value == phones("0351 444444")
    assert diff.existing_value == (existing[1],)
    assert (diff.status, diff.suggested) == (DiffStatus.DIFFERENT, Take.BOTH)


def test_a_line_of_another_kind_adds() -> None:
    """A mobile number stands against no landline."""
    given = replace(lead(), phones=phones("0172 3333333", kind=PhoneKind.MOBILE))

    [diff] = contact_diffs(given, contact(None, None, phone=["0351 111111"]), "DE")

    assert diff.existing_value is None
    assert (diff.status, diff.suggested) == (DiffStatus.ADDS, Take.BOTH)


def test_a_confirmed_entry_stands_against_nothing() -> None:
    """A lead with the known address and one more adds the one."""
    [diff] = contact_diffs(
        lead(mail=["Eva@lohse.de", "eva.lohse@gmx.de", "EVA.lohse@gmx.de"]),
        contact(None, None, mail=["eva@lohse.de"]),
        "DE",
    )

    assert diff.status is DiffStatus.ADDS
    assert diff.lead_value == (EmailAddress("eva.lohse@gmx.de"),)


def test_an_empty_list_is_filled() -> None:
    """A record without e-mails takes the lead's without asking; a lead without any leaves the record's."""
    [fills] = contact_diffs(lead(mail=["eva@gmx.de"]), contact(None, None), "DE")
    [stays] = contact_diffs(lead(), contact(None, None, mail=["eva@gmx.de"]), "DE")

    assert (fills.status, fills.lead_value) == (DiffStatus.FILLS_EMPTY, emails("eva@gmx.de"))
    assert (stays.status, stays.existing_value) == (DiffStatus.ONLY_EXISTING, emails("eva@gmx.de"))


@pytest.mark.parametrize(
    ("given", "status", "parts", "suggested"),
    [
        ("Hauptstr. 5, 01067 dresden", DiffStatus.SAME, (), Take.EXISTING),
        ("Hauptstr. 5, 01067", DiffStatus.SAME, (), Take.EXISTING),
        ("Hauptstr. 7, 01067 Dresden", DiffStatus.DIFFERENT, (AddressPart.HOUSE_NUMBER,), Take.EXISTING),
        (
            "Ring 1, 04109 Leipzig",
            DiffStatus.DIFFERENT,
            (AddressPart.STREET, AddressPart.HOUSE_NUMBER, AddressPart.POSTCODE, AddressPart.CITY),
            Take.EXISTING,
        ),
    ],
)
def test_an_address_is_one_block(
    given: str, status: DiffStatus, parts: tuple[AddressPart, ...], suggested: Take
) -> None:
    """Abbreviations and missing parts are no difference; otherwise the parts that differ are named."""
    [diff] = contact_diffs(lead(at=given), contact(None, None, at=DRESDEN), "DE")

    assert (diff.status, diff.parts, diff.suggested) == (status, parts, suggested)


def test_a_fuller_address_is_suggested() -> None:
    """The lead's address is suggested where it says all that the record's says, and more."""
    [diff] = contact_diffs(lead(at=DRESDEN), contact(None, None, at=", 01067 Dresden"), "DE")

    assert (diff.status, diff.suggested) == (DiffStatus.DIFFERENT, Take.LEAD)
    assert diff.parts == (AddressPart.STREET, AddressPart.HOUSE_NUMBER)


def test_a_missing_country_is_the_tenants() -> None:
    """An address at home, with or without its country, is the same."""
    record = replace(contact(None, None), address=PostalAddress(city="Dresden", country="DE"))

    [diff] = contact_diffs(replace(lead(), address=PostalAddress(city="Dresden")), record, "DE")

    assert diff.status is DiffStatus.SAME


@pytest.mark.parametrize(
    ("name", "legal_form", "existing", "status"),
    [
        ("lohse bau gmbh u. Co KG", None, "Lohse Bau GmbH & Co. KG", DiffStatus.SAME),
        ("Lohse Bau", "GmbH", "Lohse Bau GmbH", DiffStatus.SAME),
        ("Lohse Bau", None, "Lohse Bau GmbH", DiffStatus.SAME),
        ("Lohse Bau GmbH", None, "Lohse Bau", DiffStatus.DIFFERENT),
        ("Lohse Bau AG", None, "Lohse Bau GmbH", DiffStatus.DIFFERENT),
        ("Müller Bau", None, "Mueller Bau", DiffStatus.DIFFERENT),
        (None, None, "Mueller Bau", DiffStatus.ONLY_EXISTING),
    ],
)
def test_company_names(name: str | None, legal_form: str | None, existing: str, status: DiffStatus) -> None:
    """Ways of writing a legal form are form, and leaving it out says less; a lead without a name changes no name."""
    [diff] = account_diffs(lead(company=name, legal_form=legal_form), account(existing), "DE")

    assert (diff.field, diff.status) == (AccountField.NAME, status)


def test_the_legal_form_of_its_own_field_is_part_of_the_name() -> None:
    """What would be written is the whole name."""
    [diff] = account_diffs(lead(company="Lohse Hochbau", legal_form="GmbH"), account("Lohse Bau"), "DE")

    assert diff.lead_value == "Lohse Hochbau GmbH"


def test_websites_and_vat_ids_differ_in_form_only() -> None:
    """The domain and the digits count."""
    diffs = account_diffs(
        lead(website="https://www.lohse.de/kontakt", vat_id="DE 136 695 976"),
        account("Lohse", website="lohse.de", vat_id="136695976"),
        "DE",
    )

    assert {each.status for each in diffs[1:]} == {DiffStatus.SAME}


def test_what_is_the_persons_is_not_proposed_for_the_account() -> None:
    """Where the lead names a person, mobiles, freemail and addresses with the name go to the contact alone."""
    given = lead(
        company="Lohse",
        first_name="Eva",
        last_name="Kühn",
        mail=["eva.kuehn@lohse.de", "kuehn@gmx.de", "dresden@lohse.de"],
        phone=["0172 1234567", "0351 123456"],
    )

    diffs = by_field(account_diffs(given, account("Lohse"), "DE"))

    assert diffs[AccountField.EMAILS].lead_value == (EmailAddress("dresden@lohse.de"),)
    assert diffs[AccountField.PHONES].lead_value == (PhoneNumber("0351 123456"),)


def test_without_a_person_everything_is_the_companys() -> None:
    """A shop with a freemail address and a mobile number has no other."""
    given = lead(company="Blumen Lohse", mail=["blumen.lohse@gmx.de"], phone=["0172 1234567"])

    diffs = by_field(account_diffs(given, account("Blumen Lohse"), "DE"))

    assert diffs[AccountField.EMAILS].status is DiffStatus.FILLS_EMPTY
    assert diffs[AccountField.PHONES].status is DiffStatus.FILLS_EMPTY


def test_a_companys_address_fills_no_contacts_empty_one() -> None:
    """The address of a lead that names a company is the account's."""
    given = lead(company="Lohse", last_name="Kühn", at=DRESDEN)

    assert ContactField.ADDRESS not in by_field(contact_diffs(given, contact(None, "Kühn"), "DE"))
    assert by_field(account_diffs(given, account("Lohse"), "DE"))[AccountField.ADDRESS].status is DiffStatus.FILLS_EMPTY


def test_the_private_customers_account_is_never_changed() -> None:
    """It has no differences, whatever the lead says."""
    shared = replace(account("Private customers"), is_private_customers=True)

    assert account_diffs(lead(company="Lohse", mail=["info@lohse.de"], at=DRESDEN), shared, "DE") == ()


def test_what_the_other_record_has_is_no_news() -> None:
    """The company's switchboard is not asked of its contact, nor the contact's own line of the company."""
    given = make_lead(
        company="Elbe Maschinenbau GmbH",
        first_name="Katrin",
        last_name="Sommerfeld",
        emails=("katrin.sommerfeld@elbe.example", "info@elbe.example"),
        phones=("0351 1000-55", "0351 1000-0"),
    )
    firm = make_account(emails=("info@elbe.example",), phones=("0351 1000-0",))
    person = make_contact(firm, emails=("katrin.sommerfeld@elbe.example",), phones=("0351 1000-55",))

    assert not [each for each in account_diffs(given, firm, "DE", person) if each.needs_decision]
    assert not [each for each in contact_diffs(given, person, "DE", firm) if each.needs_decision]
    assert [each.field for each in contact_diffs(given, person, "DE") if each.needs_decision] == [
        ContactField.EMAILS,
        ContactField.PHONES,
    ]


def test_an_empty_list_is_filled_whatever_the_other_record_has() -> None:
    """A contact without a phone number gets the lead's, even if it is the company's: it is how to reach them."""
    given = make_lead(company="Elbe Maschinenbau GmbH", last_name="Sommerfeld", phones=("0351 1000-0",))
    firm = make_account(phones=("0351 1000-0",))
    (phones,) = [
        each for each in contact_diffs(given, make_contact(firm), "DE", firm) if each.field is ContactField.PHONES
    ]
    assert phones.status is DiffStatus.FILLS_EMPTY
