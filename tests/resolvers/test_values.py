"""Values of fields, as they are shown."""

from datetime import UTC, date, datetime

import pytest

from domain.records import Account, CaseStatus, CaseType, Contact, LeadStatus, LeadType, RecordKind, User
from domain.values import EmailAddress, Language, PhoneNumber, PostalAddress
from resolvers.values import Reference, record_name, shown, value_text
from tests.support.factories import make_account, make_contact, make_lead

ADDRESS = PostalAddress(street="Ring", house_number="1 a", postcode="01067", city="Dresden", country="DE")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Nordlicht", "Nordlicht"),
        (7, "7"),
        (date(2026, 5, 6), "2026-05-06"),
        (datetime(2026, 5, 6, tzinfo=UTC), "2026-05-06T00:00:00+00:00"),
        (ADDRESS, "Ring 1 a, 01067 Dresden, DE"),
        (PostalAddress(city="Dresden"), "Dresden"),
        ((EmailAddress("a@b.example"), EmailAddress("c@d.example")), "a@b.example, c@d.example"),
        ((PhoneNumber("0351 1"),), "0351 1"),
        (LeadStatus.NEW, "neu"),
        (CaseStatus.WON, "gewonnen"),
    ],
)
def test_every_value_has_a_text(value: object, text: str) -> None:
    """In one line, in the reader's language."""
    assert value_text(value, Language.DE) == text


@pytest.mark.parametrize(
    ("kind", "field", "value", "expected"),
    [
        (RecordKind.CONTACT, "account_id", 5, Reference(Account, 5)),
        (RecordKind.CASE, "contact_id", 5, Reference(Contact, 5)),
        (RecordKind.CASE, "type_id", 5, Reference(CaseType, 5)),
        (RecordKind.LEAD, "type_id", 5, Reference(LeadType, 5)),
        (RecordKind.ACCOUNT, "owner_id", 5, Reference(User, 5)),
        (RecordKind.CASE, "number", 5, 5),
        (RecordKind.ACCOUNT, "emails", (), None),
        (RecordKind.ACCOUNT, "name", None, None),
        (RecordKind.ACCOUNT, "name", "Nordlicht", "Nordlicht"),
    ],
)
def test_ids_are_shown_as_references(kind: RecordKind, field: str, value: object, expected: object) -> None:
    """A field that refers to a record shows the record; empty lists are nothing."""
    assert shown(kind, field, value) == expected


def test_records_have_names() -> None:
    """A company's, a person's; a lead's subject, or who it names."""
    assert record_name(make_account(name="Nordlicht")) == "Nordlicht"
    assert record_name(make_contact(1, first_name="Ida", last_name="Falk", title="Dr.")) == "Dr. Ida Falk"
    assert record_name(make_lead(subject="Test drive", company="Nordlicht")) == "Test drive"
    assert record_name(make_lead(company="Nordlicht")) == "Nordlicht"
    assert record_name(make_lead(last_name="Falk")) == "Falk"
