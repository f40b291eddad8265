"""What differs between two states of a record."""

from dataclasses import replace

from domain.fields import FieldChange
from domain.records import Company, LeadStatus
from services.changes import changes_between
from tests.support.factories import NOW, emails_of, make_account, make_contact, make_lead


def test_a_new_record_changes_every_field_with_a_value() -> None:
    """Ids, the version and empty fields are no changes."""
    contact = make_contact(7, emails=("a@example.de",))

    assert changes_between(None, contact) == (
        FieldChange(field="account_id", old=None, new=7),
        FieldChange(field="first_name", old=None, new="Katrin"),
        FieldChange(field="last_name", old=None, new="Sommerfeld"),
        FieldChange(field="emails", old=None, new=emails_of("a@example.de")),
    )


def test_a_changed_record_changes_what_differs() -> None:
    """Both values are told; a new version alone is no change."""
    account = make_account(emails=("a@example.de",))

    assert changes_between(account, replace(account, version=2)) == ()
    assert changes_between(account, replace(account, name="Neu", emails=(), is_private_customers=True)) == (
        FieldChange(field="name", old=account.name, new="Neu"),
        FieldChange(field="emails", old=account.emails, new=()),
        FieldChange(field="is_private_customers", old=False, new=True),
    )


def test_details_of_a_lead_are_named_by_their_place() -> None:
    """Company and person are not fields; their details are."""
    lead = make_lead(company="Alt", last_name="Müller")
    changed = replace(lead, company=Company(name="Neu"), stored_status=LeadStatus.ACCEPTED, accepted_at=NOW)

    assert [each.field for each in changes_between(lead, changed)] == ["company.name", "stored_status", "accepted_at"]
