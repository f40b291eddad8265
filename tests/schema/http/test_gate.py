"""Every way in has the same gate: requests, sockets and streams."""

import json
from typing import Any

import pytest

from leadgate.settings import Settings
from schema.http.events import EVENT_STREAM
from services.trusted_documents import id_of, register_documents
from tests.support.api import gid
from tests.support.live import Live, open_live
from tests.support.world import World

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
"""What may pass does not depend on the database."""

QUEUE = "subscription { leadQueue { change } }"
TOO_DEEP = "{ leads { nodes " + "{ acceptance { lead " * 20 + "{ id }" + " } }" * 20 + " } }"


async def code_over_socket(live: Live, **payload: Any) -> str:  # noqa: ANN401
    """The code of the error that an operation is answered with over a socket."""
    async with live.connect() as socket:
        socket.send("subscribe", id="1", payload=payload)
        message = await socket.receive()
        assert message["type"] == "error", message
        return str(message["payload"][0]["extensions"]["code"])


async def code_over_http(live: Live, accept: str, **body: Any) -> str:  # noqa: ANN401
    """The code of the error that a request is answered with."""
    answer = await live.api.http.post("/graphql", json=body, headers={**live.api.headers(), "Accept": accept})
    result = answer.text.partition("data: ")[2].partition("\n")[0] if answer.text.startswith("event") else answer.text
    return str(json.loads(result)["errors"][0]["extensions"]["code"])


async def codes(live: Live, **asked: Any) -> set[str]:  # noqa: ANN401
    """The codes over all three."""
    over_http = [await code_over_http(live, accept, **asked) for accept in ("application/json", EVENT_STREAM)]
    return {await code_over_socket(live, **asked), *over_http}


async def test_limits_hold_on_every_way(live: Live) -> None:
    """A document that goes too deep, one that is none, and an id that names none are refused alike."""
    assert await codes(live, query=TOO_DEEP) == {"TOO_DEEP"}
    assert await codes(live, query="{") == {"SYNTAX_ERROR"}
    assert await codes(live, documentId="nothing") == {"UNKNOWN_DOCUMENT"}


async def test_a_server_that_takes_trusted_documents_only_takes_no_other_on_any_way(world: World) -> None:
    """A registered subscription is told events by its id; a text is refused wherever it comes in."""
    await register_documents(world.backend, {id_of(QUEUE): QUEUE})
    async with open_live(world, settings=Settings(is_trusted_only=True)) as live:
        assert await codes(live, query=QUEUE) == {"UNTRUSTED_DOCUMENT"}
        async with live.connect() as socket:
            socket.send("subscribe", id="1", payload={"documentId": id_of(QUEUE)})
            assert await socket.data("1") == {"leadQueue": {"change": "READY"}}


async def test_operations_over_a_socket_count_as_requests(world: World) -> None:
    """Who has sent too many gets an error for the operation, and keeps the socket."""
    async with open_live(world, settings=Settings(user_rate="3/minute")) as live, live.connect() as socket:
        seen = []
        for number in range(4):
            socket.subscribe(str(number), "{ viewer { user { name } } }")
            message = await socket.receive()
            seen.append(message["type"])
            if message["type"] == "next":
                await socket.receive()
            else:
                assert message["payload"][0]["extensions"]["code"] == "RATE_LIMITED"

    assert seen == ["next", "next", "error", "error"]


async def test_a_mutation_is_no_get_and_a_subscription_needs_a_stream(live: Live, world: World) -> None:
    """Each with its own status; a GET that wants events may subscribe."""
    lead = await world.add_lead()
    headers = live.api.headers()
    mutation = f'mutation {{ rejectLead(input: {{ leadId: "{gid(lead)}" }}) {{ lead {{ id }} }} }}'
    refused = await live.api.http.get("/graphql", params={"query": mutation}, headers=headers)
    streamless = await live.api.http.get("/graphql", params={"query": QUEUE}, headers=headers)

    assert (refused.status_code, streamless.status_code) == (405, 406)
    assert streamless.json()["errors"][0]["extensions"]["code"] == "NEEDS_STREAM"
