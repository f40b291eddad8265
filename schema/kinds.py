"""How union and interface members are told apart: by the class of the domain value, or by what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """The ``is_type_of`` of a GraphQL type that is told by the value alone, wherever it stands in an operation."""

    of_value: Callable[[Any], bool]

    def __call__(self, value: object, _: object) -> bool:
        """Whether the type shows the value, as graphql-core asks."""
        return self.of_value(value)


def shows(*kinds: type[Any]) -> Any:  # noqa: ANN401
    """The ``is_type_of`` of a GraphQL type that shows values of these classes."""
    return Told(lambda value: isinstance(value, kinds))


def shows_if(predicate: Callable[[Any], bool]) -> Any:  # noqa: ANN401
    """The ``is_type_of`` of a GraphQL type that shows values for which ``predicate`` is true."""
    return Told(predicate)
