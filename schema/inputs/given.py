"""Fields of inputs, given or left out, and how they become commands."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

import strawberry

from domain.problems import FieldFault, InvalidField, Refused
from resolvers.global_ids import Node, decode_as

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Optional = strawberry.Maybe[T | None]
"""A field that may be left out or null. In a patch the two differ: left out stays as it is, null is cleared."""

UNKNOWN_ID = -1
"""What an id that is none becomes: no record has it, so the service names the field with all the others at fault."""


def required(description: str) -> Any:  # noqa: ANN401
    """A field that has to be given."""
    return strawberry.field(description=description)


def optional(description: str) -> Any:  # noqa: ANN401
    """A field that may be left out; its type is ``Optional``."""
    return strawberry.field(default=None, description=description)


class Held(Protocol[T_co]):
    """What holds the value of a field that was given: Strawberry's ``Some``, read only."""

    @property
    def value(self) -> T_co:
        """The value."""


def value(field: Held[T | None] | None) -> T | None:
    """The value of a field; None if it was left out."""
    return None if field is None else field.value


def given(source: object) -> dict[str, Any]:
    """The values of all optional fields of an input that were given, by name."""
    values = ((each.name, getattr(source, each.name)) for each in fields(source))  # type: ignore[arg-type]
    return {name: field.value for name, field in values if isinstance(field, strawberry.Some)}


def record_id(kind: type[Node], global_id: strawberry.ID) -> int:
    """The id of a record of this kind; ``UNKNOWN_ID`` for what is none."""
    decoded = decode_as(kind, global_id)
    return UNKNOWN_ID if decoded is None else decoded


def optional_id(kind: type[Node], global_id: strawberry.ID | None) -> int | None:
    """The id of a record of this kind; None for none."""
    return None if global_id is None else record_id(kind, global_id)


def moment(given_moment: datetime | None, *path: str) -> datetime | None:
    """A moment in UTC, where one without a time zone is meant. Raises ``Refused`` for one beyond the calendar."""
    if given_moment is None:
        return None
    if given_moment.tzinfo is None:
        return given_moment.replace(tzinfo=UTC)
    try:
        return given_moment.astimezone(UTC)
    except OverflowError:
        raise Refused(InvalidField(path=("input", *path), fault=FieldFault.BAD_DATE)) from None
