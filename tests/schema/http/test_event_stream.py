"""GraphQL over server-sent events: the distinct connections mode of graphql-sse."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.types import Message

from schema.http.events import EventStream
from tests.support.api import gid, token_for
from tests.support.live import Live
from tests.support.world import World

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
"""Protocols are the same on every database."""

QUEUE = "subscription($after: String) { leadQueue(after: $after) { change position lead { id } } }"


END = ("", None)


class Stream:
    """An event stream from the client's side."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[Message] = asyncio.Queue()
        self.received: asyncio.Queue[Message] = asyncio.Queue()
        self.start: Message = {}
        self._text = ""

    async def event(self) -> tuple[str, Any]:
        """The next event with its data; comments are passed over, and ``END`` is the end."""
        while "\n\n" not in self._text:
            message = await asyncio.wait_for(self.sent.get(), 20)
            self._text += message["body"].decode()
            if not message["more_body"]:
                return END
        block, self._text = self._text.split("\n\n", 1)
        if block.startswith(":"):
            return await self.event()
        name, data = block.split("\n")
        content = data.removeprefix("data:").strip()
        return name.removeprefix("event: "), json.loads(content) if content else None


@asynccontextmanager
async def _stream(
    live: Live, query: str, variables: Mapping[str, Any] | None = None, accept: str = "text/event-stream"
) -> AsyncIterator[Stream]:
    stream = Stream()
    headers = {
        "authorization": f"Bearer {token_for(live.world.agent)}",
        "content-type": "application/json",
        "accept": accept,
    }
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    body = json.dumps({"query": query, "variables": variables}).encode()
    stream.received.put_nowait({"type": "http.request", "body": body, "more_body": False})
    serving = asyncio.create_task(_serve(live, scope, stream))
    stream.start = await asyncio.wait_for(stream.sent.get(), 20)
    try:
        yield stream
    finally:
        stream.received.put_nowait({"type": "http.disconnect"})
        await asyncio.wait_for(serving, 20)


async def _serve(live: Live, scope: dict[str, Any], stream: Stream) -> None:
    await live.app(scope, stream.received.get, stream.sent.put)


async def test_a_subscription_is_a_stream_of_next_events(live: Live, world: World) -> None:
    """Each result is a ``next``; nothing between may keep or change it."""
    async with _stream(live, QUEUE) as stream:
        headers = dict(stream.start["headers"])
        assert (stream.start["status"], headers[b"content-type"]) == (200, b"text/event-stream; charset=utf-8")
        assert b"no-store" in headers[b"cache-control"]
        name, ready = await stream.event()
        assert (name, ready["data"]["leadQueue"]["change"]) == ("next", "READY")
        lead = await world.add_lead()
        name, added = await stream.event()
        assert (name, added["data"]["leadQueue"]["lead"]) == ("next", {"id": gid(lead)})
        position = added["data"]["leadQueue"]["position"]
    missed = await world.add_lead()
    async with _stream(live, QUEUE, {"after": position}) as stream:
        _, added = await stream.event()
        assert added["data"]["leadQueue"]["lead"] == {"id": gid(missed)}


async def test_queries_are_complete_after_their_result(live: Live) -> None:
    """One ``next``, then ``complete``, then the stream ends."""
    async with _stream(live, "{ viewer { user { name } } }") as stream:
        assert await stream.event() == ("next", {"data": {"viewer": {"user": {"name": "Jana Vogt"}}}})
        assert await stream.event() == ("complete", None)
        assert await stream.event() == END


async def test_clients_that_take_answers_and_streams_are_streamed_subscriptions_only(live: Live) -> None:
    """As urql asks for everything: an answer can be read at once and kept by caches."""
    accept = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream"
    headers = {**live.api.headers(), "accept": accept}
    answer = await live.api.http.post("/graphql", json={"query": "{ viewer { user { name } } }"}, headers=headers)
    assert answer.headers["content-type"].startswith("application/graphql-response+json")
    assert answer.json() == {"data": {"viewer": {"user": {"name": "Jana Vogt"}}}}
    async with _stream(live, QUEUE, accept=accept) as stream:
        name, ready = await stream.event()
        assert (name, ready["data"]["leadQueue"]["change"]) == ("next", "READY")


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("subscription { nothing }", None, "INVALID_DOCUMENT"),
        (QUEUE, {"after": "WzkwMDBd"}, "POSITION_GONE"),
        ("{ nothing }", None, "INVALID_DOCUMENT"),
    ],
)
async def test_what_cannot_be_run_is_told_and_completed(
    live: Live, query: str, variables: dict[str, str] | None, code: str
) -> None:
    """A ``next`` with the errors, then ``complete``: clients do not try the same again."""
    async with _stream(live, query, variables) as stream:
        _, refused = await stream.event()
        assert [each["extensions"]["code"] for each in refused["errors"]] == [code]
        assert await stream.event() == ("complete", None)


async def test_a_server_that_stops_ends_the_stream_without_completing_it(live: Live) -> None:
    """So that clients come back and go on elsewhere."""
    async with _stream(live, QUEUE) as stream:
        await stream.event()
        live.hub.stop()
        assert await stream.event() == END
    assert not live.hub.sessions
    assert live.hub.groups == 0


async def test_a_silent_stream_is_kept_alive(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments now and then keep proxies from taking the connection for dead."""
    monkeypatch.setattr(EventStream.__init__, "__defaults__", (0.01,))
    async with _stream(live, QUEUE) as stream:
        await stream.event()
        message = await asyncio.wait_for(stream.sent.get(), 20)
    assert message["body"] == b":\n\n"


async def test_malformed_requests_are_answered_with_their_status(live: Live) -> None:
    """What is refused before anything runs is no stream: no token, no JSON, no GraphQL."""
    accept = {"accept": "text/event-stream"}
    assert (await live.api.http.post("/graphql", json={"query": QUEUE}, headers=accept)).status_code == 401
    for content, status in (("{", 400), ('{"query": "subscription {"}', 200)):
        headers = {**accept, **live.api.headers(), "content-type": "application/json"}
        answer = await live.api.http.post("/graphql", content=content, headers=headers)
        assert answer.status_code == status
        assert answer.json()["errors"]


async def test_a_mutation_cannot_be_sent_with_get(live: Live) -> None:
    """A stream changes nothing about that; a subscription can, as EventSource does it."""
    query = {"query": 'mutation { acceptLead(input: {leadId: "x"}) { lead { id } } }'}
    headers = {**live.api.headers(), "accept": "text/event-stream"}
    assert (await live.api.http.get("/graphql", params=query, headers=headers)).status_code == 405


async def test_a_subscription_needs_a_stream(live: Live) -> None:
    """Asked for as JSON it is refused, with what to do instead."""
    answer = await live.api.send(QUEUE)
    assert answer.status_code == 406
    assert answer.json()["errors"][0]["extensions"] == {"code": "NEEDS_STREAM"}
