"""Taking the decided fields over into a record."""

from dataclasses import replace

import pytest

from domain.fields import AccountField, ContactField, DiffStatus, FieldDecision, FieldDiff, FieldValue, Take
from domain.records import Contact
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress
from services.acceptance.merge import digest, merge, outdated, undecided
from tests.support.factories import emails_of, make_account, make_contact

OLD_MOBILE = PhoneNumber("0171 1111111", PhoneKind.MOBILE)
DESK = PhoneNumber("0351 2222", PhoneKind.LANDLINE, is_primary=True)
NEW_MOBILE = PhoneNumber("0171 3333333", PhoneKind.MOBILE, is_primary=True)
CONTACT = replace(make_contact(1, emails=("old@example.org",)), phones=(DESK, OLD_MOBILE))
PHONES = FieldDiff(
    field=ContactField.PHONES,
    lead_value=(NEW_MOBILE,),
    existing_value=(OLD_MOBILE,),
    status=DiffStatus.DIFFERENT,
)


def _decide(field: ContactField, take: Take | None = None, value: FieldValue | None = None) -> FieldDecision:
    return FieldDecision(field=field, take=take, value=value)


def _numbers(contact: Contact) -> list[tuple[str, bool]]:
    return [(each.number, each.is_primary) for each in contact.phones]


def test_an_empty_field_is_filled_without_asking() -> None:
    """The lead's value goes into a field that the record leaves empty."""
    diff = FieldDiff(field=ContactField.TITLE, lead_value="Dr.", existing_value=None, status=DiffStatus.FILLS_EMPTY)
    assert merge(CONTACT, [diff], []).title == "Dr."


def test_a_filled_list_has_a_primary_entry() -> None:
    """Where the lead's own primary entry goes elsewhere, the first entry that fills the list becomes primary."""
    empty = replace(CONTACT, phones=())
    fresh = (PhoneNumber("0351 4444"), PhoneNumber("0351 5555"))
    diff = FieldDiff(field=ContactField.PHONES, lead_value=fresh, existing_value=None, status=DiffStatus.FILLS_EMPTY)
    assert _numbers(merge(empty, [diff], [])) == [("0351 4444", True), ("0351 5555", False)]


def test_a_difference_without_a_decision_changes_nothing() -> None:
    """What is undecided stays as it was: the fresh value is neither taken nor lost silently."""
    assert merge(CONTACT, [PHONES], []) == CONTACT
    assert undecided([PHONES], []) == (PHONES,)


def test_lead_on_a_list_replaces_the_shown_entry_and_leaves_the_others() -> None:
    """LEAD puts the new mobile number in the place of the old one; the desk's number stays, and stays primary."""
    merged = merge(CONTACT, [PHONES], [_decide(ContactField.PHONES, Take.LEAD)])
    assert _numbers(merged) == [("0351 2222", True), ("0171 3333333", False)]


def test_lead_in_place_of_the_primary_entry_becomes_primary() -> None:
    """Who replaces the primary entry is primary."""
    diff = replace(PHONES, existing_value=(DESK,))
    merged = merge(CONTACT, [diff], [_decide(ContactField.PHONES, Take.LEAD)])
    assert _numbers(merged) == [("0171 3333333", True), ("0171 1111111", False)]


def test_existing_on_a_list_changes_nothing() -> None:
    """EXISTING keeps the list."""
    assert merge(CONTACT, [PHONES], [_decide(ContactField.PHONES, Take.EXISTING)]) == CONTACT


@pytest.mark.parametrize(
    ("primary", "expected"),
    [
        (Take.EXISTING, [("0351 2222", True), ("0171 1111111", False), ("0171 3333333", False)]),
        (Take.LEAD, [("0351 2222", False), ("0171 1111111", False), ("0171 3333333", True)]),
    ],
)
def test_both_adds_and_says_which_is_primary(primary: Take, expected: list[tuple[str, bool]]) -> None:
    """BOTH keeps every entry, adds the lead's, and leaves exactly one primary: the side that was named."""
    decision = FieldDecision(field=ContactField.PHONES, take=Take.BOTH, primary=primary)
    assert _numbers(merge(CONTACT, [PHONES], [decision])) == expected


def test_an_own_value_is_taken_as_it_is() -> None:
    """A value of the user's own wins over both sides, for a list as a whole."""
    own = emails_of("own@example.org")
    merged = merge(CONTACT, [], [_decide(ContactField.EMAILS, value=own), _decide(ContactField.TITLE, value="Prof.")])
    assert (merged.emails, merged.title) == (own, "Prof.")


def test_an_address_is_taken_whole() -> None:
    """LEAD on the address leaves nothing of the old one: there is no chimera of two addresses."""
    old = PostalAddress(street="Hauptstraße", house_number="1", postcode="01067", city="Dresden", country="DE")
    new = PostalAddress(street="Neue Gasse", postcode="20095", city="Hamburg")
    account = make_account(address=old)
    diff = FieldDiff(field=AccountField.ADDRESS, lead_value=new, existing_value=old, status=DiffStatus.DIFFERENT)
    decision = FieldDecision(field=AccountField.ADDRESS, take=Take.LEAD)
    assert merge(account, [diff], [decision]).address == new


def test_an_empty_field_can_be_left_empty() -> None:
    """EXISTING on a field that only the lead has keeps it empty."""
    diff = FieldDiff(field=ContactField.TITLE, lead_value="Dr.", existing_value=None, status=DiffStatus.FILLS_EMPTY)
    assert merge(CONTACT, [diff], [_decide(ContactField.TITLE, Take.EXISTING)]).title is None


def test_a_decision_is_outdated_once_its_value_has_changed() -> None:
    """A decision stands while the value it was made on does, whatever else changes on the record."""
    decision = replace(_decide(ContactField.EMAILS, Take.LEAD), basis=digest(CONTACT.emails))
    assert outdated(CONTACT, [decision]) == ()
    assert outdated(replace(CONTACT, title="Dr.", version=2), [decision]) == ()
    changed = replace(CONTACT, emails=(EmailAddress("new@example.org", is_primary=True),))
    assert outdated(changed, [decision]) == ("emails",)
