"""How staged decisions become rows and rows become decisions."""

from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from db.rows import emails_from_json, emails_to_json, phones_from_json, phones_to_json
from domain.acceptance import AccountDecision, ContactDecision
from domain.fields import AccountField, ContactField, FieldDecision, FieldValue, RecordField, Take
from domain.values import EmailAddress, PhoneNumber, PostalAddress


def value_to_json(value: object) -> Any:  # noqa: ANN401
    """The stored form of any value of a record's field; also for the change rows."""
    if isinstance(value, PostalAddress):
        return {part: getattr(value, part) for part in PostalAddress.__slots__}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_entry_to_json(entry) for entry in value]
    return value


def _entry_to_json(entry: object) -> Any:  # noqa: ANN401
    if isinstance(entry, EmailAddress):
        return emails_to_json((entry,))[0]
    if isinstance(entry, PhoneNumber):
        return phones_to_json((entry,))[0]
    return entry


def _value_from_json(field: RecordField, stored: Any) -> FieldValue | None:  # noqa: ANN401
    if stored is None:
        return None
    if field.value == "emails":
        return emails_from_json(stored)
    if field.value == "phones":
        return phones_from_json(stored)
    if field.value == "address":
        return PostalAddress(**stored)
    if field.value == "birth_date":
        return date.fromisoformat(stored)
    return str(stored)


def decision_to_row(decision: AccountDecision | ContactDecision) -> dict[str, Any]:
    """The columns of a staged decision."""
    if isinstance(decision, AccountDecision):
        chosen: dict[str, object] = {
            "record_id": decision.account_id,
            "record_version": decision.account_version,
            "placement": None,
        }
    else:
        chosen = {
            "record_id": decision.contact_id,
            "record_version": decision.contact_version,
            "placement": decision.placement,
        }
    return {
        **chosen,
        "decided_by": decision.decided_by,
        "fields": [_field_to_json(each) for each in decision.fields],
        "seen": list(decision.seen),
        "band": decision.band,
        "settings_version": decision.settings_version,
    }


def _field_to_json(decision: FieldDecision) -> dict[str, Any]:
    return {
        "field": decision.field.value,
        "take": None if decision.take is None else decision.take.value,
        "value": value_to_json(decision.value),
        "primary": decision.primary.value,
        "basis": decision.basis,
    }


def _fields_from_json(
    kind: type[AccountField] | type[ContactField], stored: list[dict[str, Any]]
) -> tuple[FieldDecision, ...]:
    return tuple(
        FieldDecision(
            field=kind(each["field"]),
            take=None if each["take"] is None else Take(each["take"]),
            value=_value_from_json(kind(each["field"]), each["value"]),
            primary=Take(each["primary"]),
            basis=each["basis"],
        )
        for each in stored
    )


def account_decision(row: RowMapping) -> AccountDecision:
    """The staged decision about the account."""
    return AccountDecision(
        decided_by=row["decided_by"],
        account_id=row["record_id"],
        account_version=row["record_version"],
        fields=_fields_from_json(AccountField, row["fields"]),
        seen=tuple(row["seen"]),
        band=row["band"],
        settings_version=row["settings_version"],
    )


def contact_decision(row: RowMapping) -> ContactDecision:
    """The staged decision about the contact."""
    return ContactDecision(
        decided_by=row["decided_by"],
        contact_id=row["record_id"],
        contact_version=row["record_version"],
        placement=row["placement"],
        fields=_fields_from_json(ContactField, row["fields"]),
        seen=tuple(row["seen"]),
        band=row["band"],
        settings_version=row["settings_version"],
    )
