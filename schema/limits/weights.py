"""How long lists are taken to be, and which fields cost more than the value they are."""

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    IntValueNode,
    ListValueNode,
    VariableNode,
)

from resolvers.pages import DEFAULT_SIZE
from schema.limits.prices import Variable, page_size

LIST = 10
"""How long a list is taken to be that has no pages: the entries of one record."""
LISTS = {
    "Acceptance.remainingDecisions": 4,
    "Acceptance.steps": 4,
}
"""Lists whose length is known better, and matters: a decision may hold all candidates."""
WEIGHTS = {
    "Lead.acceptance": 10,
    "Lead.accountMatches": 10,
    "Lead.contactMatches": 10,
    "Query.explainMatch": 20,
    "Query.previewMatchingSettings": 1_000,
}
"""Values that a field counts for because of the work behind it; others count for one."""
MUTATION = 100
"""Values that a mutation counts for: a transaction of its own."""
COUNT = 10
"""Values that counting a whole list counts for."""
_SIZES = ("first", "last")
_SELECTORS = ("ids",)


def weight_of(parent: GraphQLNamedType | None, name: str) -> int:
    """How many values the field counts for."""
    if parent is None:
        return 1
    if parent.name == "Mutation":
        return MUTATION
    if name == "totalCount":
        return COUNT
    return WEIGHTS.get(f"{parent.name}.{name}", 1)


def size_of(parent: GraphQLNamedType | None, node: FieldNode, field: GraphQLField) -> int | Variable:
    """How often what is selected below a field is answered, at most.

    A page counts where its size is given; the lists of the page's own type, ``edges`` and ``nodes``, are that page.
    """
    given = {each.name.value: each.value for each in node.arguments or ()}
    if not any(each in field.args for each in (*_SIZES, *_SELECTORS)):
        return _length(parent, node.name.value) if _is_list(field) and not _is_page(parent) else 1
    for name in (*_SIZES, *_SELECTORS):
        value = given.get(name)
        if isinstance(value, IntValueNode):
            return page_size(_number(value.value))
        if isinstance(value, ListValueNode):
            return len(value.values)
        if isinstance(value, VariableNode):
            return Variable(value.name.value, DEFAULT_SIZE)
    return DEFAULT_SIZE


def _length(parent: GraphQLNamedType | None, name: str) -> int:
    return LISTS.get(f"{parent}.{name}", LIST)


def _is_list(field: GraphQLField) -> bool:
    type_ = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(type_, GraphQLList)


def _is_page(type_: GraphQLNamedType | None) -> bool:
    return isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and "edges" in type_.fields


def _number(text: str) -> int:
    """The number; of one that is longer than any page size, as much as says so."""
    return int(text[:10])
