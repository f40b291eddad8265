"""Web pages that may use the API (the Fetch standard, "CORS protocol"), and requests that no page can forge.

Credentials travel in a header that browsers never add by themselves, so a foreign page cannot act for a user. Two more
walls stand before that: a page of another origin is refused unless the settings name it, and a request that a browser
would send without asking first ("simple") is refused wherever it comes from.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resolvers.errors import ErrorCode
from schema.http.answers import refusal
from schema.http.negotiation import JSON
from schema.http.refusals import RequestRefused

_NOT_SIMPLE = ("authorization", "apollo-require-preflight", "graphql-require-preflight", "x-requested-with")
"""Headers that a page cannot send to another origin without a preflight; any one of them will do."""
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": ", ".join(
        ("Accept", "Accept-Language", "Content-Type", "If-None-Match", *(each.title() for each in _NOT_SIMPLE))
    ),
    "Access-Control-Max-Age": "600",
}
_VARY = (b"vary", b"Origin")
_EXPOSED = (b"access-control-expose-headers", b"ETag, Retry-After")


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins whose pages may use the API, such as ``https://crm.example``, besides the server's own."""

    allowed: frozenset[str] = frozenset()

    def admit(self, headers: Headers) -> bool:
        """Whether a request with these headers may be answered: by no page at all, or by one of an origin allowed."""
        origin = headers.get("origin")
        return origin is None or origin in self.allowed or urlsplit(origin).netloc == headers.get("host")


def check_preflighted(request: Request) -> None:
    """Raise ``RequestRefused`` for what a page could make a browser send without asking the server first.

    A POST has to be ``application/json``, which is none of the types that are sent unasked, so a GET is looked at.
    """
    if request.method == "GET" and not any(each in request.headers for each in _NOT_SIMPLE):
        message = f"A GET request needs one of the headers {', '.join(each.title() for each in _NOT_SIMPLE)}."
        raise RequestRefused(403, ErrorCode.PREFLIGHT_REQUIRED, message)


class CrossOrigin:
    """An application that pages of allowed origins may use, and pages of others may not."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, answer a preflight, or let the application answer and tell the browser who may read it."""
        headers = Headers(scope=scope)
        if not self._origins.admit(headers):
            message = "Pages of this origin may not use the API; LEADGATE_ALLOWED_ORIGINS names those that may."
            refused = RequestRefused(403, ErrorCode.FORBIDDEN_ORIGIN, message)
            await refusal(refused, JSON)(scope, receive, send)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _adding(headers.get("origin"), Response(status_code=204, headers=_PREFLIGHT))(scope, receive, send)
        else:
            await _adding(headers.get("origin"), self._app)(scope, receive, send)


def _adding(origin: str | None, app: ASGIApp) -> ASGIApp:
    """The application, whose answers say that they depend on the origin, and that its pages may read them."""
    added = [_VARY]
    if origin is not None:
        added += [(b"access-control-allow-origin", origin.encode("latin-1")), _EXPOSED]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await app(scope, receive, send_with_headers)

    return answer
