"""Output types, unwrapped, and how leaf types show values of the usual classes."""

import datetime as dt
import decimal
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, Flag, auto
from math import isfinite
from typing import Any, TypeAlias

import graphql
from graphql import GraphQLObjectType, GraphQLSchema, Undefined

from schema.kinds import Told

Convert: TypeAlias = Callable[[Any], Any]
Conversions: TypeAlias = tuple[tuple[str, Convert], ...]


class Kind(Enum):
    """What becomes of a value."""

    LEAF = auto()
    OBJECT = auto()
    LIST = auto()
    ABSTRACT = auto()


def as_it_is(value: Any) -> Any:  # noqa: ANN401
    """The value."""
    return value


def _to_int(value: int) -> int:
    shown: int = value if -(2**31) <= value < 2**31 else graphql.GraphQLInt.coerce_output_value(value)
    return shown


def _to_float(value: float) -> float:
    shown: float = value if isfinite(value) else graphql.GraphQLFloat.coerce_output_value(value)
    return shown


_NEVER_NULL: set[Convert] = {_to_int, _to_float}
_SHOWN: dict[Any, dict[type, Convert]] = {
    graphql.GraphQLString: {str: as_it_is},
    graphql.GraphQLID: {str: as_it_is},
    graphql.GraphQLBoolean: {bool: as_it_is},
    graphql.GraphQLInt: {int: _to_int},
    graphql.GraphQLFloat: {float: _to_float},
}
_RESOLVE_TYPE = {"strawberry.schema.schema_converter", "strawberry.types.union"}
_SERIALISED = {int, float, str, bool, dt.datetime, dt.date, dt.time, decimal.Decimal, uuid.UUID}
"""Classes whose instances can be given to any leaf's own function without a look at them: nothing to be awaited."""


class _Names(dict[Enum, str]):
    """What the members of an enum are shown as, each asked for once."""

    def __init__(self, type_: graphql.GraphQLEnumType) -> None:
        self._type = type_

    def __missing__(self, member: Enum) -> str:
        shown: str = self._type.coerce_output_value(member)
        self[member] = shown
        return shown


@dataclass(slots=True, eq=False)
class Shape:
    """An output type, unwrapped."""

    of: Any
    kind: Kind
    item: "Shape | None" = None
    members: "Members | None" = None
    """For an abstract type: the types it may be, if a value alone tells which."""
    is_nullable: bool = True
    conversions: dict[type, Convert] = field(default_factory=dict)

    def conversion(self, class_: type) -> Convert | None:
        """How a leaf shows instances of this very class; None if each has to be looked at."""
        if class_ not in self.conversions:
            if isinstance(self.of, graphql.GraphQLEnumType):
                if issubclass(class_, Enum) and not issubclass(class_, Flag):
                    self.conversions[class_] = _Names(self.of).__getitem__
            elif class_ in _SERIALISED:
                self.conversions[class_] = self.of.coerce_output_value
        return self.conversions.get(class_)

    def show_all(self, values: Sequence[Any]) -> Sequence[Any] | None:
        """What a leaf shows of values; None if they are not of one class that is simply shown, or null."""
        classes = set(map(type, values))
        is_with_null = type(None) in classes
        classes.discard(type(None))
        if len(classes) > 1 or (is_with_null and not self.is_nullable):
            return None
        convert = self.conversion(classes.pop()) if classes else as_it_is
        if convert is None or convert is as_it_is:
            return None if convert is None else values
        shown = (
            [None if each is None else convert(each) for each in values] if is_with_null else list(map(convert, values))
        )
        if convert not in _NEVER_NULL and any(
            each is not None and (one is None or one is Undefined) for each, one in zip(values, shown, strict=True)
        ):
            return None
        return shown


Members: TypeAlias = tuple[tuple[GraphQLObjectType, Callable[[Any], bool]], ...]


def shape_of(schema: GraphQLSchema, type_: graphql.GraphQLOutputType) -> Shape:
    """The shape of an output type of the schema."""
    if isinstance(type_, graphql.GraphQLNonNull):
        inner = shape_of(schema, type_.of_type)
        inner.is_nullable = False
        return inner
    if isinstance(type_, graphql.GraphQLList):
        return Shape(type_, Kind.LIST, shape_of(schema, type_.of_type))
    if isinstance(type_, GraphQLObjectType):
        return Shape(type_, Kind.OBJECT)
    if isinstance(type_, graphql.GraphQLInterfaceType | graphql.GraphQLUnionType):
        return Shape(type_, Kind.ABSTRACT, members=_members(schema, type_))
    return Shape(type_, Kind.LEAF, conversions=dict(_SHOWN.get(type_, {})))


def _members(schema: GraphQLSchema, type_: graphql.GraphQLAbstractType) -> Members | None:
    if getattr(type_.resolve_type, "__module__", None) not in _RESOLVE_TYPE:
        return None
    possible = schema.get_possible_types(type_)
    told = [each.is_type_of for each in possible if type(each.is_type_of) is Told]
    if len(told) < len(possible):
        return None
    return tuple((each, check.of_value) for each, check in zip(possible, told, strict=True))
