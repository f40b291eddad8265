"""One set measured: its base built, its queries asked, its answers counted."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bench.quality.asking import Asked, ask
from bench.quality.base import Size, built_base, connect, count_records
from bench.quality.examples import Example, find_example
from bench.quality.metrics import Answer, Figures, by_line, measure
from bench.quality.mistakes import Mistake, tell_mistakes
from bench.quality.model import LabelledSet, Query, View, without_some_mates
from services.matching.settings import DEFAULT_SETTINGS
from services.matching.weights import Weights

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to measure: on which engine, in which folder, how many queries of a set at most (None: all).

    ``mistakes``: how many of each kind are told; wrong automatic choices are told always. ``has_leads``: the queries
    are written as leads as well, for whoever estimates weights from the base.
    """

    engine: str
    folder: Path
    limit: int | None = None
    mistakes: int = 0
    weights: Weights = DEFAULT_SETTINGS.weights
    has_leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A set's figures by view, and by line where the set has lines. Times: per query in ms, of building in s."""

    name: str
    figures: Mapping[View, Figures]
    lines: Mapping[View, Mapping[str, Figures]]
    milliseconds: float
    build_seconds: float
    is_kept: bool
    notes: tuple[str, ...]
    answers: Mapping[View, Sequence[Answer]]
    size: Size
    mistakes: Sequence[Mistake] = ()
    example: Example | None = None


def variants_of(whole: LabelledSet) -> list[LabelledSet]:
    """The set; and where every query has a mate, the set without some of the mates as well."""
    return [whole] if whole.has_unmated else [whole, without_some_mates(whole)]


def measure_set(labelled: LabelledSet, plan: Plan, say: Say) -> Measured:
    """Build (or take) the set's base, ask, and count. Not to be called from a running event loop."""
    some = replace(labelled, queries=list(islice(labelled.queries, plan.limit)))
    with built_base(some, plan.engine, plan.folder, has_leads=plan.has_leads) as base:
        say(f"{labelled.name}: base {'kept from an earlier run' if base.is_kept else f'built in {base.seconds:.0f} s'}")
        told = asyncio.run(_ask(base.url, some.queries, plan))
    asked = told.asked
    say(f"{labelled.name}: {len(some.queries):,} queries, {asked.milliseconds:.1f} ms each")
    return Measured(
        name=labelled.name,
        figures={view: measure(answers) for view, answers in asked.answers.items()},
        lines={view: _lines(answers) for view, answers in asked.answers.items()},
        milliseconds=asked.milliseconds,
        build_seconds=base.seconds,
        is_kept=base.is_kept,
        notes=labelled.notes,
        answers=asked.answers,
        size=told.size,
        mistakes=told.mistakes,
        example=told.example,
    )


def _lines(answers: Sequence[Answer]) -> dict[str, Figures]:
    return {name: measure(some) for name, some in by_line(answers).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What was learnt from one base."""

    asked: Asked
    size: Size
    mistakes: Sequence[Mistake]
    example: Example | None


async def _ask(url: str, queries: Sequence[Query], plan: Plan) -> _Told:
    backend, tenant = await connect(url, plan.weights)
    try:
        asked = await ask(backend, tenant, queries)
        return _Told(
            asked=asked,
            size=await count_records(backend, tenant),
            mistakes=await tell_mistakes(backend, queries, asked.answers, plan.mistakes),
            example=await find_example(backend, tenant, queries, asked.answers),
        )
    finally:
        await backend.database.close()
