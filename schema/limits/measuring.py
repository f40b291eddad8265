"""How deep, long and expensive a document is. Each fragment is measured once, so that the work is linear in its length.

What is measured is held against the ceilings at every step: nothing that is added up grows beyond them.

Strawberry's ``QueryDepthLimiter`` and ``MaxAliasesLimiter`` follow every spread anew, which is exponential in nested
fragments: 772 bytes cost seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    is_composite_type,
)

from resolvers.errors import ErrorCode
from schema.limits import ceilings
from schema.limits.prices import FREE, Price
from schema.limits.refusals import LimitPassedError
from schema.limits.weights import size_of, weight_of


@dataclass(frozen=True, slots=True)
class Measure:
    """What was found of a selection: with every fragment written out where it is spread."""

    depth: int = 0
    selections: int = 0
    aliases: int = 0
    directives: int = 0
    price: Price = FREE

    def __add__(self, other: "Measure") -> "Measure":
        """Both, beside each other."""
        return Measure(
            max(self.depth, other.depth),
            self.selections + other.selections,
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.price + other.price,
        )


NOTHING = Measure()
LEAF = Measure(1, 1, price=Price(0, 1))
"""A plain value, as most fields are; they are added up together."""


@dataclass(frozen=True, slots=True)
class _Ceiling:
    what: str
    most: int
    read: Callable[[Measure], int]
    code: ErrorCode = ErrorCode.TOO_COMPLEX


_CEILINGS = (
    _Ceiling("levels of fields", ceilings.MAX_DEPTH, lambda found: found.depth, ErrorCode.TOO_DEEP),
    _Ceiling("fields, with its fragments written out", ceilings.MAX_SELECTIONS, lambda found: found.selections),
    _Ceiling("aliases", ceilings.MAX_ALIASES, lambda found: found.aliases),
    _Ceiling("directives", ceilings.MAX_DIRECTIVES, lambda found: found.directives),
)


def _check(measure: Measure) -> Measure:
    for ceiling in _CEILINGS:
        if ceiling.read(measure) > ceiling.most:
            raise LimitPassedError(f"The document has more than {ceiling.most} {ceiling.what}.", ceiling.code)
    return measure


class Measuring:
    """Measures the operations of one document. What a fragment comes to is remembered.

    Everything here raises ``LimitPassedError`` as soon as a ceiling is passed, whatever the variables are.
    """

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._known: dict[str, Measure] = {}

    def operation(self, node: OperationDefinitionNode) -> Measure:
        """The measure of an operation."""
        root = self._schema.get_root_type(node.operation)
        directives = [*(node.directives or ())]
        for each in node.variable_definitions or ():
            directives += each.directives or ()
        return self._measured(len(directives), node.selection_set, root)

    def fragment(self, name: str) -> Measure:
        """The measure of a fragment; nothing for one that is not there."""
        if name not in self._known and name in self._fragments:
            self._known[name] = NOTHING  # Validation refuses circles; here they only have to end.
            node = self._fragments[name]
            on = self._schema.get_type(node.type_condition.name.value)
            self._known[name] = self._measured(len(node.directives or ()), node.selection_set, on)
        return self._known.get(name, NOTHING)

    def _measured(self, directives: int, selections: SelectionSetNode, parent: GraphQLNamedType | None) -> Measure:
        try:
            return _check(Measure(directives=directives) + self._set(selections, parent))
        except RecursionError:
            message = f"The document has more than {ceilings.MAX_DEPTH} levels of fields."
            raise LimitPassedError(message, ErrorCode.TOO_DEEP) from None

    def _set(self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None) -> Measure:
        measure, leaves = NOTHING, 0
        for each in selections.selections if selections else ():
            found = self._selection(each, parent)
            if found is LEAF:
                leaves += 1
            else:
                measure = _check(measure + found)
        return _check(measure + Measure(1, leaves, price=Price(0, leaves))) if leaves else measure

    def _selection(self, node: SelectionNode, parent: GraphQLNamedType | None) -> Measure:
        if isinstance(node, FieldNode):
            found = self._field(node, parent)
        elif isinstance(node, InlineFragmentNode):
            on = self._schema.get_type(node.type_condition.name.value) if node.type_condition else parent
            found = self._set(node.selection_set, on)
        else:
            found = self.fragment(node.name.value) if isinstance(node, FragmentSpreadNode) else NOTHING
        return found + Measure(directives=len(node.directives)) if node.directives else found

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Measure:
        name = node.name.value
        field = self._schema.get_field(parent, name) if parent and is_composite_type(parent) else None
        type_ = get_named_type(field.type) if field else None
        weight = weight_of(parent, name)
        if node.selection_set is None and node.alias is None and weight == 1:
            return LEAF
        below = self._set(node.selection_set, type_)
        price = Price(0, weight)
        if field is not None and is_composite_type(type_):
            size = size_of(parent, node, field)
            price = Price(1, weight) + below.price if size == 1 else price + (Price(1, 1) + below.price).times(size)
        return Measure(
            below.depth + 1, below.selections + 1, below.aliases + (node.alias is not None), below.directives, price
        )
