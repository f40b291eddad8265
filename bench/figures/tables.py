"""The tables of the page, in Markdown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bench.figures.goals import GOALS, Goal
from bench.figures.reached import Reached
from bench.figures.summary import CRM, LEADGATE, NAMES, VIEWS, Finding, Summary, Timing

_NOTHING = "-"
_SHARES: Mapping[str, str] = {"recallAt1": "recall@1", "recallAt10": "recall@10", "f1": "F1", "recallAtP99": "R@P99"}


def goals_table(summary: Summary) -> str:
    """Every goal beside the figure reached and the best of the peers on the same cases; empty if nothing is told."""
    rows = [_goal_row(each, each.find(summary)) for each in GOALS] if summary.findings or summary.timings else []
    return _table(["what", "measure", "goal", "Leadgate", "n", "best peer", "on the same cases", "reached"], rows)


def _goal_row(goal: Goal, reached: Reached | None) -> list[str]:
    bound = _bound(goal)
    if reached is None:
        return [goal.subject, goal.measure, bound, _NOTHING, _NOTHING, _NOTHING, _NOTHING, "not measured"]
    peer = beside = _NOTHING
    if reached.peer_value is not None:
        peer = f"{_value(reached.peer_value, goal.unit)} {reached.peer}"
    if reached.beside is not None:
        beside = f"Leadgate {_value(reached.beside, goal.unit)}, n = {reached.beside_cases:,}"
    own = _value(reached.value, goal.unit)
    cases = f"{reached.cases:,}" if reached.cases else _NOTHING
    return [goal.subject, goal.measure, bound, own, cases, peer, beside, _verdict(goal, reached)]


def _bound(goal: Goal) -> str:
    if goal.bound is None:
        return _NOTHING
    number = f"{100 * goal.bound:g} %" if goal.unit == "%" else f"{goal.bound:,g} {goal.unit}".strip()
    return f"{'≥' if goal.is_least else '≤'} {number}"


def _verdict(goal: Goal, reached: Reached) -> str:
    """Yes or no; a smaller base, or fewer cases than the goal speaks of, can only show that it is missed."""
    less = []
    if reached.accounts < goal.accounts:
        less.append(f"at {reached.accounts:,} accounts")
    if reached.cases < goal.cases:
        less.append(f"{reached.cases:,} of {goal.cases:,} cases")
    answer = "" if goal.bound is None else "yes" if goal.is_met(reached.value) else "**no**"
    if not less:
        return answer
    return f"{'not shown: only' if answer == 'yes' else answer} {', '.join(less)}".strip()


def _value(value: float, unit: str) -> str:
    if unit == "%":
        return f"{100 * value:.2f} %"
    if not unit or unit == "bytes":
        return f"{value:,.0f} {unit}".strip()
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def peers_table(summary: Summary) -> str:
    """Every way of finding on the same queries; the best of each measure in bold, whosesoever it is."""
    rows: list[list[str]] = []
    for group in _groups(each for each in summary.findings if each.is_beside and each.set != NAMES):
        best = {name: max((each.values.get(name) or 0 for each in group), default=0) for name in _SHARES}
        for each in group:
            name = _name_of_set(each)
            shares = [_share(each.values.get(value), best[value]) for value in _SHARES]
            times = [_number(each.values.get(value)) for value in ("milliseconds", "readySeconds")]
            told = [f"{each.queries:,}", *shares, *times]
            rows.append([name, each.view, each.method, *([each.why] + [""] * 6 if each.why else told)])
    return _table(["set", "view", "method", "n", *_SHARES.values(), "ms", "ready s"], rows)


def _groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    groups: dict[tuple[str, int, str], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.set, each.accounts, each.view), []).append(each)
    return list(groups.values())


def _name_of_set(finding: Finding) -> str:
    return f"CRM, {finding.accounts:,} accounts" if finding.set == CRM else finding.set


def _share(value: float | None, best: float | None = None) -> str:
    if value is None:
        return _NOTHING
    text = f"{value:.4f}"
    return f"**{text}**" if value == best else text


def _number(value: float | None) -> str:
    if value is None:
        return _NOTHING
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def sets_table(summary: Summary) -> str:
    """The product on all queries of every set."""
    rows = [
        [_name_of_set(each), each.view, f"{each.queries:,}", *_figures(each)]
        for each in summary.findings
        if each.method == LEADGATE and not each.line and not each.is_beside
    ]
    return _table(["set", "view", "n", *_SHARES.values(), "EXACT", "CONFIDENT", "none", "ms"], rows)


def _figures(finding: Finding) -> list[str]:
    shares = [_share(finding.values.get(name)) for name in _SHARES]
    return [*shares, *_choices([finding]), _number(finding.values.get("milliseconds"))]


def lines_table(summary: Summary) -> str:
    """Every situation, near miss and corruption of the largest CRM on a line of its own; choices over all views."""
    lines: dict[str, dict[str, Finding]] = {}
    for each in sorted(summary.findings, key=lambda each: each.line):
        if each.line:
            lines.setdefault(each.line, {})[each.view] = each
    rows = [
        [line, *(_share_of_mates(views.get(view)) for view in VIEWS), *_choices(list(views.values()))]
        for line, views in lines.items()
    ]
    return _table(["line", *(f"{view}: recall@1" for view in VIEWS), "EXACT", "CONFIDENT", "none"], rows)


def _share_of_mates(finding: Finding | None) -> str:
    if finding is None or (recall := finding.values.get("recallAt1")) is None:
        return _NOTHING
    return f"{recall:.4f} of {finding.mates:,}"


def _choices(findings: Sequence[Finding]) -> Iterator[str]:
    for name in ("exact", "confident", "none"):
        right, wrong = (sum(each.values.get(f"{name}{side}") or 0 for each in findings) for side in ("Right", "Wrong"))
        yield f"{right:,.0f} / {wrong:,.0f}"


def names_table(summary: Summary) -> str:
    """F1 over the pairs of names that may not be looked at: at their best threshold, and at that of the others."""
    rows = [
        [each.view, each.method, f"{each.queries:,}", f"{each.mates:,}", *(_share(each.values.get(f)) for f in _F1S)]
        for each in summary.findings
        if each.set == NAMES
    ]
    return _table(["names", "method", "pairs", "same", "F1", "F1 blind"], rows)


_F1S = ("f1", "f1Blind")
_SPEED_COLUMNS: Sequence[tuple[str, str]] = (
    ("one lead p50", "p50Of1"),
    ("p95", "p95Of1"),
    ("p99", "p99Of1"),
    ("CPU", "cpuOf1"),
    ("in 100, p50", "p50Of100"),
    ("pg_trgm p50", "trigramsP50"),
    ("statements", "statements"),
    ("upkeep", "upkeep"),
    ("commits/s by 8", "commitsBy8"),
    ("build s", "indexSeconds"),
    ("bytes/account", "indexBytes"),
)


def speed_table(summary: Summary) -> str:
    """Every engine and size; times in milliseconds per lead or record."""
    rows = [_speed_row(each) for each in summary.timings]
    return _table(["engine", "accounts", *(title for title, _ in _SPEED_COLUMNS)], rows)


def _speed_row(timing: Timing) -> list[str]:
    return [timing.engine, f"{timing.accounts:,}", *(_number(timing.values.get(name)) for _, name in _SPEED_COLUMNS)]


def parts_table(summary: Summary) -> str:
    """Where the milliseconds of one lead go, on every engine and size."""
    names = list(dict.fromkeys(name for each in summary.timings for name in each.parts))
    rows = [
        [each.engine, f"{each.accounts:,}", *(_number(each.parts.get(name)) for name in names)]
        for each in summary.timings
    ]
    return _table(["engine", "accounts", *names], rows)


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; without rows, nothing."""
    if not rows:
        return ""
    return "\n".join(f"| {' | '.join(map(_cell, cells))} |" for cells in (titles, ["---"] * len(titles), *rows))


def _cell(text: str) -> str:
    """In one line, and without what would end the cell."""
    return " ".join(text.split()).replace("|", "/")
