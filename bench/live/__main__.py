"""``python -m bench.live``: subscribers of one server, in a process of its own, and the load in another."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from bench.acceptance.office import Office, Server, open_office, serve
from bench.engines import ENGINES
from bench.figures.page import read_blocks, write_blocks
from bench.live.load import Load

WARM_UP = 5
"""Events before those that are measured."""
GOAL_MS = 100.0


@click.command()
@click.option("--engine", type=click.Choice(list(ENGINES)), default="sqlite", show_default=True)
@click.option("--subscribers", type=click.IntRange(1), default=1_000, show_default=True)
@click.option("--groups", type=click.IntRange(1, 30), default=1, show_default=True, help="Different sets of variables.")
@click.option("--events", type=click.IntRange(1), default=50, show_default=True)
@click.option("--connects", type=click.IntRange(0), default=10_000, show_default=True, help="Who come and go.")
@click.option("--json", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here as well.")
@click.option("--page", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Write them into this page.")
def main(
    path: Path | None, page: Path | None, *, engine: str, subscribers: int, groups: int, events: int, connects: int
) -> None:
    """Measure how soon all subscribers hear of a commit, and the server's memory before and after many connects."""
    with TemporaryDirectory(prefix="leadgate-live-") as name:
        folder = Path(name)
        with ENGINES[engine](folder) as database:
            office = open_office(database, "Live", country="DE")
            with serve(office, folder / "server.log") as server:
                told = measure(office, server, subscribers, groups, events)
                memory = watch_memory(office, server, connects) if connects else {}
    figures = {"engine": engine, "subscribers": subscribers, "groups": groups, "events": events, **told, **memory}
    for what, value in figures.items():
        click.echo(f"{what:32} {value}")
    if path is not None:
        path.write_text(json.dumps(figures, indent=2) + "\n")
    if page is not None:
        text = page.read_text(encoding="utf-8")
        page.write_text(write_blocks(text, {**read_blocks(text), "live": live_table(figures)}), encoding="utf-8")


def live_table(figures: Mapping[str, object]) -> str:
    """The figures as a table in Markdown."""
    return "\n".join(["| | |", "|---|---|", *(f"| {what} | {value} |" for what, value in figures.items())])


def measure(office: Office, server: Server, subscribers: int, groups: int, events: int) -> dict[str, float]:
    """Milliseconds from a commit to a frame, and of CPU for an event: the server's and the load's."""
    told = _load(office, server, subscribers=subscribers, groups=groups, events=events + WARM_UP)
    skipped = WARM_UP * subscribers
    from_request, from_answer = told["from_request"][skipped:], told["from_answer"][skipped:]
    return {
        "ms from request, median": round(statistics.median(from_request), 1),
        "ms from request, p99": _percentile(from_request, 99),
        "ms from answer, median": round(statistics.median(from_answer), 1),
        "ms from answer, p99": _percentile(from_answer, 99),
        "goal, p99 ms": GOAL_MS,
        "server CPU ms per event": round(told["server_cpu"], 1),
        "load CPU ms per event": round(told["load_cpu"], 1),
    }


def watch_memory(office: Office, server: Server, connects: int) -> dict[str, float]:
    """The server's resident memory, in MB, after a tenth of the connects and after all of them."""
    _load(office, server, come_and_go=connects // 10)
    first = _resident(server)
    _load(office, server, come_and_go=connects - connects // 10)
    return {f"MB after {connects // 10} connects": first, f"MB after {connects} connects": _resident(server)}


def _load(office: Office, server: Server, **how: int) -> dict[str, Any]:
    values = {"subscribers": 0, "groups": 1, "events": 0, "come_and_go": 0, **how}
    load = Load(url=server.url, process_id=server.process_id, token=office.token(), **values)
    command = [sys.executable, "-m", "bench.live.load", json.dumps(asdict(load))]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (our own)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _resident(server: Server) -> float:
    status = (Path("/proc") / str(server.process_id) / "status").read_text()
    return round(int(status.split("VmRSS:")[1].split()[0]) / 1024, 1)


def _percentile(values: list[float], percent: int) -> float:
    return round(statistics.quantiles(values, n=100)[percent - 1], 1)


if __name__ == "__main__":
    main()
