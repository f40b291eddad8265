"""Enums of what subscribers are told."""

from domain.live import QueueChange
from schema.enums.describe import describe

describe(
    QueueChange,
    "What happened to a queue of leads.",
    {
        QueueChange.READY: "Nothing yet. Whatever is committed from here on is told: read the list now, and apply what "
        "follows to it. The first event of every subscription that names no `after`.",
        QueueChange.ADDED: "A lead is in the queue that was not.",
        QueueChange.CHANGED: "A lead of the queue was changed; where it was not in the list, it is now.",
        QueueChange.TAKEN: "Somebody has accepted a lead of the queue, or was handed its acceptance: see `takenBy`.",
        QueueChange.REMOVED: "A lead is not in the queue any more. May also name a lead that was not in the list.",
    },
    name="LeadQueueChange",
)
