"""The measures, over what was found for queries whose truth is known.

A query's *mate* is the record that it truly is; a query may have none, or several, of which each is right. The words
"right" and "wrong" are about the top candidate unless something else is said.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from domain.matches import Verdict

PRECISE = 0.99
"""The precision of R@P99."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found for a query: ids, best first, the top one's score, and the verdict (None: not told, by a peer).

    ``shown`` is how many of them a user sees, since the others are below the product's threshold (None: all).
    Scores may be on any scale on which more is better. ``mates`` are the ids of the true records; empty: there is none.
    ``near`` is the id of a record that the query must not be taken for. ``is_confident``: the first one is CONFIDENT.
    """

    mates: frozenset[int] = frozenset()
    found: tuple[int, ...] = ()
    shown: int | None = None
    score: float = 0.0
    verdict: Verdict | None = None
    is_confident: bool = False
    near: int | None = None
    lines: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether the top candidate is a true record."""
        return self.is_found(1)

    def is_found(self, most: int | None = None) -> bool:
        """Whether a true record is among the first ``most`` candidates (None: among all)."""
        return not self.mates.isdisjoint(self.found[:most])


@dataclass(frozen=True, slots=True, kw_only=True)
class Operating:
    """How it would be with candidates from a threshold on. Shares are from 0 to 1."""

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """How many queries got which answer from the product, rightly and wrongly.

    ``exact``: chosen automatically (exactly one 100 % match), and right if that is the mate. ``several``: two or more
    100 % matches, ``similar``: only similar ones; both right if the mate is among the candidates. ``none``: right if
    the query has no mate. ``near_exact``: how many of the wrongly chosen are the record that a near miss is made from.
    ``confident`` counts across these: what a tenant who lets CONFIDENT candidates be chosen would have chosen for it.
    """

    exact: tuple[int, int] = (0, 0)
    confident: tuple[int, int] = (0, 0)
    several: tuple[int, int] = (0, 0)
    similar: tuple[int, int] = (0, 0)
    none: tuple[int, int] = (0, 0)
    near_exact: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All measures of some queries; a share is None where there is nothing to take it of.

    ``best``, ``recall_at_p99`` and ``points`` (precision and recall at every threshold) need queries without mates as
    well, or "none" is never the truth and a threshold only costs.
    """

    queries: int
    mated: int
    recall_at_1: float | None
    recall_at_10: float | None
    best: Operating | None
    recall_at_p99: float | None
    bands: Bands | None
    points: Sequence[Operating] = field(default=(), repr=False)


def measure(answers: Sequence[Answer]) -> Figures:
    """All measures of these answers."""
    mated = sum(bool(each.mates) for each in answers)
    has_both = 0 < mated < len(answers)
    points = operating_points(answers) if has_both else []
    return Figures(
        queries=len(answers),
        mated=mated,
        recall_at_1=recall_at(answers, 1),
        recall_at_10=recall_at(answers, 10),
        best=max(points, key=lambda each: each.f1, default=None),
        recall_at_p99=recall_at_precision(points, PRECISE) if has_both else None,
        bands=count_bands(answers) if any(each.verdict for each in answers) else None,
        points=points,
    )


def recall_at(answers: Iterable[Answer], most: int) -> float | None:
    """Recall@k: among queries that have a mate, the share for which it is one of the first ``most`` candidates."""
    hits = [each.is_found(most) for each in answers if each.mates]
    return sum(hits) / len(hits) if hits else None


def operating_points(answers: Sequence[Answer]) -> list[Operating]:
    """Precision and recall of "the top candidate is the true record" at every threshold, from the highest down.

    At a threshold, a query answers with its top candidate if that scores as much or more. Precision is the share of
    right ones among the answers (a query without a mate that answers is wrong), recall is the share of right answers
    among the queries that have a mate. F1 and R@P99 are taken from these points.
    """
    mated = sum(bool(each.mates) for each in answers)
    answering = sorted((each for each in answers if each.found), key=lambda each: -each.score)
    points, given, right = [], 0, 0
    for score, level in groupby(answering, key=lambda each: each.score):
        for each in level:
            given += 1
            right += each.is_right
        points.append(Operating(threshold=score, precision=right / given, recall=right / mated if mated else 0.0))
    return points


def recall_at_precision(points: Iterable[Operating], least: float) -> float:
    """The highest recall at a threshold where precision is at least ``least``; 0 if there is none.

    With ``least`` = 0.99 it is R@P99.
    """
    return max((each.recall for each in points if each.precision >= least), default=0.0)


def thin_out(points: Sequence[Operating], most: int) -> list[Operating]:
    """At most so many of the points (two or more), the first and the last among them, at even distances."""
    if len(points) <= most:
        return list(points)
    return [points[round(place * (len(points) - 1) / (most - 1))] for place in range(most)]


def count_bands(answers: Iterable[Answer]) -> Bands:
    """How many queries got which verdict, rightly and wrongly."""
    counts: Counter[tuple[str, bool]] = Counter()
    near = 0
    for each in answers:
        if each.verdict is not None:
            name, is_right = _BANDS[each.verdict]
            counts[name, is_right(each)] += 1
            counts["confident", each.is_right] += each.verdict is Verdict.EXACT or each.is_confident
            near += each.verdict is Verdict.EXACT and each.near is not None and each.found[:1] == (each.near,)
    return Bands(
        **{name: (counts[name, True], counts[name, False]) for name in _COUNTED},
        near_exact=near,
    )


def by_line(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    """The answers under each of their lines' names, in alphabetical order; one answer may be under several."""
    lines: dict[str, list[Answer]] = {}
    for each in answers:
        for name in each.lines:
            lines.setdefault(name, []).append(each)
    return dict(sorted(lines.items()))


_COUNTED = ("exact", "confident", "several", "similar", "none")
_BANDS: dict[Verdict, tuple[str, Callable[[Answer], bool]]] = {
    Verdict.EXACT: ("exact", lambda each: each.is_right),
    Verdict.SEVERAL_EXACT: ("several", lambda each: each.is_found(each.shown)),
    Verdict.SIMILAR: ("similar", lambda each: each.is_found(each.shown)),
    Verdict.NONE: ("none", lambda each: not each.mates),
    Verdict.PRIVATE_PERSON: ("none", lambda each: not each.mates),
}
