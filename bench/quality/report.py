"""The figures as tables for people and as JSON for programs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.quality.measuring import Measured
from bench.quality.metrics import Bands, Figures, Operating, thin_out
from bench.quality.names import NameFigures
from bench.quality.peers.measuring import Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All that was measured. ``microseconds``: what comparing a pair of names took."""

    measured: Sequence[Measured] = ()
    compared: Sequence[Compared] = ()
    names: Sequence[NameFigures] = ()
    microseconds: float = 0.0


_WIDTH = 150
"""Characters; narrower terminals wrap."""
_SHARES = ("recall@1", "recall@10", "F1", "R@P99")
_BANDS = ("exact", "confident", "several", "similar", "none")
_NOTHING = "-"
_CURVE = 200
"""Points of a curve of precision and recall."""
_WITHOUT_BANDS = 2 + len(_SHARES)


def print_run(run: Run) -> None:
    """Print all tables, and what there is to say in words."""
    console = Console()
    console.width = max(console.width, _WIDTH)
    tables = [sets_table(run.measured)] if run.measured else []
    tables += lines_tables(run.measured)
    tables += [peers_table(run.compared)] if run.compared else []
    tables += [names_table(run.names, run.microseconds)] if run.names else []
    for table in tables:
        console.print(table)
        console.print()
    for text in (notes_text(run.measured), mistakes_text(run.measured)):
        if text:
            print(f"{text}\n")


def sets_table(measured: Iterable[Measured]) -> Table:
    """A row for every set and view. Bands are told as right / wrong."""
    table = _table("Sets", "set", "view", "queries", "mates", *_SHARES, *_BANDS, "ms")
    for each in measured:
        for view, figures in each.figures.items():
            table.add_row(each.name, view.value, *_cells(figures), f"{each.milliseconds:.1f}")
    return table


def notes_text(measured: Iterable[Measured]) -> str:
    """What there is to know about the sets, a line for each note."""
    return "\n".join(f"{each.name}: {note}" for each in measured for note in each.notes)


def lines_tables(measured: Iterable[Measured]) -> list[Table]:
    """A table for every set and view that has lines: situations, near misses and corruptions."""
    tables = []
    for each in measured:
        for view, lines in each.lines.items():
            if lines:
                table = _table(f"{each.name}: {view.value}", "line", "queries", "mates", *_SHARES, *_BANDS, "near")
                for name, figures in lines.items():
                    near = figures.bands.near_exact if figures.bands else 0
                    table.add_row(name, *_cells(figures), str(near or _NOTHING))
                tables.append(table)
    return tables


def peers_table(compared: Iterable[Compared]) -> Table:
    """A row for every set, view and method, on the same queries; what could not be measured says why."""
    table = _table("Peers", "set", "view", "method", "queries", "mates", *_SHARES, "ms", "ready s")
    for each in compared:
        cells = [each.why] if each.figures is None else _cells(each.figures)[:_WITHOUT_BANDS]
        times = [_NOTHING if value is None else f"{value:.1f}" for value in (each.milliseconds, each.ready)]
        blanks = [""] * (_WITHOUT_BANDS - len(cells))
        table.add_row(each.set_name, each.view.value, each.method, *cells, *blanks, *times)
    return table


def mistakes_text(measured: Iterable[Measured]) -> str:
    """What went wrong, a few lines for every query that is told of; empty if there is none."""
    lines = []
    for each in measured:
        for mistake in each.mistakes:
            lines += [
                f"{each.name}, {mistake.view.value}: {mistake.kind} ({mistake.score:.1f} bits)",
                f"  lead   {mistake.lead}",
                f"  found  {mistake.found or _NOTHING}",
                f"  mate   {mistake.mate or _NOTHING}",
            ]
    return "\n".join(lines)


def names_table(figures: Iterable[NameFigures], microseconds: float) -> Table:
    """A row for every kind of name, half and score."""
    title = f"name_bench: {microseconds:.1f} µs a normalised pair"
    table = _table(
        title, "names", "half", "score", "pairs", "same", "F1", "precision", "recall", "threshold", "F1 blind"
    )
    for each in figures:
        best = each.best
        blind = None if each.blind is None else each.blind.f1
        rest = (best.f1, best.precision, best.recall, best.threshold) if best else (None,) * 4
        table.add_row(each.kind, each.half, each.score, str(each.pairs), str(each.same), *map(_share, (*rest, blind)))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", show_edge=False)
    for name in columns:
        is_text = name in {"set", "view", "line", "names", "half", "score", "method"}
        table.add_column(name, justify="left" if is_text else "right", no_wrap=True)
    return table


