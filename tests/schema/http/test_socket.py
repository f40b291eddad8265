"""graphql-transport-ws as its protocol has it, and what the stock server does otherwise."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

from db import records
from domain.records import Lead
from leadgate.auth import Authenticator
from schema.http.gate import Gate
from schema.http.messages import MAX_MESSAGE
from schema.http.serving import Serving
from schema.http.socket import MAX_OPERATIONS, GraphQLSocket
from schema.http.trusted import TrustedDocuments
from tests.support.api import SECRET, gid, token_for
from tests.support.live import Live
from tests.support.sockets import Socket, open_socket
from tests.support.world import World

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
"""Protocols are the same on every database."""

READY = "subscription { leadQueue { change } }"


@pytest.fixture
async def socket(live: Live) -> AsyncIterator[Socket]:
    """Give an initialised socket of the agent."""
    async with live.connect() as connected:
        yield connected


async def test_queries_and_mutations_are_answered_and_completed(live: Live, world: World, socket: Socket) -> None:
    """One result each, then ``complete``; the second sees what the first has written."""
    lead = await world.add_lead()
    socket.subscribe(
        "m",
        "mutation($i: RejectLeadInput!) { rejectLead(input: $i) { lead { status } } }",
        {"i": {"leadId": gid(lead)}},
    )
    assert await socket.data("m") == {"rejectLead": {"lead": {"status": "REJECTED"}}}
    assert await socket.receive() == {"type": "complete", "id": "m"}
    socket.subscribe("q", "query($id: ID!) { lead(id: $id) { status } }", {"id": gid(lead)})
    assert await socket.data("q") == {"lead": {"status": "REJECTED"}}
    assert await socket.receive() == {"type": "complete", "id": "q"}


async def test_a_second_operation_sees_what_was_written_since_the_first(world: World, socket: Socket) -> None:
    """Every operation has loaders of its own: the stock server's live as long as the socket."""
    lead = await world.add_lead(subject="before")
    query = "query($id: ID!) { lead(id: $id) { subject } }"
    socket.subscribe("1", query, {"id": gid(lead)})
    assert await socket.data("1") == {"lead": {"subject": "before"}}
    await socket.receive()
    async with world.backend.database.write(world.tenant.id, world.clock()) as session:
        await records.update_many(session, Lead, [replace(lead, subject="after", version=2)])
    socket.subscribe("2", query, {"id": gid(lead)})
    assert await socket.data("2") == {"lead": {"subject": "after"}}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { leadQue", "SYNTAX_ERROR"),
        ("", "SYNTAX_ERROR"),
        ("subscription { nothing }", "INVALID_DOCUMENT"),
        ("query A { viewer { user { id } } } query B { viewer { user { id } } }", "UNKNOWN_OPERATION"),
        ("subscription { leadAcceptance(leadId: 7) { kind } }", "BAD_ID"),
        ("subscription($x: ID!) { leadAcceptance(leadId: $x) { kind } }", "INVALID_VARIABLES"),
        ("subscription { leadQueue { change } b: leadQueue { change } }", "INVALID_DOCUMENT"),
        ("{ viewer { nothing } }", "INVALID_DOCUMENT"),
    ],
)
async def test_an_operation_that_cannot_be_run_leaves_the_socket_open(socket: Socket, query: str, code: str) -> None:
    """It is answered with ``error``, a syntax error as well, for which the stock server closes the socket."""
    socket.subscribe("bad", query)
    answer = await socket.receive()
    assert (answer["type"], answer["id"]) == ("error", "bad")
    assert {each["extensions"]["code"] for each in answer["payload"]} == {code}

    socket.subscribe("bad", READY)
    assert await socket.data("bad") == {"leadQueue": {"change": "READY"}}


async def test_frames_are_texts(socket: Socket) -> None:
    """What is encoded to bytes for HTTP is text here: clients do not read binary frames."""
    socket.subscribe("q", "{ viewer { user { name } } }")
    message = await socket.from_server.get()
    assert isinstance(message["text"], str)
    assert "bytes" not in message


async def test_pings_are_answered(live: Live, socket: Socket) -> None:
    """Before the initialisation and after it; a pong is taken in silence."""
    socket.send("pong")
    socket.send("ping", payload={"any": "thing"})
    assert await socket.receive() == {"type": "pong"}
    async with open_socket(live.app) as early:
        early.send("ping")
        assert await early.receive() == {"type": "pong"}


_BROKEN: dict[str, tuple[int, dict[str, str | bytes]]] = {
    "no JSON": (4400, {"text": "{"}),
    "no object": (4400, {"text": "[]"}),
    "no type": (4400, {"text": '{"type": 7}'}),
    "unknown type": (4400, {"text": '{"type": "unknown"}'}),
    "no id": (4400, {"text": '{"type": "subscribe"}'}),
    "empty id": (4400, {"text": '{"type": "subscribe", "id": "", "payload": {"query": "{ a }"}}'}),
    "no payload": (4400, {"text": '{"type": "subscribe", "id": "1", "payload": []}'}),
    "no query": (4400, {"text": '{"type": "subscribe", "id": "1", "payload": {"query": 7}}'}),
    "bad variables": (4400, {"text": '{"type": "subscribe", "id": "1", "payload": {"query": "{a}", "variables": []}}'}),
    "too long": (4400, {"text": " " * (MAX_MESSAGE + 1)}),
    "bytes": (4400, {"bytes": b"{}"}),
    "second initialisation": (4429, {"text": '{"type": "connection_init"}'}),
}


