"""Pairs of names, measured by the product's own comparison."""

from bench.quality.metrics import Operating
from bench.quality.names import NamePair, measure_names, pair_points, score_pairs


def person(one: str, other: str, *, is_same: bool) -> NamePair:
    """Two names of persons."""
    return NamePair(is_person=True, one=one, other=other, is_same=is_same)


PAIRS = [
    person("Hans Müller", "Hans Mueller", is_same=True),
    person("Hans Müller", "Petra Schulz", is_same=False),
    NamePair(is_person=False, one="Siemens AG", other="Siemens Aktiengesellschaft", is_same=True),
    NamePair(is_person=False, one="Siemens AG", other="Volkswagen AG", is_same=False),
]


def test_a_pair_is_said_to_be_one_from_a_threshold_on() -> None:
    """Pairs of one score stand or fall together, and what was not said to be the same costs recall."""
    assert pair_points([(True, 0.5), (True, 0.9), (False, 0.5), (False, 0.1)]) == [
        Operating(threshold=0.9, precision=1.0, recall=0.5),
        Operating(threshold=0.5, precision=2 / 3, recall=1.0),
        Operating(threshold=0.1, precision=0.5, recall=1.0),
    ]


def test_the_half_of_a_pair_is_its_own() -> None:
    """Which half a pair is in depends on the two names and not on their order, and both halves are populated."""
    pairs = [person(f"Anna {number}", f"Berta {number}", is_same=True) for number in range(40)]
    turned = [person(each.other, each.one, is_same=False) for each in pairs]

    halves = [each.is_held_out for each in pairs]

    assert [each.is_held_out for each in turned] == halves
    assert set(halves) == {True, False}


def test_names_are_compared_as_the_product_compares_them() -> None:
    """Umlauts and legal forms make no difference, other names do: every score parts these pairs perfectly."""
    figures = measure_names(PAIRS, score_pairs(PAIRS))

    whole = [each for each in figures if each.half == "both"]
    assert {each.kind: each.pairs for each in whole} == {"persons": 2, "organisations": 2, "all": 4}
    assert [each.best.f1 for each in whole if each.best] == [1.0] * 6


def test_logic_v2_stands_beside_where_its_scores_are_known() -> None:
    """The scores that came with the set are measured as a score of their own."""
    told = [
        NamePair(is_person=True, one="A", other="B", is_same=True, logic_v2=0.9),
        NamePair(is_person=True, one="A", other="C", is_same=False, logic_v2=0.2),
    ]

    figures = measure_names(told, score_pairs(told))

    [best] = [each.best for each in figures if (each.score, each.kind, each.half) == ("logic-v2", "persons", "both")]
    assert best == Operating(threshold=0.9, precision=1.0, recall=1.0)
