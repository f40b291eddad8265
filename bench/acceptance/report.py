"""The figures of a run, as a table for people and as JSON for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.acceptance.evaluation import Counts, Way
from bench.acceptance.office import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What was measured. Times are in seconds; ``elapsed`` is from the first lead to the last."""

    counts: Counts
    imports: Mapping[str, str]
    acceptances: Sequence[float]
    calls: Mapping[str, Sequence[float]]
    clients: int
    elapsed: float
    used: Usage
    mistakes: Sequence[str]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share (0 to 1) of the values does not pass. Raises ``IndexError`` for no values."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def to_json(run: Run) -> dict[str, Any]:
    """The run as plain values; times in milliseconds."""
    return {
        "leads": run.counts.leads,
        "onTheRightContact": run.counts.on_the_right_contact,
        **{way.value: {"right": run.counts.right[way], "wrong": run.counts.wrong[way]} for way in Way},
        "imports": dict(run.imports),
        "clients": run.clients,
        "seconds": round(run.elapsed, 1),
        "acceptance": _times(run.acceptances),
        "calls": {name: {"count": len(values), **_times(values)} for name, values in run.calls.items()},
        "server": {"cpuPerLead": _per_lead(run), "memory": run.used.memory and round(run.used.memory)},
        "mistakes": list(run.mistakes),
    }


def _times(values: Sequence[float]) -> dict[str, float]:
    return {name: round(1000 * percentile(values, share), 1) for name, share in (("p50", 0.5), ("p95", 0.95))}


def _per_lead(run: Run) -> float | None:
    return None if run.used.cpu is None else round(1000 * run.used.cpu / max(run.counts.leads, 1), 1)


def to_table(run: Run) -> str:
    """The run as lines to be read."""
    counts, leads = run.counts, run.counts.leads
    lines = [f"{kind}: {line}" for kind, line in run.imports.items()]
    lines += ["", f"{'contact':<14}{'right':>8}{'wrong':>8}"]
    lines += [f"{way:<14}{counts.right[way]:>8,}{counts.wrong[way]:>8,}" for way in Way]
    lines += [f"{'all':<14}{counts.on_the_right_contact:>8,}{leads - counts.on_the_right_contact:>8,}"]
    lines += ["", f"{'time (ms)':<14}{'count':>8}{'p50':>8}{'p95':>8}"]
    lines += [_time_line(name, values) for name, values in (("acceptance", run.acceptances), *run.calls.items())]
    lines += ["", f"{leads:,} leads in {run.elapsed:.0f} s with {run.clients} clients at once{_usage(run)}"]
    return "\n".join([*lines, *run.mistakes])


def _time_line(name: str, values: Sequence[float]) -> str:
    times = _times(values)
    return f"{name:<14}{len(values):>8,}{times['p50']:>8.1f}{times['p95']:>8.1f}"


def _usage(run: Run) -> str:
    if run.used.cpu is None or run.used.memory is None:
        return ""
    return f"; the server used {_per_lead(run)} ms of CPU for each, and {run.used.memory:.0f} MB of memory"
