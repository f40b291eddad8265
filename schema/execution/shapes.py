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
ConvertAll: TypeAlias = Callable[[Sequence[Any]], Sequence[Any]]
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


def _all_ints(values: Sequence[int]) -> Sequence[int]:
    return values if min(values) >= -(2**31) and max(values) < 2**31 else list(map(_to_int, values))


def _all_floats(values: Sequence[float]) -> Sequence[float]:
    return values if all(map(isfinite, values)) else list(map(_to_float, values))


_ALL_AT_ONCE: dict[Convert, ConvertAll] = {_to_int: _all_ints, _to_float: _all_floats}
"""Conversions of many values that cost less than one by one, and never give null."""
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


class _Names(dict[str, str]):
    """What the members of an enum are shown as, each asked for once; by their names, whose hashes are remembered."""

    def __init__(self, type_: graphql.GraphQLEnumType, members: type[Enum]) -> None:
        self._type, self._members = type_, members

    def __missing__(self, name: str) -> str:
        shown: str = self._type.coerce_output_value(self._members[name])
        self[name] = shown
        return shown

    def of(self, member: Enum) -> str:
        """What the member is shown as."""
        return self[member._name_]

    def of_all(self, members: Sequence[Enum]) -> list[str]:
        """What each of them is shown as."""
        return [self[each._name_] for each in members]


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
    _all_at_once: dict[type, ConvertAll] = field(default_factory=dict)

    def conversion(self, class_: type) -> Convert | None:
        """How a leaf shows instances of this very class; None if each has to be looked at."""
        if class_ not in self.conversions:
            if isinstance(self.of, graphql.GraphQLEnumType):
                if issubclass(class_, Enum) and not issubclass(class_, Flag):
                    names = _Names(self.of, class_)
                    self.conversions[class_], self._all_at_once[class_] = names.of, names.of_all
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
        if not classes:
            return values
        [class_] = classes
        convert = self.conversion(class_)
        if convert is None or convert is as_it_is:
            return None if convert is None else values
        all_at_once = self._all_at_once.get(class_) or _ALL_AT_ONCE.get(convert)
        if all_at_once and not is_with_null:
            return all_at_once(values)
        shown = [None if each is None else convert(each) for each in values]
        is_each_shown = shown.count(None) == values.count(None) and not any(each is Undefined for each in shown)
        return shown if is_each_shown else None


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
