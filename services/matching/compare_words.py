"""Words of names held against each other, and whole names by aligning their words."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from services.matching.nicknames import are_forms_of_one_name
from services.matching.phonetics import koelner
from services.matching.rarity import Words

_LEAST_SIMILAR = 0.66
_LEAST_SAME_SOUND = 0.5
_SAME_SOUND = 0.78
_NICKNAME = 0.82
_PREFIX = 0.75
_MIN_PREFIX = 3
_JOINED_SIMILAR = 0.86
_INITIAL = 0.5
_INITIAL_BITS = 3.5
_MISSING_SHARE = 0.2
_MISSING_MOST = 2.0

Similarity = Callable[[str, str], float]


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


def align(left: Words, right: Words, similarity: Similarity, unmatched_share: float) -> Alignment:
    """Pairs the words of two names, best first; each is used once, and split or joined compounds are brought together.

    A pair pays the smaller rarity of its words, less the more they differ. Words left over on both sides contradict and
    cost ``unmatched_share`` of their rarity; words left over on one side only are details the other lacks.
    """
    if not left.words or not right.words:
        return NOTHING
    if left.joined == right.joined:
        return _equal(left, right)
    if len(left.words) == len(right.words) == 1:
        return _align_single(left, right, similarity, unmatched_share)
    left, right = _join_compounds(left, right), _join_compounds(right, left)
    aligned = _align_words(left, right, similarity, unmatched_share)
    if len(left.words) != len(right.words):
        joined = _align_joined(left, right)
        return joined if joined.bits > aligned.bits else aligned
    return aligned


def _equal(left: Words, right: Words) -> Alignment:
    return Alignment(min(sum(left.bits), sum(right.bits)), 1.0, min(max(left.bits), max(right.bits)), is_equal=True)


def _align_single(left: Words, right: Words, similarity: Similarity, unmatched_share: float) -> Alignment:
    """As ``_align_words``, for the common case of one word on each side."""
    alike = similarity(left.words[0], right.words[0])
    one, other = left.bits[0], right.bits[0]
    if not alike:
        return Alignment(-unmatched_share * (one + other) / 2, 0.0)
    worth = min(one, other)
    paid = _pay(worth, alike)
    return Alignment(paid, min(1.0, alike * worth / max(one, other)), paid)


def _align_words(left: Words, right: Words, similarity: Similarity, unmatched_share: float) -> Alignment:
    rows, columns, equal = _pair_equal_words(left, right)
    pairs = [
        (-alike, row, column)
        for row in rows
        for column in columns
        if (alike := similarity(left.words[row], right.words[column]))
    ]
    pairs.sort()
    bits = fit = sum(equal)
    rarest = max(equal, default=0.0)
    for unlike, row, column in pairs:
        if row in rows and column in columns:
            rows.remove(row)
            columns.remove(column)
            worth = min(left.bits[row], right.bits[column])
            paid = _pay(worth, -unlike)
            bits += paid
            fit -= unlike * worth
            rarest = max(rarest, paid)
    bits -= _cost_left_over(
        [left.bits[row] for row in rows], [right.bits[column] for column in columns], unmatched_share
    )
    return Alignment(bits, min(1.0, fit / max(sum(left.bits), sum(right.bits))), rarest)


def _pair_equal_words(left: Words, right: Words) -> tuple[list[int], list[int], list[float]]:
    """The places of the words on both sides that have no equal on the other, and the bits of those that have."""
    rows, columns, equal = [], list(range(len(right.words))), []
    for row, word in enumerate(left.words):
        column = next((each for each in columns if right.words[each] == word), None)
        if column is None:
            rows.append(row)
        else:
            columns.remove(column)
            equal.append(min(left.bits[row], right.bits[column]))
    return rows, columns, equal


def _pay(worth: float, alike: float) -> float:
    """Bits of a pair: a typo is both rarer among true pairs and commoner among false ones than equality."""
    if alike == _INITIAL:
        return min(worth, _INITIAL_BITS)
    return worth * max(0.0, 1.0 - 2.0 * (1.0 - alike))


def _cost_left_over(left: list[float], right: list[float], unmatched_share: float) -> float:
    if left and right:
        return unmatched_share * (sum(left) + sum(right)) / 2
    return sum(min(_MISSING_MOST, _MISSING_SHARE * bits) for bits in left or right)


def _align_joined(left: Words, right: Words) -> Alignment:
    alike: float = OSA.normalized_similarity(left.joined, right.joined, score_cutoff=_JOINED_SIMILAR)
    if not alike:
        return Alignment(float("-inf"), 0.0)
    whole = _equal(left, right)
    paid = _pay(whole.bits, alike)
    return Alignment(paid, alike, min(paid, whole.rarest))


def _join_compounds(side: Words, against: Words) -> Words:
    """Neighbours that are one word on the other side become one (``auto haus`` against ``autohaus``)."""
    words, bits = list(side.words), list(side.bits)
    index = 0
    while index + 1 < len(words):
        compound = words[index] + words[index + 1]
        if compound in against.words:
            words[index : index + 2] = [compound]
            bits[index : index + 2] = [against.bits[against.words.index(compound)]]
        index += 1
    return side if len(words) == len(side.words) else Words(tuple(words), tuple(bits), side.joined)


def _is_prefix(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _MIN_PREFIX and long.startswith(short)
