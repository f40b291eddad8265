"""What a row does to a record that it meets."""

from dataclasses import replace
from datetime import timedelta

from domain.records import Company, Person
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress
from services.importing.merging import merge
from tests.support.factories import NOW, address_of, make_account, make_contact, make_lead


def test_a_row_that_says_the_same_changes_nothing() -> None:
    """A record meets its own row, in other forms of the same numbers and addresses."""
    account = make_account(emails=("a@b.de",), phones=("0351 123456",), address=address_of("Weg", "1", "01067", "X"))
    row = make_account(emails=("A@B.de",), phones=("+49 351 / 123456",), address=PostalAddress(city="X"))

    assert merge(account, row, "DE") == account


def test_what_a_row_leaves_empty_stays() -> None:
    """An empty cell clears nothing."""
    account = make_account(vat_id="DE1", website="b.de", emails=("a@b.de",), address=address_of("W", "1", "2", "X"))

    assert merge(account, make_account(), "DE") == account


def test_single_values_are_replaced() -> None:
    """The row's name, VAT id and website take the place of the record's."""
    account = make_account(name="Old", vat_id="DE1")

    merged = merge(account, make_account(name="New", vat_id="DE2", website="n.de"), "DE")

    assert merged == replace(account, name="New", vat_id="DE2", website="n.de")


def test_lists_grow_behind_and_keep_their_primary() -> None:
    """What the record lacks is added; nothing is removed or put first."""
    contact = make_contact(1, emails=("old@b.de",), phones=("0351 1234567",))
    row = make_contact(1, emails=("new@b.de", "OLD@b.de"), phones=("0351 7654321",))

    merged = merge(contact, row, "DE")

    assert merged.emails == (EmailAddress("old@b.de", is_primary=True), EmailAddress("new@b.de"))
    assert merged.phones == (PhoneNumber("0351 1234567", is_primary=True), PhoneNumber("0351 7654321"))


def test_a_fax_of_the_same_number_is_another_entry() -> None:
    """A number may be voice and fax."""
    contact = make_contact(1, phones=("0351 1234567",))
    row = replace(make_contact(1), phones=(PhoneNumber("0351 1234567", PhoneKind.FAX, is_primary=True),))

    assert [each.kind for each in merge(contact, row, "DE").phones] == [PhoneKind.LANDLINE, PhoneKind.FAX]


def test_an_address_is_replaced_whole() -> None:
    """No mixture of two addresses comes out, and the parts that are not given are not kept from the old one."""
    account = make_account(address=address_of("Weg", "1", "01067", "Dresden"))
    new = PostalAddress(street="Gasse", city="Plauen")

    assert merge(account, make_account(address=new), "DE").address == new


def test_a_lead_keeps_when_it_was_received() -> None:
    """The details of company and person merge part by part; what became of the lead is not touched."""
    lead = replace(make_lead(company="Old", first_name="Jo", last_name="Bär"), accepted_by_id=7)
    row = make_lead(company=Company(vat_id="DE1"), last_name="Weiß", received_at=NOW + timedelta(days=1), subject="S")

    merged = merge(lead, row, "DE")

    assert merged == replace(
        lead, company=Company(name="Old", vat_id="DE1"), person=Person(first_name="Jo", last_name="Weiß"), subject="S"
    )
