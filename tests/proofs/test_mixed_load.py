"""Everything at once, on the same few records: nobody deadlocks, nobody fails but with a problem, every rule holds."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from domain.drafts import PhoneDraft
from domain.problems import CandidatesChanged, DecisionsRemain, RecordChanged, Refused, Stale
from domain.records import Contact, RecordKind
from services.importing.runner import Order, run_import
from services.indexing import fold_frequencies
from tests.proofs import acts
from tests.proofs.index_rules import broken_frequencies, broken_index
from tests.proofs.invariants import broken_rules
from tests.services.importing.shop import Log
from tests.support.tables import everything
from tests.support.world import World

Job = Callable[[int], Awaitable[Any]]
EXPECTED = {each.__name__ for each in (CandidatesChanged, DecisionsRemain, RecordChanged, Stale)}


class Crowd:
    """What several people do to the same contacts, in the order of a seeded draw."""

    def __init__(self, world: World, folder: Path, seed: int) -> None:
        self.world = world
        self.folder = folder
        self.chance = random.Random(seed)
        self.contacts: list[Contact] = []
        self.accounts: list[int] = []
        self.outcomes: Counter[str] = Counter()

    async def settle_in(self, count: int) -> None:
        """Let there be some accounts and contacts, from a file, so that later files meet them."""
        await self.import_file(range(count))
        stored = await everything(self.world.backend.database, self.world.tenant.id)
        self.accounts = [row["id"] for row in stored["accounts"]]
        self.contacts = [await self.world.contact(row["id"]) for row in stored["contacts"]]

    async def commit(self, number: int) -> None:
        """Accept and commit a lead of somebody who is known, or of somebody new."""
        known = self.chance.choice(self.contacts)
        details = (
            acts.person(number)
            if number % 2
            else {
                "first_name": known.first_name,
                "last_name": known.last_name,
                "emails": tuple(each.address for each in known.emails),
                "phones": (f"+49 40 {6_000_000 + number}",),
            }
        )
        lead = await self.world.add_lead(**details)
        await acts.accept(self.world, lead)
        if not number % 2:
            decision = acts.take_phones()
            await acts.pick_contact(self.world, lead, known, decision)
        await acts.commit(self.world, lead)

    async def change(self, number: int) -> None:
        """Correct a contact, or move it to another account."""
        contact = self.chance.choice(self.contacts)
        if number % 3:
            await acts.change(self.world, contact, phones=(PhoneDraft(f"+49 30 {7_000_000 + number}"),))
        else:
            await acts.change(self.world, contact, account_id=self.chance.choice(self.accounts))

    async def add_twin(self, number: int) -> None:
        """Create a contact that a lead may be about to create."""
        await acts.add_twin(self.world, self.accounts[0], acts.person(number))

    async def import_some(self, number: int) -> None:
        """Import a file that changes known contacts and their accounts, in any order."""
        rows = list(range(len(self.contacts)))
        self.chance.shuffle(rows)
        await self.import_file(rows[:10], f"+49 89 {8_000_000 + number}")

    async def fold(self, _: int) -> None:
        """Fold the frequencies."""
        await fold_frequencies(self.world.backend, self.world.tenant.id)

    async def import_file(self, rows: Any, phone: str = "") -> None:  # noqa: ANN401
        """Import contacts, each with a company of its own."""
        path = self.folder / f"{self.chance.random()}.csv"
        lines = ["external_id,first_name,last_name,email,phone,company"]
        for number in rows:
            details = acts.person(number)
            name = f"{details['first_name']},{details['last_name']},{details['emails'][0]}"
            lines.append(f"{number},{name},{phone or details['phones'][0]},{acts.firm(number)['company']}")
        path.write_text("\n".join(lines))
        order = Order(path=path, kind=RecordKind.CONTACT, rejects=path.with_suffix(".rejects"), system="crm")
        tally = await run_import(self.world.backend, self.world.tenant, order, Log([]))
        assert tally.rejected == 0

    async def work(self, jobs: list[tuple[Job, int]]) -> None:
        """Do one job after another, counting what they are refused for."""
        for job, number in jobs:
            try:
                await job(number)
            except Refused as refused:
                self.outcomes.update(type(each).__name__ for each in refused.problems)
            else:
                self.outcomes[job.__name__] += 1


async def _prove(world: World, folder: Path, seed: int, count: int, workers: int) -> None:
    crowd = Crowd(world, folder, seed)
    await crowd.settle_in(25)
    kinds: list[Job] = [crowd.commit] * 4 + [crowd.change] * 4 + [crowd.add_twin, crowd.import_some, crowd.fold]
    jobs = [(crowd.chance.choice(kinds), 1_000 + number) for number in range(count)]
    await asyncio.gather(*(crowd.work(jobs[worker::workers]) for worker in range(workers)))
    await crowd.fold(0)
    stored = await everything(world.backend.database, world.tenant.id)
    assert broken_rules(stored, has_imports=True) == []
    assert broken_index(stored) == []
    assert broken_frequencies(stored) == []
    assert crowd.outcomes.keys() <= EXPECTED | {each.__name__ for each in kinds}
    assert crowd.outcomes["commit"] > count / 10


async def test_everything_at_once(world: World, tmp_path: Path) -> None:
    """Commits, corrections, moves, new contacts, imports and folding, by eight workers."""
    await _prove(world, tmp_path, seed=1, count=100, workers=8)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
async def test_everything_at_once_for_long(world: World, tmp_path: Path, seed: int) -> None:
    """The same, for longer and with twice the workers."""
    await _prove(world, tmp_path, seed, count=1_500, workers=16)
