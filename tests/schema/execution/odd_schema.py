"""A schema whose resolvers give everything that an executor may meet, at once or later."""

import asyncio
import enum
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
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
