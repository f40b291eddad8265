"""Looking leads up: from the call of the service to the ranked answer, one at a time and in batches."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import mean

from sqlalchemy import event

from bench.speed.parts import timed_parts
from bench.speed.times import Figures, Series, figures_of
from db.engine import Database
from domain.records import Lead, Tenant
from leadgate.collector import tune_collector
from services.backend import Backend
from services.candidates import match_leads

WARM_UP = 200
_COUNTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """Batches of one size. Times are milliseconds per lead; ``parts`` are mean times by the clock, per lead."""

    size: int
    times: Figures
    statements: float
    most_statements: int
    parts: dict[str, float]


async def measure_lookups(backend: Backend, tenant: Tenant, leads: Sequence[Lead], size: int, rounds: int) -> Lookups:
    """Look up batches of ``size``: so many rounds for the times, and some more for statements and parts.

    ``leads`` has to be enough for all of them, so that none is looked up twice; they are used from the start. Raises
    ``ValueError`` if it is not.
    """
    batches = _batches(leads, size)
    counted = min(_COUNTED, rounds)
    if len(batches) < rounds + 2 * counted:
        raise ValueError(f"{len(leads)} leads are not enough for {rounds} rounds of {size}")
    series = Series()
    tune_collector()
    for batch in batches[:rounds]:
        with series.once():
            await match_leads(backend, tenant, batch)
    statements = [await _count(backend, tenant, batch) for batch in batches[rounds : rounds + counted]]
    with timed_parts() as parts:
        for batch in batches[rounds + counted : rounds + 2 * counted]:
            await match_leads(backend, tenant, batch)
    return Lookups(
        size=size,
        times=figures_of(series, each=size),
        statements=mean(statements),
        most_statements=max(statements),
        parts={name: 1000 * seconds / counted / size for name, seconds in parts.items()},
    )


def leads_needed(size: int, rounds: int) -> int:
    """How many leads ``measure_lookups`` needs."""
    return size * (rounds + 2 * min(_COUNTED, rounds))


async def warm_up(backend: Backend, tenant: Tenant, leads: Sequence[Lead]) -> None:
    """Look some leads up before the clock runs, so that connections are open and code is loaded."""
    for lead in leads:
        await match_leads(backend, tenant, [lead])


@contextmanager
def count_statements(database: Database) -> Iterator[list[str]]:
    """Collect the statements that reach the driver while the block lasts, without those that open transactions."""
    statements: list[str] = []

    def collect(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    with ExitStack() as stack:
        for engine in {each.sync_engine for each in database.engines}:
            event.listen(engine, "before_cursor_execute", collect)
            stack.callback(event.remove, engine, "before_cursor_execute", collect)
        yield statements


async def _count(backend: Backend, tenant: Tenant, batch: Sequence[Lead]) -> int:
    with count_statements(backend.database) as statements:
        await match_leads(backend, tenant, batch)
    return len(statements)


def _batches(leads: Sequence[Lead], size: int) -> list[Sequence[Lead]]:
    return [leads[start : start + size] for start in range(0, len(leads) - size + 1, size)]
