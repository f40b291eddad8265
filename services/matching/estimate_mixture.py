"""Which of many pairs are true, and how often their details agree: a mixture of three kinds of pair, fitted by EM.

Fellegi & Sunter, "A Theory for Record Linkage", JASA 64 (1969), for the model; Winkler, "Using the EM Algorithm for
Weight Computation in the Fellegi-Sunter Model of Record Linkage" (1988) for the fitting; Winkler, "Advanced Methods for
Record Linkage" (1994) for a third kind: beside true pairs and strangers there are relatives of one household and
colleagues of one firm, who agree in much and are not the same. With two kinds they would pass for true pairs.

How strangers compare is known from random pairs and stays fixed, as Splink does it. Pairs come in strata (one for each
way of looking for them) that share how true pairs compare, and have shares of the three kinds of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.matching.estimate_levels import MISSING, Pattern

MOST_STEPS = 500
_STILL = 1e-4
"""When no share changes by more than this in a step, the fit is done."""
_SMOOTHING = 0.5
"""Added to every count of a level (Jeffreys' prior), so that what was never seen is rare and not impossible."""

Shares = tuple[tuple[float, ...], ...]
"""For each detail the share of each of its levels, adding up to 1."""


Mixing = tuple[float, float, float]
"""The shares of true pairs, related ones and strangers."""
_START: Mixing = (0.3, 0.2, 0.5)
_Kinds = tuple[Shares, Shares, Shares]
"""How the three kinds compare."""
_Row = tuple[tuple[int, int], ...]
"""The details that are known, with their levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """Pairs that were found in one way. ``patterns``: how often each occurs; ``used``: places of details left out."""

    name: str
    patterns: Mapping[Pattern, int]
    used: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What came of it. ``counts``: for each detail and level the expected number of true pairs that have it.

    ``true_pairs``: the expected number in each stratum.
    """

    counts: tuple[tuple[float, ...], ...]
    true_pairs: tuple[float, ...]


def shares_of(counts: Sequence[Sequence[float]]) -> Shares:
    """Counts as shares, smoothed."""
    return tuple(
        tuple((each + _SMOOTHING) / (sum(levels) + _SMOOTHING * len(levels)) for each in levels) for levels in counts
    )


def counts_of(patterns: Mapping[Pattern, int], sizes: Sequence[int]) -> list[list[float]]:
    """How often each level of each detail occurs; ``sizes`` are the numbers of levels."""
    counts = [[0.0] * size for size in sizes]
    for pattern, times in patterns.items():
        for levels, level in zip(counts, pattern, strict=True):
            if level != MISSING:
                levels[level] += times
    return counts


def fit(
    strata: Sequence[Stratum],
    strangers: Shares,
    start_true: Shares,
    start_related: Shares,
    only_counted: frozenset[int] = frozenset(),
) -> Fit:
    """Fit the mixture; deterministic, whatever order the patterns come in. ``strangers`` stays as it is.

    ``only_counted`` are the places of details that do not tell true pairs, being parts of others, and are counted in
    those that were found.
    """
    tables = [_table(each, only_counted) for each in strata]
    mixing = [_START] * len(strata)
    kinds = (start_true, start_related, strangers)
    steps, has_moved = 0, True
    while has_moved and steps < MOST_STEPS:
        counts, of_related = _zeros(strangers), _zeros(strangers)
        mixing = [
            _count(table, shares, kinds, counts, of_related) for table, shares in zip(tables, mixing, strict=True)
        ]
        after = shares_of(counts)
        steps, has_moved = steps + 1, _distance(kinds[0], after) >= _STILL
        kinds = (after, shares_of(of_related), strangers)
    return _finish(strata, only_counted, mixing, kinds)


def _finish(strata: Sequence[Stratum], only_counted: frozenset[int], mixing: Sequence[Mixing], kinds: _Kinds) -> Fit:
    """Count everything that was compared, by how likely each pair is a true one."""
    counts, true_pairs = _zeros(kinds[0]), []
    for stratum, shares in zip(strata, mixing, strict=True):
        true_pairs.append(0.0)
        for pattern in sorted(stratum.patterns):
            telling = _row(pattern, stratum.used | only_counted)
            expected = stratum.patterns[pattern] * _likely(telling, shares, kinds)[0]
            true_pairs[-1] += expected
            for detail, level in _row(pattern, stratum.used):
                counts[detail][level] += expected
    return Fit(counts=tuple(map(tuple, counts)), true_pairs=tuple(true_pairs))


def _row(pattern: Pattern, without: frozenset[int]) -> _Row:
    return tuple((place, level) for place, level in enumerate(pattern) if level != MISSING and place not in without)


def _table(stratum: Stratum, only_counted: frozenset[int]) -> dict[_Row, int]:
    """How often each combination of the details that tell true pairs occurs, in a fixed order."""
    table: dict[_Row, int] = {}
    for pattern in sorted(stratum.patterns):
        row = _row(pattern, stratum.used | only_counted)
        table[row] = table.get(row, 0) + stratum.patterns[pattern]
    return table


def _likely(row: _Row, mixing: Mixing, kinds: _Kinds) -> Mixing:
    """How likely a pair is of each kind (the E step)."""
    true, related, strange = mixing
    of_true, of_related, of_strangers = kinds
    for detail, level in row:
        true *= of_true[detail][level]
        related *= of_related[detail][level]
        strange *= of_strangers[detail][level]
    total = true + related + strange
    return true / total, related / total, strange / total


def _count(
    table: Mapping[_Row, int],
    mixing: Mixing,
    kinds: _Kinds,
    counts: list[list[float]],
    of_related: list[list[float]],
) -> Mixing:
    """Add the expected numbers of a stratum to the counts (the M step); returns its new shares of the three kinds."""
    total, true_total, related_total = 3 * _SMOOTHING, _SMOOTHING, _SMOOTHING
    for row, times in table.items():
        true, related, _ = (times * each for each in _likely(row, mixing, kinds))
        total, true_total, related_total = total + times, true_total + true, related_total + related
        for detail, level in row:
            counts[detail][level] += true
            of_related[detail][level] += related
    return true_total / total, related_total / total, (total - true_total - related_total) / total


def _zeros(like: Shares) -> list[list[float]]:
    return [[0.0] * len(levels) for levels in like]


def _distance(before: Shares, after: Shares) -> float:
    return max(
        abs(one - other)
        for left, right in zip(before, after, strict=True)
        for one, other in zip(left, right, strict=True)
    )
