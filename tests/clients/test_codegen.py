"""graphql-codegen's client preset: types of the acceptance's operations, and their texts by hash."""

from pathlib import Path

import pytest

from bench.acceptance.office import Office, Server, run
from tests.clients.running import ask, copy_project, run_client, run_tool, take_in

NEW_ACCOUNT = """mutation ($account: AccountDraftInput!) {
  createAccount(input: { account: $account }) { account { id } }
}"""
MANIFEST = "typed/gql/persisted-documents.json"
OPERATIONS = 6


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the clients with the generated types, compiled by a strict compiler."""
    folder = copy_project(tmp_path_factory.mktemp("codegen"))
    run_tool("@graphql-codegen/cli/cjs/bin.js", "--config", "codegen.mjs", folder=folder)
    run_tool("typescript/bin/tsc", "--project", "tsconfig.json", folder=folder)
    return folder


def _accept(project: Path, server: Server, office: Office, way: str) -> None:
    # The account differs in something that the lead says as well: there is a field to decide.
    name = way.title()
    account = {"name": f"{name} Lindner GmbH", "website": f"{way}-lindner.example"}
    ask(server, office, NEW_ACCOUNT, account=account)
    take_in(server, office, [name], company={"name": f"{name} Lindner", "website": f"lindner-{way}.example"})

    seen = run_client("built/accept.js", server, office, way, folder=project)

    assert (seen["name"], seen["before"]) == (name, "PREVIEW")
    assert seen["made"] == ["ChooseAccountDecision", "DecideAccountFieldsDecision"]
    assert (seen["status"], seen["caseStatus"], seen["errors"]) == ("CONVERTED", "OPEN", 0)
    assert (seen["account"], seen["contact"]) == (account["name"], name)
    assert seen["repeated"] == ["AlreadyAcceptedError"]


def test_typed_operations_accept_a_lead(project: Path, office: Office, server: Server) -> None:
    """A script that the strict compiler lets pass goes from the queue to the case."""
    _accept(project, server, office, "text")


def test_the_manifest_is_registered_and_run_by_id(project: Path, office: Office, server: Server) -> None:
    """The hashes that the generator embeds are ids of the texts in its manifest; the same script sends nothing else."""
    registered = run("documents", "register", str(project / MANIFEST), "--database", office.database)
    assert len(registered.splitlines()) == OPERATIONS

    _accept(project, server, office, "id")
