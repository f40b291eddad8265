"""Events: what happened to a record, as ids and field names, never values. They are the audit trail and the outbox."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.records import RecordKind


class EventKind(Enum):
    """What happened."""

    LEAD_CREATED = "lead_created"
    LEAD_UPDATED = "lead_updated"
    LEAD_ACCEPTED = "lead_accepted"
    LEAD_REJECTED = "lead_rejected"
    LEAD_REOPENED = "lead_reopened"
    LEAD_CONVERTED = "lead_converted"
    ACCEPTANCE_HANDED_OVER = "acceptance_handed_over"
    ACCOUNT_CHOSEN = "account_chosen"
    CONTACT_CHOSEN = "contact_chosen"
    MATCH_DISMISSED = "match_dismissed"
    MATCH_RESTORED = "match_restored"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_UPDATED = "account_updated"
    CONTACT_CREATED = "contact_created"
    CONTACT_UPDATED = "contact_updated"
    CONTACT_MOVED = "contact_moved"
    CASE_CREATED = "case_created"
    CASE_LEAD_ATTACHED = "case_lead_attached"
    CASE_CLOSED = "case_closed"
    MATCHING_SETTINGS_SAVED = "matching_settings_saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event on its way to the database; it gets its position by the transaction's last statements."""

    kind: EventKind
    record_kind: RecordKind
    record_id: int
    lead_id: int | None = None
    user_id: int | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of a tenant. ``position`` grows in the order of commits."""

    tenant_id: int
    position: int
    kind: EventKind
    record_kind: RecordKind
    record_id: int
    lead_id: int | None
    user_id: int | None
    fields: tuple[str, ...]
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """One changed field with both values, for the erasable table of changes. ``person_id``: the contact it is about."""

    record_kind: RecordKind
    record_id: int
    field: str
    old: object
    new: object
    lead_id: int | None = None
    person_id: int | None = None
    user_id: int | None = None
