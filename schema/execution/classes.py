"""What is known of values from their class alone, found out once for each class."""

from asyncio import Future, Task
from collections.abc import Sequence
from enum import Enum
from types import CoroutineType
from typing import Any

from graphql.execution.executor import get_typename
from strawberry.execution import optimized_is_awaitable
from strawberry.types.base import has_object_definition
from strawberry.types.cast import TYPE_CAST_ATTRIBUTE

from resolvers.loaders import Loaded

MAX_CLASSES = 10_000

PLAIN: set[type] = {str, int, float, bool, list, tuple, dict}
"""Classes whose instances can neither be awaited nor raised, and are not null."""
_AWAITABLE: set[type] = {Future, Loaded, Task, CoroutineType}
_FOREIGN: set[type] = {str, int, float, bool, tuple}
"""Classes whose instances do not say themselves as what they are to be shown."""


def is_awaitable(value: Any) -> bool:  # noqa: ANN401
    """Whether the value can be awaited."""
    class_ = type(value)
    if class_ in PLAIN:
        return False
    if class_ in _AWAITABLE or optimized_is_awaitable(value):
        return True
    is_plain = value is not None and value.__class__ is class_ and not issubclass(class_, Exception)
    if is_plain and not hasattr(class_, "__getattr__") and len(PLAIN) < MAX_CLASSES:
        PLAIN.add(class_)
    return False


def are_plain(values: Sequence[Any]) -> bool:
    """Whether none of the values is null, or can be awaited or raised."""
    classes = set(map(type, values))
    return classes <= PLAIN or (not any(map(is_awaitable, values)) and classes <= PLAIN)


def is_foreign(value: Any) -> bool:  # noqa: ANN401
    """Whether neither Strawberry nor graphql-core would ask the value itself as what it is to be shown."""
    class_ = type(value)
    if class_ in _FOREIGN:
        return True
    is_open = hasattr(value, "__dict__") and not isinstance(value, Enum)
    if is_open or has_object_definition(value) or hasattr(value, TYPE_CAST_ATTRIBUTE) or get_typename(value):
        return False
    if len(_FOREIGN) < MAX_CLASSES:
        _FOREIGN.add(class_)
    return True
