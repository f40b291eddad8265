"""The audits of GraphQL over HTTP (npm ``graphql-http``), against the service as it is really served."""

import json
import os
import subprocess

from bench.acceptance.office import Office, Server
from tests.support.node import ROOT, node

AUDITS = ROOT / "web" / "audits"
HOW_MANY = 61


def test_every_audit_passes(office: Office, server: Server) -> None:
    """All of them end with "ok": what the specification demands, what it recommends, and what it allows."""
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
