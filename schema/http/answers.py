"""Answers: what is told about errors, and in which media type."""

import secrets
from collections.abc import Sequence
from typing import Any

import orjson
import structlog
from graphql import GraphQLError
from starlette.responses import Response
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from resolvers.errors import ErrorCode
from schema.http.negotiation import GRAPHQL, JSON
from schema.http.refusals import DocumentRefused, RequestRefused

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

log = structlog.get_logger(__name__)


def answer(result: ExecutionResult, media_type: str) -> Response:
    """The answer to an operation that was executed, or refused by validation."""
    if _is_refused(result):
        code = ErrorCode.INVALID_DOCUMENT if isinstance(result, PreExecutionError) else ErrorCode.INVALID_VARIABLES
        body: dict[str, Any] = {"errors": show_errors(result.errors or (), code)}
        return _respond(body, media_type, 400 if media_type == GRAPHQL else 200)
    body = {"data": result.data}
    if result.errors:
        body = {"errors": show_errors(result.errors, ErrorCode.INVALID_VARIABLES), "data": result.data}
    return _respond(body, media_type, 200)


def _is_refused(result: ExecutionResult) -> bool:
    """Whether nothing was executed: errors of the execution itself name the field they occurred at."""
    if isinstance(result, PreExecutionError):
        return True
    return result.data is None and all(each.path is None for each in result.errors or ())


def refusal(refused: RequestRefused, media_type: str) -> Response:
    """The answer to a request that was refused."""
    error = {"message": refused.message, "extensions": {"code": refused.code.name}}
    is_mild = isinstance(refused, DocumentRefused) and media_type == JSON
    response = _respond({"errors": [error]}, media_type, 200 if is_mild else refused.status)
    response.headers.update(refused.headers)
    return response


def show_errors(errors: Sequence[GraphQLError], default: ErrorCode) -> list[dict[str, Any]]:
    """The errors as clients see them: expected ones as they are, with a code; others masked, with the log's id."""
    return [_show(each, default) for each in errors]


def _show(error: GraphQLError, default: ErrorCode) -> dict[str, Any]:
    if error.original_error is not None and not isinstance(error.original_error, GraphQLError):
        return _mask(error)
    shown: dict[str, Any] = dict(error.formatted)
    code = (error.extensions or {}).get("code", default.name)
    return {**shown, "extensions": {"code": code}}


def failure(error: Exception, media_type: str) -> Response:
    """The answer to a request that could not be answered, because of something unexpected outside its execution."""
    return _respond({"errors": [_log(error)]}, media_type, 500)


def _mask(error: GraphQLError) -> dict[str, Any]:
    place = {name: value for name, value in error.formatted.items() if name in {"path", "locations"}}
    return {**_log(error.original_error, error.path), **place}


def _log(error: Exception | None, path: Sequence[str | int] | None = None) -> dict[str, Any]:
    """Log what happened, under an id; gives what the client is told of it."""
    error_id = secrets.token_hex(8)
    log.error("unexpected error", error_id=error_id, path=path, exc_info=error)
    return {
        "message": f"Something unexpected happened. The server's log has the details under {error_id}.",
        "extensions": {"code": ErrorCode.INTERNAL_ERROR.name, "id": error_id},
    }


def _respond(body: dict[str, Any], media_type: str, status: int) -> Response:
    return Response(orjson.dumps(body), status, _HEADERS, f"{media_type}; charset=utf-8")
