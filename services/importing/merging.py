"""A record that a row meets, brought up to what the row says.

What the row leaves empty stays. Single values are replaced. Lists grow: an address or number that the record lacks is
added behind, none is removed, the primary one stays. A postal address is replaced whole, and only if a part that the
row has differs. A difference of form only (``0351 / 123`` and ``+49 351 123``) is none.
"""

from collections.abc import Hashable
from dataclasses import fields, replace
from typing import Any, TypeVar

from domain.records import Account, Company, Contact, Lead, Person
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress
from services.matching.phones import fold_phone
from services.validation.lists import MAX_ENTRIES

R = TypeVar("R", Account, Contact, Lead)
Entry = TypeVar("Entry", EmailAddress, PhoneNumber)

_PLAIN: dict[type[Any], tuple[str, ...]] = {
    Account: ("name", "vat_id", "website", "owner_id"),
    Contact: (*(each.name for each in fields(Person)), "owner_id"),
    Lead: ("expires_at", "subject", "message", "interest", "assignee_suggestion_id"),
    Company: tuple(each.name for each in fields(Company)),
    Person: tuple(each.name for each in fields(Person)),
}
"""What is replaced. When a lead was received never is."""
_DETAILS: dict[str, type[Any]] = {"company": Company, "person": Person}
"""The details of a lead."""


def merge(record: R, row: R, country: str) -> R:
    """The record with the row's values; equal to it if the row brings nothing. ``country`` is the tenant's."""
    values: dict[str, Any] = {
        **_given(row, type(record)),
        "emails": _add(record.emails, row.emails, country),
        "phones": _add(record.phones, row.phones, country),
        "address": _replace_address(record.address, row.address),
    }
    values.update(_details(record, row))
    return replace(record, **values)


def _details(record: object, row: object) -> dict[str, Any]:
    if not isinstance(record, Lead):
        return {}
    details = ((name, kind, getattr(record, name)) for name, kind in _DETAILS.items())
    return {name: replace(old, **_given(getattr(row, name), kind)) for name, kind, old in details}


def _given(source: object, kind: type[Any]) -> dict[str, Any]:
    return {name: value for name in _PLAIN[kind] if (value := getattr(source, name)) is not None}


def _add(existing: tuple[Entry, ...], new: tuple[Entry, ...], country: str) -> tuple[Entry, ...]:
    if not existing:
        return new
    known = {_identity(each, country) for each in existing}
    added = tuple(replace(each, is_primary=False) for each in new if _identity(each, country) not in known)
    return existing + added[: max(0, MAX_ENTRIES - len(existing))]


def _identity(entry: EmailAddress | PhoneNumber, country: str) -> Hashable:
    if isinstance(entry, EmailAddress):
        return entry.address.casefold()
    international, _ = fold_phone(entry.number, entry.kind, country)
    return international or entry.number, entry.kind is PhoneKind.FAX


def _replace_address(existing: PostalAddress | None, new: PostalAddress | None) -> PostalAddress | None:
    if new is None or existing is None:
        return new or existing
    parts = ((getattr(existing, part), getattr(new, part)) for part in PostalAddress.__slots__)
    return existing if all(given is None or given == old for old, given in parts) else new
