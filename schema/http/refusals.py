"""Requests that are refused before anything is executed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from resolvers.errors import ErrorCode


@dataclass(eq=False)
class RequestRefused(Exception):  # noqa: N818
    """A request is answered with this HTTP status and one error, and nothing else."""

    status: int
    code: ErrorCode
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)


class DocumentRefused(RequestRefused):
    """A well-formed request whose document is not. Clients that know only ``application/json`` are told so with 200."""
