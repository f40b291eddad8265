"""The endpoint: one GraphQL operation per HTTP request."""

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from resolvers.context import RequestContext
from schema.http.answers import answer, failure, refusal
from schema.http.bodies import read_operation
from schema.http.caching import make_cacheable
from schema.http.events import EventStream, is_stream_taken, refuse_subscription
from schema.http.gate import Authenticate, Gate, Passed
from schema.http.negotiation import JSON, is_answer_taken, media_type_for
from schema.http.origins import check_preflighted
from schema.http.refusals import RequestRefused
from schema.live.hub import Hub


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
            accept = request.headers.get("accept", "")
            is_only_events = is_stream_taken(accept) and not is_answer_taken(accept)
            media_type = JSON if is_only_events else media_type_for(accept)
            check_preflighted(request)
            context = await self._authenticate(request)
            passed = await self._gate.admit(await read_operation(request))
            if is_only_events or (passed.is_subscription and is_stream_taken(accept)):
                await EventStream(self._hub, self._gate, passed, context).send(receive, send)
                return
            response = await self._answer(request, passed, context, media_type)
        except RequestRefused as refused:
            response = refusal(refused, media_type)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 (whatever it is, the client is told an id and the log the rest)
            response = failure(error, media_type)
        await response(scope, receive, send)

    async def _answer(self, request: Request, passed: Passed, context: RequestContext, media_type: str) -> Response:
        refuse_subscription(passed)
        result = await self._gate.run(passed, context)
        response = answer(result, media_type)
        if passed.operation.is_get and passed.operation.document_id and not result.errors:
            return make_cacheable(response, request, self._gate.serving.trusted_max_age)
        return response
