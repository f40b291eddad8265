"""What is known of an operation before it is executed: its fields by type, how each is resolved and what it may become.

A plan holds nothing of a request, so it is made once for each document; ``context`` uses it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeAlias

import graphql
from graphql import GraphQLObjectType, GraphQLSchema, Undefined
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.language import FragmentDefinitionNode, FragmentSpreadNode, OperationDefinitionNode, ValueNode
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver
from strawberry.types.info import Info

from schema.execution.shapes import Conversions, Kind, Shape, as_it_is, shape_of

MAX_PLANNED = 256
"""Operations whose plans are kept."""
MAX_VARIANTS = 16
"""Plans of one operation."""
MAX_KNOWN = 256
"""Combinations of types in one row that are remembered."""


_STOCK_DIRECTIVES = {"defer", "stream", "experimental_disableErrorPropagation"}


@dataclass(slots=True, eq=False)
class Field:
    """A field of a selection."""

    key: str
    parent: GraphQLObjectType
    definition: graphql.GraphQLField
    details: FieldDetailsList
    shape: Shape
    known: Any = None
    """What Strawberry knows of the field, if it can be resolved without its wrappers."""
    attribute: str | None = None
    """The attribute that is the field's value, if it is."""
    call: Callable[..., Any] | None = None
    """Calls the resolver with source, info and arguments, if that is all there is to do."""
    is_told: bool = True
    """Whether the resolver wants ``info``."""
    is_given: bool = False
    """Whether it has arguments."""
    is_constant: bool = False
    """Whether the arguments stand in the document."""
    arguments: dict[str, Any] | None = None
    """The arguments, if they are constant and were computed already."""
    below: "dict[GraphQLObjectType, list[Step]]" = field(default_factory=dict)
    """What is selected below the field, by the type of the value."""


@dataclass(slots=True, eq=False)
class TypeName:
    """A ``__typename``."""

    key: str
    name: str


@dataclass(slots=True, eq=False)
class Row:
    """Fields that follow each other, each an attribute that a leaf type shows: read and shown all at once."""

    fields: Sequence[Field]
    keys: tuple[str, ...]
    read: Callable[[Any], tuple[Any, ...]]
    make: Callable[..., dict[str, Any]]
    """A dict of the keys with the values given, in this order."""
    known: dict[tuple[type, ...], Conversions | None] = field(default_factory=dict)

    def show(self, source: Any, out: dict[str, Any]) -> bool:  # noqa: ANN401
        """Put the values of all fields into ``out``; False if one of them is not simply shown, or not this way.

        Raises what reading or showing a value raises.
        """
        values = self.read(source)
        classes = tuple(map(type, values))
        conversions = self.known.get(classes, ())
        if not conversions and classes not in self.known:
            conversions = self._learn(classes)
        if conversions is None:
            return False
        out.update(zip(self.keys, values, strict=True))
        for key, convert in conversions:
            shown = out[key] = convert(out[key])
            if shown is None or shown is Undefined:
                return False
        return True

    def show_all(self, sources: Sequence[Any]) -> list[dict[str, Any]] | None:
        """What ``show`` makes of each source, field by field for all of them; None if one is not simply shown.

        Raises what reading or showing a value raises.
        """
        columns: list[Sequence[Any]] = []
        for each, values in zip(self.fields, zip(*map(self.read, sources), strict=True), strict=True):
            column = each.shape.show_all(values)
            if column is None:
                return None
            columns.append(column)
        return list(map(self.make, *columns))

    def _learn(self, classes: tuple[type, ...]) -> Conversions | None:
        if len(self.known) >= MAX_KNOWN:
            self.known.clear()
        found = [
            as_it_is if class_ is type(None) and each.shape.is_nullable else each.shape.conversion(class_)
            for each, class_ in zip(self.fields, classes, strict=True)
        ]
        changed = tuple((key, each) for key, each in zip(self.keys, found, strict=True) if each and each != as_it_is)
        self.known[classes] = None if None in found else changed
        return self.known[classes]


Step: TypeAlias = Field | TypeName | Row
Variant: TypeAlias = tuple[bool | None, ...]


@dataclass(slots=True, eq=False)
class Planned:
    """An operation and its plans: one for each combination of what ``@skip`` and ``@include`` are given."""

    kept: tuple[object, ...]
    """What the plans belong to, told apart by identity."""
    conditions: tuple[str, ...] | None
    """The variables in directives; None for an operation that is not planned."""
    variants: dict[Variant, list[Step]] = field(default_factory=dict)

    def variant(self, values: Mapping[str, Any]) -> Variant | None:
        """Which plan belongs to these variables; None if there can be none."""
        if self.conditions is None:
            return None
        given = tuple([values.get(each) for each in self.conditions])
        return given if all(each is None or isinstance(each, bool) for each in given) else None

    def keep(self, variant: Variant, steps: list[Step]) -> None:
        """Remember a plan."""
        if len(self.variants) >= MAX_VARIANTS:
            self.variants.clear()
        self.variants[variant] = steps


_planned: dict[tuple[int, ...], Planned] = {}


