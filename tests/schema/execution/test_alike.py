"""The fast executor answers as the stock one does, in the rare paths as well."""

import asyncio
import enum
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, NewType

import pytest
import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult
from strawberry.types.scalar import ScalarDefinition

from schema.execution.context import FastExecution, StockExecution
from schema.fields import resolve
from schema.kinds import shows


@strawberry.enum
class Colour(enum.Enum):
    """Two colours."""

    RED = "r"
    BLUE = "b"


def _refuse(value: object) -> str:
    if value == "bad":
        raise ValueError("no code")
    return str(value)


Code = NewType("Code", str)


@dataclass(frozen=True, slots=True)
class Part:
    """A value that knows no GraphQL."""

    name: Any = "part"
    size: Any = 1
    weight: Any = 1.5
    code: Any = "c"
    colour: Any = Colour.RED
    day: Any = date(2026, 1, 31)
    is_new: Any = True
    sizes: Any = (1, 2)


class Box(Part):
    """A value with attributes of its own."""


def _fail(message: str = "broken") -> Any:  # noqa: ANN401
    raise RuntimeError(message)


async def _later(value: Any, turns: int = 1) -> Any:  # noqa: ANN401
    for _ in range(turns):
        await asyncio.sleep(0)
    if isinstance(value, Exception):
        raise value
    return value


@dataclass(frozen=True)
class _Late:
    """Something to be awaited that is neither a coroutine nor a future, and may be left alone."""

    value: object

    def __await__(self) -> Generator[Any, None, Any]:
        """The value, one turn later."""
        return _later(self.value).__await__()


def _future(value: object) -> "asyncio.Future[Any]":
    future = asyncio.get_running_loop().create_future()
    if isinstance(value, Exception):
        future.set_exception(value)
    else:
        asyncio.get_running_loop().call_later(0.001, future.set_result, value)
    return future


async def _generate(*values: object) -> AsyncIterator[object]:
    for each in values:
        if isinstance(each, Exception):
            raise each
        yield each


def _inner() -> Part:
    return Part()


def _inner_later() -> Any:  # noqa: ANN401
    return _future(Part())


@strawberry.interface
class Named:
    """Anything with a name."""

    name: str


@strawberry.type
class Thing(Named):
    """Shows a part."""

    is_type_of = shows(Part)
    size: int
    weight: float | None
    code: Code | None
    colour: Colour
    day: date
    is_new: bool
    sizes: list[int]

    @strawberry.field
    def told(self, info: strawberry.Info, times: int = 1, words: list[str] | None = None) -> str:
        """What the resolver is told."""
        words = words if words is not None else []
        words.append(info.path.key if isinstance(info.path.key, str) else "?")
        return f"{info.field_name} {times} {words} {info.path.as_list()} {info.context} {len(info.selected_fields)}"

    @strawberry.field
    async def slow(self) -> str:
        """A coroutine."""
        return str(await _later("slow"))

    @strawberry.field
    async def slow_broken(self) -> str:
        """A coroutine that fails."""
        return str(await _later(ValueError("slow"), 2))

    @strawberry.field
    def broken(self) -> str | None:
        """Fails at once."""
        return str(_fail())

    @strawberry.field
    def broken_at_all(self) -> str:
        """Fails at once, and may not be null."""
        return str(_fail("at all"))

    inner: "Thing" = resolve(_inner, "Another one.")
    later: "Thing | None" = resolve(_inner_later, "Another one, later.")


@strawberry.type
class Odd(Named):
    """Shows what has another class, and says so only later."""

    @classmethod
    def is_type_of(cls, value: object, _: object) -> Any:  # noqa: ANN401
        """Whether it is a text."""
        return isinstance(value, str)