@pytest.mark.parametrize(("code", "frame"), _BROKEN.values(), ids=_BROKEN)
async def test_a_client_that_breaks_the_protocol_is_closed(
    socket: Socket, code: int, frame: dict[str, str | bytes]
) -> None:
    """With the protocol's code: 4400 for what is no message, 4429 for a second initialisation."""
    socket.to_server.put_nowait({"type": "websocket.receive", **frame})
    assert await socket.closed() == code


async def test_an_id_can_be_used_once_at_a_time(socket: Socket) -> None:
    """A second operation with the id of one that runs closes the socket; of one that was completed, it runs."""
    socket.subscribe("1", READY)
    await socket.data("1")
    socket.send("complete", id="1")
    socket.subscribe("1", READY)
    await socket.data("1")
    socket.subscribe("1", READY)
    assert await socket.closed() == 4409


async def test_too_many_operations_at_once_are_refused(socket: Socket) -> None:
    """The one too many is answered with an error; the others go on."""
    for number in range(MAX_OPERATIONS + 1):
        socket.subscribe(str(number), READY)
    answers = [await socket.receive() for _ in range(MAX_OPERATIONS + 1)]
    refused = [each for each in answers if each["type"] == "error"]
    assert [each["id"] for each in refused] == [str(MAX_OPERATIONS)]
    assert refused[0]["payload"][0]["extensions"] == {"code": "TOO_MANY_OPERATIONS"}


async def test_operations_before_the_initialisation_are_unauthorised(live: Live) -> None:
    """4401, as the protocol wants it."""
    async with open_socket(live.app) as socket:
        socket.subscribe("1", READY)
        assert await socket.closed() == 4401


@pytest.mark.parametrize("payload", [None, {}, {"Authorization": "Bearer nonsense"}, {"authorization": 7}])
async def test_a_socket_without_a_valid_token_is_forbidden(live: Live, payload: object) -> None:
    """4403, whatever is wrong with the token."""
    async with open_socket(live.app) as socket:
        socket.send("connection_init", payload=payload)
        assert await socket.closed() == 4403


async def test_the_token_may_come_as_a_header(live: Live, world: World) -> None:
    """Clients other than browsers can send the header that HTTP requests have."""
    async with open_socket(live.app, headers={"authorization": f"Bearer {token_for(world.agent)}"}) as socket:
        socket.send("connection_init")
        assert await socket.receive() == {"type": "connection_ack"}


@pytest.mark.parametrize("protocols", [(), ("graphql-ws",)])
async def test_only_graphql_transport_ws_is_spoken(live: Live, protocols: tuple[str, ...]) -> None:
    """The legacy protocol, which the stock server speaks by default, is not acceptable."""
    async with open_socket(live.app, protocols=protocols) as socket:
        assert await socket.closed() == 4406


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://leadgate.test.evil.example"])
async def test_pages_of_other_origins_are_refused(live: Live, origin: str) -> None:
    """Before the handshake; the server's own pages and programs without an origin are let in."""
    async with open_socket(live.app, headers={"origin": origin}) as refused:
        assert await refused.closed() == 1000
    async with open_socket(live.app, headers={"origin": "https://leadgate.test"}) as own:
        own.send("ping")
        assert await own.receive() == {"type": "pong"}


async def test_a_socket_that_is_not_initialised_in_time_is_closed(live: Live, world: World) -> None:
    """4408; pings do not prolong it."""
    gate = Gate(live.hub.schema, TrustedDocuments(world.backend), Serving())
    authenticate = Authenticator(world.backend, SECRET)
    patient = GraphQLSocket(hub=live.hub, gate=gate, authenticate=authenticate, init_seconds=0.05)
    app = Starlette(routes=[WebSocketRoute("/graphql", patient)])
    async with open_socket(app) as socket:
        socket.send("ping")
        assert await socket.receive() == {"type": "pong"}
        assert await socket.closed() == 4408


async def test_a_client_that_does_not_read_is_dropped(live: Live, world: World) -> None:
    """With 1013 once its outbox is full, while others go on; nothing more is kept for it."""
    query = "subscription { leadQueue { change lead { message } } }"
    async with live.connect() as slow, live.connect(world.manager) as quick:
        for each in (slow, quick):
            each.subscribe("q", query)
            await each.data("q")
        slow.pause()
        for _ in range(12):
            await world.add_lead(message="x" * 100_000)
            assert (await quick.data("q"))["leadQueue"]["change"] == "ADDED"
        slow.resume()
        assert await slow.closed() == 1013
        await world.add_lead()
        await quick.data("q")
        assert len(live.hub.sessions) == 1


async def test_a_token_that_ends_ends_the_socket(live: Live, world: World) -> None:
    """The first event after its end is not told: the socket is closed with 4403, so that the client renews it."""
    async with live.connect() as socket:
        socket.subscribe("q", READY)
        await socket.data("q")
        world.clock.moment += timedelta(days=365)
        await world.add_lead()
        assert await socket.closed() == 4403


async def test_sockets_are_closed_when_the_server_stops(live: Live) -> None:
    """With 1001, which tells clients to go on elsewhere; new ones are not begun."""
    async with live.connect() as socket:
        socket.subscribe("q", READY)
        await socket.data("q")
        live.hub.stop()
        assert await socket.closed() == 1001
    async with open_socket(live.app) as late:
        late.send("connection_init", payload={"Authorization": f"Bearer {token_for(live.world.agent)}"})
        assert await late.closed() == 1001
