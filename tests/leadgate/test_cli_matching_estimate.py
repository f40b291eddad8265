"""``leadgate matching estimate``, run as a program runs it."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench.quality.base import write_queries, write_set
from bench.quality.sets.crm import load_crm
from db import migrations
from db.engine import Database
from leadgate.cli import main
from services.backend import Backend
from services.matching.weights import WEIGHT_NAMES
from services.matching.weights_file import SHIPPED, format_weights, parse_weights


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the URL of a database with a small tenant that has leads."""
    address = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('estimate')}/small.sqlite3"
    migrations.upgrade(address)
    asyncio.run(_fill(address))
    return address


async def _fill(url: str) -> None:
    backend = Backend(database=Database(url), secret=b"secret")
    crm = load_crm(accounts=150, privates=60, count=150, seed=5)
    await write_queries(backend, await write_set(backend, crm), crm)
    await backend.database.close()


def _run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["matching", "estimate", "--database", url, "--tenant", "1", "--pairs", "2000", *arguments]
    )


def test_a_table_has_every_weight(url: str) -> None:
    """What it is now, what it would be, from how many pairs; and why it is left where it is."""
    result = _run(url)

    assert result.exit_code == 0, result.output
    rows = {line.split()[0]: line for line in result.output.splitlines() if line.strip()}
    assert set(WEIGHT_NAMES) <= set(rows)
    assert "kept" not in rows["postcode.agree"]
    assert rows["vat_id.disagree"].endswith("kept: fewer than 100 true pairs have it on both sides")
    assert rows["name_most"].endswith("kept: not a share of pairs; set by hand")
    assert "accounts, leads by name" in result.output


def test_the_file_can_be_measured_with(url: str, tmp_path: Path) -> None:
    """It is the next version, says what it was drawn from, and is read back as it was written."""
    path = tmp_path / "weights.toml"

    result = _run(url, "--out", str(path))

    assert result.exit_code == 0, result.output
    file = parse_weights(path.read_text())
    assert file.version == SHIPPED.version + 1
    assert file.origin.startswith("150 leads, ")
    assert file.lines["postcode.agree"].is_estimated
    assert format_weights(file) == path.read_text()


def test_json_has_everything(url: str) -> None:
    """Counts, blocks and weights."""
    content = json.loads(_run(url, "--json").output)

    assert (content["leads"], [each["name"] for each in content["weights"]]) == (150, list(WEIGHT_NAMES))
    [postcode] = [each for each in content["weights"] if each["name"] == "postcode.agree"]
    assert set(postcode) == {"name", "before", "bits", "m", "u", "pairs", "isKept", "whyKept"}
    assert (postcode["isKept"], postcode["before"]) == (False, SHIPPED.lines["postcode.agree"].bits)
    assert {"name", "pairs", "truePairs"} == set(content["blocks"][0])


def test_an_unknown_tenant_is_said(url: str) -> None:
    """In one sentence, with a failing exit code."""
    result = CliRunner().invoke(main, ["matching", "estimate", "--database", url, "--tenant", "9"])

    assert result.exit_code == 1
    assert result.output == "Error: there is no tenant 9; `leadgate tenant list` shows them\n"
