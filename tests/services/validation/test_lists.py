"""E-mail and phone lists, addresses, and ids in other systems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.drafts import EmailDraft, PhoneDraft
from domain.problems import FieldFault
from domain.values import EmailAddress, ExternalId, PhoneKind, PhoneNumber, PostalAddress
from services.validation.lists import address, emails, external_ids, phones
from services.validation.reading import start_reading
from tests.support.factories import NOW, make_tenant
from tests.support.reading import faults_at, read


def _emails(*addresses: str) -> tuple[EmailDraft, ...]:
    return tuple(EmailDraft(each) for each in addresses)


def _phones(*numbers: str) -> tuple[PhoneDraft, ...]:
    return tuple(PhoneDraft(each) for each in numbers)


@pytest.mark.parametrize(
    "raw",
    [
        "max@example.de",
        "Max.Mustermann+crm@Sub.Example.CO.UK",
        "müller@müller.example",
        "o'neil@example.ie",
        "用户@例子.公司",
        "x@demo.test",
        "a" * 64 + "@example.de",
    ],
)
def test_email_addresses_are_kept_as_given(raw: str) -> None:
    """What has the syntax of an address is stored as it was written; nobody is asked whether it exists."""
    assert read(emails, _emails(f" {raw} ")) == ((EmailAddress(raw, is_primary=True),), [])


@pytest.mark.parametrize(
    "raw",
    [
        "max",
        "max@",
        "@example.de",
        "max@example",
        "max@@example.de",
        "max example@example.de",
        "Max <max@example.de>",
        "max@example.de, eva@example.de",
        "max..m@example.de",
        "max@-example.de",
        "max@exa_mple.de",
        "max@[127.0.0.1]",
        "max@localhost",
        "mailto:max@example.de",
        "max@\u202eexample.de",
        "max@xn--\u00fc.de",
        "max@" + "ü" * 70 + ".de",
    ],
)
def test_other_text_is_no_email_address(raw: str) -> None:
    """Every kind of broken address is the same problem."""
    assert read(emails, _emails(raw)) == ((), [(FieldFault.BAD_EMAIL, "")])


@given(st.text(st.characters(codec=None), max_size=40), st.text(st.characters(codec=None), max_size=40))
def test_no_email_address_breaks_the_reader(local: str, host: str) -> None:
    """Whatever the text, the answer is an address or a problem."""
    value, problems = read(emails, _emails(f"{local}@{host}"))

    assert bool(value) != bool(problems)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("0351 / 123 456", PhoneKind.LANDLINE),
        ("+49 (0)351 123456-78", PhoneKind.LANDLINE),
        ("0171 2345678", PhoneKind.MOBILE),
        ("+43 664 1234567", PhoneKind.MOBILE),
        ("0049.351.123456 ext. 12", PhoneKind.LANDLINE),
        ("0351 123456 x12", PhoneKind.LANDLINE),
        ("0351 123456 x 12", PhoneKind.LANDLINE),
        ("0351/123456 Durchwahl 7", PhoneKind.LANDLINE),
        ("1234", PhoneKind.LANDLINE),
        ("٠١٢٣٤٥٦٧", PhoneKind.LANDLINE),
        ("919876543210", PhoneKind.MOBILE),
    ],
)
def test_phone_numbers_are_kept_as_given(raw: str, kind: PhoneKind) -> None:
    """Numbers are stored as written; the numbering plan tells mobile ones."""
    assert read(phones, _phones(f" {raw} ")) == ((PhoneNumber(raw, kind, is_primary=True),), [])


def test_a_given_kind_of_phone_stays() -> None:
    """Who says that a number is a fax is believed."""
    value, _ = read(phones, [PhoneDraft("0171 2345678", PhoneKind.FAX)])

    assert value == (PhoneNumber("0171 2345678", PhoneKind.FAX, is_primary=True),)


@pytest.mark.parametrize("raw", ["123", "keine", "0351 123456 bitte klingeln", "max@example.de", "1" * 31, "0351<b>12"])
def test_other_text_is_no_phone_number(raw: str) -> None:
    """Too few or too many digits, and words that do not belong to numbers, are a problem."""
    assert read(phones, _phones(raw)) == ((), [(FieldFault.BAD_PHONE, "")])


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("", FieldFault.REQUIRED),
        ("  ", FieldFault.REQUIRED),
        ("0351\x0012345", FieldFault.BAD_TEXT),
        ("0351\ud80012345", FieldFault.BAD_TEXT),
        ("0" * 61, FieldFault.TOO_LONG),
    ],
)
def test_entries_of_lists_are_texts(raw: str, fault: FieldFault) -> None:
    """An entry must have text, and the rules of text hold for it."""
    _, problems = read(phones, _phones("0351 123456", raw))

    assert [found for found, _ in problems] == [fault]


def test_the_first_entry_is_primary_unless_one_is_marked() -> None:
    """Exactly one entry of a list is primary."""
    unmarked, _ = read(emails, _emails("a@example.de", "b@example.de"))
    marked, _ = read(emails, [EmailDraft("a@example.de"), EmailDraft("b@example.de", is_primary=True)])

    assert unmarked == (EmailAddress("a@example.de", is_primary=True), EmailAddress("b@example.de"))
    assert marked == (EmailAddress("a@example.de"), EmailAddress("b@example.de", is_primary=True))


def test_two_primary_entries_are_a_problem() -> None:
    """Nobody guesses which of two marked entries was meant."""
    drafts = [PhoneDraft("0351 123456", is_primary=True), PhoneDraft("0351 654321", is_primary=True)]

    assert read(phones, drafts)[1] == [(FieldFault.SEVERAL_PRIMARY, "")]


def test_entries_that_are_equal_after_folding_are_one() -> None:
    """The first of equal entries stays, and is primary if any of them was."""
    value, _ = read(
        phones,
        [
            PhoneDraft("0351 654321"),
            PhoneDraft("0351 123456"),
            PhoneDraft("+49 (351) 123-456", is_primary=True),
            PhoneDraft("0351/123456", PhoneKind.FAX),
        ],
    )
    assert value == (
        PhoneNumber("0351 654321"),
        PhoneNumber("0351 123456", is_primary=True),
        PhoneNumber("0351/123456", PhoneKind.FAX),
    )
    assert read(emails, _emails("Max@Example.de", "max@example.DE"))[0] == (
        EmailAddress("Max@Example.de", is_primary=True),
    )


def test_lists_have_at_most_twenty_entries() -> None:
    """A list that is too long is refused as a whole, with the limit."""
    twenty = _emails(*(f"a{number}@example.de" for number in range(20)))

    assert len(read(emails, twenty)[0]) == 20
    assert read(emails, (*twenty, EmailDraft("b@example.de"))) == ((), [(FieldFault.TOO_MANY, "20")])
    assert read(external_ids, [ExternalId("sap", str(each)) for each in range(21)]) == (
        (),
        [(FieldFault.TOO_MANY, "20")],
    )


@pytest.mark.parametrize("rule", [emails, phones, external_ids])
def test_no_list_is_an_empty_one(rule: object) -> None:
    """None and nothing are the same."""
    assert read(rule, None) == read(rule, ()) == ((), [])  # type: ignore[arg-type]


def test_addresses_are_read_part_by_part() -> None:
    """Every wrong part is named; an address without any part is none."""
    reading = start_reading(make_tenant(), NOW)
    address(PostalAddress(street="x" * 201, house_number="\x00", postcode="0" * 21, country="Germany"), reading)

    assert faults_at(reading) == {
        "street": FieldFault.TOO_LONG,
        "houseNumber": FieldFault.BAD_TEXT,
        "postcode": FieldFault.TOO_LONG,
        "country": FieldFault.BAD_COUNTRY,
    }
    assert read(address, PostalAddress(street=" ", city="")) == (None, [])
    assert read(address, PostalAddress(city=" Dresden ", country="de"))[0] == PostalAddress(
        city="Dresden", country="DE"
    )


def test_external_ids_need_both_parts() -> None:
    """A system without a value says nothing, nor a value without a system; equal ones are one."""
    reading = start_reading(make_tenant(), NOW)
    external_ids([ExternalId("sap", ""), ExternalId(" ", "1"), ExternalId("s" * 101, "2")], reading)

    assert faults_at(reading) == {
        "0.value": FieldFault.REQUIRED,
        "1.system": FieldFault.REQUIRED,
        "2.system": FieldFault.TOO_LONG,
    }
    assert read(external_ids, [ExternalId("sap", "1"), ExternalId(" sap", "1 ")])[0] == (ExternalId("sap", "1"),)
