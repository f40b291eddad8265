"""What subscribers are told: that something they watch has changed, with the record as it is now, and the position."""

from dataclasses import dataclass
from enum import Enum

from domain.events import Event
from domain.records import Lead, RecordKind


class QueueChange(Enum):
    """What happened to a queue of leads."""

    READY = "ready"
    """Nothing yet: whatever is committed from here on is told, whatever was committed before can be read."""
    ADDED = "added"
    CHANGED = "changed"
    TAKEN = "taken"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEvent:
    """A change of a queue. ``lead`` is the lead as it is now, None if it is gone, and all is None when it is READY.

    ``taken_by_id`` is the user in whose hands the lead is now; ``is_in_queue`` tells whether it passes the filter now.
    """

    change: QueueChange
    position: int
    event: Event | None = None
    lead_id: int | None = None
    lead: Lead | None = None
    taken_by_id: int | None = None
    is_in_queue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceEvent:
    """Something happened to a lead or to its acceptance; ``event`` is None in the first one, which is how it stands."""

    position: int
    event: Event | None
    lead: Lead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeared:
    """A record that was not among a lead's candidates before."""

    kind: RecordKind
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchesEvent:
    """What a lead may belong to is not what it was; ``appeared`` are the candidates that are new, best first."""

    position: int
    lead: Lead | None
    appeared: tuple[Appeared, ...] = ()


LiveEvent = QueueEvent | AcceptanceEvent | MatchesEvent
