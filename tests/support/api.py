"""Asking the service over HTTP, as clients do, without a network."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2
from starlette.applications import Starlette

from domain.actors import Actor
from leadgate.app import routes
from leadgate.settings import Settings
from leadgate.tokens import Claims, issue_token
from resolvers.global_ids import Node, encode
from tests.support.world import World

SECRET = b"a secret of the tests, long enough"


def gid(record: Node) -> str:
    """The global id of a record."""
    return str(encode(type(record), record.id))


def token_for(actor: Actor, valid_for: timedelta = timedelta(hours=1)) -> str:
    """A token that acts as the actor."""
    claims = Claims(tenant_id=actor.tenant_id, user_id=actor.user_id, roles=actor.roles)
    return issue_token(SECRET, claims, valid_for)


@dataclass(frozen=True, slots=True)
class Api:
    """The service over HTTP, asked by the world's agent unless another actor is named."""

    world: World
    http: httpx2.AsyncClient

    def headers(self, actor: Actor | None = None) -> dict[str, str]:
        """The headers of an authenticated request."""
        return {"Authorization": f"Bearer {token_for(actor or self.world.agent)}"}

    async def send(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        actor: Actor | None = None,
        headers: Mapping[str, str] | None = None,
        **body: Any,  # noqa: ANN401
    ) -> httpx2.Response:
        """The whole answer to an operation."""
        content = {"query": query, "variables": variables, **body}
        return await self.http.post("/graphql", json=content, headers={**self.headers(actor), **(headers or {})})

    async def ask(self, query: str, variables: Mapping[str, Any] | None = None, **options: Any) -> Any:  # noqa: ANN401
        """The data of an operation, which must have no errors."""
        answer = (await self.send(query, variables, **options)).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def errors(self, query: str, variables: Mapping[str, Any] | None = None, **options: Any) -> list[str]:  # noqa: ANN401
        """The codes of the errors at the top of an answer."""
        answer = (await self.send(query, variables, **options)).json()
        return [each["extensions"]["code"] for each in answer.get("errors", [])]

    async def run(self, mutation: str, given: Mapping[str, Any], selection: str = "", **options: Any) -> Any:  # noqa: ANN401
        """What a mutation answers: the selected fields, and its errors with code, message and path."""
        type_ = f"{mutation[0].upper()}{mutation[1:]}Input"
        problems = "errors { __typename ... on UserError { code message path } }"
        query = f"mutation Run($input: {type_}!) {{ {mutation}(input: $input) {{ {selection} {problems} }} }}"
        return (await self.ask(query, {"input": given}, **options))[mutation]


@asynccontextmanager
async def open_api(world: World, **settings: Any) -> AsyncIterator[Api]:  # noqa: ANN401
    """The service on the world's database and clock, with these settings."""
    app = Starlette(routes=routes(world.backend, SECRET, Settings(**settings)))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://leadgate.test") as http:
        yield Api(world, http)
