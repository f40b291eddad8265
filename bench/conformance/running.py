"""Serving a tenant with a few records, and letting schemathesis send it what it draws."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from bench.acceptance.office import Office, open_office, serve
from bench.conformance import hooks

_RECORDS = 8
_CHECK = "is_an_expected_answer"
_CASES = re.compile(r"(\d[\d,]*) generated")
_OPERATIONS = re.compile(r"Tested: (\d+)")
_ACCOUNT = "mutation Make($name: String!) { createAccount(input: { account: { name: $name } }) { account { id } } }"
_LEAD = """mutation Make($type: ID!, $name: String!) {
    createLead(input: { lead: { typeId: $type, company: { name: $name } } }) { lead { id } }
}"""
_LISTS = "{ leadTypes { id } caseTypes { id } rejectReasons { id } users { nodes { id } } leads { nodes { id } } }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended: how many requests were sent to how many fields, and what schemathesis said."""

    is_clean: bool
    cases: int
    operations: int
    report: str


def run_schemathesis(folder: Path, *, cases_per_field: int, seed: int) -> Outcome:
    """Send so many generated requests, at most, for each field of Query and Mutation, to a server of its own."""
    office = open_office(f"sqlite+aiosqlite:///{folder}/generated.sqlite3", "Generated", country="DE")
    with serve(office, folder / "server.log") as server:
        endpoint = f"{server.url}/graphql"
        ids = list(_fill(office, endpoint))
        environment = {**os.environ, "SCHEMATHESIS_HOOKS": hooks.__name__, hooks.IDS: " ".join(ids)}
        command = [sys.executable, "-m", "schemathesis.cli", "run", endpoint]
        command += ["--header", f"Authorization: Bearer {office.token()}", "--checks", _CHECK]
        command += ["--max-examples", str(cases_per_field), "--seed", str(seed), "--phases", "fuzzing"]
        command += ["--suppress-health-check", "all", "--continue-on-failure", "--no-color"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=folder)  # noqa: S603 (our own)
    report = done.stdout + done.stderr
    return Outcome(
        is_clean=done.returncode == 0,
        cases=_number(_CASES, report),
        operations=_number(_OPERATIONS, report),
        report=report,
    )


def _fill(office: Office, endpoint: str) -> Iterator[str]:
    """Make some accounts and leads; gives the ids of all that there is."""
    headers = {"Authorization": f"Bearer {office.token()}"}
    with httpx2.Client(headers=headers) as http:

        def ask(query: str, **variables: str) -> Any:  # noqa: ANN401 (JSON)
            return http.post(endpoint, json={"query": query, "variables": variables}).raise_for_status().json()["data"]

        type_id = ask(_LISTS)["leadTypes"][0]["id"]
        for number in range(_RECORDS):
            yield ask(_ACCOUNT, name=f"Autohaus {number}")["createAccount"]["account"]["id"]
            ask(_LEAD, type=type_id, name=f"Autohaus {number}")
        lists = ask(_LISTS)
    for each in lists.values():
        yield from (entry["id"] for entry in (each["nodes"] if isinstance(each, dict) else each))


def _number(pattern: re.Pattern[str], report: str) -> int:
    found = pattern.search(report)
    return int(found[1].replace(",", "")) if found else 0
