"""What a tenant has set about matching. What it has not set (None) follows the product's defaults."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.matches import EvidenceKind


class AutoSelect(Enum):
    """Which existing records are chosen without asking."""

    EXACT = "exact"
    """Only the one 100 % match."""
    CONFIDENT = "confident"
    """Also the one candidate that the evidence leaves no reasonable doubt about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWeight:
    """What a kind of evidence counts: factors on its bits where it speaks for a pair and where it speaks against."""

    kind: EvidenceKind
    agree: float = 1.0
    disagree: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingSettings:
    """One version of a tenant's settings; version 0 is a tenant that has never set anything.

    ``threshold`` and ``confident_threshold`` are scores in bits, ``confident_margin`` is how many bits a confident
    candidate is ahead of the next. ``exact_evidence`` are the kinds that count for a 100 % match. ``weights`` are those
    that are not 1, in the order of the kinds. The default country stands with the tenant, which everything reads.
    """

    version: int = 0
    auto_select: AutoSelect = AutoSelect.EXACT
    threshold: float | None = None
    confident_threshold: float | None = None
    confident_margin: float | None = None
    exact_evidence: frozenset[EvidenceKind] | None = None
    weights: tuple[EvidenceWeight, ...] = ()
    saved_by_id: int | None = None
    saved_at: datetime | None = None


NEVER_SET = MatchingSettings()
"""The settings of a tenant that has never saved any."""
