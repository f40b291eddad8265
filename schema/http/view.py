"""The endpoint: one GraphQL operation per HTTP request."""

from collections.abc import Awaitable, Callable

import strawberry
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from resolvers.context import RequestContext
from schema.http.answers import answer, media_type_for, refusal
from schema.http.bodies import read_operation
from schema.http.documents import check_operation, parse_document
from schema.http.refusals import RequestRefused

Authenticate = Callable[[Request], Awaitable[RequestContext]]
"""Who asks, and the context of their operation. Raises ``RequestRefused``."""


class GraphQLView:
    """An ASGI application that answers GraphQL requests of authenticated users, and tells others nothing."""

    def __init__(self, schema: strawberry.Schema, authenticate: Authenticate) -> None:
        self._schema = schema
        self._authenticate = authenticate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        media_type = media_type_for(request.headers.get("accept", ""))
        try:
            response = await self._answer(request, media_type)
        except RequestRefused as refused:
            response = refusal(refused, media_type)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _answer(self, request: Request, media_type: str) -> Response:
        context = await self._authenticate(request)
        operation = await read_operation(request)
        check_operation(parse_document(operation.query), operation)
        result = await self._schema.execute(
            operation.query,
            variable_values=operation.variables,
            context_value=context,
            operation_name=operation.name,
        )
        return answer(result, media_type)
