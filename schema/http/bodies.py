"""What a client asks for, read from an HTTP request (after the GraphQL over HTTP specification)."""

from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

from resolvers.errors import ErrorCode
from schema.http.refusals import RequestRefused

MAX_BODY = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A document and which of its operations to run, with which variables."""

    query: str
    variables: dict[str, Any] | None = None
    name: str | None = None
    is_get: bool = False


async def read_operation(request: Request) -> Operation:
    """The operation that is asked for. Raises ``RequestRefused``."""
    if request.method == "GET":
        return _from_parameters(request)
    if request.method != "POST":
        message = "GraphQL is spoken with GET and POST here."
        raise RequestRefused(405, ErrorCode.METHOD_NOT_ALLOWED, message, {"Allow": "GET, POST"})
    _check_media_type(request)
    return _operation(_parse(await _read_body(request), "The body"), is_get=False)


def _from_parameters(request: Request) -> Operation:
    values: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if values.get(name):
            values[name] = _parse(values[name].encode("utf-8", "surrogatepass"), f"'{name}'")
        else:
            values.pop(name, None)
    return _operation(values, is_get=True)


def _check_media_type(request: Request) -> None:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if media_type.strip().lower() != "application/json" or charset not in {"", "utf-8", "utf8"}:
        message = "The body has to be application/json in UTF-8, and the Content-Type header has to say so."
        raise RequestRefused(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, message)


async def _read_body(request: Request) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            message = f"The body is larger than {MAX_BODY // 1024} KiB."
            raise RequestRefused(413, ErrorCode.BODY_TOO_LARGE, message, {"Connection": "close"})
        chunks.append(chunk)
    return b"".join(chunks)


def _parse(text: bytes, what: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, f"{what} is not JSON in UTF-8: {error}.") from None


def _operation(values: object, *, is_get: bool) -> Operation:
    if not isinstance(values, dict):
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, 'The body has to be an object such as {"query": "{ ... }"}.')
    query, name = values.get("query"), values.get("operationName")
    if not isinstance(query, str) or not query:
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, "'query' has to be a text with a GraphQL document.")
    if not isinstance(name, str | None):
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, "'operationName' has to be a text, or null.")
    for each in ("variables", "extensions"):
        if not isinstance(values.get(each), dict | None):
            raise RequestRefused(400, ErrorCode.BAD_REQUEST, f"'{each}' has to be an object, or null.")
    return Operation(query=query, variables=values.get("variables"), name=name or None, is_get=is_get)
