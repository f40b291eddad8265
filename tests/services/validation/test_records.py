"""Drafts and patches made into records."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import String, Table

from db.tables import records as tables
from domain.drafts import (
    AccountDraft,
    AccountPatch,
    CompanyPatch,
    ContactDraft,
    ContactPatch,
    EmailDraft,
    LeadDraft,
    LeadPatch,
    PersonPatch,
    PhoneDraft,
)
from domain.problems import FieldFault, InvalidField
from domain.records import Account, Company, Contact, Lead, Person
from domain.values import EmailAddress, ExternalId, PhoneKind, PhoneNumber, PostalAddress
from services.validation.reading import Reading, graphql_name, start_reading
from services.validation.records import (
    changed_account,
    changed_contact,
    changed_lead,
    given_external_ids,
    new_account,
    new_contact,
    new_lead,
)
from tests.support.factories import NOW, TENANT_ID, make_account, make_contact, make_lead, make_tenant
from tests.support.reading import faults_at

FULL_PERSON = Person(salutation="Frau", title="Dr.", first_name="Eva", last_name="Müller", birth_date=date(1980, 2, 29))
ADDRESS = PostalAddress(
    street="Hauptstraße", house_number="1a", postcode="01067", city="Dresden", region="Sachsen", country="DE"
)


@pytest.fixture
def reading() -> Reading:
    """Give a place to read from."""
    return start_reading(make_tenant(), NOW, "input")


def test_a_full_draft_becomes_a_lead(reading: Reading) -> None:
    """Every field of a draft arrives in the lead."""
    company = Company(name="Müller GmbH", legal_form="GmbH", vat_id="DE 123456789", website="mueller.example")
    draft = LeadDraft(
        type_id=7,
        source="portal",
        external_id="4711",
        received_at=NOW - timedelta(days=1),
        expires_at=NOW + timedelta(days=1),
        subject="Angebot",
        message="Guten Tag,\r\nbitte um Angebot.",
        interest="Golf",
        assignee_suggestion_id=9,
        company=company,
        person=FULL_PERSON,
        emails=(EmailDraft("eva@mueller.example"),),
        phones=(PhoneDraft("0171 2345678"),),
        address=ADDRESS,
    )
    lead = new_lead(draft, 1, TENANT_ID, reading)

    assert reading.problems == []
    assert lead == Lead(
        tenant_id=TENANT_ID,
        id=1,
        type_id=7,
        source="portal",
        external_id="4711",
        received_at=NOW - timedelta(days=1),
        expires_at=NOW + timedelta(days=1),
        subject="Angebot",
        message="Guten Tag,\nbitte um Angebot.",
        interest="Golf",
        assignee_suggestion_id=9,
        company=company,
        person=FULL_PERSON,
        emails=(EmailAddress("eva@mueller.example", is_primary=True),),
        phones=(PhoneNumber("0171 2345678", PhoneKind.MOBILE, is_primary=True),),
        address=ADDRESS,
    )


@pytest.mark.parametrize(
    "given",
    [
        LeadDraft(type_id=1, company=Company(name="Müller")),
        LeadDraft(type_id=1, person=Person(last_name="Müller")),
        LeadDraft(type_id=1, emails=(EmailDraft("a@example.de"),)),
        LeadDraft(type_id=1, phones=(PhoneDraft("0351 123456"),)),
        LeadDraft(type_id=1, person=Person(first_name="Eva")),
        LeadDraft(type_id=1, person=Person(birth_date=date(1980, 1, 1))),
        LeadDraft(type_id=1, company=Company(vat_id="DE136695976")),
        LeadDraft(type_id=1, address=ADDRESS),
    ],
)
def test_one_detail_is_enough_for_a_lead(given: LeadDraft, reading: Reading) -> None:
    """With any detail of a company or a person, however poor, somebody can be looked for."""
    lead = new_lead(given, 1, TENANT_ID, reading)

    assert reading.problems == []
    assert lead.received_at == NOW


@pytest.mark.parametrize(
    "given",
    [
        LeadDraft(type_id=1),
        LeadDraft(type_id=1, person=Person(salutation="Frau", title="Dr."), message="Hallo"),
        LeadDraft(type_id=1, company=Company(name=" ", legal_form="GmbH"), address=PostalAddress(street=" ")),
    ],
)
def test_a_lead_of_nobody_is_refused(given: LeadDraft, reading: Reading) -> None:
    """Without any such detail the lead itself is at fault, and the problem names them."""
    new_lead(given, 1, TENANT_ID, reading)

    assert faults_at(reading) == {"": FieldFault.REQUIRED}
    assert "person.lastName" in str(reading.problems[0])


def test_every_wrong_field_of_a_lead_is_named_at_once(reading: Reading) -> None:
    """A client learns everything in one round."""
    draft = LeadDraft(
        type_id=0,
        source="\x00",
        external_id="x" * 201,
        received_at=datetime(2030, 1, 1, tzinfo=UTC),
        expires_at=datetime(1900, 1, 1, tzinfo=UTC),
        subject="x" * 501,
        message="x" * 20_001,
        interest="\ud800",
        assignee_suggestion_id=1 << 63,
        company=Company(name="x" * 301, legal_form="x" * 81, vat_id="x" * 41, website="x"),
        person=Person(
            salutation="x" * 41,
            title="x" * 81,
            first_name="a\nb",
            last_name="x" * 201,
            birth_date=date(1800, 1, 1),
        ),
        emails=(EmailDraft("a@example.de", is_primary=True), EmailDraft("b", is_primary=True)),
        phones=tuple(PhoneDraft(f"0351 {1000 + each}") for each in range(21)),
        address=PostalAddress(country="Sachsen"),
    )
    new_lead(draft, 1, TENANT_ID, reading)

    assert faults_at(reading) == {
        "typeId": FieldFault.BAD_ID,
        "source": FieldFault.BAD_TEXT,
        "externalId": FieldFault.TOO_LONG,
        "receivedAt": FieldFault.BAD_DATE,
        "expiresAt": FieldFault.BAD_DATE,
        "subject": FieldFault.TOO_LONG,
        "message": FieldFault.TOO_LONG,
        "interest": FieldFault.BAD_TEXT,
        "assigneeSuggestionId": FieldFault.BAD_ID,
        "company.name": FieldFault.TOO_LONG,
        "company.legalForm": FieldFault.TOO_LONG,
        "company.vatId": FieldFault.TOO_LONG,
        "company.website": FieldFault.BAD_VALUE,
        "person.salutation": FieldFault.TOO_LONG,
        "person.title": FieldFault.TOO_LONG,
        "person.firstName": FieldFault.BAD_TEXT,
        "person.lastName": FieldFault.TOO_LONG,
        "person.birthDate": FieldFault.BAD_DATE,
        "emails": FieldFault.SEVERAL_PRIMARY,
        "emails.1.address": FieldFault.BAD_EMAIL,
        "phones": FieldFault.TOO_MANY,
        "address.country": FieldFault.BAD_COUNTRY,
    }
    assert all(problem.path[0] == "input" for problem in reading.problems)


def test_a_lead_expires_after_it_was_received(reading: Reading) -> None:
    """A lead that would have expired before it came is a mistake."""
    new_lead(
        LeadDraft(type_id=1, phones=(PhoneDraft("12345"),), expires_at=NOW - timedelta(days=1)), 1, TENANT_ID, reading
    )
    assert faults_at(reading) == {"expiresAt": FieldFault.BAD_DATE}


def test_an_external_id_of_a_lead_needs_its_source(reading: Reading) -> None:
    """The id of a lead is unique within its source only."""
    new_lead(LeadDraft(type_id=1, phones=(PhoneDraft("12345"),), external_id="4711"), 1, TENANT_ID, reading)

    assert faults_at(reading) == {"source": FieldFault.REQUIRED}


def test_a_patch_changes_only_what_it_gives(reading: Reading) -> None:
    """Of a lead, its company and its person, what is not given stays; None clears."""
    lead = make_lead(company=Company(name="Müller", website="a.example"), last_name="Müller", emails=("a@example.de",))
    patch = LeadPatch(
        subject="Neu",
        company=CompanyPatch(website=None),
        person=PersonPatch(first_name="Eva"),
        emails=(),
        address=ADDRESS,
    )
    changed = changed_lead(lead, patch, reading)

    assert reading.problems == []
    assert changed == replace(
        lead,
        subject="Neu",
        company=Company(name="Müller"),
        person=Person(first_name="Eva", last_name="Müller"),
        emails=(),
        address=ADDRESS,
    )


def test_an_empty_patch_changes_nothing(reading: Reading) -> None:
    """What is not given is not even looked at: a record from before a rule was made can be changed elsewhere."""
    lead, account, contact = make_lead(last_name="\x00"), make_account(name="\x00"), make_contact(1, last_name="\x00")

    assert changed_lead(lead, LeadPatch(), reading) == lead
    assert changed_account(account, AccountPatch(), reading) == account
    assert changed_contact(contact, ContactPatch(), reading) == contact
    assert given_external_ids(AccountPatch(), reading) is None
    assert reading.problems == []


def test_a_patch_cannot_leave_a_lead_of_nobody(reading: Reading) -> None:
    """The rule for new leads holds for what remains."""
    changed_lead(make_lead(last_name="Müller"), LeadPatch(person=None), reading)

    assert faults_at(reading) == {"": FieldFault.REQUIRED}


def test_a_patch_cannot_clear_what_is_required(reading: Reading) -> None:
    """An account keeps a name, a contact an account, a lead a type."""
    changed_account(make_account(), AccountPatch(name=" "), reading)
    changed_contact(make_contact(1), ContactPatch(account_id=None), reading)
    changed_lead(make_lead(last_name="Müller"), LeadPatch(type_id=None), reading)

    assert faults_at(reading) == {
        "name": FieldFault.REQUIRED,
        "accountId": FieldFault.REQUIRED,
        "typeId": FieldFault.REQUIRED,
    }


def test_a_full_draft_becomes_an_account(reading: Reading) -> None:
    """Every field of a draft arrives in the account; its external ids are read apart."""
    draft = AccountDraft(
        name=" Müller GmbH ",
        vat_id="ATU12345678",
        website="https://mueller.example",
        emails=(EmailDraft("info@mueller.example"),),
        phones=(PhoneDraft("0351 123456"),),
        address=ADDRESS,
        external_ids=(ExternalId("sap", "1"),),
        owner_id=9,
    )
    account = new_account(draft, 1, TENANT_ID, reading)

    assert account == Account(
        tenant_id=TENANT_ID,
        id=1,
        name="Müller GmbH",
        vat_id="ATU12345678",
        website="https://mueller.example",
        emails=(EmailAddress("info@mueller.example", is_primary=True),),
        phones=(PhoneNumber("0351 123456", is_primary=True),),
        address=ADDRESS,
        owner_id=9,
    )
    assert given_external_ids(draft, reading) == (ExternalId("sap", "1"),)
    assert reading.problems == []


@pytest.mark.parametrize("name", ["", " ", "\u200b", None])
def test_an_account_needs_a_name(name: str | None, reading: Reading) -> None:
    """A name that shows nothing is none."""
    new_account(AccountDraft(name=name), 1, TENANT_ID, reading)

    assert faults_at(reading) == {"name": FieldFault.REQUIRED}


def test_a_full_draft_becomes_a_contact(reading: Reading) -> None:
    """Every field of a draft arrives in the contact."""
    draft = ContactDraft(
        account_id=5,
        salutation="Frau",
        title="Dr.",
        first_name="Eva",
        last_name="Müller",
        birth_date=date(1980, 2, 29),
        emails=(EmailDraft("eva@mueller.example"),),
        phones=(PhoneDraft("0351 123456"),),
        address=ADDRESS,
        owner_id=9,
    )
    contact = new_contact(draft, 1, TENANT_ID, reading)

    assert reading.problems == []
    assert contact == Contact(
        tenant_id=TENANT_ID,
        id=1,
        account_id=5,
        **{each.name: getattr(FULL_PERSON, each.name) for each in fields(Person)},
        emails=(EmailAddress("eva@mueller.example", is_primary=True),),
        phones=(PhoneNumber("0351 123456", is_primary=True),),
        address=ADDRESS,
        owner_id=9,
    )


def test_a_contact_of_nobody_is_refused(reading: Reading) -> None:
    """A contact has a name, an e-mail address or a phone number; a title is not enough."""
    new_contact(ContactDraft(account_id=5, title="Dr."), 1, TENANT_ID, reading)
    changed_contact(make_contact(5), ContactPatch(first_name=None, last_name=None), reading)

    assert [problem.path for problem in reading.problems] == [("input",), ("input",)]


LONG = "x" * 100_000
LONG_ADDRESS = PostalAddress(street=LONG, house_number=LONG, postcode=LONG, city=LONG, region=LONG)
LONG_PERSON = Person(salutation=LONG, title=LONG, first_name=LONG, last_name=LONG)


def _longest(reading: Reading) -> dict[str, int]:
    found = {each.path[-1]: each for each in reading.problems if isinstance(each, InvalidField)}
    return {name: int(each.detail) for name, each in found.items() if each.fault is FieldFault.TOO_LONG}


def _widths(table: Table) -> dict[str, int]:
    unread = {"country", "sort_name", "status"}
    return {
        graphql_name(each.name): each.type.length
        for each in table.columns
        if isinstance(each.type, String) and each.type.length is not None and each.name not in unread
    }


def test_an_account_fits_its_columns(reading: Reading) -> None:
    """What is let through can be stored: PostgreSQL refuses longer text, SQLite would take anything."""
    new_account(AccountDraft(name=LONG, vat_id=LONG, website=LONG, address=LONG_ADDRESS), 1, TENANT_ID, reading)

    assert _longest(reading) == _widths(tables.accounts)


def test_a_contact_fits_its_columns(reading: Reading) -> None:
    """What is let through can be stored."""
    draft = ContactDraft(
        account_id=1, salutation=LONG, title=LONG, first_name=LONG, last_name=LONG, address=LONG_ADDRESS
    )
    new_contact(draft, 1, TENANT_ID, reading)

    assert _longest(reading) == _widths(tables.contacts)


def test_a_lead_fits_its_columns(reading: Reading) -> None:
    """What is let through can be stored."""
    draft = LeadDraft(
        type_id=1,
        source=LONG,
        external_id=LONG,
        subject=LONG,
        interest=LONG,
        company=Company(name=LONG, legal_form=LONG, vat_id=LONG, website=LONG),
        person=LONG_PERSON,
        address=LONG_ADDRESS,
    )
    new_lead(draft, 1, TENANT_ID, reading)
    widths = _widths(tables.leads)
    widths["name"] = widths.pop("companyName")

    assert _longest(reading) == widths


def test_external_ids_fit_their_columns(reading: Reading) -> None:
    """What is let through can be stored."""
    given_external_ids(AccountDraft(name="n", external_ids=(ExternalId(LONG, LONG),)), reading)

    assert _longest(reading) == {
        name: width for name, width in _widths(tables.external_ids).items() if name in {"system", "value"}
    }
