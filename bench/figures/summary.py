"""What runs of ``bench.quality`` and ``bench.speed`` found, brought down to what tables and plots tell.

The summary is kept beside the plots, so that both can be made again, and held against, without measuring.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

LEADGATE = "Leadgate"
CRM = "crm"
NAMES = "name_bench"
VIEWS = ("accounts", "staff", "contacts")
_CURVE = 60
"""Points of a curve that are kept; a plot is some hundred pixels wide."""

Values = Mapping[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one way of finding did on some queries of a set.

    ``line``: the situation, corruption or near miss that it is about; empty for all queries. ``is_beside``: on the
    queries that the peers were asked as well. ``values``: shares from 0 to 1, counts, milliseconds, by the names of
    ``bench.quality``'s JSON. ``curve``: recall and precision from the highest threshold down. ``why``: not measured.
    """

    set: str
    view: str
    method: str
    line: str = ""
    is_beside: bool = False
    accounts: int = 0
    contacts: int = 0
    queries: int = 0
    mates: int = 0
    values: Values
    curve: Sequence[Sequence[float]] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How fast an engine was on a base. ``values``: milliseconds, seconds, bytes per account, commits per second.

    ``parts``: where the milliseconds of one lead go.
    """

    engine: str
    accounts: int
    contacts: int
    values: Values
    parts: Values


Sized = TypeVar("Sized", Finding, Timing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All that is told. ``example``: a match with its evidence, as ``bench.quality.examples`` describes it."""

    findings: Sequence[Finding] = ()
    timings: Sequence[Timing] = ()
    example: Mapping[str, Any] | None = None

    def finding(self, *, set_: str, view: str, line: str = "", accounts: int = 0) -> Finding | None:
        """The product's own on all queries of the base that is nearest to the size from below, else from above."""
        fitting = [
            each
            for each in self.findings
            if (each.set, each.view, each.line, each.method, each.is_beside) == (set_, view, line, LEADGATE, False)
        ]
        return _nearest(fitting, accounts)

    def beside(self, finding: Finding) -> list[Finding]:
        """All ways of finding on the same queries of the same base, the product's first; empty without peers."""
        return [
            each
            for each in self.findings
            if each.is_beside and (each.set, each.view, each.accounts) == (finding.set, finding.view, finding.accounts)
        ]

    def timing(self, engine: str, accounts: int) -> Timing | None:
        """The engine's on the base that is nearest to the size from below, else from above."""
        return _nearest([each for each in self.timings if each.engine == engine], accounts)


def _nearest(fitting: Sequence[Sized], accounts: int) -> Sized | None:
    below = [each for each in fitting if each.accounts <= accounts]
    if below:
        return max(below, key=lambda each: each.accounts)
    return min(fitting, key=lambda each: each.accounts, default=None)


def summarise(quality: Iterable[Mapping[str, Any]], speed: Iterable[Mapping[str, Any]]) -> Summary:
    """Bring the JSON of runs down to a summary; what was measured twice is taken from the later one."""
    runs = list(quality)
    found = {_key(each): each for run in runs for each in _findings(run)}
    largest = max((each.accounts for each in found.values() if each.set == CRM), default=0)
    timings = {(each.engine, each.accounts): each for each in map(_timing, speed)}
    examples = [each["example"] for run in runs for each in run["sets"] if each["set"] == CRM and each["example"]]
    return Summary(
        findings=[each for _, each in sorted(found.items()) if not each.line or each.accounts in {0, largest}],
        timings=[each for _, each in sorted(timings.items())],
        example=examples[-1] if examples else None,
    )


def _key(each: Finding) -> tuple[str, int, int, str, bool, bool, str, str]:
    """What tells findings apart; sorted by it, companies come before people, and the product before the peers."""
    place = VIEWS.index(each.view) if each.view in VIEWS else len(VIEWS)
    return each.set, each.accounts, place, each.view, each.is_beside, each.method != LEADGATE, each.method, each.line


def _findings(run: Mapping[str, Any]) -> Iterator[Finding]:
    sizes: dict[str, tuple[int, int]] = {}
    for each in run["sets"]:
        sizes[each["set"]] = each["accounts"], each["contacts"]
        for view, figures in each["views"].items():
            times = {"milliseconds": each["millisecondsPerQuery"]}
            yield _finding(each["set"], view, LEADGATE, sizes[each["set"]], {**figures, **times})
            for line, of_line in figures["lines"].items():
                yield _finding(each["set"], view, LEADGATE, sizes[each["set"]], of_line, line=line)
    for each in run["peers"]:
        times = {"milliseconds": each["millisecondsPerQuery"], "readySeconds": each["secondsUntilReady"]}
        figures, why = each["figures"] or {}, each["notMeasured"] or ""
        size = sizes[each["set"]]
        yield _finding(each["set"], each["view"], each["method"], size, {**figures, **times}, is_beside=True, why=why)
    yield from _names(run["names"])