def _cells(figures: Figures) -> list[str]:
    best = None if figures.best is None else figures.best.f1
    shares = (figures.recall_at_1, figures.recall_at_10, best, figures.recall_at_p99)
    bands = figures.bands
    pairs = [_NOTHING if bands is None else _right_wrong(getattr(bands, name)) for name in _BANDS]
    return [f"{figures.queries:,}", f"{figures.mated:,}", *map(_share, shares), *pairs]


def _share(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.4f}"


def _right_wrong(counts: tuple[int, int]) -> str:
    return f"{counts[0]:,}/{counts[1]:,}" if any(counts) else _NOTHING


def to_json(run: Run) -> dict[str, Any]:
    """Everything as plain values; shares from 0 to 1, times in the units that their names say."""
    names = {"microsecondsPerPair": run.microseconds, "figures": [_names_json(each) for each in run.names]}
    return {
        "sets": [_set_json(each) for each in run.measured],
        "peers": [_compared_json(each) for each in run.compared],
        "names": names if run.names else None,
    }


def _set_json(each: Measured) -> dict[str, Any]:
    return {
        "set": each.name,
        "notes": list(each.notes),
        "accounts": each.size.accounts,
        "contacts": each.size.contacts,
        "millisecondsPerQuery": round(each.milliseconds, 3),
        "buildSeconds": round(each.build_seconds, 1),
        "isBaseKept": each.is_kept,
        "mistakes": [{**asdict(mistake), "view": mistake.view.value} for mistake in each.mistakes],
        "example": None if each.example is None else {**asdict(each.example), "view": each.example.view.value},
        "views": {view.value: _view_json(figures, each.lines[view]) for view, figures in each.figures.items()},
    }


def _compared_json(each: Compared) -> dict[str, Any]:
    return {
        "set": each.set_name,
        "view": each.view.value,
        "method": each.method,
        "notMeasured": each.why or None,
        "millisecondsPerQuery": each.milliseconds,
        "secondsUntilReady": each.ready,
        "figures": None if each.figures is None else _with_curve(each.figures),
    }


def _view_json(figures: Figures, lines: Mapping[str, Figures]) -> dict[str, Any]:
    return {**_with_curve(figures), "lines": {name: figures_json(line) for name, line in lines.items()}}


def _with_curve(figures: Figures) -> dict[str, Any]:
    """The measures, and points of the curve from the highest threshold down: recall, precision, threshold."""
    points = thin_out(figures.points, _CURVE)
    curve = [[round(each.recall, 4), round(each.precision, 4), round(each.threshold, 4)] for each in points]
    return {**figures_json(figures), "curve": curve}


def figures_json(figures: Figures) -> dict[str, Any]:
    """One set of measures as plain values."""
    return {
        "queries": figures.queries,
        "mates": figures.mated,
        "recallAt1": figures.recall_at_1,
        "recallAt10": figures.recall_at_10,
        **_operating_json(figures.best),
        "recallAtP99": figures.recall_at_p99,
        "bands": None if figures.bands is None else _bands_json(figures.bands),
    }


def _bands_json(bands: Bands) -> dict[str, Any]:
    counts = {name: dict(zip(("right", "wrong"), getattr(bands, name), strict=True)) for name in _BANDS}
    return {**counts, "nearMissesChosen": bands.near_exact}


def _operating_json(best: Operating | None) -> dict[str, Any]:
    if best is None:
        return {"f1": None}
    return {"f1": best.f1, "threshold": best.threshold, "precision": best.precision, "recall": best.recall}


def _names_json(each: NameFigures) -> dict[str, Any]:
    return {
        "names": each.kind,
        "half": each.half,
        "score": each.score,
        "pairs": each.pairs,
        "same": each.same,
        **_operating_json(each.best),
        "blind": None if each.blind is None else _operating_json(each.blind),
    }
