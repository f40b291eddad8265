"""The audits of GraphQL over HTTP (npm ``graphql-http``), against the service as it is really served."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from bench.acceptance.office import Office, open_office, serve
from tests.support.node import ROOT, node

AUDITS = ROOT / "web" / "audits"
HOW_MANY = 61


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give a tenant in a database of its own."""
    folder = tmp_path_factory.mktemp("audits")
    return open_office(f"sqlite+aiosqlite:///{folder}/audits.sqlite3", "Audits", country="DE")


def test_every_audit_passes(office: Office, tmp_path: Path) -> None:
    """All of them end with "ok": what the specification demands, what it recommends, and what it allows."""
    with serve(office, tmp_path / "server.log") as server:
        done = subprocess.run(
            [node(), "audit.mjs", f"{server.url}/graphql"],
            cwd=AUDITS,
            env={**os.environ, "LEADGATE_TOKEN": office.token()},
            capture_output=True,
            text=True,
            check=True,
        )
    audits = [json.loads(line) for line in done.stdout.splitlines()]

    assert [each for each in audits if each["status"] != "ok"] == []
    assert len(audits) == HOW_MANY
