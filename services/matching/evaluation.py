"""How well matching served the users, told from what they decided. Pure.

The unit is a step: everything that was shown for one lead among one kind of record, and what was chosen. What is told
about other thresholds is what the same lists would have been without the candidates below them; of what was below the
threshold of then, nothing is known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from domain.labels import Label, LabelDecision
from domain.matches import Band
from domain.records import RecordKind

DUPLICATE_COSTS = 20.0
"""How many needless candidates are as bad as one record that is not shown and therefore created a second time."""
_FEW = 3
_CHOSEN_BY_RULE = frozenset({Band.EXACT, Band.CONFIDENT})
_LOWEST = -1e6
"""Below every score that there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Where the chosen records stood; ``searched`` were not shown at all."""

    first: int
    second_or_third: int
    later: int
    searched: int

    @property
    def chosen(self) -> int:
        """How many records were chosen."""
        return self.first + self.second_or_third + self.later + self.searched


@dataclass(frozen=True, slots=True, kw_only=True)
class Automatic:
    """What became of the rules' own choices of a record: left alone, chosen by a user as well, or overruled.

    ``overruled_new`` are records that a user found where the rules would have created one.
    """

    kept: int
    confirmed: int
    overruled: int
    overruled_new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AtThreshold:
    """What a threshold of so many bits makes of the lists; 100 % matches are shown at any.

    ``found`` and ``missed`` count chosen records, ``needless`` the other candidates that are shown, ``vain_lists`` the
    lists without the chosen record. ``first_right`` and ``first_wrong`` count steps by the first candidate of the list.
    """

    threshold: float
    found: int
    missed: int
    needless: int
    vain_lists: int
    first_right: int
    first_wrong: int

    @property
    def precision(self) -> float:
        """The share of shown candidates that were chosen; 1 if none is shown."""
        shown = self.found + self.needless
        return self.found / shown if shown else 1.0

    @property
    def recall(self) -> float:
        """The share of chosen records that are shown; 1 if none was chosen."""
        chosen = self.found + self.missed
        return self.found / chosen if chosen else 1.0

    def cost(self, duplicate_costs: float) -> float:
        """The needless candidates, with each chosen record that is missed as so many of them."""
        return self.needless + duplicate_costs * self.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEvaluation:
    """What was decided about one kind of record; ``decisions`` counts steps, and of DISMISSED pairs.

    ``thresholds`` ascend from the one of today, ``best`` is the cheapest of them (the lowest of equals).
    ``always_right_from`` is the score in bits from which on the first candidate was never a wrong one; None if there is
    no such step.
    """

    kind: RecordKind
    decisions: Mapping[LabelDecision, int]
    ranks: Ranks
    automatic: Automatic
    thresholds: tuple[AtThreshold, ...]
    best: AtThreshold
    always_right_from: float | None

    @property
    def current(self) -> AtThreshold:
        """What the threshold of today makes of the lists."""
        return self.thresholds[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One step's labels, in the order in which they are shown.

    ``decision`` is None as long as candidates were only dismissed: the others on that list are not known.
    """

    decision: LabelDecision | None
    labels: tuple[Label, ...]

    @property
    def chosen(self) -> Label | None:
        return next((each for each in self.labels if each.is_match), None)

    def shown(self, threshold: float) -> list[Label]:
        return [each for each in self.labels if each.band is Band.EXACT or _score(each) >= threshold]

    def first(self, threshold: float) -> Label | None:
        """The first candidate that is shown, if it is known."""
        found = self.shown(threshold)
        return found[0] if found and (self.decision or found[0].rank == 1) else None


def evaluate(
    kind: RecordKind, labels: Iterable[Label], threshold: float, duplicate_costs: float = DUPLICATE_COSTS
) -> KindEvaluation:
    """Evaluate the labels about one kind of record; others are passed over. ``threshold`` is today's, in bits."""
    steps = _steps(each for each in labels if each.record_kind is kind)
    rows = tuple(_at(each, steps) for each in _thresholds(threshold, steps))
    return KindEvaluation(
        kind=kind,
        decisions=_decisions(steps),
        ranks=_ranks(steps),
        automatic=_automatic(steps),
        thresholds=rows,
        best=min(rows, key=lambda each: each.cost(duplicate_costs)),
        always_right_from=_always_right_from(steps),
    )


