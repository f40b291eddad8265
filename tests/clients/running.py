"""Runs what is in ``web/clients``, and asks the server as nobody's client."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx2

from bench.acceptance.office import Office, Server
from tests.support.node import OLDEST_FOR_TOOLS, ROOT, node

CLIENTS = ROOT / "web" / "clients"
PATIENCE = 120
"""Seconds."""
NEW_LEAD = "mutation New($lead: LeadDraftInput!) { createLead(input: { lead: $lead }) { lead { id } } }"


def run_node(*arguments: str, folder: Path = CLIENTS, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a program for Node in a folder with these settings in its environment; says how it ended."""
    command = [node(OLDEST_FOR_TOOLS), *arguments]
    environment = {**os.environ, **settings}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )


def run_client(script: str, server: Server, office: Office, *arguments: str, folder: Path = CLIENTS) -> Any:  # noqa: ANN401
    """What a script that acts as a user of the office reports; it has to end well."""
    done = run_node(script, server.url, *arguments, folder=folder, LEADGATE_TOKEN=office.token())
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def copy_project(folder: Path) -> Path:
    """Copy the clients to where tools may write, with the schema beside them; returns where they are."""
    copy = folder / CLIENTS.relative_to(ROOT)
    shutil.copytree(CLIENTS, copy, ignore=shutil.ignore_patterns("node_modules"))
    (copy / "node_modules").symlink_to(CLIENTS / "node_modules")
    shutil.copy(ROOT / "schema.graphql", folder)
    return copy


def run_tool(tool: str, *arguments: str, folder: Path) -> str:
    """Run a tool, a file below ``node_modules``, in a folder; returns what it printed. It has to end well."""
    done = run_node(f"node_modules/{tool}", *arguments, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ask(server: Server, office: Office, query: str, **variables: Any) -> Any:  # noqa: ANN401
    """The data of an operation, which must have no errors."""
    return _ask(server, office, {"query": query, "variables": variables})


def ask_by_id(server: Server, office: Office, document_id: str) -> Any:  # noqa: ANN401
    """The data of a registered operation, which must have no errors."""
    return _ask(server, office, {"documentId": document_id})


def _ask(server: Server, office: Office, content: Mapping[str, object]) -> Any:  # noqa: ANN401
    headers = {"Authorization": f"Bearer {office.token()}"}
    answer = httpx2.post(f"{server.url}/graphql", json=content, headers=headers).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def take_in(server: Server, office: Office, last_names: Iterable[str], **details: Any) -> None:  # noqa: ANN401
    """Give the office leads of people with these names, the first one the oldest; the details are those of each."""
    [kind] = ask(server, office, "{ leadTypes { id } }")["leadTypes"]
    for name in last_names:
        emails = [{"address": f"{name.lower()}@mail.example"}]
        lead = {"typeId": kind["id"], "person": {"lastName": name}, "emails": emails, **details}
        ask(server, office, NEW_LEAD, lead=lead)
