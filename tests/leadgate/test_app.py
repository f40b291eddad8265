"""The application as a whole, and what it does on its own."""

import asyncio
from pathlib import Path

import httpx2
import pytest
import structlog
from pydantic import SecretStr, ValidationError
from sqlalchemy import func, select

from db.engine import Database
from db.tables.log import idempotency_records
from domain.drafts import AccountDraft
from leadgate.app import create_app
from leadgate.secret import MissingSecretError, read_secret
from leadgate.settings import Settings
from leadgate.upkeep import do_upkeep, upkeep
from services.accounts import CreateAccount, create_account
from services.backend import Backend
from services.idempotency import KEEP_FOR
from services.lookups import tenant_by_id
from tests.support.world import World, make_world

SECRET = SecretStr("x" * 40)


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant with users."""
    return await make_world(database)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_the_application_starts_and_stops(database_url: str) -> None:
    """It serves within its lifespan, keeps up in the background, and lets go of everything at the end."""
    app = create_app(Settings(database=database_url, secret=SECRET, upkeep_seconds=0.01))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://leadgate.test") as http:
            await asyncio.sleep(0.1)
            assert (await http.get("/health")).json() == {"status": "ok"}
            assert (await http.post("/graphql", json={"query": "{ __typename }"})).status_code == 401


def test_outside_the_demo_a_secret_is_needed(tmp_path: Path) -> None:
    """None, or a short one, stops the start with a message that says what to do."""
    database = f"sqlite+aiosqlite:///{tmp_path}/x.sqlite3"
    with pytest.raises(MissingSecretError, match="LEADGATE_SECRET"):
        create_app(Settings(database=database))
    with pytest.raises(MissingSecretError, match="31 bytes"):
        read_secret(Settings(database=database, secret=SecretStr("x" * 31)))
    assert read_secret(Settings(database=database, secret=SECRET)) == b"x" * 40


def test_the_demo_keeps_its_secret_beside_its_database(tmp_path: Path) -> None:
    """The secret is made once, readable by its owner only, and survives a restart."""
    settings = Settings(database=f"sqlite+aiosqlite:///{tmp_path}/demo.sqlite3", is_demo=True)
    first = read_secret(settings)

    assert read_secret(settings) == first
    assert len(first) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the prefix LEADGATE_, checked; the secret is not shown."""
    monkeypatch.setenv("LEADGATE_SECRET", "s" * 32)
    monkeypatch.setenv("LEADGATE_PORT", "9000")

    assert Settings().port == 9000
    assert "s" * 32 not in repr(Settings())
    monkeypatch.setenv("LEADGATE_PORT", "99999")
    with pytest.raises(ValidationError):
        Settings()


async def test_upkeep_forgets_old_answers(world: World) -> None:
    """After 48 hours an idempotency key is free again."""
    await create_account(
        world.backend, world.agent, CreateAccount(account=AccountDraft(name="Nordlicht")), idempotency_key="one"
    )
    await do_upkeep(world.backend, is_forgetting=True)
    assert await _kept(world) == 1
    world.clock.moment += 2 * KEEP_FOR
    await do_upkeep(world.backend, is_forgetting=False)
    assert await _kept(world) == 1
    await do_upkeep(world.backend, is_forgetting=True)
    assert await _kept(world) == 0


async def _kept(world: World) -> int:
    async with world.backend.database.read() as session:
        counted: int = (await session.execute(select(func.count()).select_from(idempotency_records))).scalar_one()
    return counted


async def test_upkeep_survives_a_failing_round(tmp_path: Path) -> None:
    """A database that is away does not end the service."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/missing/x.sqlite3")
    with structlog.testing.capture_logs() as logged:
        async with upkeep(Backend(database=database, secret=b"x"), 0.01):
            await asyncio.sleep(0.2)
    await database.close()

    assert len(logged) > 1
    assert {each["log_level"] for each in logged} == {"error"}


async def test_a_tenant_is_read_by_its_number(world: World) -> None:
    """What authentication stands on: a tenant that exists, and none that does not."""
    assert await tenant_by_id(world.backend, world.tenant.id) == world.tenant
    assert await tenant_by_id(world.backend, 77) is None
