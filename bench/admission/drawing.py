"""Documents drawn at random from the schema's own names, so that most get far before they are refused."""

import random

from graphql import (
    GraphQLField,
    GraphQLID,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_required_argument,
)

_FRAGMENTS = 12
_NARROW = 60
"""Characters that are too few for a selection within a selection."""
_FAULTY = 0.3
"""The share of documents that may have faults."""
_KINDS = ("field", "field", "field", "alias", "spread", "inline", "directive", "wrong")


class Drawing:
    """Draws documents of up to ``length`` characters; what it draws depends on nothing but its source of chance."""

    def __init__(self, schema: GraphQLSchema, chance: random.Random, length: int) -> None:
        self._schema = schema
        self._chance = chance
        self._left = chance.randrange(100, length)
        self._repeats = chance.random()
        self._has_faults = chance.random() < _FAULTY
        objects = [each for each in schema.type_map.values() if isinstance(each, GraphQLObjectType)]
        self._fragments = [chance.choice((schema.query_type, *objects)) for _ in range(_FRAGMENTS)]
        self._first = 0
        self._spread: set[int] = set()

    def document(self) -> str:
        """A document of one query and the fragments that it spreads; most fit the schema."""
        room = self._left // (1 + self._chance.randrange(_FRAGMENTS))
        written = [f"query Q($n: Int = 7) {self._selections(self._schema.query_type, room)}"]
        for number, on in enumerate(self._fragments):
            self._first = number + 1
            if number in self._spread:
                written.append(f"fragment F{number} on {on} {self._selections(on, room)}")
        return "\n".join(written)

    def _selections(self, parent: GraphQLNamedType | None, room: int) -> str:
        uses = "users(first: $n) { __typename } " if parent is self._schema.query_type else ""
        written = [f"{{ {uses}__typename"]
        depth, spent = self._chance.choice((1, 2, 8, 30)), 0
        while spent < room - 40:
            text = self._selection(parent, depth, room - spent)
            spent += len(text) + 1
            written.append(text)
        return " ".join([*written, "}"])

    def _selection(self, parent: GraphQLNamedType | None, depth: int, room: int) -> str:
        kind = self._chance.choice(_KINDS)
        if kind == "spread" and (fitting := self._fitting(parent)):
            number = self._chance.choice(fitting)
            self._spread.add(number)
            return f"...F{number}"
        if kind == "inline" and depth:
            return f"... on {parent} {self._nested(parent, depth, room)}"
        if kind == "wrong" and self._has_faults:
            return self._chance.choice(("leed", "nodez", "id @nothing", "a: b(c: $d)", 'x(y: {z: ["w"]})'))
        text = self._field(parent, depth, room)
        prefix = f"a{self._chance.randrange(50)}: " if kind == "alias" else ""
        suffix = " @include(if: true)" if kind == "directive" and "{" not in text else ""
        return prefix + text + suffix

    def _fitting(self, parent: GraphQLNamedType | None) -> list[int]:
        """The fragments that may be spread here; in a faulty document any."""
        numbers = range(0 if self._has_faults else self._first, _FRAGMENTS)
        return [each for each in numbers if self._has_faults or self._fragments[each] is parent]

    def _nested(self, parent: GraphQLNamedType | None, depth: int, room: int) -> str:
        if room <= _NARROW:
            return "{ __typename }"
        parts = [self._selection(parent, depth - 1, room // 3) for _ in range(self._chance.randrange(1, 4))]
        return "{ " + " ".join(parts) + " }"

    def _field(self, parent: GraphQLNamedType | None, depth: int, room: int) -> str:
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return "__typename"
        names: list[str] = [each for each in sorted(parent.fields) if _is_simple(parent.fields[each])] or ["__typename"]
        name = names[0] if self._chance.random() < self._repeats / 3 else self._chance.choice(names)
        if name == "__typename":
            return name
        field = parent.fields[name]
        required = [f'{each}: "x"' for each, argument in field.args.items() if is_required_argument(argument)]
        sizes = [f"first: {self._chance.choice(('$n', '3', '100'))}"] if "first" in field.args else []
        arguments = f"({' '.join([*required, *sizes])})" if required or sizes else ""
        type_ = get_named_type(field.type)
        if not is_composite_type(type_):
            return f"{name}{arguments}"
        return f"{name}{arguments} {self._nested(type_, depth, room)}" if depth else "__typename"


def _is_simple(field: GraphQLField) -> bool:
    """Whether all that it needs is ids."""
    return all(get_named_type(each.type) is GraphQLID for each in field.args.values() if is_required_argument(each))


def draw_document(schema: GraphQLSchema, seed: int, length: int) -> str:
    """The document of this seed."""
    return Drawing(schema, random.Random(seed), length).document()[:length]
