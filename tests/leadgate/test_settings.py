"""What the service is told, and what follows from it."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from db.engine import Database
from leadgate.cli import main
from leadgate.settings import TENANT_RATE, USER_RATE, Settings
from schema.http.serving import Serving
from tests.support.api import open_api
from tests.support.world import make_world


def test_development_shows_everything() -> None:
    """As it comes, the server is for looking around."""
    settings = Settings()

    assert settings.serving() == Serving()
    assert settings.serves_graphiql
    assert settings._counted(settings.user_rate, USER_RATE) is None


def test_production_shows_nothing_and_counts() -> None:
    """One setting turns off the schema, suggestions and GraphiQL, and limits rates."""
    settings = Settings(is_production=True)
    serving = settings.serving()

    assert (serving.has_introspection, serving.has_suggestions, settings.serves_graphiql) == (False, False, False)
    assert settings._counted(settings.user_rate, USER_RATE) == USER_RATE
    assert settings._counted(settings.tenant_rate, TENANT_RATE) == TENANT_RATE


def test_each_can_be_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set by hand is kept, by the environment as by code."""
    monkeypatch.setenv("LEADGATE_IS_PRODUCTION", "1")
    monkeypatch.setenv("LEADGATE_HAS_GRAPHIQL", "1")
    monkeypatch.setenv("LEADGATE_USER_RATE", "none")
    monkeypatch.setenv("LEADGATE_ALLOWED_ORIGINS", "https://crm.example, http://localhost:5173")
    settings = Settings()

    assert settings.serves_graphiql
    assert not settings.serving().has_introspection
    assert settings._counted(settings.user_rate, USER_RATE) is None
    assert settings.serving().origins.allowed == {"https://crm.example", "http://localhost:5173"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"allowed_origins": "*"},
        {"allowed_origins": "https://crm.example/"},
        {"allowed_origins": "crm.example"},
        {"user_rate": "many"},
        {"rate_storage": "redis://localhost"},
        {"operation_seconds": 0},
        {"is_demo": True, "is_production": True},
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: dict[str, object]) -> None:
    """A slip of the pen stops the start instead of opening a door."""
    with pytest.raises(ValidationError):
        Settings(**wrong)  # type: ignore[arg-type] # they are wrong


def test_a_wrong_setting_is_named_by_the_command(tmp_path: Path) -> None:
    """The server does not start, and says which setting and why."""
    options = ["serve", "--database", f"sqlite+aiosqlite:///{tmp_path}/x", "--allow-origin", "crm.example"]
    result = CliRunner().invoke(main, options)

    assert result.exit_code == 1
    assert "allowed_origins" in result.output
    assert "https://crm.example" in result.output


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_production_tells_nothing_of_the_schema(database: Database) -> None:
    """Neither by introspection, nor by suggestions for documents or variables, nor by a page."""
    world = await make_world(database)
    enum = "query Q($s: [LeadStatus!]) { leads(filter: { statuses: $s }) { totalCount } }"
    filter_ = "query Q($f: LeadFilterInput) { leads(filter: $f) { totalCount } }"
    asked = [
        ("{ __schema { types { name } } }", None),
        ('{ __type(name: "Lead") { name } }', None),
        ("{ leeds { totalCount } }", None),
        ("{ leads(filtre: {}) { totalCount } }", None),
        ("{ leads(filter: { statuses: [NEWW] }) { totalCount } }", None),
        (enum, {"s": ["NEWW"]}),
        (filter_, {"f": {"serch": "x"}}),
    ]
    async with open_api(world, is_production=True) as api:
        answers = [(await api.send(query, variables)) for query, variables in asked]
        pages = [(await api.http.get(path)).status_code for path in ("/", "/graphiql/")]
        name = await api.ask("{ __typename }")

    for answer in answers:
        assert "data" not in answer.json()
        assert "Did you mean" not in answer.text
    assert pages == [404, 404]
    assert name == {"__typename": "Query"}


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_development_suggests_names(database: Database) -> None:
    """Who explores is helped."""
    world = await make_world(database)
    async with open_api(world) as api:
        assert "Did you mean" in (await api.send("{ leeds { totalCount } }")).text
