"""The ASGI application: where the parts are put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route, WebSocketRoute

from db.engine import Database
from leadgate.auth import Authenticator
from leadgate.pages import demo_users_route, graphiql_routes, health_route
from leadgate.secret import read_secret
from leadgate.settings import Settings
from leadgate.upkeep import upkeep
from schema.build import build_schema
from schema.http.socket import GraphQLSocket
from schema.http.view import GraphQLView
from schema.live.hub import Hub
from services.backend import Backend


def create_app(settings: Settings) -> Starlette:
    """The service with these settings. Raises ``MissingSecretError``."""
    secret = read_secret(settings)
    database = Database(settings.database, pool_size=settings.pool_size)
    backend = Backend(database=database, secret=secret)
    hub = Hub(build_schema(), backend)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with upkeep(backend, settings.upkeep_seconds), hub.running():
            yield
        await database.close()

    app = Starlette(routes=routes(backend, secret, is_demo=settings.is_demo, hub=hub), lifespan=lifespan)
    app.state.hub = hub
    return app


def routes(backend: Backend, secret: bytes, *, is_demo: bool, hub: Hub | None = None) -> list[BaseRoute]:
    """Everything that the server answers; ``secret`` is what tokens are signed with.

    Without a hub that runs, subscribers are told of this process's commits only.
    """
    hub = hub or Hub(build_schema(), backend)
    authenticate = Authenticator(backend, secret)
    view = GraphQLView(hub.schema, authenticate, hub)
    socket = GraphQLSocket(hub=hub, authenticate=authenticate)
    demo = [demo_users_route(backend, secret)] if is_demo else []
    return [
        Route("/graphql", view),
        WebSocketRoute("/graphql", socket),
        health_route(backend),
        *demo,
        *graphiql_routes(),
    ]
