"""The mixture: what is put into synthetic pairs comes out again."""

import random
from collections import Counter

import pytest

from services.matching.estimate_levels import MISSING, Pattern
from services.matching.estimate_mixture import Fit, Stratum, counts_of, fit, shares_of

TRUE = ((0.75, 0.2, 0.05), (0.9, 0.1), (0.6, 0.3, 0.1), (0.8, 0.2))
RELATED = ((0.05, 0.1, 0.85), (0.7, 0.3), (0.05, 0.05, 0.9), (0.6, 0.4))
STRANGERS = ((0.001, 0.009, 0.99), (0.01, 0.99), (0.0005, 0.0015, 0.998), (0.05, 0.95))
SIZES = [3, 2, 3, 2]
START_TRUE = tuple((0.85, *[0.15 / (size - 1)] * (size - 1)) for size in SIZES)
START_RELATED = ((0.1, 0.1, 0.8), (0.5, 0.5), (0.1, 0.1, 0.8), (0.5, 0.5))
NOBODY = frozenset[int]()


def draw(chance: random.Random, kind: tuple[tuple[float, ...], ...]) -> Pattern:
    """A pair of one kind, of which a fifth of the details are missing."""
    return tuple(MISSING if chance.random() < 0.2 else chance.choices(range(len(shares)), shares)[0] for shares in kind)


def stratum(seed: int, numbers: tuple[int, int, int], used: frozenset[int] = NOBODY) -> Stratum:
    """So many true pairs, related ones and strangers."""
    chance = random.Random(seed)
    patterns: Counter[Pattern] = Counter()
    for kind, number in zip((TRUE, RELATED, STRANGERS), numbers, strict=True):
        patterns.update(draw(chance, kind) for _ in range(number))
    return Stratum(name=str(seed), patterns=patterns, used=used)


def strangers(number: int) -> Counter[Pattern]:
    """So many random pairs."""
    return Counter(stratum(9, (0, 0, number)).patterns)


STRATA = (
    stratum(1, (4_000, 1_500, 3_000)),
    stratum(2, (500, 200, 20_000), used=frozenset({1})),
    stratum(3, (2_000, 3_000, 100), used=frozenset({0})),
)


def fitted(*strata: Stratum, only_counted: frozenset[int] = NOBODY) -> Fit:
    """What the fit makes of the strata."""
    u = shares_of(counts_of(strangers(100_000), SIZES))
    return fit(strata, u, START_TRUE, START_RELATED, only_counted)


def test_m_and_u_come_out_again() -> None:
    """From thousands of pairs of three kinds, found in three ways, without a label."""
    u = shares_of(counts_of(strangers(100_000), SIZES))
    found = fitted(*STRATA)

    for shares, put_in in zip(shares_of(found.counts), TRUE, strict=True):
        assert shares == pytest.approx(put_in, abs=0.03)
    for shares, put_in in zip(u, STRANGERS, strict=True):
        assert shares == pytest.approx(put_in, abs=0.002)
    assert found.true_pairs == pytest.approx((4_000, 500, 2_000), rel=0.1)


def test_the_order_of_the_pairs_makes_no_difference() -> None:
    """To the last bit, so that both databases and every call say the same."""
    turned = [
        Stratum(name=each.name, patterns=dict(reversed(list(each.patterns.items()))), used=each.used) for each in STRATA
    ]

    assert fitted(*turned) == fitted(*STRATA)


def test_a_part_is_counted_and_tells_nothing() -> None:
    """A detail that only repeats another one changes nobody's chances, and is counted in those that were found."""
    doubled = [
        Stratum(
            name=each.name, patterns={(*key, key[0]): times for key, times in each.patterns.items()}, used=each.used
        )
        for each in STRATA[:2]
    ]
    u = shares_of(counts_of(strangers(100_000), SIZES))

    found = fit(doubled, (*u, u[0]), (*START_TRUE, START_TRUE[0]), (*START_RELATED, START_RELATED[0]), frozenset({4}))
    plain = fitted(*STRATA[:2])

    assert found.true_pairs == plain.true_pairs
    assert found.counts == (*plain.counts, plain.counts[0])


def test_what_a_block_looks_by_is_not_counted() -> None:
    """Otherwise a detail would seem to agree always."""
    found = fitted(stratum(4, (1_000, 0, 0), used=frozenset({0, 2})))

    assert (sum(found.counts[0]), sum(found.counts[2])) == (0.0, 0.0)
    assert sum(found.counts[1]) > 400


def test_no_pairs_are_no_true_pairs() -> None:
    """A tenant without any has nothing to learn from, and nothing fails."""
    found = fitted(Stratum(name="none", patterns={}, used=NOBODY))

    assert found.true_pairs == (0.0,)
    assert not any(map(sum, found.counts))
