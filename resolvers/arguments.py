"""Arguments that many fields take, with their descriptions, and what becomes of them."""

from typing import Annotated, TypeVar

import strawberry

from resolvers.errors import ErrorCode, RequestError
from resolvers.global_ids import Node, decode_as
from resolvers.pages import PageArguments

T = TypeVar("T")
MAX_SEARCH = 200

First = Annotated[
    int | None,
    strawberry.argument(description="How many entries to take from the start: 1 to 100, 20 if neither is given."),
]
After = Annotated[str | None, strawberry.argument(description="Only entries after this cursor.")]
Last = Annotated[int | None, strawberry.argument(description="How many entries to take from the end: 1 to 100.")]
Before = Annotated[str | None, strawberry.argument(description="Only entries before this cursor.")]
Search = Annotated[
    str | None,
    strawberry.argument(description="Words to find; each has to be the beginning of a word of the record."),
]

NOT_GIVEN = strawberry.UNSET


def given(value: T | None) -> T | None:
    """The value of an argument; None if it was left out."""
    return None if value is NOT_GIVEN else value


def page_arguments(first: int | None, after: str | None, last: int | None, before: str | None) -> PageArguments:
    """The four arguments of a list, whichever of them were given."""
    return PageArguments(first=given(first), after=given(after), last=given(last), before=given(before))


def id_argument(kind: type[Node], name: str, global_id: strawberry.ID) -> int:
    """The id in a filter. Raises ``RequestError`` for what is no id of this kind."""
    id_ = decode_as(kind, global_id)
    if id_ is None:
        raise RequestError(ErrorCode.BAD_ID, f"'{name}' is not the id of a {kind.__name__}.")
    return id_


def search_text(search: str | None) -> str:
    """What to look for; empty for everything. Raises ``RequestError`` for a text that is too long."""
    text = given(search) or ""
    if len(text) > MAX_SEARCH:
        raise RequestError(ErrorCode.BAD_TEXT, f"The text to search for is longer than {MAX_SEARCH} characters.")
    return text
