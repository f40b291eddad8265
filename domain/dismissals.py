"""Pairs of a lead and a record that a user has dismissed: they are not proposed until one of the two changes."""

from dataclasses import dataclass
from datetime import datetime

from domain.records import RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """That whoever has a lead's details is not this record.

    The two fingerprints are of what identifies the lead and the record (``services.matching.fingerprints``); the pair
    is dismissed while both have them. ``lead_id`` is the lead that it was said of.
    """

    tenant_id: int
    lead_fingerprint: int
    record_id: int
    record_kind: RecordKind
    record_fingerprint: int
    lead_id: int
    user_id: int
    dismissed_at: datetime
