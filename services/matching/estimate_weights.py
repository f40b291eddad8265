"""From how pairs compare to weights: log2 of how much likelier a level is among true pairs than among strangers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, log2

from services.matching.estimate_levels import ACCOUNT_DETAILS, CONTACT_DETAILS, Detail, Pattern
from services.matching.estimate_mixture import Fit, Shares, Stratum, counts_of, fit, shares_of
from services.matching.model import CompanyDocument, PersonDocument
from services.matching.weights import BOUNDS, WEIGHT_NAMES
from services.matching.weights_file import WeightLine, WeightsFile

FEWEST_TRUE = 100
"""Fewer true pairs in which both sides have a detail say too little about it."""
FEWEST_STRANGERS = 1_000
"""The same for random pairs."""
FEWEST_SEEN = 5
"""A level that came up less often than this, among true and random pairs together, is left as it is."""

AnyDetail = Detail[CompanyDocument] | Detail[PersonDocument]
_EVERY_DETAIL: tuple[AnyDetail, ...] = (*ACCOUNT_DETAILS, *CONTACT_DETAILS)
_AS_RARE_AS_THE_BASE_IS_LARGE = frozenset(
    {
        *(f"{name}.agree" for name in ("email", "domain", "phone", "vat_id")),
        "email_of_function",
        "email_same_mailbox",
        "email_same_name",
        "colleague_domain",
        "phone_same_trunk",
    }
)
"""Every new record brings values of its own, so strangers agree the less often, the more records there are: u is a
figure of one base, and no weight for another. Equal identifiers pay their rarity in the base at hand instead."""
_TRUE_START = 0.85
"""Where the fit begins: the share of true pairs that agree in a detail."""
_RELATED_START: Mapping[str, Sequence[float]] = {
    "name": (0.05, 0.05, 0.1, 0.4, 0.4),
    "birth_date": (0.05, 0.05, 0.9),
    "vat_id": (0.05, 0.05, 0.9),
}
"""The same for pairs that share much and are not the same: a household, the staff of a firm, its branches. What tells
them apart differs; of other details nothing is assumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """All pairs of one kind of record that were compared: random ones by pattern, and those of each block."""

    details: Sequence[AnyDetail]
    strangers: Mapping[Pattern, int]
    strata: Sequence[Stratum]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A weight before and after. ``why_kept`` says why it was left; ``m``, ``u`` and ``pairs`` are what is known.

    ``pairs`` is the expected number of true pairs in which both sides have the detail.
    """

    name: str
    before: float
    bits: float
    m: float | None = None
    u: float | None = None
    pairs: int | None = None
    why_kept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Every weight, and how many true pairs were expected in each block, of how many."""

    estimates: tuple[Estimate, ...]
    blocks: tuple[tuple[str, int, float], ...]

    def as_file(self, before: WeightsFile, origin: str) -> WeightsFile:
        """The next version of a file, with what was estimated."""
        lines = {each.name: _line(each, before.lines[each.name]) for each in self.estimates}
        return WeightsFile(version=before.version + 1, origin=origin, lines=lines)


@dataclass(slots=True)
class _Level:
    """What is known of a level that pays a weight, over both kinds of record."""

    true: float = 0.0
    true_total: float = 0.0
    strange: float = 0.0
    strange_total: float = 0.0

    @property
    def m(self) -> float:
        return shares_of([[self.true, self.true_total - self.true]])[0][0]

    @property
    def u(self) -> float:
        return shares_of([[self.strange, self.strange_total - self.strange]])[0][0]

    @property
    def why_kept(self) -> str:
        if self.true_total < FEWEST_TRUE:
            return f"fewer than {FEWEST_TRUE} true pairs have it on both sides"
        if self.strange_total < FEWEST_STRANGERS:
            return f"fewer than {FEWEST_STRANGERS:,} random pairs have it on both sides"
        if self.true + self.strange < FEWEST_SEEN:
            return f"came up fewer than {FEWEST_SEEN} times"
        return ""


