"""The fast executor answers as the stock one does, in the rare paths as well."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from strawberry.types import ExecutionResult

from tests.schema.execution.odd_schema import FAST, MAKERS, STOCK

SELECTIONS = {
    "scalars": "name size weight code colour day isNew sizes __typename",
    "aliases": "a: name b: name inner { ...F } ... on Thing { size } later { a: size } ... @skip(if: $on) { code }",
    "told": 'told x: told(times: 3) y: told(words: ["a"]) z: told(words: $words) inner { told }',
    "slow": "name slow later { slow size } inner { later { slow } }",
    "broken": "broken size inner { broken } later { broken }",
    "slow_broken": "slow slowBroken later { slow } size",
    "at_all": "later { slow } inner { later { brokenAtAll } } size slow",
    "far_below": "inner { inner { later { slowBroken } inner { brokenAtAll } } }",
}
FIELDS = ("needed", "one", "all", "some", "nested", "generator", "stream", "coroutines")


@dataclass
class _Answer:
    """What both gave."""

    data: Any
    errors: list[Any] = field(default_factory=list)


def _seen(result: ExecutionResult, *, is_ordered: bool) -> _Answer:
    errors = [(repr(each.formatted), repr(type(each.original_error))) for each in result.errors or ()]
    return _Answer(repr(result.data), errors if is_ordered else sorted(errors))


async def _both(query: str, variables: dict[str, Any], *, is_ordered: bool = False) -> tuple[_Answer, _Answer]:
    answers = []
    for served in (STOCK, FAST):
        result = await served.execute(query, variables, context_value="context")
        answers.append(_seen(result, is_ordered=is_ordered))
    await asyncio.sleep(0)  # What was given up is settled in the background.
    return answers[0], answers[1]


def _complete(query: str) -> tuple[str, dict[str, Any]]:
    declared = [
        f"${name}: {type_}" for name, type_ in (("on", "Boolean!"), ("words", "[String!]")) if f"${name}" in query
    ]
    head = f"query Q({', '.join(declared)}) " if declared else ""
    tail = " fragment F on Thing { name size }" if "...F" in query else ""
    given = {"on": True, "words": ["w"]}
    return head + query + tail, {name: value for name, value in given.items() if f"${name}" in query}


@pytest.mark.parametrize("selected", SELECTIONS)
@pytest.mark.parametrize("name", FIELDS)
async def test_every_kind_of_value_is_shown_alike(name: str, selected: str) -> None:
    """Whatever a resolver gives, at once or later, alone or in lists: data, keys' order and errors are the same."""
    for kind in MAKERS:
        arguments = f'kind: "{kind}"' if name in {"needed", "one"} else f'kinds: ["part", "{kind}", "part"]'
        query, given = _complete(f"{{ plain {name}({arguments}) {{ {SELECTIONS[selected]} }} last: plain }}")
        stock, fast = await _both(query, given)
        assert fast == stock, (kind, query)


@pytest.mark.parametrize("name", ["union", "interface"])
async def test_abstract_types_are_told_alike(name: str) -> None:
    """Members of unions and interfaces, by class, by a predicate of their own, or not at all."""
    for kind in MAKERS:
        selected = "__typename ... on Named { name } ... on Thing { size slow }"
        query = f'{{ {name}(kinds: ["{kind}", "part"]) {{ {selected} }} }}'
        stock, fast = await _both(query, {})
        assert fast == stock, (kind, query)


async def test_errors_at_once_are_told_in_order() -> None:
    """What fails without waiting is told in the order of the document."""
    query = '{ all(kinds: ["part", "part"]) { broken inner { broken } } one(kind: "raise") { name } }'
    stock, fast = await _both(query, {}, is_ordered=True)

    assert fast == stock
    assert len(stock.errors) == 5


async def test_mutations_run_one_after_the_other_until_one_must_not_be_null() -> None:
    """The same ones are run, in the same order."""
    query = 'mutation { a: do(kind: "coroutine") { name slow } b: do(kind: "raise") { name }'
    query += ' c: must(kind: "future") { size }'
    for tail in (' d: must(kind: "null") { size } e: do(kind: "part") { name } }', " }"):
        done: list[list[str]] = []
        answers = []
        for served in (STOCK, FAST):
            done.append([])
            result = await served.execute(query + tail, context_value=done[-1])
            answers.append(_seen(result, is_ordered=True))

        assert answers[0] == answers[1]
        assert done[0] == done[1]
        assert len(done[0]) == 4 - (tail == " }")


@pytest.mark.parametrize("is_on", [True, False])
async def test_a_plan_is_kept_for_each_condition(is_on: bool) -> None:
    """The same document with other values of ``@skip`` and ``@include`` selects other fields."""
    query = 'query Q($on: Boolean!) { one(kind: "part") { name @skip(if: $on) inner @include(if: $on) { size } } }'
    for value in (is_on, not is_on, is_on):
        stock, fast = await _both(query, {"on": value})
        assert fast == stock


async def test_equal_documents_at_other_lines_keep_their_lines() -> None:
    """Nodes that are equal but for the lines they stand at have plans of their own."""
    for query in ('{ one(kind: "raise") { name } }', '{\none(kind: "raise") { name } }'):
        stock, fast = await _both(query, {}, is_ordered=True)
        assert fast == stock


async def test_an_argument_that_a_resolver_changes_is_its_own() -> None:
    """A list that is given to a resolver is given to no other, nor to the next request."""
    query = '{ all(kinds: ["part", "part"]) { told(words: ["a"]) } }'
    for _ in range(2):
        stock, fast = await _both(query, {})
        assert fast == stock


def test_without_a_loop_the_answer_is_the_same() -> None:
    """What needs no waiting is answered at once by ``execute_sync``."""
    query = '{ all(kinds: ["part", "bad_code"]) { name code broken } }'
    stock, fast = (_seen(served.execute_sync(query), is_ordered=True) for served in (STOCK, FAST))

    assert fast == stock
