"""What every service needs of the process it runs in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from db.engine import Database
from services.ids import IdSource
from services.matching.settings import DEFAULT_SETTINGS
from services.matching.weights import Weights
from services.statistics import StatisticsCache


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """The process-wide things: one of it, made by the composition root, passed to every service.

    ``secret`` keys the hashes that are kept of inputs; ``now`` is the clock.
    """

    database: Database
    secret: bytes
    ids: IdSource = field(default_factory=IdSource)
    now: Callable[[], datetime] = _now
    statistics: StatisticsCache = field(default_factory=StatisticsCache)
    settings_versions: dict[int, int] = field(default_factory=dict)
    """The newest version of each tenant's matching settings that this process has saved: it uses no older one."""
    weights: Weights = DEFAULT_SETTINGS.weights
    """What evidence is worth: as the release says, unless a measurement tries others."""
