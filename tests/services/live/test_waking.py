"""What is committed in one process is told in another, and nothing is lost when they do not hear each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text

from db.engine import Database
from db.notifications import Notifications
from domain.records import Tenant
from services.backend import Backend
from services.live import feed as feeds
from services.live import waking
from services.live.feed import Feed
from services.live.reading import Batch, read_batch
from services.live.waking import awake
from tests.support.factories import make_lead
from tests.support.offices import write_records
from tests.support.world import World

NEVER = 3_600.0


class Watcher:
    """Listens to a feed, as a group of subscribers does, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[int] = []
        self._has_news = asyncio.Event()

    async def hear(self, batch: Batch) -> None:
        """Take a batch."""
        self.told += [each.record_id for each in batch.events]
        self._has_news.set()

    async def wait_for(self, *record_ids: int) -> None:
        """Wait until exactly these records were told of."""
        async with asyncio.timeout(30):
            while len(self.told) < len(record_ids):
                self._has_news.clear()
                await self._has_news.wait()
        assert self.told == list(record_ids)


@asynccontextmanager
async def _watching(backend: Backend, tenant: Tenant) -> AsyncIterator[Watcher]:
    watcher, feed = Watcher(), Feed(backend)
    async with awake(backend, feed):
        opened = await feed.open(tenant.id)
        feed.listen(opened, watcher.hear)
        yield watcher
        feed.leave(opened, watcher.hear)
        await feed.close()


@asynccontextmanager
async def _other_process(world: World) -> AsyncIterator[Backend]:
    """A second connection of the kind that another process has, which announces what it commits."""
    database = Database(world.backend.database.url)
    backend = Backend(database=database, secret=b"0" * 32, now=world.clock)
    async with awake(backend, Feed(backend)):
        yield backend
    await database.close()


async def _write(backend: Backend, world: World) -> int:
    lead = make_lead(tenant_id=world.tenant.id, id=backend.ids.new_id(), type_id=world.enquiry.id)
    await write_records(backend, world.tenant, lead)
    return lead.id


@pytest.fixture
def no_looking(monkeypatch: pytest.MonkeyPatch, dialect: str) -> None:
    """Let PostgreSQL tell by notifications alone; SQLite has nothing but looking."""
    if dialect == "postgresql":
        monkeypatch.setitem(waking.LOOK_SECONDS, dialect, NEVER)


async def test_one_process_hears_of_another(world: World, no_looking: None) -> None:
    """Each commit of either is told once, in order."""
    async with _watching(world.backend, world.tenant) as watcher, _other_process(world) as other:
        first = await _write(other, world)
        await watcher.wait_for(first)
        second = await _write(world.backend, world)
        third = await _write(other, world)
        await watcher.wait_for(first, second, third)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_lost_connection_is_made_again_and_what_was_missed_is_told(world: World, no_looking: None) -> None:
    """The listening connections are killed; what is committed meanwhile is told when they are back."""
    async with _watching(world.backend, world.tenant) as watcher, _other_process(world) as other:
        ids = [await _write(other, world)]
        await watcher.wait_for(*ids)
        for _ in range(2):
            async with world.backend.database.write(world.tenant.id, world.clock()) as session:
                kill = (
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                    "WHERE query LIKE 'LISTEN %' OR query LIKE '%pg_notify($1, tenant)%' AND pid <> pg_backend_pid()"
                )
                assert (await session.execute(text(kill))).scalar_one() >= 1
            ids.append(await _write(other, world))
            await watcher.wait_for(*ids)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_process_that_says_nothing_is_noticed_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import announces nothing; the newest position tells of it."""
    monkeypatch.setitem(waking.LOOK_SECONDS, "postgresql", 0.05)
    silent = Database(world.backend.database.url)
    backend = Backend(database=silent, secret=b"0" * 32, now=world.clock)
    async with _watching(world.backend, world.tenant) as watcher:
        await watcher.wait_for(await _write(backend, world))
    await silent.close()


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_a_server_that_is_away_is_tried_again(dialect: str) -> None:
    """Nothing is heard, and nothing breaks, until it is there."""
    heard: list[int | None] = []
    notifications = Notifications("postgresql+asyncpg://nobody@127.0.0.1:1/nothing", heard.append)
    notifications.send(1)
    with suppress(TimeoutError):
        await asyncio.wait_for(notifications.run(), 0.3)
    assert heard == []


async def test_a_failing_read_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away for a moment delays events, and loses none."""
    monkeypatch.setattr(feeds, "RETRY_SECONDS", 0.01)
    failures = [ConnectionError("away"), ConnectionError("away")]

    async def read_sometimes(backend: Backend, tenant: Tenant, position: int) -> Batch | None:
        if failures:
            raise failures.pop()
        return await read_batch(backend, tenant, position)

    monkeypatch.setattr(feeds, "read_batch", read_sometimes)
    async with _watching(world.backend, world.tenant) as watcher:
        await watcher.wait_for(await _write(world.backend, world))
    assert failures == []
