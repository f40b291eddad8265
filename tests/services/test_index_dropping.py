"""Deleting an old version of the match index while others write, fold and build."""

import asyncio
from collections.abc import Mapping

import pytest
from sqlalchemy import select, text

from db.engine import WriteSession
from db.frequencies import Delta, append_delta, fold_some
from db.match_versions import TakenOverError, add_version, claim_version, hold_claim
from db.tables.matching import match_snapshots
from services import index_dropping
from services.index_dropping import drop_version
from services.matching.model import NORMALISER_VERSION
from tests.support.factories import NOW, make_account, make_contact
from tests.support.indexes import OLD, age_index
from tests.support.offices import Office
from tests.support.tables import everything

ACCOUNTS = [make_account(name=f"Elbe Werft{number} GmbH", phones=[f"0351 4000{number}"]) for number in range(6)]
CONTACTS = [make_contact(each, last_name=f"Sommer{each.id}") for each in ACCOUNTS]

_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")

_FIRST = -(1 << 63)


@pytest.fixture
async def outdated(office: Office) -> Office:
    """Give a tenant with records in an old version of the index, and none in the current one, which is complete."""
    await office.give(*ACCOUNTS, *CONTACTS)
    await age_index(office.backend, office.tenant)
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await add_version(session, NORMALISER_VERSION, is_complete=True)
    return office


async def rows_by_table(office: Office) -> Mapping[str, int]:
    """How many rows of an old version there are, in the tables that have any."""
    stored = await everything(office.backend.database, office.tenant.id)
    counts = {name: sum(row.get("version") == OLD for row in stored[name]) for name in stored if "match" in name}
    return {name: count for name, count in counts.items() if count}


async def change_frequencies(office: Office, version: int) -> None:
    """Let somebody have written what nobody has folded: a term that the version does not know, the first of all."""
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await append_delta(session, version, iter([office.backend.ids.new_id()]), Delta(added=[_FIRST]))


async def fold(office: Office) -> None:
    """A step of the background writer."""
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await fold_some(session)


async def test_everything_of_the_version_goes(outdated: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """In steps that are told, and what was not folded as well; the other version stays."""
    monkeypatch.setattr(index_dropping, "ROWS", 5)
    before = await rows_by_table(outdated)
    await change_frequencies(outdated, OLD)
    await change_frequencies(outdated, NORMALISER_VERSION)
    told: list[int] = []

    await drop_version(outdated.backend, outdated.tenant.id, OLD, told.append)

    assert await rows_by_table(outdated) == {}
    assert told == sorted(told)
    assert len(set(told)) > 6
    assert told[-1] == before["match_keys"] + before["match_documents"] + before["match_frequencies"] > 30
    stored = await everything(outdated.backend.database, outdated.tenant.id)
    assert [row["version"] for row in stored["match_frequency_deltas"]] == [NORMALISER_VERSION]


async def test_folding_between_the_steps_adds_nothing(outdated: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where rows have been deleted already: what was not folded before the first step never is."""
    monkeypatch.setattr(index_dropping, "ROWS", 5)
    before = await rows_by_table(outdated)
    await change_frequencies(outdated, OLD)
    folds: list[asyncio.Task[None]] = []

    def fold_behind(done: int) -> None:
        if done > before["match_keys"] + before["match_documents"]:
            folds.append(asyncio.create_task(fold(outdated)))

    await drop_version(outdated.backend, outdated.tenant.id, OLD, fold_behind)
    await asyncio.gather(*folds)

    assert len(folds) > 1
    assert await rows_by_table(outdated) == {}


async def until_waiting(office: Office, count: int) -> None:
    """Wait until so many transactions wait for others."""
    waiting = 0
    while waiting < count:
        await asyncio.sleep(0.01)
        async with office.backend.database.read() as session:
            waiting = (await session.execute(_WAITING)).scalar_one()


async def hold_snapshot(session: WriteSession, version: int) -> None:
    """Let nobody count up the snapshot of a version until the transaction ends."""
    here = (match_snapshots.c.tenant_id == session.tenant_id, match_snapshots.c.version == version)
    await session.execute(select(match_snapshots).where(*here).with_for_update())


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
async def test_whoever_is_folding_ends_first(outdated: Office) -> None:
    """Frequencies that he has written and not committed are deleted as well. SQLite has one writer at a time."""
    await change_frequencies(outdated, OLD)

    async with outdated.backend.database.write(outdated.tenant.id, NOW) as obstacle:
        await hold_snapshot(obstacle, OLD)
        folding = asyncio.create_task(fold(outdated))
        await until_waiting(outdated, 1)
        dropping = asyncio.create_task(drop_version(outdated.backend, outdated.tenant.id, OLD, lambda _: None))
        await until_waiting(outdated, 2)
    await asyncio.gather(folding, dropping)

    assert await rows_by_table(outdated) == {}


async def test_whoever_is_building_it_stops(office: Office) -> None:
    """An older release's run that goes on with a version that is dropped here writes nothing behind our back."""
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await add_version(session, OLD, is_complete=False)
        claim = await claim_version(session, OLD)
    assert claim is not None
    tries: list[asyncio.Task[None]] = []

    async def go_on_building() -> None:
        async with office.backend.database.write(office.tenant.id, NOW) as session:
            await hold_claim(session, OLD, claim)

    await drop_version(
        office.backend, office.tenant.id, OLD, lambda _: tries.append(asyncio.create_task(go_on_building()))
    )

    stopped = await asyncio.gather(*tries, return_exceptions=True)
    assert {type(each) for each in stopped} == {TakenOverError}
