"""What an operation may cost: every list is taken to be full, and variables count as they come."""

from collections.abc import Mapping
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from schema.build import build_schema
from schema.limits import ceilings
from schema.limits.measuring import Measuring
from schema.limits.prices import Price
from schema.limits.weights import COUNT, LIST, LISTS, MUTATION, WEIGHTS
from tests.support.api import Api
from tests.support.statements import count_statements
from tests.support.world import World

SCHEMA = build_schema()._schema


def price(document: str, values: Mapping[str, Any] | None = None) -> tuple[int, int]:
    """Objects and values."""
    parsed = parse(document)
    [operation] = [each for each in parsed.definitions if isinstance(each, OperationDefinitionNode)]
    paid = Measuring(SCHEMA, parsed).operation(operation).price.paid(values or {})
    return paid.nodes, paid.cost


@pytest.mark.parametrize(
    ("document", "nodes", "cost"),
    [
        ("{ __typename }", 0, 1),
        ("{ viewer { user { name email } } }", 2, 4),
        ("{ leads(first: 5) { nodes { id subject } } }", 10, 1 + 5 * (2 + 2)),
        ("{ leads(last: 5) { nodes { id } } }", 10, 1 + 5 * 3),
        ("{ leads { nodes { id } } }", 40, 1 + 20 * 3),
        ("{ leads(first: 1000000) { nodes { id } } }", 200, 1 + 100 * 3),
        ("{ leads(first: 5) { totalCount } }", 5, 1 + 5 * (1 + COUNT)),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3, 1 + 3 * 2),
        ("{ caseTypes { name } }", LIST, 1 + LIST * 2),
        ("{ leads(first: 2) { edges { node { emails { address } } } } }", 2 * (3 + LIST), 1 + 2 * (4 + LIST * 2)),
        ("{ ...F } fragment F on Query { leads(first: 5) { nodes { id } } }", 10, 16),
        ("mutation { a: acceptLead(input: {leadId: 1}) { lead { id } } }", 2, MUTATION + 2),
        ("{ nothing { known { here } } }", 0, 1),
    ],
)
def test_lists_are_taken_to_be_full(document: str, nodes: int, cost: int) -> None:
    """A page is as long as it is asked to be, another list is as long as one record's entries."""
    assert price(document) == (nodes, cost)


@pytest.mark.parametrize(
    ("values", "size"),
    [({"n": 3}, 3), ({}, 20), ({"n": None}, 20), ({"n": "x"}, 20), ({"n": 10**9}, 100), ({"n": -1}, 1)],
)
def test_a_variable_costs_what_it_says(values: dict[str, object], size: int) -> None:
    """A page of its size; one that cannot be costs what a page costs otherwise."""
    assert price("query Q($n: Int) { leads(first: $n) { nodes { id } } }", values)[0] == 2 * size


def test_variables_multiply_each_other() -> None:
    """Lists within lists, through fragments too."""
    document = """query Q($n: Int, $ids: [ID!]!) { nodes(ids: $ids) { ...A } }
        fragment A on Account { contacts(first: $n) { nodes { id } } }"""

    assert price(document, {"n": 10, "ids": ["a"] * 7})[0] == 7 * (1 + 10 * 2)


def test_prices_with_gaps_add_and_multiply() -> None:
    """Like prices without."""
    document = """query Q($n: Int) {
        a: leads(first: $n) { nodes { id } } b: caseTypes { name } c: leads(first: $n) { totalCount }
    }"""
    parsed = parse(document)
    [operation] = [each for each in parsed.definitions if isinstance(each, OperationDefinitionNode)]
    open_ = Measuring(SCHEMA, parsed).operation(operation).price

    assert (open_ + open_).times(3).paid({"n": 5}) == open_.paid({"n": 5}).times(6)
    assert open_.paid({"n": 5}) == Price(*price(document, {"n": 5}))


def test_every_weight_is_of_a_field_that_is_there() -> None:
    """A field that is renamed keeps its weight."""
    for each in (*WEIGHTS, *LISTS):
        type_, name = each.split(".")
        assert SCHEMA.get_field(SCHEMA.type_map[type_], name), each  # type: ignore[arg-type] # an object type


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_a_costly_variable_is_refused_before_anything_is_read(api: Api, world: World) -> None:
    """The same document is served with a smaller one; a default counts where nothing is given."""
    document = """query Q($n: Int = 100, $m: Int) { accounts(first: $n) { nodes { cases(first: $n) { nodes {
        leads { person { firstName } } account { contacts(first: $m) { nodes { id emails { address } } } } } } } } }"""
    await api.ask(document, {"n": 2, "m": 2})
    with count_statements(world.backend.database) as statements:
        assert await api.errors(document, {"n": 100, "m": 100}) == ["TOO_COMPLEX"]
        assert await api.errors(document, {"m": 100}) == ["TOO_COMPLEX"]

    assert statements == []


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_what_screens_need_is_served(api: Api) -> None:
    """The acceptance page of fifty leads with all evidence, and a hundred leads with both kinds of matches."""
    evidence = "evidence { kind message bits } diffs { field status leadValue { text } existingValue { text } }"
    matches = f"edges {{ score rank band {evidence} node {{ id name }} }}"
    contact = matches.replace("name }", "firstName lastName }")
    page = f"""{{ leads(first: 50) {{ nodes {{ id subject
        accountMatches(first: 5) {{ verdict {matches} }} contactMatches(first: 5) {{ verdict {contact} }} }} }} }}"""

    assert await api.errors(page) == []
    assert await api.errors(page.replace("50", "100").replace("5)", "10)")) == []
    assert price(page)[0] < ceilings.MAX_NODES / 3
