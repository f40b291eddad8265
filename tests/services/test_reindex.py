"""Moving the index to another version of the normaliser."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Table, select, update

from db import records
from db.engine import Database
from db.match_versions import TakenOverError
from db.tables.matching import match_frequency_deltas, match_keys, match_snapshots, match_withdrawn_keys
from domain.records import Account, Contact
from services import index_sorting
from services import reindex as reindexing
from services.backend import Backend
from services.candidates import match_leads
from services.index_building import make_documents, sort_bucket
from services.indexing import fold_frequencies
from services.matching.model import NORMALISER_VERSION
from services.reindex import Progress, Step, reindex
from services.writing import Writing, change_account, change_contact
from tests.proofs.index_rules import broken_frequencies, broken_index
from tests.support.factories import NOW, make_account, make_contact, make_lead, phones_of
from tests.support.indexes import INDEX, OLD, age_index
from tests.support.offices import Office, write_records
from tests.support.tables import everything

ACCOUNTS = [make_account(name=f"Elbe Werft{number % 7} GmbH", phones=[f"0351 4000{number}"]) for number in range(12)]
CONTACTS = [make_contact(each, phones=["0351 123456"], last_name=f"Sommer{each.id}") for each in ACCOUNTS]


@pytest.fixture
async def aged(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give a tenant whose index was made by an older version, and let batches be small."""
    monkeypatch.setattr(reindexing, "BATCH", 5)
    monkeypatch.setattr(index_sorting, "BUCKETS", 8)
    await office.give(*ACCOUNTS, *CONTACTS)
    await age_index(office.backend, office.tenant)
    return office


async def index_of(office: Office) -> list[list[tuple[Any, ...]]]:
    """The tenant's index, folded, without the number of its snapshot."""
    await fold_frequencies(office.backend, office.tenant.id)
    return [await rows_of(office, each) for each in INDEX]


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
    told: list[Progress] = []

    await reindex(aged.backend, aged.tenant.id, told.append)

    assert [each.done for each in told if each.step is Step.DOCUMENTS] == [5, 10, 12, 5, 10, 12]
    assert {each.total for each in told if each.step is Step.DOCUMENTS} == {12}
    assert await index_of(aged) == written
    assert [len(rows) for rows in written][1] == 24
    assert await rows_of(aged, match_frequency_deltas) == []


class PlugPulledError(Exception):
    """The process ends."""


async def pull_the_plug(office: Office, moment: Progress) -> None:
    """Reindex until this is done, and no further."""

    def look(progress: Progress) -> None:
        if progress == moment:
            raise PlugPulledError

    with pytest.raises(PlugPulledError):
        await reindex(office.backend, office.tenant.id, look)


async def test_an_interrupted_run_is_resumed(aged: Office) -> None:
    """Wherever it ended: what was built stays, and queries go on with the old version until the new one is complete."""
    written = [[(NORMALISER_VERSION, *row[1:]) for row in rows] for rows in await index_of(aged)]

    for moment in (
        Progress(Step.DOCUMENTS, 5, 12),
        Progress(Step.DOCUMENTS, 5, 7),
        Progress(Step.DOCUMENTS, 12, 12),
        Progress(Step.KEYS, 1, 8),
        Progress(Step.KEYS, 7, 8),
    ):
        await pull_the_plug(aged, moment)
        assert await versions_of(aged) == {(OLD, 1), (NORMALISER_VERSION, 0)}
        assert await phones_found(aged, "0351 40003") == [[ACCOUNTS[3].id]]
    await pull_the_plug(aged, Progress(Step.DROPPING, len(written[0]), None))
    assert await versions_of(aged) == {(OLD, 1), (NORMALISER_VERSION, 1)}
    told: list[Progress] = []
    await reindex(aged.backend, aged.tenant.id, told.append)

    assert {each.step for each in told} == {Step.DROPPING}
    assert await index_of(aged) == written
    assert await phones_found(aged, "0351 40003") == [[ACCOUNTS[3].id]]


async def test_whoever_comes_later_goes_on(aged: Office) -> None:
    """Of two processes that reindex at once, the first one stops at its next transaction."""
    written = [[(NORMALISER_VERSION, *row[1:]) for row in rows] for rows in await index_of(aged)]
    later: list[asyncio.Task[None]] = []

    def start_another(progress: Progress) -> None:
        if progress == Progress(Step.DOCUMENTS, 5, 12):
            later.append(asyncio.create_task(reindex(aged.backend, aged.tenant.id)))

    with pytest.raises(TakenOverError, match="another process"):
        await reindex(aged.backend, aged.tenant.id, start_another)
    await later[0]

    assert await index_of(aged) == written


async def test_nothing_is_done_twice(aged: Office) -> None:
    """A run after a complete one builds and changes nothing."""
    await reindex(aged.backend, aged.tenant.id)
    index, told = await index_of(aged), list[Progress]()

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


