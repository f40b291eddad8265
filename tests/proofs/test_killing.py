"""The service is killed at any moment, again and again: nothing that it acknowledged is lost, doubled or half there."""

import asyncio
import json
import random
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import pytest

from domain.records import RecordKind
from tests.proofs import acts, service
from tests.proofs.index_rules import broken_index
from tests.proofs.invariants import broken_rules
from tests.support.tables import everything
from tests.support.world import World

ROOT = Path(__file__).parents[2]
MOST_STARTS = 200
Acknowledged = dict[tuple[str, int], list[Any]]


async def _leads(world: World, count: int) -> list[int]:
    """New customers of both kinds, and every third one that is known."""
    private = await world.private_customers()
    ids = []
    for number in range(count):
        details = (acts.firm if number % 3 == 1 else acts.person)(number)
        if number % 3 == 0:
            await world.add_contact(private, **details)
        ids.append((await world.add_lead(**details)).id)
    return ids


async def _serve_until_killed(
    world: World, database_url: str, lead_ids: list[int], acknowledged: Acknowledged, chance: random.Random
) -> None:
    """Let the service work, and kill it some moments after some acknowledgements, if it is not done before."""
    arguments = [database_url, world.tenant.id, world.agent.user_id]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.proofs.service", *map(str, arguments)), cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(f"{each}\n" for each in lead_ids).encode())
    process.stdin.close()
    patience = chance.randrange(1, 30)
    async for line in process.stdout:
        step, lead_id, receipt = json.loads(line)
        assert acknowledged.setdefault((step, lead_id), receipt) == receipt
        patience -= 1
        if patience == 0:
            await asyncio.sleep(chance.random() / 20)
            process.kill()
    assert await process.wait() in {0, -9}


async def _prove(world: World, database_url: str, count: int, seed: int) -> None:
    chance = random.Random(seed)
    lead_ids = await _leads(world, count)
    acknowledged: Acknowledged = {}
    for _ in range(MOST_STARTS):
        left = [each for each in lead_ids if ("commit", each) not in acknowledged]
        if not left:
            break
        await _serve_until_killed(world, database_url, left, acknowledged, chance)
    stored = await everything(world.backend.database, world.tenant.id)
    assert broken_rules(stored) == []
    assert broken_index(stored) == []
    for lead_id in lead_ids:
        assert (
            service.plain(await service.accept(world.backend, world.agent, lead_id)) == acknowledged["accept", lead_id]
        )
        assert (
            service.plain(await service.commit(world.backend, world.agent, lead_id)) == acknowledged["commit", lead_id]
        )
    again = await everything(world.backend.database, world.tenant.id)
    assert again == stored
    for row in stored["leads"]:
        told = {kind: id_ for kind, id_, _ in acknowledged["commit", row["id"]]}
        names = (RecordKind.ACCOUNT, RecordKind.CONTACT, RecordKind.CASE)
        assert [told[each.value] for each in names] == [row[f"{each.value}_id"] for each in names]
    assert len(stored["cases"]) == len(stored["contacts"]) == count


async def test_twenty_commits_survive_being_killed(world: World, database_url: str) -> None:
    """Whoever sends again what was not answered finishes it, once."""
    await _prove(world, database_url, 20, seed=1)


@pytest.mark.long
async def test_three_hundred_commits_survive_being_killed(world: World, database_url: str) -> None:
    """The same, for longer, and killed at other moments in every run."""
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201
    await _prove(world, database_url, 300, seed)