def learn(before: WeightsFile, kinds: Iterable[Compared]) -> Learned:
    """Estimate every weight that enough pairs speak of; a weight of both kinds of record from both together."""
    levels: dict[str, _Level] = {}
    blocks: list[tuple[str, int, float]] = []
    for each in kinds:
        strangers = counts_of(each.strangers, _sizes(each.details))
        parts = frozenset(place for place, detail in enumerate(each.details) if detail.is_part)
        found = fit(each.strata, shares_of(strangers), *_start(each.details), only_counted=parts)
        _add(levels, each.details, found, strangers)
        blocks += [
            (stratum.name, sum(stratum.patterns.values()), expected)
            for stratum, expected in zip(each.strata, found.true_pairs, strict=True)
        ]
    estimates = {name: _estimate(name, before.lines[name].bits, levels.get(name)) for name in WEIGHT_NAMES}
    for detail in _EVERY_DETAIL:
        _put_in_order(estimates, [level for level in detail.levels if level in estimates])
    return Learned(estimates=tuple(estimates.values()), blocks=tuple(blocks))


def _sizes(details: Sequence[AnyDetail]) -> list[int]:
    return [len(each.levels) for each in details]


def _start(details: Sequence[AnyDetail]) -> tuple[Shares, Shares]:
    """How true pairs and related ones are thought to compare before anything is known."""
    true, related = [], []
    for detail in details:
        size = len(detail.levels)
        true.append((_TRUE_START, *[(1 - _TRUE_START) / (size - 1)] * (size - 1)))
        related.append(tuple(_RELATED_START.get(detail.name, [1 / size] * size)))
    return tuple(true), tuple(related)


def _add(
    levels: dict[str, _Level], details: Sequence[AnyDetail], found: Fit, strangers: Sequence[Sequence[float]]
) -> None:
    for detail, true, strange in zip(details, found.counts, strangers, strict=True):
        for name, of_true, of_strange in zip(detail.levels, true, strange, strict=True):
            level = levels.setdefault(name, _Level())
            level.true += of_true
            level.true_total += sum(true)
            level.strange += of_strange
            level.strange_total += sum(strange)


def _estimate(name: str, before: float, level: _Level | None) -> Estimate:
    if level is None:
        return Estimate(name=name, before=before, bits=before, why_kept="not a share of pairs; set by hand")
    least, most = BOUNDS[name]
    why_kept = level.why_kept
    if not why_kept and name in _AS_RARE_AS_THE_BASE_IS_LARGE:
        why_kept = "u depends on how many records there are"
    bits = before if why_kept else max(least, min(round(log2(level.m / level.u), 1), most))
    return Estimate(
        name=name,
        before=before,
        bits=bits,
        m=_significant(level.m) if level.true_total >= 1 else None,
        u=_significant(level.u) if level.strange_total else None,
        pairs=round(level.true_total),
        why_kept=why_kept,
    )


def _put_in_order(estimates: dict[str, Estimate], names: Sequence[str]) -> None:
    """Let no estimated level be worth more than one that agrees better, whatever few pairs say.

    What was left as it is stays, and bounds the estimates around it.
    """
    most = inf
    for place, name in enumerate(names):
        each = estimates[name]
        least = max((estimates[other].bits for other in names[place + 1 :] if estimates[other].why_kept), default=-inf)
        if not each.why_kept:
            each = estimates[name] = replace(each, bits=max(least, min(each.bits, most)))
        most = min(most, each.bits)


def _significant(share: float) -> float:
    return float(f"{share:.3g}")


def _line(estimate: Estimate, before: WeightLine) -> WeightLine:
    if estimate.why_kept:
        return before
    return WeightLine(
        bits=estimate.bits,
        hand=before.bits if before.hand is None else before.hand,
        m=estimate.m,
        u=estimate.u,
        pairs=estimate.pairs,
    )