class Interfering(ThreadPoolExecutor):
    """Does something when a certain piece of work has been done, before what it has made is used; the first times."""

    def __init__(self, work: Callable[..., Any], interfere: Callable[[], None], *, times: int = 1) -> None:
        super().__init__(max_workers=1)
        self._work = work
        self._interfere = interfere
        self._left = times

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        """Give work to the thread."""
        if fn is self._work and self._left:
            self._left -= 1
            return super().submit(self._work_and_interfere, *args, **kwargs)
        return super().submit(fn, *args, **kwargs)

    def _work_and_interfere(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        made = self._work(*args, **kwargs)
        self._interfere()
        return made


def from_elsewhere(office: Office, write: Callable[[Backend], Awaitable[None]]) -> Callable[[], None]:
    """Let another process of the service write, as it does while this one has to wait for it."""

    async def run() -> None:
        database = Database(office.backend.database.url)
        await write(replace(office.backend, database=database))
        await database.close()

    return lambda: asyncio.run(run())


async def change(backend: Backend, office: Office, before: Account | Contact, **values: Any) -> None:  # noqa: ANN401
    """Change a record of the office as its users do."""
    async with backend.database.write(office.tenant.id, NOW) as session:
        writing = Writing(session, office.tenant, backend.ids, None)
        if isinstance(before, Account):
            account = await records.get_for_update(session, Account, before.id)
            assert account is not None
            await change_account(writing, account, replace(account, **values))
        else:
            contact = await records.get_for_update(session, Contact, before.id)
            assert contact is not None
            await change_contact(writing, contact, replace(contact, **values))


@pytest.mark.parametrize("work", [make_documents, sort_bucket])
async def test_records_changed_meanwhile_are_indexed_as_they_are(aged: Office, work: Callable[..., Any]) -> None:
    """What is built from records as they were a moment ago does not bring back what they have lost since."""

    async def work_on(backend: Backend) -> None:
        await change(backend, aged, ACCOUNTS[0], name="Isar Mühlen AG", phones=phones_of("089 77001"))
        await change(backend, aged, ACCOUNTS[1], name="Isar Mühlen AG")
        await change(backend, aged, ACCOUNTS[1], name=ACCOUNTS[1].name)
        await change(backend, aged, CONTACTS[2], account_id=ACCOUNTS[3].id, last_name="Winter")
        await change(backend, aged, CONTACTS[4], account_id=ACCOUNTS[5].id)
        await change(backend, aged, CONTACTS[4], account_id=ACCOUNTS[4].id)
        new = make_account(name="Neckar Optik GmbH")
        await write_records(backend, aged.tenant, new, make_contact(new))

    with Interfering(work, from_elsewhere(aged, work_on)) as executor:
        await reindex(aged.backend, aged.tenant.id, executor=executor)
    await fold_frequencies(aged.backend, aged.tenant.id)

    stored = await everything(aged.backend.database, aged.tenant.id)
    assert (broken_index(stored), broken_frequencies(stored)) == ([], [])
    assert {row["version"] for row in stored["match_keys"]} == {NORMALISER_VERSION}
    assert stored[match_withdrawn_keys.name] == []


async def test_a_record_may_lose_and_regain_its_keys_all_the_time(aged: Office) -> None:
    """Between any two parts of the keys, and over a run that ended in the middle."""
    names = iter(["Isar Mühlen AG", ACCOUNTS[0].name] * 50)
    turn = from_elsewhere(aged, lambda backend: change(backend, aged, ACCOUNTS[0], name=next(names)))

    for times in (3, 8):
        with Interfering(sort_bucket, turn, times=times) as executor, suppress(PlugPulledError):

            def look(progress: Progress, times: int = times) -> None:
                if times == 3 and progress == Progress(Step.KEYS, 5, 8):
                    raise PlugPulledError

            await reindex(aged.backend, aged.tenant.id, look, executor=executor)
    await fold_frequencies(aged.backend, aged.tenant.id)

    stored = await everything(aged.backend.database, aged.tenant.id)
    assert (broken_index(stored), broken_frequencies(stored)) == ([], [])
    assert await versions_of(aged) == {(NORMALISER_VERSION, 1)}


async def test_the_index_of_a_newer_release_is_left_alone(aged: Office) -> None:
    """An old process must not move an index back, and an unknown tenant has none."""
    async with aged.backend.database.write(aged.tenant.id, NOW) as session:
        await session.execute(update(match_snapshots).values(version=NORMALISER_VERSION + 1))

    with pytest.raises(LookupError, match="newer than"):
        await reindex(aged.backend, aged.tenant.id)
    with pytest.raises(LookupError, match="tenant 77 is unknown"):
        await reindex(aged.backend, 77)
