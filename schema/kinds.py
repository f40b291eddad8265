"""How union and interface members are told apart: by the class of the domain value."""

from collections.abc import Callable
from typing import Any


def shows(*kinds: type[Any]) -> Any:  # noqa: ANN401
    """The ``is_type_of`` of a GraphQL type that shows values of these classes."""

    def is_type_of(_: type[Any], value: object, __: object) -> bool:
        return isinstance(value, kinds)

    return classmethod(is_type_of)


def shows_if(predicate: Callable[[Any], bool]) -> Any:  # noqa: ANN401
    """The ``is_type_of`` of a GraphQL type that shows values for which ``predicate`` is true."""

    def is_type_of(_: type[Any], value: object, __: object) -> bool:
        return predicate(value)

    return classmethod(is_type_of)