def _steps(labels: Iterable[Label]) -> list[_Step]:
    by_lead: dict[int, list[Label]] = defaultdict(list)
    for each in labels:
        by_lead[each.lead_id].append(each)
    return [_step(each) for each in by_lead.values()]


def _step(labels: Sequence[Label]) -> _Step:
    decision = next((each.decision for each in labels if each.decision is not LabelDecision.DISMISSED), None)

    def order(each: Label) -> tuple[bool, float, int]:
        return each.band is not Band.EXACT, -_score(each), each.record_id

    return _Step(decision=decision, labels=tuple(sorted(labels, key=order)))


def _score(label: Label) -> float:
    return float("-inf") if label.score is None else label.score


def _thresholds(threshold: float, steps: Sequence[_Step]) -> list[float]:
    """Today's, and every whole bit above it up to the highest score."""
    highest = max((_score(each) for step in steps for each in step.labels), default=threshold)
    first = floor(threshold) + 1
    last = floor(highest) + 1 if highest > threshold else first - 1
    return [threshold, *(float(each) for each in range(first, last + 1))]


def _at(threshold: float, steps: Sequence[_Step]) -> AtThreshold:
    counts: Counter[str] = Counter()
    for step in steps:
        shown, first = step.shown(threshold), step.first(threshold)
        found = sum(each.is_match for each in shown)
        counts["found"] += found
        counts["missed"] += (step.chosen is not None) - found
        counts["needless"] += len(shown) - found
        counts["vain_lists"] += step.decision is not None and bool(shown) and not found
        counts["first_right"] += first is not None and first.is_match
        counts["first_wrong"] += first is not None and not first.is_match
    return AtThreshold(
        threshold=threshold,
        found=counts["found"],
        missed=counts["missed"],
        needless=counts["needless"],
        vain_lists=counts["vain_lists"],
        first_right=counts["first_right"],
        first_wrong=counts["first_wrong"],
    )


def _decisions(steps: Sequence[_Step]) -> Mapping[LabelDecision, int]:
    counts = Counter(each.decision for each in steps if each.decision)
    dismissed = sum(each.decision is LabelDecision.DISMISSED for step in steps for each in step.labels)
    return {each: dismissed if each is LabelDecision.DISMISSED else counts[each] for each in LabelDecision}


def _ranks(steps: Sequence[_Step]) -> Ranks:
    chosen = [step.chosen.rank for step in steps if step.chosen is not None]
    ranks = [each for each in chosen if each is not None]
    return Ranks(
        first=sum(each == 1 for each in ranks),
        second_or_third=sum(1 < each <= _FEW for each in ranks),
        later=sum(each > _FEW for each in ranks),
        searched=len(chosen) - len(ranks),
    )


def _automatic(steps: Sequence[_Step]) -> Automatic:
    counts = Counter(each.decision for each in steps)
    overruled = [each for each in steps if each.decision is LabelDecision.OVERRULED]
    of_record = sum(any(label.band in _CHOSEN_BY_RULE for label in each.labels) for each in overruled)
    return Automatic(
        kept=counts[LabelDecision.KEPT],
        confirmed=counts[LabelDecision.CONFIRMED],
        overruled=of_record,
        overruled_new=len(overruled) - of_record,
    )


def _always_right_from(steps: Sequence[_Step]) -> float | None:
    """The lowest score of a right first candidate that is above the scores of all wrong ones."""
    firsts = [first for each in steps if (first := each.first(_LOWEST)) is not None]
    wrong = max((_score(each) for each in firsts if not each.is_match), default=float("-inf"))
    return min((_score(each) for each in firsts if each.is_match and _score(each) > wrong), default=None)
