"""Fields that a resolver answers."""

from collections.abc import Callable
from typing import Any

import strawberry
from strawberry.types.fields.resolver import StrawberryResolver


def resolve(resolver: Callable[..., Any], description: str, *, name: str | None = None) -> Any:  # noqa: ANN401
    """A field whose GraphQL type is the annotation it stands behind, and whose value ``resolver`` returns.

    Resolvers return domain values, of which Strawberry knows nothing: it is told not to look at what they are.
    """
    answering = StrawberryResolver(resolver, type_override=object)
    return strawberry.field(resolver=answering, name=name, description=description)
