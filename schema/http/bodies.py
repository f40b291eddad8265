"""What a client asks for, read from an HTTP request (after the GraphQL over HTTP specification)."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from starlette.requests import Request

from resolvers.errors import ErrorCode
from schema.http.refusals import RequestRefused

MAX_BODY = 256 * 1024
_MAX_DISCARDED = 64 * 1024 * 1024
"""How much of a body that is too large is read and thrown away, so that the client comes to read why."""
_PATIENCE = 30.0
"""Seconds for a body to arrive in."""
_METHODS = {"Allow": "GET, POST"}
_CLOSE = {"Connection": "close"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What to run: a document or the id of a trusted one, which of its operations, and with which variables."""

    query: str | None = None
    document_id: str | None = None
    variables: dict[str, Any] | None = None
    name: str | None = None
    is_get: bool = False


async def read_operation(request: Request) -> Operation:
    """The operation that is asked for. Raises ``RequestRefused``."""
    if request.method == "GET":
        return _from_parameters(request)
    if request.method != "POST":
        message = "GraphQL is spoken with GET and POST here."
        raise RequestRefused(405, ErrorCode.METHOD_NOT_ALLOWED, message, _METHODS)
    _check_media_type(request)
    return _operation(_parse(await _read_body(request), "The body"), is_get=False)


def _from_parameters(request: Request) -> Operation:
    names = Counter(name for name, _ in request.query_params.multi_items())
    if twice := [name for name, count in names.items() if count > 1]:
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, f"{twice[0]!r} is given more than once.")
    values: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if values.get(name):
            values[name] = _parse(values[name].encode("utf-8", "surrogatepass"), f"'{name}'")
        else:
            values.pop(name, None)
    return _operation(values, is_get=True)


def _check_media_type(request: Request) -> None:
    headers = request.headers
    if not _is_json(headers.get("content-type", ""), headers.get("content-encoding", "identity")):
        message = (
            "The body has to be application/json in UTF-8, not compressed, and the Content-Type header has to say so."
        )
        raise RequestRefused(415, ErrorCode.UNSUPPORTED_MEDIA_TYPE, message)


@lru_cache(maxsize=256)
def _is_json(content_type: str, content_encoding: str) -> bool:
    media_type, _, parameters = content_type.partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    is_plain = content_encoding.strip().lower() == "identity"
    return is_plain and media_type.strip().lower() == "application/json" and charset in {"", "utf-8", "utf8"}


async def _read_body(request: Request) -> bytes:
    chunks, size = [], 0
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.stream():
                size += len(chunk)
                if size > _MAX_DISCARDED:
                    break
                if size <= MAX_BODY:
                    chunks.append(chunk)
    except TimeoutError:
        message = f"The body did not arrive within {_PATIENCE:g} seconds."
        raise RequestRefused(408, ErrorCode.TIMED_OUT, message, _CLOSE) from None
    if size > MAX_BODY:
        message = f"The body is larger than {MAX_BODY // 1024} KiB."
        raise RequestRefused(413, ErrorCode.BODY_TOO_LARGE, message, _CLOSE)
    return b"".join(chunks)


def _parse(text: bytes, what: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, f"{what} is not JSON in UTF-8: {error}.") from None


def _operation(values: object, *, is_get: bool) -> Operation:
    if not isinstance(values, dict):
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, 'The body has to be an object such as {"query": "{ ... }"}.')
    query, document_id = (_text(values, each) for each in ("query", "documentId"))
    if (query is None) is (document_id is None):
        message = "Either 'query' has to be a text with a GraphQL document, or 'documentId' one that names it."
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, message)
    for each in ("variables", "extensions"):
        if not isinstance(values.get(each), dict | None):
            raise RequestRefused(400, ErrorCode.BAD_REQUEST, f"'{each}' has to be an object, or null.")
    return Operation(
        query=query,
        document_id=document_id,
        variables=values.get("variables"),
        name=_text(values, "operationName"),
        is_get=is_get,
    )


def _text(values: dict[str, Any], name: str) -> str | None:
    """The text that is given under the name; None for null, nothing and the empty text."""
    text = values.get(name)
    if not isinstance(text, str | None):
        raise RequestRefused(400, ErrorCode.BAD_REQUEST, f"'{name}' has to be a text, or null.")
    return text or None
