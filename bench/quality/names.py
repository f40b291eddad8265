"""Pairs of names, labelled by hand: the product's own comparison of names, without any other evidence.

The set is OpenSanctions' name_bench (opensanctions/nomenklatura, MIT), with the scores that its logic-v2 gave. Persons
are compared as persons, everything else as a company. A name in one piece is divided as an import divides it.

F1 is over pairs: a pair is said to be one and the same from a threshold on, and F1 is the best over all thresholds. Two
scores are tried: the similarity (0 to 1) and the evidence in bits, with no statistics of a tenant. A hash of the pair
divides the set into the half that may be looked at and the half that may not (``held out``).
"""

import csv
import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.quality.metrics import Operating
from domain.matches import Evidence
from domain.records import Account, Contact
from services.importing.scalars import split_name
from services.matching import compare_companies, compare_people
from services.matching.documents import account_document, contact_document
from services.matching.model import CompanyDocument, PersonDocument, Statistics
from services.matching.rarity import Rarity
from services.matching.settings import DEFAULT_SETTINGS
from services.matching.weights import Weights

COUNTRY = "DE"
"""Names have no country; the documents need a default one."""
_PERSON = "Person"
_NOT_AT_ALL = -1_000.0
"""The score of a pair about which nothing can be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePair:
    """Two names, whether they are one and the same's, and logic-v2's score (None: it is not told)."""

    is_person: bool
    one: str
    other: str
    is_same: bool
    logic_v2: float | None = None

    @property
    def is_held_out(self) -> bool:
        """Whether the pair is in the half that may not be looked at: by a hash of both names, in either order."""
        both = "\0".join(sorted((self.one, self.other)))
        return bool(hashlib.blake2b(both.encode(), digest_size=1).digest()[0] & 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFigures:
    """The measures of one score over one kind of name and one half (or all) of the pairs.

    ``best`` is at the threshold that suits these pairs best, ``blind`` at the one that suited those looked at.
    """

    kind: str
    half: str
    score: str
    pairs: int
    same: int
    best: Operating | None
    blind: Operating | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """Every pair's scores by the name of the score, and the microseconds of CPU that comparing one pair took."""

    by_name: Mapping[str, Sequence[float]]
    microseconds: float


def load_name_bench(folder: Path) -> list[NamePair]:
    """The pairs of the set. ``folder`` holds its files. Raises ``OSError`` if they are not there."""
    frozen = {_key(row): float(row["score"]) for row in _read(folder / "name_bench_logicv2_frozen.csv")}
    return [
        NamePair(
            is_person=row["schema"] == _PERSON,
            one=row["name1"],
            other=row["name2"],
            is_same=row["is_match"] == "true",
            logic_v2=frozen.get(_key(row)),
        )
        for row in _read(folder / "name_bench_cases.csv")
    ]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _key(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["schema"], row["name1"], row["name2"]


def score_pairs(pairs: Sequence[NamePair], weights: Weights = DEFAULT_SETTINGS.weights) -> Scores:
    """Compare all pairs; normalising comes before the clock starts."""
    rarity = Rarity(Statistics(), replace(DEFAULT_SETTINGS, weights=weights))
    comparisons = [_prepare(each, rarity) for each in pairs]
    started = time.thread_time()
    found = [compare() for compare in comparisons]
    elapsed = time.thread_time() - started
    return Scores(
        {
            "similarity": [_NOT_AT_ALL if each is None else each.similarity or 0.0 for each in found],
            "bits": [_NOT_AT_ALL if each is None else each.bits for each in found],
        },
        1e6 * elapsed / max(1, len(pairs)),
    )


def _prepare(pair: NamePair, rarity: Rarity) -> Callable[[], Evidence | None]:
    if pair.is_person:
        one, other = _person(pair.one), _person(pair.other)
        return lambda: compare_people.compare_names(one, other, rarity)
    left, right = _company(pair.one), _company(pair.other)
    return lambda: compare_companies.compare_names(left, right, rarity)


def _person(name: str) -> PersonDocument:
    parts = split_name(name)
    contact = Contact(
        tenant_id=1, id=1, account_id=1, first_name=parts.get("firstName"), last_name=parts.get("lastName")
    )
    return contact_document(contact, COUNTRY)


def _company(name: str) -> CompanyDocument:
    return account_document(Account(tenant_id=1, id=1, name=name), COUNTRY)


def measure_names(pairs: Sequence[NamePair], scores: Scores) -> list[NameFigures]:
    """Every score over persons, organisations and all, each over all pairs and over both halves."""
    told = [each.logic_v2 for each in pairs]
    by_name = dict(scores.by_name)
    if any(each is not None for each in told):
        by_name["logic-v2"] = [_NOT_AT_ALL if each is None else each for each in told]
    figures = []
    for kind, is_kind in _KINDS.items():
        for name, values in by_name.items():
            scored = {
                half: [
                    (each.is_same, value)
                    for each, value in zip(pairs, values, strict=True)
                    if is_kind(each) and is_half(each)
                ]
                for half, is_half in _HALVES.items()
            }
            figures += [_figures(kind, half, name, scored) for half in _HALVES if scored[half]]
    return figures


_KINDS: Mapping[str, Callable[[NamePair], bool]] = {
    "persons": lambda each: each.is_person,
    "organisations": lambda each: not each.is_person,
    "all": lambda _: True,
}
_LOOKED_AT, _HELD_OUT = "looked at", "held out"
_HALVES: Mapping[str, Callable[[NamePair], bool]] = {
    _LOOKED_AT: lambda each: not each.is_held_out,
    _HELD_OUT: lambda each: each.is_held_out,
    "both": lambda _: True,
}


def _figures(kind: str, half: str, name: str, scored: Mapping[str, Sequence[tuple[bool, float]]]) -> NameFigures:
    """The figures of a half; ``scored`` has the labels and scores of this kind of name by half."""
    labelled = scored[half]
    looked_at = _best(scored[_LOOKED_AT])
    return NameFigures(
        kind=kind,
        half=half,
        score=name,
        pairs=len(labelled),
        same=sum(is_same for is_same, _ in labelled),
        best=_best(labelled),
        blind=_at(labelled, looked_at.threshold) if half == _HELD_OUT and looked_at else None,
    )


def _best(labelled: Iterable[tuple[bool, float]]) -> Operating | None:
    return max(pair_points(labelled), key=lambda each: each.f1, default=None)


def _at(labelled: Iterable[tuple[bool, float]], threshold: float) -> Operating | None:
    """The lowest point that is not below the threshold."""
    return next((each for each in reversed(pair_points(labelled)) if each.threshold >= threshold), None)


def pair_points(labelled: Iterable[tuple[bool, float]]) -> list[Operating]:
    """Precision and recall over pairs at every threshold: a pair is said to be one from that score on."""
    ordered = sorted(labelled, key=lambda each: -each[1])
    same = sum(is_same for is_same, _ in ordered)
    points, right = [], 0
    for given, (is_same, score) in enumerate(ordered, start=1):
        right += is_same
        is_last_of_level = given == len(ordered) or ordered[given][1] < score
        if is_last_of_level and same:
            points.append(Operating(threshold=score, precision=right / given, recall=right / same))
    return points
