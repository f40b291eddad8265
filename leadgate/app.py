"""The ASGI application: where the parts are put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from db.engine import Database
from leadgate.auth import Authenticator
from leadgate.pages import demo_users_route, graphiql_routes, health_route
from leadgate.rates import limit_rates
from leadgate.secret import read_secret
from leadgate.settings import Settings
from leadgate.upkeep import upkeep
from schema.build import build_schema
from schema.http.origins import CrossOrigin
from schema.http.trusted import TrustedDocuments
from schema.http.view import GraphQLView
from services.backend import Backend


def create_app(settings: Settings) -> Starlette:
    """The service with these settings. Raises ``MissingSecretError``."""
    secret = read_secret(settings)
    database = Database(settings.database, pool_size=settings.pool_size)
    backend = Backend(database=database, secret=secret)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with upkeep(backend, settings.upkeep_seconds):
            yield
        await database.close()

    return Starlette(routes=routes(backend, secret, settings), lifespan=lifespan)


def routes(backend: Backend, secret: bytes, settings: Settings) -> list[BaseRoute]:
    """Everything that the server answers; ``secret`` is what tokens are signed with."""
    serving = settings.serving()
    schema = build_schema(has_introspection=serving.has_introspection, has_suggestions=serving.has_suggestions)
    authenticate = limit_rates(Authenticator(backend, secret), settings.rates())
    view = GraphQLView(schema, authenticate, TrustedDocuments(backend), serving)
    demo = [demo_users_route(backend, secret, serving.origins)] if settings.is_demo else []
    graphiql = graphiql_routes() if settings.serves_graphiql else []
    return [Route("/graphql", CrossOrigin(view, serving.origins)), health_route(backend), *demo, *graphiql]