Either = Annotated[Thing | Odd, strawberry.union("Either")]
MAKERS: dict[str, Callable[[], Any]] = {
    "part": Part,
    "box": Box,
    "null": lambda: None,
    "error": lambda: ValueError("returned"),
    "graphql_error": lambda: GraphQLError("typed", extensions={"code": "X"}),
    "wrong": lambda: 42,
    "raise": _fail,
    "future": lambda: _future(Part()),
    "future_null": lambda: _future(None),
    "future_error": lambda: _future(ValueError("future")),
    "coroutine": lambda: _later(Part(), 3),
    "coroutine_error": lambda: _later(ValueError("coroutine"), 2),
    "bad_name": lambda: Part(name=["no", "text"]),
    "no_name": lambda: Part(name=None),
    "huge": lambda: Part(size=2**40),
    "infinite": lambda: Part(weight=float("inf")),
    "no_weight": lambda: Part(weight=None),
    "bad_code": lambda: Part(code="bad"),
    "bad_colour": lambda: Part(colour="green"),
    "raw_colour": lambda: Part(colour="r"),
    "late_name": lambda: Part(name=_Late("late")),
    "late_bad_name": lambda: Part(name=_Late(ValueError("late name"))),
    "bad_sizes": lambda: Part(sizes=[1, None, "x"]),
    "late_sizes": lambda: Part(sizes=[1, _Late(2), _future(3)]),
    "no_sizes": lambda: Part(sizes=5),
    "error_name": lambda: Part(name=KeyError("name")),
    "number_name": lambda: Part(name=7),
}


def _make(kinds: list[str]) -> list[Any]:
    return [MAKERS[each]() for each in kinds]


def _needed(kind: str) -> Any:  # noqa: ANN401
    return MAKERS[kind]()


def _one(kind: str) -> Any:  # noqa: ANN401
    return MAKERS[kind]()


def _all(kinds: list[str]) -> Any:  # noqa: ANN401
    return _make(kinds)


def _some(kinds: list[str]) -> Any:  # noqa: ANN401
    return tuple(_make(kinds))


def _nested(kinds: list[str]) -> Any:  # noqa: ANN401
    return [_make(kinds), None, [], _make(kinds)]


def _union(kinds: list[str]) -> Any:  # noqa: ANN401
    return [*_make(kinds), "odd"]


def _interface(kinds: list[str]) -> Any:  # noqa: ANN401
    return _make(kinds)


def _generator(kinds: list[str]) -> Any:  # noqa: ANN401
    return (MAKERS[each]() for each in kinds)


def _stream(kinds: list[str]) -> Any:  # noqa: ANN401
    return _generate(*_make(kinds))


async def _coroutines(kinds: list[str]) -> Any:  # noqa: ANN401
    return await _later([_later(MAKERS[each]()) for each in kinds if not each.startswith("coroutine")])


@strawberry.type
class Query:
    """Whatever is asked for."""

    needed: Thing = resolve(_needed, "One that may not be null.")

    one: Thing | None = resolve(_one, "One that may be null.")

    all: list[Thing] = resolve(_all, "Several, none of them null.")

    some: list[Thing | None] | None = resolve(_some, "Several, some of them null.")

    nested: list[list[Thing | None] | None] = resolve(_nested, "Lists in lists.")

    union: list[Either] = resolve(_union, "Of a union.")

    interface: list[Named | None] = resolve(_interface, "Of an interface.")

    generator: list[Thing | None] | None = resolve(_generator, "Made one by one.")

    stream: list[Thing | None] | None = resolve(_stream, "Made one by one, later.")

    coroutines: list[Thing] | None = resolve(_coroutines, "A list that comes later, of what comes later still.")

    plain: str = "plain"


async def _do(info: strawberry.Info, kind: str) -> Any:  # noqa: ANN401
    info.context.append(kind)
    made = MAKERS[kind]()
    return await made if hasattr(made, "__await__") else made


def _must(info: strawberry.Info, kind: str) -> Any:  # noqa: ANN401
    info.context.append(f"must {kind}")
    return MAKERS[kind]()


@strawberry.type
class Mutation:
    """One after the other."""

    do: Thing | None = resolve(_do, "Do something, and note it.")

    must: Thing = resolve(_must, "Do something that may not fail.")


def _schema(execution: type[StockExecution]) -> strawberry.Schema:
    scalars: dict[object, ScalarDefinition] = {Code: strawberry.scalar(name="Code", serialize=_refuse, parse_value=str)}
    return strawberry.Schema(
        Query,
        Mutation,
        types=[Thing, Odd],
        config=StrawberryConfig(scalar_map=scalars),
        execution_context_class=execution,
    )


STOCK, FAST = _schema(StockExecution), _schema(FastExecution)
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
