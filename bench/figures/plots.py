"""The plots of the page, each from the summary alone; one without anything to show is not drawn."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.figures import svg
from bench.figures.charts import Axis, Panel, Series, draw_panels, log_axis, share_axis
from bench.figures.summary import CRM, LEADGATE, NAMES, Finding, Summary, Timing

_WIDEST = 104
"""Characters of a line that fits into the waterfall even in capitals."""
_LEAST_SHOWN = 0.4
"""Where precision and recall begin at the lowest; what is below is cut off."""
_VIEWS = {"accounts": "accounts", "staff": "staff", "contacts": "private persons"}


def draw_all(summary: Summary) -> dict[str, str]:
    """The pictures by file name."""
    drawn = {f"{name}.svg": draw(summary) for name, draw in _PLOTS.items()}
    return {name: picture for name, picture in drawn.items() if picture is not None}


def draw_precision_recall(summary: Summary) -> str | None:
    """Precision over recall at every threshold, a panel for every set and view, all ways of finding in each."""
    groups: dict[tuple[str, int, str], list[Finding]] = {}
    for each in summary.findings:
        if each.curve and not each.line and each.set != NAMES:
            groups.setdefault((each.set, each.accounts, each.view), []).append(each)
    panels = [_curves(_title(*key), _same_queries(group)) for key, group in groups.items() if key in _shown(groups)]
    return draw_panels("Precision over recall of every way of finding", panels) if panels else None


def _shown(groups: Mapping[tuple[str, int, str], Sequence[Finding]]) -> list[tuple[str, int, str]]:
    """The sets; and of the CRM the largest on which peers were measured, else the largest."""
    sizes = {size: any(each.is_beside for each in group) for (set_, size, _), group in groups.items() if set_ == CRM}
    shown = max(sizes, key=lambda size: (sizes[size], size), default=0)
    return [key for key in groups if key[0] != CRM or key[1] == shown]


def _same_queries(group: Sequence[Finding]) -> list[Finding]:
    """Those on the peers' queries; without peers the product's own."""
    return [each for each in group if each.is_beside] or list(group)


def _title(set_: str, accounts: int, view: str) -> str:
    return f"CRM {accounts:,}, {_VIEWS[view]}" if set_ == CRM else set_


def _curves(title: str, findings: Sequence[Finding]) -> Panel:
    best = [max(each.curve, key=_f1) for each in findings]
    shown = [value - 0.1 for point in best for value in point]
    axis_of = {label: share_axis(label, shown, least=_LEAST_SHOWN) for label in ("recall", "precision")}
    series = [Series(name=each.method, points=[(x, y) for x, y in each.curve]) for each in findings]
    return Panel(
        title=f"{title} (n = {findings[0].queries:,})", x=axis_of["recall"], y=axis_of["precision"], series=series
    )


def _f1(point: Sequence[float]) -> float:
    recall, precision = point
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def draw_recall_by_size(summary: Summary) -> str | None:
    """Recall over the size of the CRM: the product's at 1 and at 10, and the peers' at 1 where they were measured."""
    panels = []
    for view, title in _VIEWS.items():
        of_view = [each for each in summary.findings if (each.set, each.view, each.line) == (CRM, view, "")]
        own = [each for each in of_view if each.method == LEADGATE and not each.is_beside]
        others = dict.fromkeys(each.method for each in of_view if each.method != LEADGATE)
        series = [
            _by_size(f"{LEADGATE} recall@1", own, "recallAt1"),
            _by_size(f"{LEADGATE} recall@10", own, "recallAt10"),
            *(
                _by_size(f"{name} @1", [each for each in of_view if each.method == name], "recallAt1")
                for name in others
            ),
        ]
        told = [each for each in series if each.points]
        if told:
            panels.append(
                _panel(
                    title, told, share_axis("recall", [y for each in told for _, y in each.points], least=_LEAST_SHOWN)
                )
            )
    return draw_panels("Recall over the size of the base", panels) if panels else None


def _by_size(name: str, rows: Sequence[Finding] | Sequence[Timing], value: str) -> Series:
    points = [(float(each.accounts), found) for each in rows if (found := each.values.get(value)) is not None]
    return Series(name=name, points=sorted(points), has_dots=True)


def _panel(title: str, series: Sequence[Series], y: Axis) -> Panel:
    x = log_axis("accounts", [point[0] for each in series for point in each.points])
    return Panel(title=title, x=x, y=y, series=series)


def draw_time_by_size(summary: Summary) -> str | None:
    """Milliseconds per lead over the size of the CRM, alone and in batches, beside pg_trgm."""
    by_engine = {name: [each for each in summary.timings if each.engine == name] for name in ("sqlite", "postgresql")}
    titles = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    panels = []
    for title, names in _TIMES.items():
        series = [
            _by_size(f"{titles[engine]}{suffix}", rows, value)
            for suffix, value in names.items()
            for engine, rows in by_engine.items()
        ]
        if title == _WITH_PEER:
            peers = [each for rows in by_engine.values() for each in rows]
            series.append(
                _by_size("pg_trgm p50", list({each.accounts: each for each in peers}.values()), "trigramsP50")
            )
        told = [each for each in series if each.points]
        if told:
            panels.append(_panel(title, told, log_axis("ms per lead", [y for each in told for _, y in each.points])))
    return draw_panels("Time per lead over the size of the base", panels) if panels else None


_WITH_PEER = "one lead at a time"
_TIMES: Mapping[str, Mapping[str, str]] = {
    _WITH_PEER: {" p50": "p50Of1", " p95": "p95Of1"},
    "in batches of 100": {" p50": "p50Of100", " p95": "p95Of100"},
}


def draw_waterfall(summary: Summary) -> str | None:
    """What the score of one match is made of: the prior, every piece of evidence in words, and the sum, in bits."""
    example = summary.example
    if example is None:
        return None
    steps = [("Prior: any record of this base", "", example["prior"])]
    steps += [(each["words"], _values(each), each["bits"]) for each in example["evidence"]]
    return _waterfall(example, steps)


def _values(piece: Mapping[str, Any]) -> str:
    lead, existing = piece["lead_value"], piece["existing_value"]
    told = [each for each in (lead, existing) if each]
    return _cut(" / ".join(dict.fromkeys(told)), 62)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _waterfall(example: Mapping[str, Any], steps: Sequence[tuple[str, str, float]]) -> str:
    row, top, left, width = 38.0, 74.0, 390.0, 400.0
    sums = [0.0]
    for _, _, bits in steps:
        sums.append(sums[-1] + bits)
    low, high = min(sums), max(sums)
    unit = width / (high - low)

    def x_of(bits: float) -> float:
        return left + (bits - low) * unit

    bottom = top + row * (len(steps) + 1)
    pieces = [
        svg.words((14, 24), _cut(f"Lead: {example['lead'].partition('  [')[0]}", _WIDEST)),
        svg.words((14, 44), _cut(f"Record: {example['record']}", _WIDEST)),
        svg.line((x_of(0), top - 12), (x_of(0), bottom), kind="axis"),
        svg.words((x_of(0), bottom + 14), "0 bits", anchor="middle", kind="small"),
    ]
    for place, (words, values, bits) in enumerate(steps):
        y = top + place * row
        pieces += _step(words, values, y, (x_of(sums[place]), x_of(sums[place + 1])), bits)
        pieces.append(svg.line((x_of(sums[place + 1]), y), (x_of(sums[place + 1]), y + row + 18), kind="grid"))
    y = bottom - row
    pieces += [
        svg.words((14, y + 12), "Score", kind="title"),
        *_bar(y, (x_of(0), x_of(example["score"])), "f0", f"{example['score']:+.1f}"),
    ]
    return svg.document(left + width + 70, bottom + 26, "The evidence of one match, in bits", pieces)


def _step(words: str, values: str, y: float, ends: tuple[float, float], bits: float) -> list[str]:
    kind = "f2" if bits >= 0 else "f1"
    return [
        svg.words((14, y + (6 if values else 12)), words),
        *([svg.words((14, y + 21), values, kind="small")] if values else []),
        *_bar(y, ends, kind, f"{bits:+.1f}"),
    ]


def _bar(y: float, ends: tuple[float, float], kind: str, text: str) -> list[str]:
    start, end = min(ends), max(ends)
    return [svg.box((start, y), (max(end - start, 1), 18), kind=kind), svg.words((end + 6, y + 13), text)]


_PLOTS: Mapping[str, Callable[[Summary], str | None]] = {
    "precision-recall": draw_precision_recall,
    "recall-by-size": draw_recall_by_size,
    "time-by-size": draw_time_by_size,
    "waterfall": draw_waterfall,
}
