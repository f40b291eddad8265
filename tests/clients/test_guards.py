"""What watches over the schema: a linter that knows GraphQL's conventions, and a comparison with the last release."""

import json
from pathlib import Path

import pytest

from tests.clients.running import CLIENTS, run_node
from tests.support.node import ROOT

ESLINT = str(CLIENTS / "node_modules/eslint/bin/eslint.js")
CONFIG = str(CLIENTS / "eslint.config.js")
OPERATIONS = "web/clients/operations"
SCHEMA = ROOT / "schema.graphql"
RELEASED = ROOT / "released"
BROKEN = SCHEMA.read_text().replace("  isPrivateCustomers: Boolean!", "  isPrivateCustomers: Boolean")
MESSAGE = "Field 'Account.isPrivateCustomers' changed type from 'Boolean!' to 'Boolean'"


def test_the_linter_finds_nothing() -> None:
    """The schema keeps to the recommended rules and Relay's, the operations to those for documents."""
    done = run_node(ESLINT, "--config", CONFIG, "--max-warnings", "0", "schema.graphql", OPERATIONS, folder=ROOT)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_linter_sees_what_it_should(tmp_path: Path) -> None:
    """A type that nothing leads to, one without an id that nobody listed, and a page without its edges are found."""
    wrong = """
    type Note { text: String! }
    type Stray { id: ID! }
    type NoteConnection { nodes: [Note!]! }
    extend type Viewer { notes(first: Int): NoteConnection! }
    """
    (tmp_path / "schema.graphql").write_text(SCHEMA.read_text() + wrong)
    (tmp_path / OPERATIONS).mkdir(parents=True)
    operation = tmp_path / OPERATIONS / "viewer.graphql"
    operation.write_text("query Who { viewer { user { name } } }")
    (tmp_path / "eslint.config.js").write_text((CLIENTS / "eslint.config.js").read_text())
    (tmp_path / "package.json").write_text('{ "type": "module" }')
    (tmp_path / "node_modules").symlink_to(CLIENTS / "node_modules")

    done = run_node(ESLINT, "--format", "json", "schema.graphql", OPERATIONS, folder=tmp_path)
    found = {each["ruleId"].rpartition("/")[2] for file in json.loads(done.stdout) for each in file["messages"]}

    assert found >= {"no-unreachable-types", "strict-id-in-types", "relay-connection-types", "require-selections"}


def test_nothing_breaks_the_clients_of_the_last_release() -> None:
    """Every breaking change since then is listed with its reason in ``released/breaking.json``."""
    assert _compare(SCHEMA, RELEASED / "breaking.json") == (0, [])


@pytest.mark.parametrize(
    ("schema", "listed", "faults"),
    [
        (BROKEN, {}, [f"Breaks clients, and is not listed: {MESSAGE}"]),
        (BROKEN, {MESSAGE: ""}, [f"Breaks clients, and is not listed: {MESSAGE}"]),
        (BROKEN, {MESSAGE: "Nobody can tell while a record is being merged."}, []),
        (SCHEMA.read_text(), {MESSAGE: "It was planned."}, [f"Is listed, and did not happen: {MESSAGE}"]),
    ],
    ids=["not listed", "without a reason", "listed", "did not happen"],
)
def test_a_breaking_change_has_to_be_listed(
    schema: str, listed: dict[str, str], faults: list[str], tmp_path: Path
) -> None:
    """One that is not fails the comparison; so do one without a reason, and one that did not happen."""
    already = json.loads((RELEASED / "breaking.json").read_text())
    changed, listing = tmp_path / "schema.graphql", tmp_path / "breaking.json"
    changed.write_text(schema)
    listing.write_text(json.dumps({**already, **listed}))

    assert _compare(changed, listing) == (1 if faults else 0, faults)


def _compare(schema: Path, listing: Path) -> tuple[int, list[str]]:
    done = run_node("breaking.mjs", str(RELEASED / "schema.graphql"), str(schema), str(listing))
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()
