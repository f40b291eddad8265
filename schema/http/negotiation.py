"""Which media type an answer is in (RFC 9110, 12.5.1; GraphQL over HTTP, "Accept")."""

from functools import lru_cache

from resolvers.errors import ErrorCode
from schema.http.refusals import RequestRefused

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
_RANGES = {
    JSON: {JSON: 2, "application/*": 1, "*/*": 0},
    GRAPHQL: {GRAPHQL: 2, "application/*": 1, "*/*": 0},
}
"""By media type: what may stand for it in the header, the more specific the higher."""
_MAX_HEADER = 1000
_UNNAMED = (-1, 0.0, 0)


@lru_cache(maxsize=256)
def media_type_for(accept: str) -> str:
    """The media type to answer with: what the client likes best of the two there are.

    Who names none gets plain JSON, and so does who likes both without naming either. Raises ``RequestRefused`` (406) if
    the client takes neither.
    """
    if not accept.strip():
        return JSON
    ranges = [_read(each) for each in accept[:_MAX_HEADER].split(",")]
    wanted = {each: _how_much(each, ranges) for each in (JSON, GRAPHQL)}
    best = max(wanted, key=lambda each: wanted[each])
    if wanted[best][0] <= 0:
        message = f"Answers are in {GRAPHQL} or {JSON}; the Accept header takes neither."
        raise RequestRefused(406, ErrorCode.NOT_ACCEPTABLE, message)
    return best


def is_answer_taken(accept: str) -> bool:
    """Whether the client takes either of the two."""
    try:
        media_type_for(accept)
    except RequestRefused:
        return False
    return True


def _read(media_range: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in media_range.split(";"))
    return name, next((_weight(part) for part in parameters if part.startswith("q=")), 1.0)


def _how_much(media_type: str, ranges: list[tuple[str, float]]) -> tuple[float, int, int]:
    """Weight, how specific the range is that says so, and how early it stands."""
    fitting = [
        (specific, weight, -place)
        for place, (name, weight) in enumerate(ranges)
        if (specific := _RANGES[media_type].get(name, -1)) >= 0
    ]
    specific, weight, place = max(fitting, default=_UNNAMED)
    return weight, specific, place


def _weight(parameter: str) -> float:
    try:
        return float(parameter.removeprefix("q="))
    except ValueError:
        return 0.0