def planned_operation(
    schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> Planned:
    """What is known of the operation so far.

    Nodes are told apart by identity, because equal ones may stand at other lines and columns.
    """
    kept = (schema, operation, *fragments.values())
    key = tuple(map(id, kept))
    if key not in _planned:
        if len(_planned) >= MAX_PLANNED:
            del _planned[next(iter(_planned))]
        _planned[key] = Planned(kept, _conditions(operation, *fragments.values()))
    return _planned[key]


def _conditions(*definitions: OperationDefinitionNode | FragmentDefinitionNode) -> tuple[str, ...] | None:
    if any(isinstance(each, FragmentDefinitionNode) and each.variable_definitions for each in definitions):
        return None
    names: list[str] = []
    nodes: list[Any] = [*definitions]
    while nodes:
        node = nodes.pop()
        for directive in node.directives or ():
            if directive.name.value in _STOCK_DIRECTIVES:
                return None
            given = (each.value for each in directive.arguments or ())
            names += [each.name.value for each in given if isinstance(each, graphql.VariableNode)]
        if not isinstance(node, FragmentSpreadNode) and node.selection_set:
            nodes += node.selection_set.selections
    return tuple(dict.fromkeys(names))


def plan(schema: GraphQLSchema, parent: GraphQLObjectType, grouped: GroupedFieldSet) -> list[Step]:
    """What has to be done for a selection on a type, in order."""
    steps: list[Step] = []
    row: list[Field] = []
    for key, details in grouped.items():
        definition = schema.get_field(parent, details[0].node.name.value)
        if definition is graphql.TypeNameMetaFieldDef:
            steps += [*_rows(row), TypeName(key, parent.name)]
            row = []
        elif definition is not None:
            planned = _plan_field(schema, key, parent, definition, details)
            if planned.attribute is not None and planned.shape.kind is Kind.LEAF:
                row.append(planned)
            else:
                steps += [*_rows(row), planned]
                row = []
    return [*steps, *_rows(row)]


def _rows(fields: list[Field]) -> list[Row]:
    names = [each.attribute for each in fields if each.attribute is not None]
    if not names:
        return []
    # Of one attribute alone, attrgetter gives the value, and no tuple.
    read = attrgetter(*names) if len(names) > 1 else lambda source: (getattr(source, names[0]),)
    keys = tuple(each.key for each in fields)
    return [Row(fields, keys, read, _maker(keys))]


def _maker(keys: tuple[str, ...]) -> Callable[..., dict[str, Any]]:
    """What makes a dict of these keys: compiled, as named tuples are, in less than half of the time."""
    names = [f"_{number}" for number in range(len(keys))]
    entries = [f"{key!r}: {name}" for key, name in zip(keys, names, strict=True)]
    # Keys are names of GraphQL: letters, digits and underscores.
    made: Callable[..., dict[str, Any]] = eval(f"lambda {', '.join(names)}: {{{', '.join(entries)}}}")  # noqa: S307
    return made


def _plan_field(
    schema: GraphQLSchema,
    key: str,
    parent: GraphQLObjectType,
    definition: graphql.GraphQLField,
    details: FieldDetailsList,
) -> Field:
    planned = Field(key, parent, definition, details, shape_of(schema, definition.type))
    given = details[0].node.arguments or ()
    planned.is_given = bool(definition.args or given)
    planned.is_constant = not any(_has_variables(each.value) for each in given)
    known: Any = definition.extensions.get("strawberry-definition")
    if not _is_plain(schema, known, definition.resolve):
        return planned
    resolver = known.base_resolver
    if resolver is None and known.default_resolver is getattr:
        planned.known, planned.attribute = known, known.python_name
    elif type(resolver) is StrawberryResolver and callable(resolver.wrapped_func):
        planned.known, planned.call = known, _caller(resolver)
        planned.is_told = resolver.info_parameter is not None
    return planned


def _is_plain(schema: GraphQLSchema, known: Any, resolve: Any) -> bool:  # noqa: ANN401
    """Whether Strawberry made the field, and neither an extension nor a handler has to do with its resolver."""
    served = schema.extensions.get("strawberry-definition")
    is_usual = served is not None and not served.exception_handlers and served.config.info_class is Info
    is_untouched = getattr(resolve, "__qualname__", "").startswith(GraphQLCoreConverter.from_resolver.__qualname__)
    return is_usual and is_untouched and type(known) is StrawberryField and not known.extensions


def _has_variables(value: ValueNode) -> bool:
    if isinstance(value, graphql.ListValueNode):
        return any(map(_has_variables, value.values))
    if isinstance(value, graphql.ObjectValueNode):
        return any(_has_variables(each.value) for each in value.fields)
    return isinstance(value, graphql.VariableNode)


def _caller(resolver: StrawberryResolver[Any]) -> Callable[..., Any]:
    """How Strawberry calls a resolver: source and info by the names of the parameters that ask for them."""
    function: Any = resolver.wrapped_func
    of_source = (resolver.self_parameter, resolver.parent_parameter, resolver.root_parameter)
    # A parameter that is called root and annotated as the parent is both.
    sources = {each.name for each in of_source if each is not None}
    asking = [*sources, *([resolver.info_parameter.name] if resolver.info_parameter else [])]
    if list(resolver.signature.parameters) == asking:
        match len(sources), resolver.info_parameter is not None:
            case 0, False:
                return lambda source, info, arguments: function()  # noqa: ARG005
            case 0, True:
                return lambda source, info, arguments: function(info)  # noqa: ARG005
            case 1, False:
                return lambda source, info, arguments: function(source)  # noqa: ARG005
            case 1, True:
                return lambda source, info, arguments: function(source, info)  # noqa: ARG005
            case _:
                pass
    return _general_caller(resolver)


def _general_caller(resolver: StrawberryResolver[Any]) -> Callable[..., Any]:
    function: Any = resolver.wrapped_func
    is_method = resolver.self_parameter is not None
    sources = [each.name for each in (resolver.parent_parameter, resolver.root_parameter) if each is not None]
    info_name = resolver.info_parameter.name if resolver.info_parameter else None

    def call(source: Any, info: Any, arguments: dict[str, Any]) -> Any:  # noqa: ANN401
        given = {**arguments, **dict.fromkeys(sources, source)}
        if info_name is not None:
            given[info_name] = info
        return function(source, **given) if is_method else function(**given)

    return call
