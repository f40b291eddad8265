"""``leadgate matching``: the command moves the index, with processes of its own, and survives being killed."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result
from sqlalchemy import text, update

from db.engine import Database, WriteSession
from db.tables.matching import match_snapshots
from leadgate.cli import main
from leadgate.cli_matching_reindex import reindex_command
from services.backend import Backend
from services.matching.model import NORMALISER_VERSION
from services.tenants import create_tenant
from tests.proofs.index_rules import broken_frequencies, broken_index
from tests.support.factories import NOW, make_account, make_contact
from tests.support.indexes import OLD, age_index
from tests.support.offices import write_records
from tests.support.tables import Stored, everything

COMPANIES = 200


async def _add_tenant(url: str, name: str) -> None:
    database = Database(url)
    backend = Backend(database=database, secret=b"secret")
    tenant = await create_tenant(backend, name)
    accounts = [
        make_account(tenant_id=tenant.id, name=f"Werft {number} GmbH", phones=[f"0351 {40_000 + number}"])
        for number in range(COMPANIES)
    ]
    contacts = [make_contact(each, tenant_id=tenant.id, last_name=f"Sommer{each.id}") for each in accounts]
    await write_records(backend, tenant, *accounts, *contacts)
    await age_index(backend, tenant)
    await database.close()


@pytest.fixture
def url(database_url: str) -> str:
    """Give the URL of a database with a tenant whose index an older release has made."""
    asyncio.run(_add_tenant(database_url, "Autohaus Nord"))
    return database_url


def look(url: str, tenant_id: int = 1) -> Stored:
    """Everything that is stored of a tenant."""

    async def read() -> Stored:
        database = Database(url)
        found = await everything(database, tenant_id)
        await database.close()
        return found

    return asyncio.run(read())


def write(url: str, work: Callable[[WriteSession], Awaitable[object]]) -> None:
    """Let another process write to the database."""

    async def open_and_write() -> None:
        database = Database(url)
        async with database.write(1, NOW) as session:
            await work(session)
        await database.close()

    asyncio.run(open_and_write())


def versions(stored: Stored) -> set[int]:
    """The versions that have rows anywhere in the index."""
    tables = ("match_snapshots", "match_keys", "match_documents", "match_frequencies", "match_frequency_deltas")
    return {row["version"] for table in tables for row in stored[table]}


def run(url: str, *arguments: str) -> Result:
    """Run the command as the shell would, with one worker."""
    return CliRunner().invoke(main, ["matching", "reindex", "--database", url, "--workers", "1", *arguments])


def test_the_index_of_every_tenant_is_moved(url: str) -> None:
    """Afterwards only the current version is there, as writing would have made it; a second run does nothing."""
    asyncio.run(_add_tenant(url, "Autohaus Süd"))

    first, again = run(url), run(url)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout.splitlines() == [
        "tenant 1 (Autohaus Nord): the index is up to date",
        "tenant 2 (Autohaus Süd): the index is up to date",
    ]
    assert "records normalised, 200 in all" in first.stderr
    assert again.stderr == ""
    for tenant_id in (1, 2):
        stored = look(url, tenant_id)
        assert versions(stored) == {NORMALISER_VERSION}
        assert (broken_index(stored), broken_frequencies(stored)) == ([], [])


def test_one_tenant_can_be_named(url: str) -> None:
    """The others keep their old index; a number that nobody has is an error."""
    asyncio.run(_add_tenant(url, "Autohaus Süd"))

    named, unknown = run(url, "--tenant", "2"), run(url, "--tenant", "7")

    assert (named.exit_code, unknown.exit_code) == (0, 1)
    assert "There is no tenant 7" in unknown.stderr
    assert (versions(look(url, 1)), versions(look(url, 2))) == ({OLD}, {NORMALISER_VERSION})


def test_it_goes_on_after_it_was_killed(url: str, tmp_path: Path) -> None:
    """While it was writing keys: no temporary file is left, and the next run ends with a whole index."""
    command = [sys.executable, "-m", "leadgate", "matching", "reindex", "--database", url, "--workers", "1"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        assert any(line.startswith("parts of the keys") for line in process.stderr)
        process.kill()
    assert process.returncode == -9
    assert list(tmp_path.iterdir()) == []
    killed = versions(look(url))

    result = run(url)

    assert killed == {OLD, NORMALISER_VERSION}
    assert result.exit_code == 0
    stored = look(url)
    assert versions(stored) == {NORMALISER_VERSION}
    assert (broken_index(stored), broken_frequencies(stored)) == ([], [])


def test_the_index_of_a_newer_release_is_left_alone(url: str) -> None:
    """In one sentence, with a failing exit code and no traceback."""
    write(url, lambda session: session.execute(update(match_snapshots).values(version=NORMALISER_VERSION + 1)))

    result = run(url)

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: the index of tenant 1 is newer than this release's")


_LOSE = (
    """CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'deadlock_detected'; END $$""",
    "CREATE TRIGGER lose BEFORE INSERT ON match_keys FOR EACH STATEMENT EXECUTE FUNCTION lose()",
)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_transaction_that_is_ended_for_anothers_sake_ends_the_run(url: str) -> None:
    """In one sentence that says what to do, and not by a crash; the next run keeps the documents and ends the work."""

    async def set_up(session: WriteSession) -> None:
        for statement in _LOSE:
            await session.execute(text(statement))

    write(url, set_up)
    lost = run(url)
    write(url, lambda session: session.execute(text("DROP TRIGGER lose ON match_keys")))
    again = run(url)

    assert (lost.exit_code, again.exit_code) == (1, 0)
    assert "Error: The database interrupted the run for the sake of another transaction." in lost.stderr
    assert "records normalised" not in again.stderr
    stored = look(url)
    assert versions(stored) == {NORMALISER_VERSION}
    assert (broken_index(stored), broken_frequencies(stored)) == ([], [])


def test_a_machine_of_many_processors_needs_no_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are 16 workers at most unless more are asked for: each of them has a connection."""
    monkeypatch.setattr(os, "cpu_count", lambda: 128)

    helped = CliRunner().invoke(main, ["matching", "reindex", "--help"])
    (workers,) = (each for each in reindex_command.params if each.name == "workers")

    assert "at most 16" in " ".join(helped.stdout.split())
    assert workers.get_default(Context(reindex_command)) == 16
