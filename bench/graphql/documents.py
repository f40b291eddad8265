"""Documents drawn from a schema: whatever clients may ask, and much that they should not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import graphql
from graphql import GraphQLField, GraphQLInputType, GraphQLNamedType, GraphQLSchema

MAX_DEPTH = 6
_WORDS = ("a", "elbe", "", "Müller", "no-one@nowhere.example", "2026-01-31")
_SIZES = (1, 2, 3, 5, 20, 100, 100, 0, 101, -1)
_BY_NAME: dict[str, Sequence[Any]] = {
    "Int": _SIZES,
    "Float": (0.5, -3.0, 1e9),
    "Boolean": (True, False),
    "String": _WORDS,
    "Date": ("2026-02-28", "1984-07-01"),
    "DateTime": ("2026-02-28T10:00:00+00:00",),
}
_PAGES = {"after", "before"}


@dataclass(frozen=True, slots=True)
class Request:
    """A document, and what its variables are given."""

    query: str
    variables: dict[str, Any]


@dataclass(slots=True)
class _Drawn:
    """What one document is made of so far."""

    variables: dict[str, tuple[GraphQLInputType, Any]] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    count: int = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"


@dataclass(slots=True)
class Draw:
    """Draws documents; ``ids`` are what queries may ask for, ``unknown`` what mutations may.

    Mutations are refused, by unknown ids and by what is no e-mail address, so that they write nothing.
    """

    schema: GraphQLSchema
    random: Random
    ids: Sequence[str]
    unknown: Sequence[str]
    _drawn: _Drawn = field(default_factory=_Drawn)
    _is_mutation: bool = False

    def requests(self, count: int) -> Iterator[Request]:
        """So many requests."""
        for _ in range(count):
            yield self.request()

    def request(self) -> Request:
        """One request: a query, or now and then a mutation."""
        self._drawn = _Drawn()
        self._is_mutation = self.schema.mutation_type is not None and self._chance(0.12)
        root = self.schema.mutation_type if self._is_mutation else self.schema.query_type
        if root is None:
            raise ValueError("A schema without queries cannot be drawn from.")
        selection = self._selection(root, 0)
        drawn = self._drawn
        given = {name: value for name, (_, value) in drawn.variables.items()}
        declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in drawn.variables.items())
        head = f"{'mutation' if self._is_mutation else 'query'} Q{f'({declared})' if declared else ''}"
        return Request("\n".join([f"{head} {selection}", *drawn.fragments]), given)

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    # ------------------------------------------------------------------------------------------------ selections

    def _selection(self, type_: GraphQLNamedType, depth: int, *, is_aliased: bool = False) -> str:
        parts = ["__typename"] if self._chance(0.15) else []
        if isinstance(type_, graphql.GraphQLObjectType | graphql.GraphQLInterfaceType):
            fields = [each for each in type_.fields.items() if depth < MAX_DEPTH or _is_leaf(each[1])]
            wanted = min(len(fields), self.random.choice((1, 1, 2, 3, 5)))
            parts += [self._field(name, each, depth, is_aliased) for name, each in self.random.sample(fields, wanted)]
        if isinstance(type_, graphql.GraphQLInterfaceType | graphql.GraphQLUnionType) and depth < MAX_DEPTH:
            possible = list(self.schema.get_possible_types(type_))
            for each in self.random.sample(possible, min(len(possible), self.random.choice((1, 1, 2, 4)))):
                parts.append(self._on(each, depth))
        self.random.shuffle(parts)
        return "{ " + " ".join(self._wrapped(type_, parts or ["__typename"])) + " }"

    def _wrapped(self, type_: GraphQLNamedType, parts: list[str]) -> list[str]:
        """Some of what is selected put into a fragment: inline, or of its own, which may be spread twice."""
        if not self._chance(0.25):
            return parts
        start = self.random.randrange(len(parts))
        inside, outside = parts[start:], parts[:start]
        if self._chance(0.5):
            on = f"on {type_.name} " if self._chance(0.5) else ""
            return [*outside, f"... {on}{self._directive()}{{ {' '.join(inside)} }}"]
        name = self._drawn.name("F")
        self._drawn.fragments.append(f"fragment {name} on {type_.name} {{ {' '.join(inside)} }}")
        again = [f"...{name}"] if self._chance(0.3) else []
        return [*again, *outside, f"...{name} {self._directive()}"]

    def _on(self, type_: GraphQLNamedType, depth: int) -> str:
        # Members of a union may have fields of one name and several types, which one key cannot hold.
        return f"... on {type_.name} {self._directive()}{self._selection(type_, depth + 1, is_aliased=True)}"

    def _field(self, name: str, field_: GraphQLField, depth: int, is_aliased: bool) -> str:  # noqa: FBT001
        arguments = self._arguments(field_.args)
        alias = f"{self._drawn.name('x')}: " if is_aliased or arguments or self._chance(0.1) else ""
        named = graphql.get_named_type(field_.type)
        below = "" if graphql.is_leaf_type(named) else f" {self._selection(named, depth + 1)}"
        return f"{alias}{name}{arguments} {self._directive()}{below}"

    def _directive(self) -> str:
        if not self._chance(0.06):
            return ""
        condition = self._literal_or_variable(graphql.GraphQLNonNull(graphql.GraphQLBoolean), self._chance(0.5))
        return f"@{self.random.choice(('skip', 'include'))}(if: {condition}) "

    # ------------------------------------------------------------------------------------------------- arguments

    def _arguments(self, arguments: Mapping[str, graphql.GraphQLArgument]) -> str:
        given: list[str] = []
        for name, each in arguments.items():
            is_needed = graphql.is_required_argument(each)
            if is_needed or self._chance(0.05 if name in _PAGES or name == "last" else 0.3):
                given.append(f"{name}: {self._literal_or_variable(each.type, self._value(each.type, name))}")
        return f"({', '.join(given)})" if given else ""

    def _literal_or_variable(self, type_: GraphQLInputType, value: object) -> str:
        if self._chance(0.35):
            name = self._drawn.name("v")
            self._drawn.variables[name] = (type_, value)
            return f"${name}"
        node = graphql.value_to_literal(value, type_) if value is not None else None
        return graphql.print_ast(node) if node is not None else "null"

    def _value(self, type_: GraphQLInputType, name: str) -> Any:  # noqa: ANN401
        if isinstance(type_, graphql.GraphQLNonNull):
            return self._value_of(type_.of_type, name)
        return None if self._chance(0.1) else self._value_of(type_, name)

    def _value_of(self, type_: Any, name: str) -> Any:  # noqa: ANN401
        if isinstance(type_, graphql.GraphQLList):
            return [self._value(type_.of_type, name) for _ in range(self.random.choice((0, 1, 2, 4)))]
        if isinstance(type_, graphql.GraphQLInputObjectType):
            return self._input_object(type_)
        if isinstance(type_, graphql.GraphQLEnumType):
            return self.random.choice(list(type_.values))
        if type_.name == "ID":
            return self.random.choice(self.unknown if self._is_mutation or self._chance(0.2) else self.ids)
        if type_.name == "Int" and name in {"first", "last"} and not self._chance(0.08):
            return self.random.choice(_SIZES[:7])
        return self.random.choice(_BY_NAME.get(type_.name, _WORDS))

    def _input_object(self, type_: graphql.GraphQLInputObjectType) -> dict[str, Any]:
        if type_.is_one_of:
            name, each = self.random.choice(list(type_.fields.items()))
            return {name: self._value_of(graphql.get_nullable_type(each.type), name)}
        wanted = [
            (name, each)
            for name, each in type_.fields.items()
            if graphql.is_required_input_field(each) or (name != "idempotencyKey" and self._chance(0.25))
        ]
        given = {name: self._value(each.type, name) for name, each in wanted}
        if self._is_mutation and "emails" in type_.fields:
            given["emails"] = [{"address": "no address"}]
        return given


def _is_leaf(field_: GraphQLField) -> bool:
    return graphql.is_leaf_type(graphql.get_named_type(field_.type))
