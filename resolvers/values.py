"""Values of any field, as they are shown: each as a text, and in its own type."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

import strawberry

from domain import records, texts
from domain.values import EmailAddress, Language, PhoneNumber, PostalAddress
from resolvers.changed_fields import ChangedField
from resolvers.context import Info, then
from resolvers.global_ids import Node
from resolvers.nodes import load_node


@dataclass(frozen=True, slots=True)
class Reference:
    """The value of a field that refers to a record."""

    kind: type[Node]
    id: int


def is_text(value: object) -> bool:
    """Whether the value is shown as nothing but a text."""
    return isinstance(value, (str, Enum, bool, int)) and not isinstance(value, date)


def is_emails(value: object) -> bool:
    """Whether the value is a list of e-mail addresses."""
    return isinstance(value, tuple) and isinstance(value[0], EmailAddress)


def is_phones(value: object) -> bool:
    """Whether the value is a list of phone numbers."""
    return isinstance(value, tuple) and isinstance(value[0], PhoneNumber)


_USERS = {"owner_id", "assignee_id", "assignee_suggestion_id", "accepted_by_id", "rejected_by_id"}
_REFERENCES: Mapping[str, type[Node]] = {
    "account_id": records.Account,
    "contact_id": records.Contact,
    "case_id": records.Case,
    "reject_reason_id": records.RejectReason,
    **dict.fromkeys(_USERS, records.User),
}
_TYPES: Mapping[records.RecordKind, type[Node]] = {
    records.RecordKind.LEAD: records.LeadType,
    records.RecordKind.CASE: records.CaseType,
}


def shown(kind: records.RecordKind, field: str, value: object) -> object:
    """A value of a record's field as it is shown; None for an empty one."""
    if value is None or value == ():
        return None
    referred = _TYPES.get(kind) if field == ChangedField.TYPE.value else _REFERENCES.get(field)
    return Reference(referred, value) if referred is not None and isinstance(value, int) else value


def entries(root: strawberry.Parent[tuple[object, ...]]) -> tuple[object, ...]:
    """The entries of a list."""
    return root


def itself(root: strawberry.Parent[object]) -> object:
    """The value."""
    return root


def is_date(value: object) -> bool:
    """Whether the value is a date without a time."""
    return isinstance(value, date) and not isinstance(value, datetime)


def referred(root: strawberry.Parent[Reference], info: Info) -> Awaitable[Node | None]:
    """The record that is referred to."""
    return load_node(info.context, root.kind, root.id)


def text(root: strawberry.Parent[object], info: Info) -> str:
    """The value as one line."""
    return value_text(root, info.context.language)


def referred_text(root: strawberry.Parent[Reference], info: Info) -> Awaitable[str]:
    """The name of the record that is referred to."""
    return then(load_node(info.context, root.kind, root.id), lambda node: "" if node is None else record_name(node))


def value_text(value: object, language: Language) -> str:
    """A value as one line in the reader's language."""
    if isinstance(value, tuple):
        return ", ".join(value_text(each, language) for each in value)
    if isinstance(value, (records.LeadStatus, records.CaseStatus)):
        return texts.STATUSES[value].fill(language)
    return _TEXTS.get(type(value), str)(value)


def _address_text(address: PostalAddress) -> str:
    lines = (
        (address.street, address.house_number),
        (address.postcode, address.city),
        (address.region,),
        (address.country,),
    )
    return ", ".join(" ".join(part for part in line if part) for line in lines if any(line))


_TEXTS: Mapping[type[object], Callable[..., str]] = {
    PostalAddress: _address_text,
    EmailAddress: lambda email: email.address,
    PhoneNumber: lambda phone: phone.number,
    date: date.isoformat,
    datetime: datetime.isoformat,
}


def _person_name(person: records.Person | records.Contact) -> str:
    return " ".join(part for part in (person.title, person.first_name, person.last_name) if part)


_NAMES: Mapping[type[Node], Callable[..., str]] = {
    records.Lead: lambda lead: lead.subject or lead.company.name or _person_name(lead.person),
    records.Contact: _person_name,
    records.Case: lambda case: str(case.number),
}


def record_name(record: Node) -> str:
    """What a record is called in a text."""
    read = _NAMES.get(type(record))
    return read(record) if read else str(getattr(record, "name", ""))
