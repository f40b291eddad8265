"""Reading on from a position, in batches, without loss."""

import pytest
from sqlalchemy import delete

from db.tables.log import events
from services.live import reading
from services.live.reading import PositionGoneError, read_batch, read_tenant, replay
from tests.support.statements import count_statements
from tests.support.world import World


async def _replayed(world: World, after: int, until: int) -> list[int]:
    batches = [each async for each in replay(world.backend, world.tenant, after, until)]
    return [event.position for batch in batches for event in batch.events]


async def test_batches_follow_each_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything after one position up to another, whatever the size of a batch; each says whether there is more."""
    for _ in range(7):
        await world.add_lead()
    _, newest = await read_tenant(world.backend, world.tenant.id)
    monkeypatch.setattr(reading, "BATCH", 3)

    assert await _replayed(world, 1, newest - 1) == list(range(2, newest))
    assert await _replayed(world, newest, newest) == []
    first = await read_batch(world.backend, world.tenant, 1, 3)
    last = await read_batch(world.backend, world.tenant, newest - 3, 3)
    assert first is not None
    assert last is not None
    assert (first.has_more, last.has_more) == (True, False)
    assert await read_batch(world.backend, world.tenant, newest) is None


async def test_what_is_not_kept_is_not_passed_over(world: World) -> None:
    """Events that were removed, a position that is not reached yet, and one too far behind are told apart from none."""
    for _ in range(4):
        await world.add_lead()
    async with world.backend.database.write(world.tenant.id, world.clock()) as session:
        await session.execute(delete(events).where(events.c.position <= 3))

    assert await _replayed(world, 3, 5) == [4, 5]
    for after, until in ((2, 5), (0, 3), (6, 5), (5, 5 + reading.MAX_BACKLOG + 1)):
        with pytest.raises(PositionGoneError):
            await _replayed(world, after, until)


async def test_a_batch_costs_three_statements_at_most(world: World) -> None:
    """The events, their leads, and who holds those that are accepted; only the events if they are about no lead."""
    _, position = await read_tenant(world.backend, world.tenant.id)
    await world.add_account()
    with count_statements(world.backend.database) as statements:
        await read_batch(world.backend, world.tenant, position)
    assert len(statements) == 1
    for _ in range(5):
        await world.add_lead(accepted_by_id=world.agent.user_id)
    with count_statements(world.backend.database) as statements:
        batch = await read_batch(world.backend, world.tenant, position)
    assert len(statements) == 3
    assert batch is not None
    assert len(batch.leads) == 5


async def test_a_tenant_that_is_not_there_is_said_so(world: World) -> None:
    """As an error, since its users could not have been authenticated."""
    with pytest.raises(LookupError, match="no tenant 77"):
        await read_tenant(world.backend, 77)
