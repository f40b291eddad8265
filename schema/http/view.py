"""The endpoint: one GraphQL operation per HTTP request."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import strawberry
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from resolvers.context import RequestContext
from schema.http.answers import answer, media_type_for, refusal
from schema.http.bodies import read_operation
from schema.http.documents import check_operation, parse_document
from schema.http.events import EventStream, is_wanted, refuse_subscription
from schema.http.refusals import RequestRefused
from schema.live.hub import Hub
from schema.live.operations import is_subscription

Authenticate = Callable[[Request], Awaitable[RequestContext]]
"""Who asks, and the context of their operation. Raises ``RequestRefused``."""


class GraphQLView:
    """An ASGI application that answers GraphQL requests of authenticated users, and tells others nothing."""

    def __init__(self, schema: strawberry.Schema, authenticate: Authenticate, hub: Hub) -> None:
        self._schema = schema
        self._authenticate = authenticate
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        media_type = media_type_for(request.headers.get("accept", ""))
        try:
            if is_wanted(request):
                stream = await self._open_stream(request)
                await stream.send(receive, send)
                return
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
        refuse_subscription(operation)
        result = await self._schema.execute(
            operation.query,
            variable_values=operation.variables,
            context_value=context,
            operation_name=operation.name,
        )
        return answer(result, media_type)

    async def _open_stream(self, request: Request) -> EventStream:
        context = await self._authenticate(request)
        operation = await read_operation(request)
        document = parse_document(operation.query)
        check_operation(document, replace(operation, is_get=False))
        if not is_subscription(operation):
            check_operation(document, operation)
        return EventStream(self._hub, operation, context)
