"""The measures on lists small enough to count by hand."""

from dataclasses import replace

import pytest

from bench.quality.metrics import (
    Answer,
    Operating,
    by_line,
    count_bands,
    measure,
    operating_points,
    recall_at,
    thin_out,
)
from domain.matches import Verdict

RIGHT_SURE = Answer(mates=frozenset({1}), found=(1, 2), score=30.0, verdict=Verdict.EXACT)
RIGHT = Answer(mates=frozenset({3}), found=(3,), score=20.0, verdict=Verdict.SIMILAR)
SECOND = Answer(mates=frozenset({4}), found=(5, 4), score=15.0, verdict=Verdict.SIMILAR)
STRANGER = Answer(found=(6,), score=10.0, verdict=Verdict.SIMILAR)
UNSURE = Answer(mates=frozenset({7}), found=(7,), score=5.0, verdict=Verdict.SIMILAR)
MISSED = Answer(mates=frozenset({8}), verdict=Verdict.NONE)
NEW = Answer(verdict=Verdict.NONE)
ALL = [STRANGER, MISSED, UNSURE, NEW, RIGHT, SECOND, RIGHT_SURE]


def test_recall_counts_only_queries_that_have_a_mate() -> None:
    """Of five queries with a mate three have it first, and four among the first two."""
    assert recall_at(ALL, 1) == 3 / 5
    assert recall_at(ALL, 2) == 4 / 5
    assert recall_at([NEW, STRANGER], 1) is None


def test_every_threshold_is_an_operating_point() -> None:
    """From the highest score down, wrong tops and queries without a mate cost precision, and right ones give recall."""
    assert operating_points(ALL) == [
        Operating(threshold=30.0, precision=1.0, recall=1 / 5),
        Operating(threshold=20.0, precision=1.0, recall=2 / 5),
        Operating(threshold=15.0, precision=2 / 3, recall=2 / 5),
        Operating(threshold=10.0, precision=2 / 4, recall=2 / 5),
        Operating(threshold=5.0, precision=3 / 5, recall=3 / 5),
    ]


def test_equal_scores_stand_or_fall_together() -> None:
    """No threshold lies between two answers of one score, however they are ordered."""
    wrong = Answer(found=(9,), score=20.0)

    assert operating_points([RIGHT, wrong]) == operating_points([wrong, RIGHT])
    assert operating_points([RIGHT, wrong]) == [Operating(threshold=20.0, precision=0.5, recall=1.0)]


def test_f1_and_recall_at_precision_are_the_best_of_the_points() -> None:
    """F1 is best at 5 bits with 3 right of 5 answers and 5 mates; 99 % precision holds down to 20 bits."""
    figures = measure(ALL)

    assert figures.best is not None
    assert figures.best.threshold == 5.0
    assert figures.best.f1 == pytest.approx(0.6)
    assert figures.recall_at_p99 == 2 / 5
    assert (figures.queries, figures.mated) == (7, 5)


def test_f1_is_not_told_where_none_is_never_the_truth() -> None:
    """If every query has a mate, or none has, there is no threshold to look for."""
    assert measure([RIGHT, SECOND]).best is None
    assert measure([NEW, STRANGER]).recall_at_p99 is None


def test_bands_say_right_and_wrong_of_every_verdict() -> None:
    """Exact is right if the mate was chosen, similar if it is among the candidates, none if there is no mate."""
    near = Answer(found=(2,), score=40.0, verdict=Verdict.EXACT, near=2)
    wrong = Answer(mates=frozenset({1}), found=(2,), score=40.0, verdict=Verdict.EXACT)
    several = Answer(mates=frozenset({1}), found=(2, 1), score=40.0, verdict=Verdict.SEVERAL_EXACT)
    private = Answer(mates=frozenset({1}), verdict=Verdict.PRIVATE_PERSON)

    bands = count_bands([*ALL, near, wrong, several, private])

    assert bands.exact == (1, 2)
    assert bands.near_exact == 1
    assert bands.several == (1, 0)
    assert bands.similar == (3, 1)
    assert bands.none == (1, 2)


def test_a_confident_choice_is_counted_across_the_bands() -> None:
    """With CONFIDENT, what is exact would be chosen and what is confident as well, rightly or wrongly."""
    sure = replace(RIGHT, is_confident=True)
    too_sure = replace(STRANGER, is_confident=True)

    assert count_bands([RIGHT_SURE, RIGHT, sure, too_sure, MISSED]).confident == (2, 1)


def test_a_curve_is_thinned_out_between_its_ends() -> None:
    """The first and the last point stay, the others at even distances; a short curve stays whole."""
    points = operating_points([Answer(mates=frozenset({1}), found=(1,), score=float(each)) for each in range(1_001)])

    thin = thin_out(points, 11)

    assert [each.threshold for each in thin] == [float(each) for each in range(1_000, -1, -100)]
    assert thin_out(thin, 200) == thin


def test_peers_that_tell_no_verdict_have_no_bands() -> None:
    """Nothing is said about bands where nothing was decided."""
    assert measure([Answer(mates=frozenset({1}), found=(1,), score=1.0)]).bands is None


def test_an_answer_counts_on_each_of_its_lines() -> None:
    """A lead with two corruptions is on the line of either."""
    one = Answer(mates=frozenset({1}), lines=("typo", "moved"))
    other = Answer(mates=frozenset({2}), lines=("typo",))

    assert by_line([one, other]) == {"moved": [one], "typo": [one, other]}


def test_each_of_several_mates_is_right() -> None:
    """A query with two mates is right with either first, and counts once."""
    either = Answer(mates=frozenset({1, 2}), found=(2, 9), score=8.0, verdict=Verdict.EXACT)

    assert either.is_right
    assert recall_at([either, Answer(mates=frozenset({1, 2}), found=(9,))], 10) == 1 / 2
    assert count_bands([either]).exact == (1, 0)
