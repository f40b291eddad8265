"""The ASGI application: where the parts are put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route, WebSocketRoute

from db.engine import Database
from leadgate.auth import Authenticator
from leadgate.pages import demo_users_route, graphiql_routes, health_route
from leadgate.rates import limit_rates
from leadgate.secret import read_secret
from leadgate.settings import Settings
from leadgate.upkeep import upkeep
from schema.build import Schema, build_schema
from schema.http.gate import Gate
from schema.http.origins import CrossOrigin
from schema.http.socket import GraphQLSocket
from schema.http.trusted import TrustedDocuments
from schema.http.view import GraphQLView
from schema.live.hub import Hub
from services.backend import Backend


def create_app(settings: Settings) -> Starlette:
    """The service with these settings. Raises ``MissingSecretError``."""
    secret = read_secret(settings)
    database = Database(settings.database, pool_size=settings.pool_size)
    backend = Backend(database=database, secret=secret)
    hub = Hub(schema_of(settings), backend)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with upkeep(backend, settings.upkeep_seconds), hub.running():
            yield
        await database.close()

    app = Starlette(routes=routes(backend, secret, settings, hub), lifespan=lifespan)
    app.state.hub = hub
    return app


def schema_of(settings: Settings) -> Schema:
    """The schema, of which clients are told as much as the settings say."""
    serving = settings.serving()
    return build_schema(has_introspection=serving.has_introspection, has_suggestions=serving.has_suggestions)


def routes(backend: Backend, secret: bytes, settings: Settings, hub: Hub | None = None) -> list[BaseRoute]:
    """Everything that the server answers; ``secret`` is what tokens are signed with.

    Without a hub that runs, subscribers are told of this process's commits only.
    """
    hub = hub or Hub(schema_of(settings), backend)
    serving = settings.serving()
    gate = Gate(hub.schema, TrustedDocuments(backend), serving)
    authenticate = limit_rates(Authenticator(backend, secret), settings.rates())
    view = GraphQLView(gate, authenticate, hub)
    socket = GraphQLSocket(hub=hub, gate=gate, authenticate=authenticate)
    demo = [demo_users_route(backend, secret, serving.origins)] if settings.is_demo else []
    graphiql = graphiql_routes() if settings.serves_graphiql else []
    return [
        Route("/graphql", CrossOrigin(view, serving.origins)),
        WebSocketRoute("/graphql", socket),
        health_route(backend),
        *demo,
        *graphiql,
    ]
