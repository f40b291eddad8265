"""Clients with normalised caches: what the schema promises is enough to keep their screens right."""

from typing import Any

import pytest

from bench.acceptance.office import Office, Server
from tests.clients.running import run_client, take_in

NAMES = ["Adler", "Berger", "Conrad", "Dietz", "Ebert"]


def _shown(list_: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["person"]["lastName"], each["status"]) for each in list_["nodes"]]


@pytest.fixture(scope="module", params=["urql.mjs", "apollo.mjs"])
def seen(request: pytest.FixtureRequest, office: Office, server: Server) -> Any:  # noqa: ANN401
    """Give what a client's script saw."""
    take_in(server, office, NAMES)
    return run_client(request.param, server, office)


def test_a_cache_merges_pages_and_follows_mutations(seen: Any) -> None:  # noqa: ANN401
    """Pages become one list, a decision shows in every list at once, and nothing is read a second time."""
    before, after = seen["before"], seen["after"]

    assert seen["warnings"] == []
    assert len(seen["reads"]) == 4
    assert _shown(before["all"]) == [("Ebert", "NEW"), ("Dietz", "NEW"), ("Conrad", "NEW"), ("Berger", "NEW")]
    assert _shown(before["fresh"]) == _shown(before["all"])
    assert before["all"]["hasNextPage"]
    assert _shown(after["all"])[:2] == [("Ebert", "ACCEPTED"), ("Dietz", "REJECTED")]
    assert _shown(after["all"])[2:] == _shown(after["fresh"]) == [("Conrad", "NEW"), ("Berger", "NEW")]
    assert (seen["one"]["status"], seen["one"]["acceptedBy"]["name"]) == ("ACCEPTED", "Alex Winter")
    assert seen["writes"] == ["POST"] * 4


def test_a_cache_knows_the_errors_of_a_payload(seen: Any) -> None:  # noqa: ANN401
    """Each error has its type, and with it the fields of the interface and its own."""
    [wrong_state] = seen["refused"]["errors"]
    [not_found] = seen["missing"]["errors"]

    assert seen["accepted"]["errors"] == seen["rejected"]["errors"] == []
    assert wrong_state["__typename"] == "WrongLeadStateError"
    assert (wrong_state["code"], wrong_state["path"]) == ("WRONG_LEAD_STATE", ["input", "leadId"])
    assert wrong_state["status"] == wrong_state["lead"]["status"] == "ACCEPTED"
    assert wrong_state["lead"]["id"] == seen["accepted"]["lead"]["id"]
    assert (not_found["__typename"], not_found["message"]) == ("NotFoundError", "No lead has this id.")
