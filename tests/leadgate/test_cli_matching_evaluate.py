"""``leadgate matching evaluate``, run as a program runs it."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db import migrations
from db.engine import Database
from leadgate.cli import main
from tests.proofs import acts
from tests.support.world import make_world


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Give the URL of a database with two tenants, one of which has created although something similar was shown."""
    address = f"sqlite+aiosqlite:///{tmp_path}/decided.sqlite3"
    migrations.upgrade(address)
    asyncio.run(_fill(address))
    return address


async def _fill(url: str) -> None:
    database = Database(url)
    world = await make_world(database)
    details = acts.person(1)
    await world.add_contact(await world.private_customers(), **{**details, "phones": ()})
    lead = await world.add_lead(**{**details, "emails": ()})
    await acts.accept(world, lead)
    await acts.pick_contact(world, lead, None)
    await acts.commit(world, lead)
    await make_world(database)
    await database.close()


def _run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["matching", "evaluate", "--database", url, *arguments])


def test_a_table_says_what_would_have_served_better(url: str) -> None:
    """The threshold under which the needless candidate would not have been shown."""
    result = _run(url)

    assert result.exit_code == 0
    assert "1  Autohaus Nord: 1 pairs" in result.output
    assert "decisions    created 1" in result.output
    assert "would have served better than -3.0: 1 needless candidates and 1 lists in vain fewer" in result.output
    assert result.output.count("nothing was decided yet") == 3


def test_json_has_every_threshold(url: str) -> None:
    """For one tenant: counts, today's threshold, the best one, and all between."""
    result = _run(url, "--tenant", "1", "--json")

    [tenant] = json.loads(result.output)
    contacts = tenant["contacts"]
    assert (tenant["tenant"], tenant["pairs"], tenant["outdated"]) == (1, 1, 0)
    assert (contacts["current"]["threshold"], contacts["current"]["needless"]) == (-3.0, 1)
    assert (contacts["best"]["needless"], contacts["best"]["recall"]) == (0, 1.0)
    assert contacts["thresholds"][0] == contacts["current"]
    assert contacts["best"] in contacts["thresholds"]


def test_an_unknown_tenant_is_said(url: str) -> None:
    """In one sentence, with a failing exit code."""
    result = _run(url, "--tenant", "9")

    assert (result.exit_code, result.output) == (1, "Error: there is no tenant 9\n")
