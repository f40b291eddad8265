"""Which pages may talk to the server: browsers send cookies of none, but they do tell which page a socket is for."""

from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection


def is_allowed(connection: HTTPConnection, origins: AbstractSet[str]) -> bool:
    """Whether the page that opens the connection is of this server, or of one of these origins.

    Programs other than browsers send no Origin header, and are let through.
    """
    origin = connection.headers.get("origin")
    if origin is None or origin in origins:
        return True
    return urlsplit(origin).netloc.lower() == connection.headers.get("host", "").lower()
