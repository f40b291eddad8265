"""Drafts and patches of leads, accounts and contacts made into records, or into everything that is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar

from domain.drafts import AccountDraft, AccountPatch, ContactDraft, ContactPatch, LeadDraft, LeadPatch
from domain.fields import AccountField, FieldValue, RecordField
from domain.problems import FieldFault
from domain.records import Account, Company, Contact, Lead, Person
from domain.values import EmailAddress, ExternalId, PhoneNumber, PostalAddress
from services.validation.lists import address, emails, external_ids, phones
from services.validation.moments import birth_date, moment, past_moment, record_id
from services.validation.reading import Reading, Rule, graphql_name, read_fields, required
from services.validation.texts import text, website

MAX_MESSAGE = 20_000

Record = TypeVar("Record", Lead, Account, Contact)

_REACH: dict[str, Rule] = {"emails": emails, "phones": phones, "address": address}
_PERSON: dict[str, Rule] = {
    "salutation": text(40),
    "title": text(80),
    "first_name": text(200),
    "last_name": text(200),
    "birth_date": birth_date,
}
_COMPANY: dict[str, Rule] = {"name": text(300), "legal_form": text(80), "vat_id": text(40), "website": website(500)}


def _details(raw: object, reading: Reading, *, rules: Mapping[str, Rule], none: Company | Person) -> dict[str, Any]:
    return read_fields(none if raw is None else raw, rules, reading)


_LEAD: dict[str, Rule] = {
    "type_id": required(record_id),
    "source": text(200),
    "external_id": text(200),
    "received_at": past_moment,
    "expires_at": moment,
    "subject": text(500),
    "message": text(MAX_MESSAGE, has_lines=True),
    "interest": text(1000),
    "assignee_suggestion_id": record_id,
    "company": partial(_details, rules=_COMPANY, none=Company()),
    "person": partial(_details, rules=_PERSON, none=Person()),
    **_REACH,
}
_ACCOUNT: dict[str, Rule] = {
    "name": required(_COMPANY["name"]),
    "vat_id": _COMPANY["vat_id"],
    "website": _COMPANY["website"],
    **_REACH,
    "owner_id": record_id,
}
_TYPES: dict[str, type] = {"birth_date": date, "address": PostalAddress}
_ENTRIES: dict[str, type] = {"emails": EmailAddress, "phones": PhoneNumber}
_CONTACT: dict[str, Rule] = {"account_id": required(record_id), **_PERSON, **_REACH, "owner_id": record_id}


def new_lead(draft: LeadDraft, id_: int, tenant_id: int, reading: Reading) -> Lead:
    """The lead that a draft makes. Void if ``reading.problems`` is not empty afterwards."""
    blank = Lead(tenant_id=tenant_id, id=id_, type_id=0, received_at=reading.now)
    values = read_fields(draft, _LEAD, reading)
    return _checked_lead(_merge(blank, {**values, "received_at": values["received_at"] or reading.now}), reading)


def changed_lead(before: Lead, patch: LeadPatch, reading: Reading) -> Lead:
    """The lead as patched; otherwise as ``new_lead``."""
    return _checked_lead(_merge(before, read_fields(patch, _LEAD, reading)), reading)


def new_account(draft: AccountDraft, id_: int, tenant_id: int, reading: Reading) -> Account:
    """The account that a draft makes (its external ids apart). Void if ``reading.problems`` is not empty afterwards."""
    return _merge(Account(tenant_id=tenant_id, id=id_, name=""), read_fields(draft, _ACCOUNT, reading))


def changed_account(before: Account, patch: AccountPatch, reading: Reading) -> Account:
    """The account as patched; otherwise as ``new_account``."""
    return _merge(before, read_fields(patch, _ACCOUNT, reading))


def new_contact(draft: ContactDraft, id_: int, tenant_id: int, reading: Reading) -> Contact:
    """The contact that a draft makes (its external ids apart). Void if ``reading.problems`` is not empty afterwards."""
    blank = Contact(tenant_id=tenant_id, id=id_, account_id=0)
    return _checked_contact(_merge(blank, read_fields(draft, _CONTACT, reading)), reading)


def changed_contact(before: Contact, patch: ContactPatch, reading: Reading) -> Contact:
    """The contact as patched; otherwise as ``new_contact``."""
    return _checked_contact(_merge(before, read_fields(patch, _CONTACT, reading)), reading)


def given_external_ids(
    source: AccountDraft | ContactDraft | AccountPatch | ContactPatch, reading: Reading
) -> tuple[ExternalId, ...] | None:
    """The external ids of a draft or patch; None where a patch leaves them as they are."""
    return read_fields(source, {"external_ids": external_ids}, reading).get("external_ids")


def field_value(field: RecordField, raw: FieldValue, reading: Reading) -> FieldValue | None:
    """A user's own value for one field of a record. Void if ``reading.problems`` is not empty afterwards."""
    if not _fits(field, raw):
        reading.refuse(FieldFault.BAD_VALUE)
        return None
    rules = _ACCOUNT if isinstance(field, AccountField) else _CONTACT
    value: FieldValue | None = required(rules[field.value])(raw, reading)
    if not value and not reading.has_problem_at():
        reading.refuse(FieldFault.REQUIRED)
    return value


def _fits(field: RecordField, raw: FieldValue) -> bool:
    if field.value in _ENTRIES:
        return isinstance(raw, tuple) and all(isinstance(each, _ENTRIES[field.value]) for each in raw)
    return isinstance(raw, _TYPES.get(field.value, str))


def _merge(record: Record, values: Mapping[str, Any]) -> Record:
    merged = {
        name: replace(getattr(record, name), **value) if isinstance(value, dict) else value
        for name, value in values.items()
    }
    return replace(record, **merged)


_WHO_OF_LEAD = (
    *(("company", name) for name in ("name", "vat_id", "website")),
    *(("person", name) for name in ("first_name", "last_name", "birth_date")),
    *((name,) for name in _REACH),
)
_WHO_OF_CONTACT = tuple((name,) for name in ("first_name", "last_name", "birth_date", *_REACH))
"""Details of which at least one must be given, by the way to them: what nothing is known of cannot be worked with."""


def _refuse_nobody(record: Lead | Contact, details: Sequence[tuple[str, ...]], reading: Reading) -> None:
    places = [tuple(map(graphql_name, each)) for each in details]
    is_somebody = any(attrgetter(".".join(each))(record) for each in details)
    if not is_somebody and not any(reading.has_problem_at(*place) for place in places):
        reading.refuse(FieldFault.REQUIRED, ", ".join(".".join(place) for place in places))


def _checked_lead(lead: Lead, reading: Reading) -> Lead:
    _refuse_nobody(lead, _WHO_OF_LEAD, reading)
    if lead.external_id and not lead.source and not reading.has_problem_at("source"):
        reading.at("source").refuse(FieldFault.REQUIRED)
    if lead.expires_at is not None and lead.expires_at <= lead.received_at:
        reading.at("expiresAt").refuse(FieldFault.BAD_DATE, f"> {lead.received_at.isoformat()}")
    return lead


def _checked_contact(contact: Contact, reading: Reading) -> Contact:
    _refuse_nobody(contact, _WHO_OF_CONTACT, reading)
    return contact
