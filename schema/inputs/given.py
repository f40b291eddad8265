"""Fields of inputs that may be left out."""

from typing import Any, TypeVar

import strawberry

T = TypeVar("T")


def required(description: str) -> Any:  # noqa: ANN401
    """A field that has to be given."""
    return strawberry.field(description=description)


def optional(description: str) -> Any:  # noqa: ANN401
    """A field that may be left out; its type is ``Maybe``, so that "left out" is told from null."""
    return strawberry.field(default=None, description=description)


def value(field: strawberry.Some[T] | None) -> T | None:
    """The value of a field; None if it was left out."""
    return None if field is None else field.value
