"""A whole run on a tiny base, on both databases."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from bench.speed.__main__ import main
from bench.speed.measuring import BATCHES, ENGINES, WRITERS

ACCOUNTS = 120
PARTS = {"keys", "SQL: candidates", "SQL: documents", "documents", "frequencies", "scoring"}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_measures_everything(engine: str) -> None:
    """The table and the JSON have look-ups, changes and sizes; a second run takes the database that was kept."""
    # A server's socket lies in its folder, whose path must be short.
    with TemporaryDirectory(prefix="speed-") as folder:
        path = Path(folder) / "figures.json"
        kept = ("--engine", engine, "--keep", folder, "--accounts", str(ACCOUNTS))
        quick = ("--rounds", "1", "--seconds", "0.1", "--json", str(path))
        first = CliRunner().invoke(main, [*kept, *quick], catch_exceptions=False)
        built = json.loads(path.read_text())
        again = CliRunner().invoke(main, [*kept, *quick], catch_exceptions=False)
        found = json.loads(path.read_text())
        anew = CliRunner().invoke(main, [*kept, *quick, "--new-index"], catch_exceptions=False)

    assert (first.exit_code, again.exit_code, anew.exit_code) == (0, 0, 0)
    assert "index built in" in first.stdout
    assert "index built in" not in again.stdout
    assert "index built in" in anew.stdout
    assert (built["built"]["accounts"], found["built"]["accounts"]) == (ACCOUNTS + 1, ACCOUNTS + 1)
    assert built["built"]["contacts"] == found["built"]["contacts"] > 0.3 * ACCOUNTS
    assert [each["size"] for each in found["lookups"]] == list(BATCHES)
    assert all(set(each["parts"]) == PARTS and each["most_statements"] <= 6 for each in found["lookups"])
    assert all(sum(each["parts"].values()) > 0 for each in found["lookups"])
    assert [each["writers"] for each in found["writers"]] == list(WRITERS)
    assert found["upkeep"]["index"]["count"] == ACCOUNTS // 2
    assert found["sizes"]["tables"]["match_keys"] > 10 * ACCOUNTS
    assert 0 < found["bytes_per_account"]["index"] < found["bytes_per_account"]["all"]
    assert f"{engine}: {ACCOUNTS + 1} accounts" in again.stdout
