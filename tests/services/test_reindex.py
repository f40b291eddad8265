"""Moving the index to another version of the normaliser."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import Table, select, update

from db.tables.matching import (
    match_documents,
    match_frequencies,
    match_frequency_deltas,
    match_keys,
    match_snapshots,
)
from services import reindex as reindexing
from services.candidates import match_leads
from services.indexing import fold_frequencies
from services.matching.model import NORMALISER_VERSION
from services.reindex import reindex
from tests.support.factories import NOW, make_account, make_contact, make_lead
from tests.support.offices import Office

TABLES = (match_keys, match_documents, match_frequencies, match_snapshots)
OLD = NORMALISER_VERSION - 1
ACCOUNTS = [make_account(name=f"Elbe Werft{number % 7} GmbH", phones=[f"0351 4000{number}"]) for number in range(12)]
CONTACTS = [make_contact(each, phones=["0351 123456"], last_name=f"Sommer{each.id}") for each in ACCOUNTS]


@pytest.fixture
async def aged(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give a tenant whose index was made by an older version, and let batches be small."""
    monkeypatch.setattr(reindexing, "BATCH", 5)
    await office.give(*ACCOUNTS, *CONTACTS)
    await fold_frequencies(office.backend, office.tenant.id)
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        for table in TABLES:
            await session.execute(update(table).values(version=OLD))
    return office


async def index_of(office: Office) -> list[list[tuple[Any, ...]]]:
    """The tenant's index, folded, without the number of its snapshot."""
    await fold_frequencies(office.backend, office.tenant.id)
    return [await rows_of(office, each) for each in TABLES]


async def rows_of(office: Office, table: Table) -> list[tuple[Any, ...]]:
    """The tenant's rows of a table, in order."""
    columns = [each for each in table.c if each.key not in {"tenant_id", "snapshot"}]
    async with office.backend.database.read() as session:
        rows = await session.execute(select(*columns).where(table.c.tenant_id == office.tenant.id))
    return sorted(tuple(row) for row in rows)


async def versions_of(office: Office) -> set[tuple[int, int]]:
    """Versions and whether they are complete."""
    return {(row[0], row[-1]) for row in await rows_of(office, match_snapshots)}


async def phones_found(office: Office, *numbers: str) -> list[list[int]]:
    """Ids of the best account for leads with the account's name and these phones."""
    leads = [make_lead(company="Elbe Werft", phones=[each]) for each in numbers]
    found = await match_leads(office.backend, office.tenant, leads)
    return [[each.record_id for each in matches.accounts.candidates[:1]] for matches in found]


async def test_reindexing_builds_what_writing_would_have(aged: Office) -> None:
    """Afterwards only the new version is there, with the rows that writing the records has made."""
    written = [[(NORMALISER_VERSION, *row[1:]) for row in rows] for rows in await index_of(aged)]
    told: list[int] = []

    await reindex(aged.backend, aged.tenant.id, told.append)

    assert told == [5, 10, 12, 17, 22, 24]
    assert await index_of(aged) == written
    assert [len(rows) for rows in written][1] == 24
    assert await rows_of(aged, match_frequency_deltas) == []


async def test_an_interrupted_run_is_resumed(aged: Office) -> None:
    """What was built stays, queries go on with the old version meanwhile, and the next run builds the rest only."""

    class PlugPulledError(Exception):
        pass

    def pull_the_plug(done: int) -> None:
        if done == 17:
            raise PlugPulledError

    with pytest.raises(PlugPulledError):
        await reindex(aged.backend, aged.tenant.id, pull_the_plug)
    assert await versions_of(aged) == {(OLD, 1), (NORMALISER_VERSION, 0)}
    assert await phones_found(aged, "0351 40003") == [[ACCOUNTS[3].id]]

    told: list[int] = []
    await reindex(aged.backend, aged.tenant.id, told.append)

    assert told == [5, 7]
    assert await versions_of(aged) == {(NORMALISER_VERSION, 1)}
    assert await phones_found(aged, "0351 40003") == [[ACCOUNTS[3].id]]


async def test_nothing_is_done_twice(aged: Office) -> None:
    """A run after a complete one builds and changes nothing."""
    await reindex(aged.backend, aged.tenant.id)
    index, told = await index_of(aged), list[int]()

    await reindex(aged.backend, aged.tenant.id, told.append)

    assert told == []
    assert await index_of(aged) == index


async def test_records_written_meanwhile_are_in_both_versions(aged: Office) -> None:
    """While the new version is built, a new record is found at once, and is there when the new one is complete."""
    late = [make_account(name="Elbe Werft GmbH", phones=[f"0351 5000{number}"]) for number in range(10)]

    async def write_late() -> None:
        for each in late:
            await aged.give(each, make_contact(each))
            assert await phones_found(aged, each.phones[0].number) == [[each.id]]

    await asyncio.gather(write_late(), reindex(aged.backend, aged.tenant.id))

    assert await versions_of(aged) == {(NORMALISER_VERSION, 1)}
    assert await phones_found(aged, *(each.phones[0].number for each in late)) == [[each.id] for each in late]
    frequencies = {row[1]: row[2] for row in (await index_of(aged))[2]}
    keys = [row[1] for row in await rows_of(aged, match_keys)]
    assert all(frequencies[key] == keys.count(key) for key in keys)
    assert (await rows_of(aged, match_snapshots)) == [(NORMALISER_VERSION, 22, 22, 1)]


async def test_the_index_of_a_newer_release_is_left_alone(aged: Office) -> None:
    """An old process must not move an index back, and an unknown tenant has none."""
    async with aged.backend.database.write(aged.tenant.id, NOW) as session:
        await session.execute(update(match_snapshots).values(version=NORMALISER_VERSION + 1))

    with pytest.raises(LookupError, match="newer than"):
        await reindex(aged.backend, aged.tenant.id)
    with pytest.raises(LookupError, match="tenant 77 is unknown"):
        await reindex(aged.backend, 77)
