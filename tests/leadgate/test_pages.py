"""What the server shows besides GraphQL."""

from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from db.engine import Database
from leadgate.pages import PAGE_HEADERS, graphiql_routes
from tests.support.api import open_api
from tests.support.world import World, make_world


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant with users."""
    return await make_world(database)


def _client(folder: Path) -> httpx2.AsyncClient:
    app = Starlette(routes=graphiql_routes(folder))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://leadgate.test")


async def test_graphiql_is_served_under_a_strict_policy(tmp_path: Path) -> None:
    """As it was built, with scripts from this server only; the root leads there."""
    (tmp_path / "index.html").write_text("<h1>GraphiQL</h1>")
    (tmp_path / "main.js").write_text("0")
    async with _client(tmp_path) as http:
        page = await http.get("/graphiql/")
        script = await http.get("/graphiql/main.js")
        home = await http.get("/")

    assert "GraphiQL" in page.text
    assert script.status_code == 200
    assert home.headers["location"] == "/graphiql/"
    for response in (page, script):
        assert {name: response.headers[name] for name in PAGE_HEADERS} == PAGE_HEADERS
    assert "'unsafe-eval'" not in page.headers["content-security-policy"]
    assert "script-src 'self';" in page.headers["content-security-policy"]


async def test_without_graphiql_a_page_says_how_to_get_it(tmp_path: Path) -> None:
    """A clone that was not built answers with what to do."""
    async with _client(tmp_path) as http:
        page = await http.get("/graphiql/")

    assert page.status_code == 503
    assert "make graphiql" in page.text


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_demo_users_act_with_their_tokens(world: World) -> None:
    """In demo mode the active users of the first tenant are listed with tokens that work."""
    async with open_api(world, is_demo=True) as api:
        users = (await api.http.get("/demo/users")).json()
        assert [(each["name"], each["role"]) for each in users] == [
            ("Jana Vogt", "agent"),
            ("Emre Yilmaz", "agent"),
            ("Karin Albers", "manager"),
            ("Ute Brandt", "admin"),
        ]
        headers = {"Authorization": f"Bearer {users[2]['token']}"}
        answer = await api.http.post("/graphql", json={"query": "{ viewer { user { name } } }"}, headers=headers)

    assert answer.json() == {"data": {"viewer": {"user": {"name": "Karin Albers"}}}}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_there_are_no_demo_users_outside_the_demo(world: World) -> None:
    """The path does not exist."""
    async with open_api(world) as api:
        assert (await api.http.get("/demo/users")).status_code == 404


async def test_health_follows_the_database(world: World, tmp_path: Path) -> None:
    """It is well while the database answers, and says so if it does not."""
    async with open_api(world) as api:
        assert (await api.http.get("/health")).json() == {"status": "ok"}

    broken = Database(f"sqlite+aiosqlite:///{tmp_path}/missing/x.sqlite3")
    async with open_api(replace(world, backend=replace(world.backend, database=broken))) as api:
        response = await api.http.get("/health")
    await broken.close()

    assert response.status_code == 503
