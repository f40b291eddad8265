"""The endpoint: one GraphQL operation per HTTP request."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.types import ExecutionResult

from resolvers.context import RequestContext
from resolvers.errors import ErrorCode
from schema.build import Schema
from schema.http.answers import answer, failure, refusal
from schema.http.bodies import Operation, read_operation
from schema.http.caching import make_cacheable
from schema.http.documents import choose_operation
from schema.http.negotiation import JSON, media_type_for
from schema.http.origins import check_preflighted
from schema.http.refusals import DocumentRefused, RequestRefused
from schema.http.serving import Serving
from schema.http.trusted import TrustedDocuments

Authenticate = Callable[[Request], Awaitable[RequestContext]]
"""Who asks, and the context of their operation. Raises ``RequestRefused``."""


class GraphQLView:
    """An ASGI application that answers GraphQL requests of authenticated users, and tells others nothing."""

    def __init__(self, schema: Schema, authenticate: Authenticate, trusted: TrustedDocuments, serving: Serving) -> None:
        self._schema = schema
        self._authenticate = authenticate
        self._trusted = trusted
        self._serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        media_type = JSON
        try:
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
        result = await self._run(operation, context)
        response = answer(result, media_type)
        if operation.is_get and operation.document_id and not result.errors:
            return make_cacheable(response, request, self._serving.trusted_max_age)
        return response

    async def _run(self, operation: Operation, context: RequestContext) -> ExecutionResult:
        text = await self._trusted.text_of(operation, is_trusted_only=self._serving.is_trusted_only)
        admitted = self._schema.admission.admit(text)
        chosen = choose_operation(admitted.document, operation)
        admitted.check_variables(chosen, operation.variables)
        limit = self._serving.time_limit
        try:
            async with asyncio.timeout(limit):
                return await self._schema.execute(
                    text,
                    variable_values=operation.variables,
                    context_value=context,
                    operation_name=operation.name,
                )
        except TimeoutError:
            message = f"The operation took longer than {limit:g} seconds and was stopped. Nothing is half-written."
            raise DocumentRefused(503, ErrorCode.TIMED_OUT, message) from None
