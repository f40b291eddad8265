"""Two servers on one database, in processes of their own: what is done through one shows in the other at once."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from gql import Client, GraphQLRequest
from gql.transport.exceptions import TransportClosed, TransportConnectionFailed
from gql.transport.websockets import WebsocketsTransport

from bench.acceptance.office import Server, serve_with
from db.engine import Database
from domain.actors import Actor
from tests.support.api import SECRET, gid, token_for
from tests.support.world import World, make_world

QUEUE = """
subscription Queue($after: String) {
  leadQueue(filter: {statuses: [NEW]}, after: $after) { change position leadId takenBy { name } }
}
"""
ACCEPT = "mutation($i: AcceptLeadInput!) { acceptLead(input: $i) { lead { id } errors { __typename } } }"


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant with users."""
    return await make_world(database)


@pytest.fixture
def servers(database_url: str, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Give two servers on the database."""
    with (
        serve_with("--database", database_url, log=tmp_path / "1.log", LEADGATE_SECRET=SECRET.decode()) as one,
        serve_with("--database", database_url, log=tmp_path / "2.log", LEADGATE_SECRET=SECRET.decode()) as two,
    ):
        yield one, two


@asynccontextmanager
async def _queue(server: Server, actor: Actor, after: str | None = None) -> AsyncIterator[AsyncIterator[Any]]:
    """What the Python client gql is told of the queue."""
    transport = WebsocketsTransport(
        url=f"{server.url.replace('http', 'ws', 1)}/graphql",
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
        init_payload={"Authorization": f"Bearer {token_for(actor)}"},
    )
    async with Client(transport=transport) as session:
        events = session.subscribe(GraphQLRequest(QUEUE, variable_values={"after": after}))
        yield (each["leadQueue"] async for each in events)
        await events.aclose()


async def _next(events: AsyncIterator[Any]) -> Any:  # noqa: ANN401
    return await asyncio.wait_for(anext(events), 30)


async def _accept(server: Server, actor: Actor, lead_id: str) -> None:
    async with httpx2.AsyncClient() as http:
        answer = await http.post(
            f"{server.url}/graphql",
            json={"query": ACCEPT, "variables": {"i": {"leadId": lead_id}}},
            headers={"Authorization": f"Bearer {token_for(actor)}"},
        )
    assert answer.json()["data"]["acceptLead"]["errors"] == []


async def test_an_acceptance_shows_on_every_open_screen(world: World, servers: tuple[Server, Server]) -> None:
    """Two clients at two servers: each sees at once what the other's user takes, and what comes in from outside."""
    one, two = servers
    first, second = await world.add_lead(), await world.add_lead()
    async with _queue(one, world.agent) as mine, _queue(two, world.colleague) as yours:
        assert {(await _next(each))["change"] for each in (mine, yours)} == {"READY"}
        await _accept(two, world.colleague, gid(first))
        seen = [await _next(mine), await _next(yours)]
        await _accept(one, world.agent, gid(second))
        also_seen = [await _next(mine), await _next(yours)]
        came_in = await world.add_lead()
        added = [await _next(mine), await _next(yours)]

    assert seen[0] == seen[1]
    assert (seen[0]["change"], seen[0]["leadId"], seen[0]["takenBy"]) == ("TAKEN", gid(first), {"name": "Emre Yilmaz"})
    assert also_seen[0] == also_seen[1]
    assert (also_seen[0]["leadId"], also_seen[0]["takenBy"]) == (gid(second), {"name": "Jana Vogt"})
    assert [each["leadId"] for each in added] == [gid(came_in)] * 2


async def test_a_client_goes_on_at_another_server_when_its_own_stops(
    world: World, database_url: str, tmp_path: Path
) -> None:
    """A server that is told to stop closes the socket with 1001; what happens meanwhile is told by the next one."""
    with serve_with("--database", database_url, log=tmp_path / "1.log", LEADGATE_SECRET=SECRET.decode()) as server:
        async with _queue(server, world.agent) as events:
            position = (await _next(events))["position"]
            stopping = asyncio.create_task(asyncio.to_thread(_stop, server))
            with pytest.raises((TransportClosed, TransportConnectionFailed, StopAsyncIteration)) as ended:
                await _next(events)
            await stopping
    assert "1001" in repr(ended.value.__cause__ or ended.value)
    missed = await world.add_lead()
    with serve_with("--database", database_url, log=tmp_path / "2.log", LEADGATE_SECRET=SECRET.decode()) as server:
        async with _queue(server, world.agent, position) as events:
            assert (await _next(events))["leadId"] == gid(missed)


def _stop(server: Server) -> None:
    os.kill(server.process_id, signal.SIGTERM)
