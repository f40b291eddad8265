"""Two leads of one new customer that are committed at the same moment, over connections or processes of their own."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.engine import Database
from domain.problems import CandidatesChanged, Problem, Refused
from domain.receipts import Receipt
from domain.records import Lead, RecordKind
from services.ids import IdSource
from tests.proofs import acts
from tests.proofs.index_rules import broken_index
from tests.proofs.invariants import broken_rules
from tests.support.tables import everything
from tests.support.world import World

ROUNDS = 30
ROOT = Path(__file__).parents[2]
Details = Callable[[int], dict[str, Any]]
Answer = Receipt | tuple[Problem, ...]
CUSTOMERS = pytest.mark.parametrize("details", [acts.person, acts.firm], ids=["private", "business"])


@pytest.fixture
async def neighbour(world: World, database_url: str) -> AsyncIterator[World]:
    """Give the same tenant over connections of its own, as another process of the service has them."""
    database = Database(database_url)
    yield replace(world, backend=replace(world.backend, database=database, ids=IdSource(worker=8)))
    await database.close()


async def _answer(call: Awaitable[Receipt]) -> Answer:
    try:
        return await call
    except Refused as refused:
        problems: tuple[Problem, ...] = refused.problems
        return problems


async def _two_leads(world: World, details: dict[str, Any]) -> tuple[Lead, Lead]:
    one, other = await world.add_lead(**details), await world.add_lead(**details)
    await acts.accept(world, one)
    await acts.accept(world, other)
    return one, other


async def _settle(world: World, lead: Lead, refused: tuple[Problem, ...], choice: int, winner: Receipt) -> Receipt:
    """Go on after a refusal: by naming what was seen, choosing the winner's contact, or insisting on a new one."""
    assert {type(each) for each in refused} == {CandidatesChanged}
    seen = {each.kind: each.record_ids for each in refused if isinstance(each, CandidatesChanged)}
    contact_id, account_id = winner.id_of(RecordKind.CONTACT), winner.id_of(RecordKind.ACCOUNT)
    assert seen[RecordKind.CONTACT] == (contact_id,)
    everyone = tuple(id_ for ids in seen.values() for id_ in ids)
    if choice == 0:
        receipt = await acts.commit(world, lead, seen=everyone)
        assert receipt.id_of(RecordKind.CONTACT) == contact_id
        assert receipt.id_of(RecordKind.ACCOUNT) == account_id
        return receipt
    contact = await world.contact(contact_id or 0)
    await acts.pick_account(world, lead, account_id)
    await acts.pick_contact(world, lead, contact if choice == 1 else None, seen=everyone)
    receipt = await acts.commit(world, lead)
    assert (receipt.id_of(RecordKind.CONTACT) == contact_id) == (choice == 1)
    return receipt


@CUSTOMERS
async def test_two_connections_make_one_customer(world: World, neighbour: World, details: Details) -> None:
    """Thirty times: one commit makes account and contact, the other is told and goes on, whichever way it decides."""
    for number in range(ROUNDS):
        one, other = await _two_leads(world, details(number))
        calls = [(world, one), (neighbour, other)][:: 1 if number % 2 else -1]
        answers = await asyncio.gather(*(_answer(acts.commit(each, lead)) for each, lead in calls))
        (winner,) = [each for each in answers if isinstance(each, Receipt)]
        (refused,) = [each for each in answers if not isinstance(each, Receipt)]
        lead = next(lead for lead in (one, other) if lead.id != winner.id_of(RecordKind.LEAD))
        await _settle(world, lead, refused, number % 3, winner)
    stored = await everything(world.backend.database, world.tenant.id)
    assert broken_rules(stored) == []
    assert broken_index(stored) == []
    deliberate = len(range(2, ROUNDS, 3))
    assert len(stored["contacts"]) == ROUNDS + deliberate
    assert len(stored["accounts"]) == 1 + (0 if details is acts.person else ROUNDS)


@asynccontextmanager
async def _committers(database_url: str, world: World) -> AsyncIterator[list[Process]]:
    """Two processes that commit the leads whose ids they are told."""
    command = [sys.executable, "-m", "tests.proofs.committer", database_url, world.tenant.id, world.agent.user_id]
    processes = [
        await asyncio.create_subprocess_exec(*map(str, command), cwd=ROOT, stdin=PIPE, stdout=PIPE) for _ in range(2)
    ]
    try:
        yield processes
    finally:
        for each in processes:
            await each.communicate(b"")  # which closes its input as well


async def _tell(process: Process, lead: Lead) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{lead.id}\n".encode())
    return (await process.stdout.readline()).decode().strip()


@pytest.mark.long
@CUSTOMERS
async def test_two_processes_make_one_customer(world: World, database_url: str, details: Details) -> None:
    """The same between processes of the operating system."""
    async with _committers(database_url, world) as processes:
        for number in range(ROUNDS):
            leads = await _two_leads(world, details(number))
            told = await asyncio.gather(*map(_tell, processes, leads))
            told.sort()
            assert told[0] == "committed"
            assert set(told[1].split()) == {"refused", "CandidatesChanged"}
    stored = await everything(world.backend.database, world.tenant.id)
    assert broken_rules(stored) == []
    assert broken_index(stored) == []
    assert len(stored["contacts"]) == ROUNDS
