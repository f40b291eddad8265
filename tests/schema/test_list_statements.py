"""Every list of the schema costs a number of statements that is known, and is the same for 1, 10 and 100 parents."""

from collections.abc import Iterator
from typing import Any

import graphql
import pytest
from graphql import FieldNode, GraphQLField, GraphQLSchema, TypeInfo, TypeInfoVisitor, Visitor

from schema.build import build_schema
from tests.schema.test_statements import add_leads
from tests.support.api import Api
from tests.support.statements import count_statements
from tests.support.world import World

CASES = "nodes { leads { subject emails { address } } } edges { cursor }"
COUNTED = {
    "leads(first: $n) { edges { cursor } nodes { emails { address } phones { number } } }": 1,
    "leads(first: $n) { nodes { history { edges { cursor } nodes { fields } } } }": 2,
    "leads(first: $n) { nodes { dismissedMatches { recordKind } } }": 2,
    "leads(first: $n) { nodes { accountMatches { edges { score evidence { kind } } } } }": 3,
    "leads(first: $n) { nodes { accountMatches { edges { diffs { field parts } } } } }": 4,
    "leads(first: $n) { nodes { contactMatches { edges { score evidence { kind } } } } }": 3,
    "leads(first: $n) { nodes { contactMatches { edges { diffs { field parts } } } } }": 5,
    "leads(first: $n) { nodes { acceptance { steps { kind } } } }": 11,
    "leads(first: $n) { nodes { acceptance { remainingDecisions { ...D } } } }": 13,
    "leads(first: $n) { nodes { acceptance { plannedChanges { changes { newValue { ...V } } } } } }": 11,
    "accounts(first: $n) { edges { cursor } nodes { emails { address } phones { number } externalIds { system } } }": 2,
    "accounts(first: $n) { nodes { contacts(first: 3) { edges { cursor } nodes { lastName } } } }": 2,
    f"accounts(first: $n) {{ nodes {{ cases {{ {CASES} }} }} }}": 3,
    "contacts(first: $n) { edges { cursor } nodes { emails { address } phones { number } externalIds { system } } }": 2,
    f"contacts(first: $n) {{ nodes {{ cases {{ {CASES} }} }} }}": 3,
    f"cases(first: $n) {{ {CASES} }}": 2,
    "nodes(ids: $ids) { id ... on Lead { type { caseTypes { name } } } ... on Account { contacts { totalCount } } }": 6,
    "users(first: $n) { edges { cursor } nodes { roles } }": 1,
    "leadTypes { caseTypes { name } } caseTypes { name } rejectReasons { name }": 5,
    "viewer { unfinishedAcceptances(first: $n) { edges { cursor } nodes { subject } } }": 1,
}
"""By what is selected: the number of statements."""

FRAGMENTS = """
fragment D on RemainingDecision {
  ... on DecideAccountFieldsDecision { diffs { field } }
  ... on DecideContactFieldsDecision { contactDiffs: diffs { field } }
  ... on ChooseCaseDecision { caseTypes { name } openCases { number } }
}
fragment V on FieldValue { ... on EmailsValue { emails { address } } ... on PhonesValue { phones { number } } }
"""
ONCE = ("Payload", "Event", "Error", "Answer", "Preview", "MatchingSettings", "MatchExplanation", "ExactJudgement")
"""Ends of the names of types that an operation shows once: their lists have one parent."""


def _document(selected: str) -> str:
    declared = [f"${name}: {type_}" for name, type_ in (("n", "Int!"), ("ids", "[ID!]!")) if f"${name}" in selected]
    fragments = [each for each in FRAGMENTS.split("fragment ") if each and f"...{each[0]}" in selected]
    head = f"query Q({', '.join(declared)})" if declared else "query Q"
    return f"{head} {{ {selected} }} {' '.join(f'fragment {each}' for each in fragments)}"


class _Selected(Visitor):
    """The fields that a document selects, as ``Type.field``."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info
        self.fields: set[str] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:  # noqa: ANN401
        """Note one."""
        self.fields.add(f"{self._info.get_parent_type()}.{node.name.value}")


def _selected(schema: GraphQLSchema, document: str) -> set[str]:
    info = TypeInfo(schema)
    selected = _Selected(info)
    graphql.visit(graphql.parse(document), TypeInfoVisitor(info, selected))
    return selected.fields


def _lists(schema: GraphQLSchema) -> Iterator[str]:
    for type_ in schema.type_map.values():
        if isinstance(type_, graphql.GraphQLObjectType) and not type_.name.startswith("__"):
            yield from (f"{type_}.{name}" for name, each in type_.fields.items() if _is_list(each))


def _is_list(field: GraphQLField) -> bool:
    shown = graphql.get_nullable_type(field.type)
    return graphql.is_list_type(shown) or graphql.get_named_type(shown).name.endswith("Connection")


def test_every_list_is_counted() -> None:
    """A list that is added to the schema has to be counted as well, below many parents."""
    schema = build_schema()._schema
    counted = set().union(*(_selected(schema, _document(each)) for each in COUNTED))

    missing = {each for each in _lists(schema) if not each.partition(".")[0].endswith(ONCE)} - counted

    assert missing == set()


async def _some_ids(api: Api) -> list[str]:
    """The ids of a hundred records: leads and accounts in turn."""
    found = await api.ask("{ leads(first: 50) { nodes { id } } accounts(first: 50) { nodes { id } } }")
    pairs = zip(found["leads"]["nodes"], found["accounts"]["nodes"], strict=True)
    return [each["id"] for pair in pairs for each in pair]


@pytest.mark.parametrize("selected", COUNTED)
async def test_a_list_costs_the_same_number_of_statements_at_any_length(api: Api, world: World, selected: str) -> None:
    """Exactly so many for 1, 10 and 100 parents, for whoever asks: an agent, a manager, an administrator."""
    await add_leads(world, 100)
    ids = await _some_ids(api)
    counts = set()
    for actor in (world.agent, world.manager, world.admin):
        for number, n in enumerate((100, 1, 10, 100)):
            given = {"n": n} if "$n" in selected else {"ids": ids[: max(n, 2)]} if "$ids" in selected else {}
            with count_statements(world.backend.database) as statements:
                await api.ask(_document(selected), given, actor=actor)
            if number > 0:  # Who asks is remembered from the first time on, and how frequent the keys are.
                counts.add(len(statements))

    assert counts == {COUNTED[selected]}
