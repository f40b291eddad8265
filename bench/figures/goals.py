"""The project's goals for matching, in one table, and which figure of which run shows each.

A goal is reached only on a base as large, and on as many cases, as it speaks of.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bench.figures.reached import (
    MILLION,
    Reached,
    count_near_misses,
    count_wrong_choices,
    count_wrong_private_choices,
    find_coverage,
    find_growth,
    find_kept_new,
    find_name_pairs,
    find_share,
    find_time,
)
from bench.figures.summary import CRM, Summary
from bench.quality.sets.crm import MORE_THAN_NAME

_ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

Find = Callable[[Summary], Reached | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A figure that the project wants to reach: at least or at most ``bound``, on so many accounts and cases.

    Without ``bound`` the figure is told beside the others, and there is nothing to reach.
    """

    subject: str
    measure: str
    bound: float | None
    unit: str
    find: Find
    is_least: bool = True
    accounts: int = 0
    cases: int = 0

    def is_met(self, value: float) -> bool:
        """Whether a value is as good as the goal."""
        if self.bound is None:
            return True
        return value >= self.bound if self.is_least else value <= self.bound


def _public_goals() -> list[Goal]:
    return [
        Goal(
            subject=subject,
            measure=_MEASURES[value],
            bound=bound,
            unit="%",
            find=partial(find_share, set_, view, value),
        )
        for subject, set_, view, value, bound in (
            ("FEBRL 3", "febrl3", "contacts", "recallAt1", 0.998),
            ("FEBRL 4", "febrl4", "contacts", "recallAt1", 0.998),
            ("Fodors-Zagats", "fodors_zagats", "accounts", "f1", 0.991),
            ("historical figures", "historical", "contacts", "recallAt1", 0.90),
            ("historical figures", "historical", "contacts", "recallAt10", 0.95),
            ("historical figures", "historical -20%", "contacts", "f1", 0.88),
        )
    ]


def _name_goals() -> list[Goal]:
    pairs = [
        Goal(
            subject=f"name_bench, {view}, half not looked at",
            measure="F1",
            bound=bound,
            unit="%",
            find=partial(find_name_pairs, view, "f1Blind"),
        )
        for view, bound in (("all", 0.83), ("organisations", 0.90))
    ]
    time = Goal(
        subject="name_bench",
        measure="a normalised pair",
        bound=15,
        unit="µs",
        find=partial(find_name_pairs, "all", "microseconds"),
        is_least=False,
    )
    return [*pairs, time]


def _crm_goals() -> list[Goal]:
    business, private = "German CRM, business leads", "German CRM, private persons"
    of_crm = partial(Goal, accounts=MILLION)
    shares = [
        of_crm(
            subject=subject,
            measure=_MEASURES[value],
            bound=bound,
            unit="%",
            find=partial(find_share, CRM, view, value, line=line, accounts=MILLION),
        )
        for subject, view, line, value, bound in (
            (business, "accounts", "", "recallAt1", 0.99),
            (business, "accounts", "", "recallAt10", 0.997),
            (business, "accounts", "", "f1", 0.98),
            (f"{business} but near misses", "accounts", "all but near misses", "f1", 0.98),
            (private, "contacts", "", "recallAt1", 0.99),
            (f"{private} known by more than the name", "contacts", MORE_THAN_NAME, "recallAt1", 0.99),
        )
    ]
    wrong = of_crm(
        subject=private,
        measure="chosen automatically, wrong",
        bound=0,
        unit="",
        find=count_wrong_private_choices,
        is_least=False,
    )
    return [
        *shares,
        wrong,
        of_crm(subject=private, measure="unknown, no record chosen", bound=1, unit="%", find=find_kept_new),
    ]


def _choice_goals() -> list[Goal]:
    wrong = partial(Goal, measure="wrong", bound=0, unit="", is_least=False, accounts=MILLION)
    return [
        wrong(subject="automatic choices, EXACT", find=partial(count_wrong_choices, "exact"), cases=10_000),
        Goal(
            subject="automatic choices, EXACT",
            measure="share of the true matches",
            bound=None,
            unit="%",
            find=partial(find_coverage, "exact"),
            accounts=MILLION,
        ),
        wrong(subject="automatic choices, CONFIDENT", find=partial(count_wrong_choices, "confident"), cases=10_000),
        Goal(
            subject="automatic choices, CONFIDENT",
            measure="share of the true matches",
            bound=0.90,
            unit="%",
            find=partial(find_coverage, "confident"),
            accounts=MILLION,
        ),
        wrong(subject="near misses chosen, EXACT", find=partial(count_near_misses, "exact"), cases=2_000),
        wrong(subject="near misses chosen, CONFIDENT", find=partial(count_near_misses, "confident"), cases=2_000),
    ]


def _speed_goals() -> list[Goal]:
    return [
        Goal(
            subject=f"{name}, {subject}",
            measure=measure,
            bound=bounds[engine],
            unit=unit,
            find=partial(find_time, engine, value, peer_value),
            is_least=False,
            accounts=MILLION,
        )
        for subject, measure, unit, value, peer_value, bounds in _TIMES
        for engine, name in _ENGINES.items()
    ] + [
        Goal(
            subject=f"{name}, growth",
            measure="one lead at 10 M, by that at 1 M",
            bound=2,
            unit="x",
            find=partial(find_growth, engine),
            is_least=False,
            accounts=10 * MILLION,
        )
        for engine, name in _ENGINES.items()
    ]


_MEASURES = {"recallAt1": "recall@1", "recallAt10": "recall@10", "f1": "F1"}
_TIMES: Sequence[tuple[str, str, str, str, str, Mapping[str, float]]] = (
    ("one lead", "p50", "ms", "p50Of1", "trigramsP50", {"sqlite": 2, "postgresql": 2}),
    ("one lead", "p95", "ms", "p95Of1", "trigramsP95", {"sqlite": 5, "postgresql": 5}),
    ("a lead in a batch of 100", "p50", "ms", "p50Of100", "", {"sqlite": 1, "postgresql": 1}),
    ("upkeep of a changed record", "p50", "ms", "upkeep", "", {"sqlite": 1, "postgresql": 1}),
    ("full build", "all", "s", "indexSeconds", "trigramsSeconds", {"sqlite": 120, "postgresql": 120}),
    ("size", "index, per account", "bytes", "indexBytes", "trigramsBytes", {"sqlite": 900, "postgresql": 2_000}),
)
"""Subject, measure, unit, the timing's value, the peer's, and the bound by engine."""
GOALS: Sequence[Goal] = (*_public_goals(), *_name_goals(), *_crm_goals(), *_choice_goals(), *_speed_goals())