def _finding(
    set_: str,
    view: str,
    method: str,
    size: tuple[int, int],
    figures: Mapping[str, Any],
    **rest: Any,  # noqa: ANN401
) -> Finding:
    bands = figures.get("bands") or {}
    counted = {
        f"{name}{side.capitalize()}": bands[name][side]
        for name in ("exact", "confident", "none")
        for side in ("right", "wrong")
        if name in bands
    }
    shares = ("recallAt1", "recallAt10", "f1", "recallAtP99", "milliseconds", "readySeconds")
    return Finding(
        set=set_,
        view=view,
        method=method,
        accounts=size[0],
        contacts=size[1],
        queries=figures.get("queries", 0),
        mates=figures.get("mates", 0),
        values={**{name: _short(figures.get(name)) for name in shares if name in figures}, **counted},
        curve=_thin([point[:2] for point in figures.get("curve", ())]) or (),
        **rest,
    )


def _names(names: Mapping[str, Any] | None) -> Iterator[Finding]:
    """The half of the pairs of names that may not be looked at, by every score; the product's as such."""
    for each in names["figures"] if names else ():
        if each["half"] == "held out":
            yield Finding(
                set=NAMES,
                view=each["names"],
                method=_NAMES_OF_SCORES.get(each["score"], each["score"]),
                is_beside=True,
                queries=each["pairs"],
                mates=each["same"],
                values={
                    "f1": _short(each["f1"]),
                    "f1Blind": _short((each["blind"] or {}).get("f1")),
                    "microseconds": _short(names["microsecondsPerPair"]) if names else None,
                },
            )


_NAMES_OF_SCORES = {"bits": LEADGATE, "similarity": f"{LEADGATE}, similarity alone"}


def _timing(run: Mapping[str, Any]) -> Timing:
    built, peer = run["built"], run["trigrams"] or {}
    lookups = {
        f"{name}Of{each['size']}": each["times"][name]
        for each in run["lookups"]
        for name in ("p50", "p95", "p99", "cpu")
    }
    writers = {f"commitsBy{each['writers']}": each["per_second"] for each in run["writers"]}
    asked = peer.get("times") or {}
    values = {
        **lookups,
        **writers,
        "statements": max((each["most_statements"] for each in run["lookups"]), default=None),
        "indexSeconds": built["index_seconds"],
        "upkeep": run["upkeep"]["index"]["p50"],
        "indexBytes": run["bytes_per_account"]["index"],
        "allBytes": run["bytes_per_account"]["all"],
        "trigramsP50": asked.get("p50"),
        "trigramsP95": asked.get("p95"),
        "trigramsSeconds": peer.get("index_seconds"),
        "trigramsBytes": peer["size"] / built["accounts"] if peer else None,
    }
    # The private customers' account is counted there.
    return Timing(
        engine=run["engine"],
        accounts=built["accounts"] - 1,
        contacts=built["contacts"],
        values={name: _short(value) for name, value in values.items()},
        parts={name: _short(value) for each in run["lookups"][:1] for name, value in each["parts"].items()},
    )


def _short(value: float | None) -> float | None:
    """Four significant places behind the point are more than any table or plot shows."""
    return None if value is None else round(value, 4)


def _thin(points: Sequence[Sequence[float]]) -> Sequence[Sequence[float]]:
    if len(points) <= _CURVE:
        return points
    return [points[round(place * (len(points) - 1) / (_CURVE - 1))] for place in range(_CURVE)]


def to_text(summary: Summary) -> str:
    """The summary as JSON, with a line for each finding, so that a change of one shows as one."""
    rows: dict[str, list[Mapping[str, Any]]] = {
        "findings": [_without_blanks(asdict(each)) for each in summary.findings],
        "timings": [asdict(each) for each in summary.timings],
        "example": [summary.example] if summary.example else [],
    }
    parts = (
        f'"{name}": [\n' + ",\n".join(json.dumps(each, ensure_ascii=False) for each in of_name) + "\n]"
        for name, of_name in rows.items()
    )
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _without_blanks(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in ("", (), [], False)}


def from_text(text: str) -> Summary:
    """The summary that was written."""
    rows = json.loads(text)
    return Summary(
        findings=[Finding(**each) for each in rows["findings"]],
        timings=[Timing(**each) for each in rows["timings"]],
        example=rows["example"][0] if rows["example"] else None,
    )
