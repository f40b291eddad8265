"""A request leaves nothing behind that only the garbage collector can free."""

import gc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest
import strawberry
from strawberry.extensions import ParserCache, ValidationCache

from resolvers.context import RequestContext, then
from resolvers.loaders import Loaders
from schema.build import build_schema
from schema.execution.context import FastExecution, StockExecution
from tests.support.world import World

LIST = """{ leads { totalCount edges { cursor } nodes {
  subject status type { name caseTypes { name } } emails { address }
} } }"""
DEEP = """{ leads { nodes {
  accountMatches { verdict edges { score evidence { message } diffs { field } node { name contacts { totalCount } } } }
  acceptance { steps { kind state } remainingDecisions { __typename } plannedChanges { changes { field } } }
} } }"""
OF_A_REQUEST = {
    "asyncio",
    "_asyncio",
    "graphql",
    "strawberry",
    "starlette",
    "schema",
    "resolvers",
    "services",
    "domain",
}
OF_CODE = {"coroutine", "frame", "function", "method", "generator"}


@contextmanager
def _garbage() -> Iterator[list[object]]:
    """Collect what the block leaves in cycles, instead of freeing it."""
    found: list[object] = []
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield found
        gc.collect()
        found += gc.garbage
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


async def _left_by(run: Callable[[], Awaitable[None]]) -> list[object]:
    """What a run leaves when everything that is made once has been made."""
    for _ in range(3):
        await run()
    with _garbage() as found:
        await run()
    return found


@strawberry.type
class Owner:
    """Whom a thing belongs to."""

    name: str


async def _read(keys: list[int]) -> list[Owner]:
    return [Owner(name=f"owner {each}") for each in keys]


@strawberry.type
class Thing:
    """Something with an owner."""

    number: int

    @strawberry.field
    def owner(self, info: strawberry.Info) -> Owner:
        """The owner."""
        return info.context.load(_read, _read, self.number)  # type: ignore[no-any-return]

    @strawberry.field
    def owner_name(self, info: strawberry.Info) -> str:
        """The owner's name."""
        return then(info.context.load(_read, _read, self.number), lambda owner: owner.name)  # type: ignore[return-value]


@strawberry.type
class Query:
    """Things."""

    @strawberry.field
    def things(self) -> list[Thing]:
        """Several."""
        return [Thing(number=each) for each in range(10)]


@pytest.mark.parametrize("selection", ["number", "number owner { name } ownerName"])
async def test_an_operation_leaves_no_cycles(selection: str) -> None:
    """Not one object. The stock executor leaves some, and so is worth replacing.

    An error leaves some under either: it holds the frames it came through, and one of these holds it.
    """
    left = {}
    for execution in (FastExecution, StockExecution):
        served = strawberry.Schema(Query, extensions=[ParserCache, ValidationCache], execution_context_class=execution)

        async def run(served: strawberry.Schema = served) -> None:
            await served.execute(f"{{ things {{ {selection} }} }}", context_value=Loaders())

        left[execution] = len(await _left_by(run))

    assert left[FastExecution] == 0
    assert left[StockExecution] > 0


@pytest.mark.parametrize("query", [LIST, DEEP], ids=["list", "deep"])
async def test_a_request_leaves_only_what_sqlalchemy_makes(world: World, query: str) -> None:
    """Statements hold themselves, a few objects each; nothing of the request hangs on them."""
    for number in range(3):
        await world.add_lead(company=f"Mahlzahn {number} Anlagenbau", emails=(f"i@zahn{number}.example",))
        await world.add_account(name=f"Mahlzahn {number} Anlagenbau GmbH")
    served = build_schema()

    async def run() -> None:
        context = RequestContext(backend=world.backend, actor=world.agent, tenant=world.tenant, now=world.backend.now())
        result = await served.execute(query, context_value=context)
        assert not result.errors

    left = [type(each) for each in await _left_by(run)]

    assert {each.__module__.partition(".")[0] for each in left} & OF_A_REQUEST == set()
    assert {each.__name__ for each in left} & (OF_CODE - {"method", "function"}) == set()
