"""What users decided about candidates, as labelled pairs: what a tenant's matching is measured on.

They hold ids, scores and codes, and no value of anybody.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.matches import Band, EvidenceCode
from domain.records import RecordKind


class LabelDecision(Enum):
    """The decision that a pair's label comes from: one for all pairs that it was made about."""

    KEPT = "kept"
    """The rules chose the match, and nobody changed that."""
    CONFIRMED = "confirmed"
    """A user chose the record that the rules would have chosen."""
    OVERRULED = "overruled"
    """A user chose something else than the rules would have: another record, or a new one."""
    CHOSEN = "chosen"
    """A user chose a record where the rules left it to them."""
    CREATED = "created"
    """A user created a record although similar ones were shown."""
    DISMISSED = "dismissed"
    """A user said of this one pair that it is none, and hid it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A lead and a record that was shown for it or chosen for it, and whether they belong together.

    ``rank``, ``score`` (bits) and ``band`` are None for a record that was not shown: it was found by search.
    ``evidence`` are the codes with their bits. ``snapshot``, ``normaliser`` and ``settings`` (the version of the
    tenant's) name what the score was made with.
    """

    tenant_id: int
    id: int
    lead_id: int
    record_kind: RecordKind
    record_id: int
    record_version: int
    decision: LabelDecision
    is_match: bool
    rank: int | None
    score: float | None
    band: Band | None
    evidence: tuple[tuple[EvidenceCode, float], ...]
    snapshot: int
    normaliser: int
    settings: int
    user_id: int
    decided_at: datetime
