"""Fingerprints change with what identifies, and with nothing else."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.records import Account, Company, Contact, Lead, LeadStatus, Person
from domain.values import PhoneKind, PhoneNumber, PostalAddress
from services.matching.fingerprints import account_fingerprint, contact_fingerprint, lead_fingerprint
from tests.support.factories import NOW, address_of, emails_of, make_account, make_contact, make_lead, phones_of

HERE = address_of("Werftstraße", "12", "01067", "Dresden")
ACCOUNT = make_account(
    id=1,
    name="Elbe Maschinenbau GmbH",
    vat_id="DE 811 907 980",
    website="https://www.elbe.example/start",
    emails=("info@elbe.example",),
    phones=("0351 / 123 456",),
    address=HERE,
)
CONTACT = make_contact(
    1,
    id=2,
    first_name="Karl-Heinz",
    last_name="von der Leyen",
    birth_date=date(1962, 3, 23),
    emails=("k@elbe.example", "karl@web.de"),
    phones=("+49 351 123456",),
    address=HERE,
)
LEAD = make_lead(
    id=3,
    company=Company(name="Elbe Maschinenbau", legal_form="GmbH", vat_id="DE811907980", website="elbe.example"),
    first_name="Karl-Heinz",
    last_name="von der Leyen",
    emails=("k@elbe.example",),
    phones=("0351 123456",),
    address=HERE,
)
IDENTIFYING: dict[type[Any], dict[str, Any]] = {
    Account: {
        "tenant_id": 2,
        "name": "Elbe Maschinenbau AG",
        "vat_id": "DE811907981",
        "website": "elbe-mb.example",
        "emails": emails_of("office@elbe.example"),
        "phones": phones_of("0351 123457"),
        "address": replace(HERE, house_number="13"),
    },
    Contact: {
        "tenant_id": 2,
        "first_name": "Karl",
        "last_name": "Leyen",
        "birth_date": date(1962, 3, 24),
        "emails": emails_of("k@elbe.example"),
        "phones": phones_of("0351 123456", "0171 1234567"),
        "address": None,
    },
    Lead: {
        "tenant_id": 2,
        "company": replace(LEAD.company, name="Elbe Pumpenbau"),
        "person": replace(LEAD.person, last_name="Leyen"),
        "emails": (),
        "phones": phones_of("0351 123457"),
        "address": replace(HERE, city="Pirna"),
    },
}
"""Another value for every field that identifies (the rows marked I in the product's table of records)."""

OTHERS: dict[type[Any], dict[str, Any]] = {
    Account: {"id": 9, "owner_id": 5, "is_private_customers": True, "version": 7},
    Contact: {"id": 9, "account_id": 4, "salutation": "Herr", "title": "Dr.", "owner_id": 5, "version": 7},
    Lead: {
        "id": 9,
        "type_id": 4,
        "received_at": NOW.replace(year=2025),
        "source": "portal",
        "external_id": "p-1",
        "expires_at": NOW,
        "subject": "Tyres",
        "message": "Hello",
        "interest": "Roadster",
        "assignee_suggestion_id": 5,
        "stored_status": LeadStatus.ACCEPTED,
        "accepted_by_id": 5,
        "accepted_at": NOW,
        "rejected_by_id": 5,
        "rejected_at": NOW,
        "reject_reason_id": 5,
        "reject_comment": "No",
        "account_id": 1,
        "contact_id": 2,
        "case_id": 3,
        "version": 7,
    },
}
RECORDS: list[Any] = [ACCOUNT, CONTACT, LEAD]
IDENTIFYING_CASES = [(each, name) for each in RECORDS for name in IDENTIFYING[type(each)]]
OTHER_CASES = [(each, name) for each in RECORDS for name in OTHERS[type(each)]]


def fingerprint(record: Account | Contact | Lead, country: str = "DE") -> int:
    """The fingerprint of anything that has one."""
    if isinstance(record, Lead):
        return lead_fingerprint(record, country)
    return account_fingerprint(record, country) if isinstance(record, Account) else contact_fingerprint(record, country)


def test_every_field_is_known_to_identify_or_not() -> None:
    """A field that is added to a record has to be put on one side."""
    for each in RECORDS:
        kind = type(each)
        assert {field.name for field in fields(kind)} == IDENTIFYING[kind].keys() | OTHERS[kind].keys()


@pytest.mark.parametrize(("record", "name"), IDENTIFYING_CASES, ids=lambda each: str(each)[:20])
def test_what_identifies_changes_the_fingerprint(record: Any, name: str) -> None:  # noqa: ANN401
    """Every single field."""
    changed = replace(record, **{name: IDENTIFYING[type(record)][name]})
    assert fingerprint(changed) != fingerprint(record)


@pytest.mark.parametrize(("record", "name"), OTHER_CASES, ids=lambda each: str(each)[:20])
def test_what_does_not_identify_leaves_the_fingerprint(record: Any, name: str) -> None:  # noqa: ANN401
    """Every single field."""
    changed = replace(record, **{name: OTHERS[type(record)][name]})
    assert fingerprint(changed) == fingerprint(record)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (
            "company",
            replace(LEAD.company, name="ELBE-Maschinenbau", vat_id="de 811907980", website="WWW.Elbe.Example/"),
        ),
        ("person", Person(salutation="Herr", title="Dr.", first_name="karl heinz", last_name="Von Der Leyen")),
        ("emails", emails_of(" K@Elbe.Example")),
        ("phones", (PhoneNumber("+49 (0) 351 / 12 34 56", PhoneKind.FAX),)),
        ("address", PostalAddress(street="WERFTSTRASSE", house_number=" 12", postcode="01067", city="Dresden")),
    ],
)
def test_the_form_of_a_value_is_no_change(field: str, value: Any) -> None:  # noqa: ANN401
    """Case, spaces, hyphens, web addresses and phones may be written as one likes; the country is the tenant's."""
    assert fingerprint(replace(LEAD, **{field: value})) == fingerprint(LEAD)


def test_the_order_of_a_list_is_no_change() -> None:
    """Nor is which entry is primary, nor that one is given twice."""
    other = emails_of("karl@web.de", "k@elbe.example", "karl@web.de")
    assert fingerprint(replace(CONTACT, emails=other)) == fingerprint(CONTACT)


def test_values_do_not_slip_from_one_field_into_the_next() -> None:
    """First and last name swapped are other names."""
    swapped = replace(CONTACT, first_name=CONTACT.last_name, last_name=CONTACT.first_name)
    assert fingerprint(swapped) != fingerprint(CONTACT)


def test_fingerprints_stay_what_they_are() -> None:
    """They are stored: whoever changes how they are made makes every tenant forget what was dismissed."""
    assert [fingerprint(each) for each in RECORDS] == [
        -7_146_787_096_214_103_931,
        4_636_179_772_285_402_362,
        -7_518_769_002_007_845_532,
    ]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_has_a_fingerprint(one: str, other: str) -> None:
    """Of 64 bits, whatever the characters."""
    address = PostalAddress(street=one, city=other, country=one)
    lead = replace(
        make_lead(company=Company(name=one, website=other), first_name=other, emails=(one,), phones=(other,)),
        address=address,
    )
    assert -(2**63) <= fingerprint(lead, "ZZ") < 2**63
