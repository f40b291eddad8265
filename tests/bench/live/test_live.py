"""A whole run with a few subscribers, on both databases."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.engines import ENGINES
from bench.live.__main__ import main

MEASURED = {
    "ms from request, median",
    "ms from request, p99",
    "ms from answer, median",
    "ms from answer, p99",
    "server CPU ms per event",
    "load CPU ms per event",
    "MB after 10 connects",
    "MB after 100 connects",
}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_measures_latency_and_memory(engine: str, tmp_path: Path) -> None:
    """Every subscriber hears of every event, in groups that share nothing as well; the figures are all there."""
    path = tmp_path / "live.json"
    how = ("--subscribers", "6", "--groups", "3", "--events", "2", "--connects", "100", "--json", str(path))

    done = CliRunner().invoke(main, ["--engine", engine, *how], catch_exceptions=False)

    figures = json.loads(path.read_text())
    assert done.exit_code == 0
    assert set(figures) == {"engine", "subscribers", "groups", "events", "goal, p99 ms", *MEASURED}
    assert all(figures[each] > 0 for each in MEASURED)
    assert all(each in done.output for each in figures)
