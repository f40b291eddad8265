"""The schema that every server of the benchmark serves, and the Python servers: Leadgate's stack and its peers."""

import enum
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from db.engine import Database
from leadgate.collector import tune_collector
from resolvers.loaders import Loaders
from schema.build import AdmittedOnce, Schema, with_admission
from schema.execution.context import FastExecution, StockExecution
from schema.fields import resolve
from schema.http.gate import Gate
from schema.http.serving import Serving
from schema.http.trusted import TrustedDocuments
from schema.http.view import GraphQLView
from schema.live.hub import Hub
from services.backend import Backend

ITEMS = 100


@strawberry.enum
class Colour(enum.Enum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


@strawberry.type
class Owner:
    """Whom an item belongs to."""

    id: strawberry.ID
    name: str


def _owner(root: strawberry.Parent[Any], info: strawberry.Info) -> Any:  # noqa: ANN401
    return info.context.owner(root.owner_id)


@strawberry.type
class Item:
    """Ten scalars, and an owner that is looked up."""

    id: strawberry.ID
    name: str
    code: str
    note: str | None
    town: str | None
    count: int
    weight: float
    is_new: bool
    colour: Colour
    street: str
    owner_id: strawberry.Private[int]

    owner: Owner = resolve(_owner, "The owner, looked up with those of all other items.")


def _item(number: int) -> Item:
    return Item(
        id=strawberry.ID(f"item_{number}"),
        name=f"Item {number}",
        code=f"C-{number}",
        note=None,
        town="Dresden",
        count=number,
        weight=number / 2,
        is_new=number % 2 == 0,
        colour=Colour.RED if number % 3 else Colour.BLUE,
        street=f"Hauptstraße {number}",
        owner_id=number,
    )


_ITEMS = [_item(number) for number in range(ITEMS)]


async def read_owners(ids: list[int]) -> list[Owner]:
    """The owners with these ids."""
    return [Owner(id=strawberry.ID(f"owner_{each}"), name=f"Owner {each}") for each in ids]


@strawberry.type
class Query:
    """What can be asked."""

    @strawberry.field
    def hello(self) -> str:
        """The least that can be asked."""
        return "world"

    @strawberry.field
    def items(self) -> list[Item]:
        """A hundred items."""
        return _ITEMS


SCALARS = "id name code note town count weight isNew colour street"
QUERIES = {
    "hello": "{ hello }",
    "list": f"{{ items {{ {SCALARS} }} }}",
    "loaders": f"{{ items {{ {SCALARS} owner {{ id name }} }} }}",
}


@dataclass(slots=True)
class OurContext:
    """As Leadgate's own: loaders for one operation."""

    loaders: Loaders = field(default_factory=Loaders)

    def owner(self, id_: int) -> object:
        """The owner with this id, later."""
        return self.loaders.load(read_owners, read_owners, id_)


@dataclass(slots=True)
class StockContext:
    """As Strawberry's documentation has it."""

    owners: DataLoader[int, Owner] = field(default_factory=lambda: DataLoader(load_fn=read_owners))

    def owner(self, id_: int) -> object:
        """The owner with this id, later."""
        return self.owners.load(id_)


def leadgate(execution: type[StockExecution] = FastExecution) -> Any:  # noqa: ANN401
    """Leadgate's view, caches and executor, without its tokens: the peers know none."""
    served = with_admission(Schema(Query, extensions=[AdmittedOnce], execution_context_class=execution))
    # Nothing is read from it: the hub wants one to hear of commits.
    backend = Backend(database=Database("sqlite+aiosqlite:///nothing-is-read.sqlite3"), secret=b"there are no tokens")

    async def authenticate(request: HTTPConnection, authorization: str | None = None) -> Any:  # noqa: ANN401, ARG001
        return OurContext()

    gate = Gate(served, TrustedDocuments(backend), Serving())
    return GraphQLView(gate, authenticate, Hub(served, backend))


def strawberry_as_it_comes() -> Any:  # noqa: ANN401
    """Strawberry's own ASGI application."""

    class App(GraphQL[Any, Any]):
        async def get_context(self, request: Any, response: Any) -> Any:  # noqa: ANN401, ARG002
            return StockContext()

    return App(strawberry.Schema(Query), graphql_ide=None)


async def without_graphql(request: Request) -> Response:
    """The same answers by hand, serialised by orjson."""
    query = orjson.loads(await request.body())["query"]
    if query == QUERIES["hello"]:
        return _json({"hello": "world"})
    items: list[dict[str, Any]] = [
        {
            "id": each.id,
            "name": each.name,
            "code": each.code,
            "note": each.note,
            "town": each.town,
            "count": each.count,
            "weight": each.weight,
            "isNew": each.is_new,
            "colour": each.colour.name,
            "street": each.street,
        }
        for each in _ITEMS
    ]
    if query == QUERIES["loaders"]:
        owners = await read_owners([each.owner_id for each in _ITEMS])
        for item, owner in zip(items, owners, strict=True):
            item["owner"] = {"id": owner.id, "name": owner.name}
    return _json({"items": items})


def _json(data: dict[str, Any]) -> Response:
    return Response(orjson.dumps({"data": data}), media_type="application/json")


APPS: dict[str, Callable[[], Any]] = {
    "leadgate": leadgate,
    "leadgate-stock": lambda: leadgate(StockExecution),
    "strawberry": strawberry_as_it_comes,
    "starlette": lambda: without_graphql,
}


def main() -> None:
    """Serve one of the applications at a port: ``python -m bench.graphql.served NAME PORT``."""
    name, port = sys.argv[1:]
    app = Starlette(routes=[Route("/graphql", APPS[name](), methods=["POST"])])
    if name != "strawberry":
        tune_collector()
    uvicorn.run(app, port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
