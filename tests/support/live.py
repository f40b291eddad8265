"""The service with subscriptions, in this process."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from starlette.applications import Starlette

from domain.actors import Actor
from leadgate.app import routes, schema_of
from leadgate.settings import Settings
from schema.live.hub import Hub
from tests.support.api import SECRET, Api, token_for
from tests.support.sockets import Socket, open_socket
from tests.support.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """The service with its hub; ``api`` asks it over HTTP."""

    world: World
    hub: Hub
    app: Starlette
    api: Api

    @asynccontextmanager
    async def connect(self, actor: Actor | None = None) -> AsyncIterator[Socket]:
        """A socket of an actor (the world's agent) that is initialised."""
        async with open_socket(self.app) as socket:
            socket.send("connection_init", payload={"Authorization": f"Bearer {token_for(actor or self.world.agent)}"})
            assert await socket.receive() == {"type": "connection_ack"}
            yield socket

    async def accept(self, lead_id: str, actor: Actor | None = None) -> Any:  # noqa: ANN401
        """Accept a lead, as another user than the agent unless one is named."""
        given: Mapping[str, Any] = {"leadId": lead_id}
        return await self.api.run("acceptLead", given, actor=actor or self.world.colleague)


@asynccontextmanager
async def open_live(
    world: World, *, rights_seconds: float = 60.0, settings: Settings | None = None
) -> AsyncIterator[Live]:
    """The service on the world's database and clock, for as long as the block lasts."""
    settings = settings or Settings()
    hub = Hub(schema_of(settings), world.backend)
    app = Starlette(routes=routes(world.backend, SECRET, settings, hub))
    transport = httpx2.ASGITransport(app=app)
    async with (
        hub.running(rights_seconds),
        httpx2.AsyncClient(transport=transport, base_url="http://leadgate.test") as http,
    ):
        yield Live(world=world, hub=hub, app=app, api=Api(world, http))
