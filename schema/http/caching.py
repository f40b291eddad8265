"""Answers that a browser may keep (RFC 9111): those to trusted queries that came by GET.

They are the user's own, so that no shared cache may keep them; and they differ by what the request's headers said.
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

_VARY = "Authorization, Accept, Accept-Language"


def make_cacheable(response: Response, request: Request, max_age: int) -> Response:
    """The answer with what a browser needs to keep it; 304 without a body, if the browser has it already."""
    tag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = f"private, max-age={max_age}" if max_age else "private, no-cache"
    response.headers["ETag"] = tag
    response.headers["Vary"] = _VARY
    if not _has(request.headers.get("if-none-match", ""), tag):
        return response
    kept = {name: response.headers[name] for name in ("Cache-Control", "ETag", "Vary")}
    return Response(status_code=304, headers=kept)


def _has(if_none_match: str, tag: str) -> bool:
    known = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
    return tag in known or "*" in known
