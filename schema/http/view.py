"""The endpoint: one GraphQL operation per HTTP request."""

from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from resolvers.context import RequestContext
from schema.http.answers import answer, failure, refusal
from schema.http.bodies import read_operation
from schema.http.caching import make_cacheable
from schema.http.events import EventStream, is_wanted, refuse_subscription
from schema.http.gate import Gate
from schema.http.negotiation import JSON, media_type_for
from schema.http.origins import check_preflighted
from schema.http.refusals import RequestRefused
from schema.live.hub import Hub

Authenticate = Callable[[Request], Awaitable[RequestContext]]
"""Who asks, and the context of their operation. Raises ``RequestRefused``."""


class GraphQLView:
    """An ASGI application that answers GraphQL requests of authenticated users, and tells others nothing."""

    def __init__(self, gate: Gate, authenticate: Authenticate, hub: Hub) -> None:
        self._gate = gate
        self._authenticate = authenticate
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        media_type = JSON
        try:
            if is_wanted(request):
                stream = await self._open_stream(request)
                await stream.send(receive, send)
                return
            media_type = media_type_for(request.headers.get("accept", ""))
            response = await self._answer(request, media_type)
        except RequestRefused as refused:
            response = refusal(refused, media_type)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 (whatever it is, the client is told an id and the log the rest)
            response = failure(error, media_type)
        await response(scope, receive, send)

    async def _answer(self, request: Request, media_type: str) -> Response:
        check_preflighted(request)
        context = await self._authenticate(request)
        operation = await read_operation(request)
        passed = await self._gate.admit(operation)
        refuse_subscription(passed)
        result = await self._gate.run(passed, context)
        response = answer(result, media_type)
        if operation.is_get and operation.document_id and not result.errors:
            return make_cacheable(response, request, self._gate.serving.trusted_max_age)
        return response

    async def _open_stream(self, request: Request) -> EventStream:
        check_preflighted(request)
        context = await self._authenticate(request)
        passed = await self._gate.admit(await read_operation(request))
        return EventStream(self._hub, self._gate, passed, context)
