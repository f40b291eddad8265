"""How records become rows and rows become records."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Table

from db.tables import records
from domain.records import Account, Case, Company, Contact, Lead, Person
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress

Values = dict[str, Any]
Row = Mapping[Any, Any]
"""A row by the names of its columns: SQLAlchemy's ``RowMapping``, or a part of a wider one."""
AnyRecord = Account | Contact | Case | Lead
R = TypeVar("R", Account, Contact, Case, Lead)

_ADDRESS_PARTS = tuple(each.name for each in fields(PostalAddress))
_PERSON = tuple(each.name for each in fields(Person))


def emails_to_json(emails: tuple[EmailAddress, ...]) -> list[Values]:
    """The stored form of an e-mail list."""
    return [{"address": each.address, "is_primary": each.is_primary} for each in emails]


def phones_to_json(phones: tuple[PhoneNumber, ...]) -> list[Values]:
    """The stored form of a phone list."""
    return [{"number": each.number, "kind": each.kind.value, "is_primary": each.is_primary} for each in phones]


def emails_from_json(stored: list[Values]) -> tuple[EmailAddress, ...]:
    """An e-mail list as it was stored."""
    return tuple(EmailAddress(each["address"], each["is_primary"]) for each in stored)


def phones_from_json(stored: list[Values]) -> tuple[PhoneNumber, ...]:
    """A phone list as it was stored."""
    return tuple(PhoneNumber(each["number"], PhoneKind(each["kind"]), each["is_primary"]) for each in stored)


def _address_from_row(row: Row) -> PostalAddress | None:
    address = PostalAddress(**{part: row[part] for part in _ADDRESS_PARTS})
    return None if address.is_empty else address


def _reach_to_row(record: Account | Contact | Lead) -> Values:
    address = record.address or PostalAddress()
    return {
        "emails": emails_to_json(record.emails),
        "phones": phones_to_json(record.phones),
        **{part: getattr(address, part) for part in _ADDRESS_PARTS},
    }


def _reach_from_row(row: Row) -> Values:
    return {
        "emails": emails_from_json(row["emails"]),
        "phones": phones_from_json(row["phones"]),
        "address": _address_from_row(row),
    }


def _take(source: object, names: tuple[str, ...]) -> Values:
    return {name: getattr(source, name) for name in names}


def _pick(row: Row, names: tuple[str, ...]) -> Values:
    return {name: row[name] for name in names}


def sort_name(*parts: str | None) -> str:
    """What a list is ordered by: the case-folded name."""
    return " ".join(part for part in parts if part).casefold()[:300]


_ACCOUNT = ("tenant_id", "id", "name", "vat_id", "website", "owner_id", "is_private_customers", "version")
_CONTACT = ("tenant_id", "id", "account_id", *_PERSON, "owner_id", "version")
_CASE = tuple(each.name for each in fields(Case))
_LEAD = tuple(
    each.name
    for each in fields(Lead)
    if each.name not in {"company", "person", "emails", "phones", "address", "stored_status"}
)


def _account_to_row(account: Account) -> Values:
    return {**_take(account, _ACCOUNT), **_reach_to_row(account), "sort_name": sort_name(account.name)}


def _account_from_row(row: Row) -> Account:
    return Account(**_pick(row, _ACCOUNT), **_reach_from_row(row))


def _contact_to_row(contact: Contact) -> Values:
    name = sort_name(contact.last_name, contact.first_name)
    return {**_take(contact, _CONTACT), **_reach_to_row(contact), "sort_name": name}


def _contact_from_row(row: Row) -> Contact:
    return Contact(**_pick(row, _CONTACT), **_reach_from_row(row))


def _case_to_row(case: Case) -> Values:
    return _take(case, _CASE)


def _case_from_row(row: Row) -> Case:
    return Case(**_pick(row, _CASE))


def _lead_to_row(lead: Lead) -> Values:
    company = lead.company
    return {
        **_take(lead, _LEAD),
        **_take(lead.person, _PERSON),
        **_reach_to_row(lead),
        "company_name": company.name,
        "legal_form": company.legal_form,
        "vat_id": company.vat_id,
        "website": company.website,
        "status": lead.stored_status,
    }


def _lead_from_row(row: Row) -> Lead:
    company = Company(
        name=row["company_name"], legal_form=row["legal_form"], vat_id=row["vat_id"], website=row["website"]
    )
    person = Person(**_pick(row, _PERSON))
    return Lead(
        **_pick(row, _LEAD), company=company, person=person, stored_status=row["status"], **_reach_from_row(row)
    )


def without_key(values: Values) -> Values:
    """The values of an update: setting the key anew, even to itself, makes SQLite look for rows that refer to it."""
    return {name: value for name, value in values.items() if name not in {"tenant_id", "id"}}


@dataclass(frozen=True, slots=True)
class Shape(Generic[R]):
    """The table of a kind of record, and the way there and back."""

    table: Table
    to_row: Callable[[R], Values]
    from_row: Callable[[Row], R]


SHAPES: dict[type[Any], Shape[Any]] = {
    Account: Shape(records.accounts, _account_to_row, _account_from_row),
    Contact: Shape(records.contacts, _contact_to_row, _contact_from_row),
    Case: Shape(records.cases, _case_to_row, _case_from_row),
    Lead: Shape(records.leads, _lead_to_row, _lead_from_row),
}


def shape_of(kind: type[R]) -> Shape[R]:
    """The shape of a kind of record."""
    return SHAPES[kind]
