"""Relay's compiler: the schema has everything that its connections and fragments ask for."""

import json
from pathlib import Path

from bench.acceptance.office import Office, Server, run
from tests.clients.running import ask_by_id, copy_project, run_tool

OPERATIONS = {
    "queueQuery",
    "queueNextQuery",
    "queueLeadQuery",
    "queueHistoryQuery",
    "queueRejectMutation",
    "queueSubscription",
}


def test_relay_compiles_and_its_manifest_is_registered(tmp_path: Path, office: Office, server: Server) -> None:
    """Pages, fragments fetched again by id and lists changed by payloads compile, and are run by the compiler's ids."""
    folder = copy_project(tmp_path)
    # The compiler wants both to be there before its first run.
    (folder / "relay/artifacts").mkdir()
    manifest = folder / "relay/persisted.json"
    manifest.write_text("{}")

    run_tool("relay-compiler/cli.js", "relay.config.json", folder=folder)
    compiled = {path.name.removesuffix(".graphql.ts") for path in (folder / "relay/artifacts").iterdir()}
    ids = {text.split("(")[0].split()[1]: id_ for id_, text in json.loads(manifest.read_text()).items()}
    run("documents", "register", str(manifest), "--database", office.database)

    assert compiled == OPERATIONS | {"queue_line", "queue_list", "queue_history"}
    assert ids.keys() == OPERATIONS
    assert ask_by_id(server, office, ids["queueQuery"])["leads"]["pageInfo"].keys() == {"endCursor", "hasNextPage"}
