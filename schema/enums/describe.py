"""How an enum that knows no GraphQL gets its name and descriptions."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

E = TypeVar("E", bound=Enum)


def describe(enum: type[E], description: str, values: Mapping[E, str], *, name: str | None = None) -> None:
    """Let an enum be used in the schema. Raises ``KeyError`` for a member that ``values`` leaves out.

    Strawberry takes descriptions of values only from where the enum is defined, so they are added to what it made.
    """
    described = strawberry.enum(enum, name=name or enum.__name__, description=description)
    definition: StrawberryEnumDefinition = described.__strawberry_definition__  # type: ignore[attr-defined]
    for value, member in zip(definition.values, enum, strict=True):
        value.description = values[member]
