"""Words of names held against each other, and whole names by aligning their words."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from services.matching.nicknames import are_forms_of_one_name
from services.matching.phonetics import koelner

_LEAST_SIMILAR = 0.66
_LEAST_SAME_SOUND = 0.5
_SAME_SOUND = 0.78
_NICKNAME = 0.82
_PREFIX = 0.75
_MIN_PREFIX = 3
_JOINED_SIMILAR = 0.86
_INITIAL = 0.5
_LETTER_BITS = 3.5
_MISSING_SHARE = 0.2
_MISSING_MOST = 2.0

Similarity = Callable[[str, str], float]
Rare = tuple[str, float]
"""A word and its rarity in bits."""


class Alignment(NamedTuple):
    """How well the words of two names fit: ``bits`` for (or against), ``similarity`` 0 to 1, the rarest shared word."""

    bits: float
    similarity: float
    rarest: float = 0.0
    is_equal: bool = False


NOTHING = Alignment(0.0, 0.0)


@lru_cache(maxsize=131_072)
def word_similarity(one: str, other: str) -> float:
    """0 to 1, by Damerau-Levenshtein distance (optimal string alignment), prefixes and sound; 0 below a useful
    level.
    """
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return 0.0
    similarity: float = OSA.normalized_similarity(one, other)
    if similarity >= _LEAST_SAME_SOUND and koelner(one) == koelner(other) != "":
        similarity = max(similarity, _SAME_SOUND)
    if similarity < _PREFIX and _is_prefix(one, other):
        similarity = _PREFIX
    return similarity if similarity >= _LEAST_SIMILAR else 0.0


@lru_cache(maxsize=131_072)
def first_name_similarity(one: str, other: str) -> float:
    """As ``word_similarity``, and short forms and initials count as well."""
    if one[:1] == other[:1] and (len(one) == 1 or len(other) == 1):
        return 1.0 if one == other else _INITIAL
    similarity = word_similarity(one, other)
    if similarity < _NICKNAME and are_forms_of_one_name(one, other):
        return _NICKNAME
    return similarity


def align(left: Sequence[Rare], right: Sequence[Rare], similarity: Similarity, unmatched_share: float) -> Alignment:
    """Pairs the words of two names, best first; each is used once, and split or joined compounds are brought together.

    A pair pays the smaller rarity of its words, less the more they differ. Words left over on both sides contradict and
    cost ``unmatched_share`` of their rarity; words left over on one side only are details the other lacks.
    """
    if not left or not right:
        return NOTHING
    if "".join(word for word, _ in left) == "".join(word for word, _ in right):
        return _equal(left, right)
    if len(left) == len(right) == 1:
        return _align_single(left[0], right[0], similarity, unmatched_share)
    left, right = _join_compounds(left, right), _join_compounds(right, left)
    aligned = _align_words(left, right, similarity, unmatched_share)
    if len(left) != len(right):
        joined = _align_joined(left, right)
        return joined if joined.bits > aligned.bits else aligned
    return aligned


def _equal(left: Sequence[Rare], right: Sequence[Rare]) -> Alignment:
    total = min(sum(bits for _, bits in left), sum(bits for _, bits in right))
    rarest = min(max(bits for _, bits in left), max(bits for _, bits in right))
    return Alignment(total, 1.0, rarest, is_equal=True)


def _align_single(one: Rare, other: Rare, similarity: Similarity, unmatched_share: float) -> Alignment:
    """As ``_align_words``, for the common case of one word on each side."""
    alike = similarity(one[0], other[0])
    if not alike:
        return Alignment(-unmatched_share * (one[1] + other[1]) / 2, 0.0)
    worth = min(one[1], other[1])
    paid = _pay(worth, alike)
    return Alignment(paid, min(1.0, alike * worth / max(one[1], other[1])), paid)


def _align_words(
    left: Sequence[Rare], right: Sequence[Rare], similarity: Similarity, unmatched_share: float
) -> Alignment:
    pairs = [
        (alike, row, column)
        for row, (one, _) in enumerate(left)
        for column, (other, _) in enumerate(right)
        if (alike := similarity(one, other))
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    rows, columns = set(range(len(left))), set(range(len(right)))
    bits = fit = rarest = 0.0
    for alike, row, column in pairs:
        if row in rows and column in columns:
            rows.remove(row)
            columns.remove(column)
            worth = min(left[row][1], right[column][1])
            paid = _pay(worth, alike)
            bits += paid
            fit += alike * worth
            rarest = max(rarest, paid)
    bits -= _cost_left_over([left[row][1] for row in rows], [right[column][1] for column in columns], unmatched_share)
    total = max(sum(each for _, each in left), sum(each for _, each in right))
    return Alignment(bits, min(1.0, fit / total), rarest)


def _pay(worth: float, alike: float) -> float:
    """Bits of a pair: a typo is both rarer among true pairs and commoner among false ones than equality."""
    if alike == _INITIAL:
        return min(worth, _LETTER_BITS)
    return worth * max(0.0, 1.0 - 2.0 * (1.0 - alike))


def _cost_left_over(left: list[float], right: list[float], unmatched_share: float) -> float:
    if left and right:
        return unmatched_share * (sum(left) + sum(right)) / 2
    return sum(min(_MISSING_MOST, _MISSING_SHARE * bits) for bits in left or right)


def _align_joined(left: Sequence[Rare], right: Sequence[Rare]) -> Alignment:
    one, other = ("".join(word for word, _ in side) for side in (left, right))
    alike: float = OSA.normalized_similarity(one, other)
    if alike < _JOINED_SIMILAR:
        return Alignment(float("-inf"), 0.0)
    whole = _equal(left, right)
    paid = _pay(whole.bits, alike)
    return Alignment(paid, alike, min(paid, whole.rarest))


def _join_compounds(side: Sequence[Rare], against: Sequence[Rare]) -> list[Rare]:
    """Neighbours that are one word on the other side become one (``auto haus`` against ``autohaus``)."""
    whole = dict(against)
    joined: list[Rare] = []
    index = 0
    while index < len(side):
        compound = side[index][0] + side[index + 1][0] if index + 1 < len(side) else ""
        if compound and compound in whole:
            joined.append((compound, whole[compound]))
            index += 2
        else:
            joined.append(side[index])
            index += 1
    return joined


def _is_prefix(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _MIN_PREFIX and long.startswith(short)
