"""What every test may ask for. Tests that ask for a database run once on SQLite and once on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from db.engine import Database
from tests.support.databases import fresh_database
from tests.support.postgres import stop_postgres
from tests.support.workshop import close_workshop, current_workshop, open_workshop

# No deadlines: a test never depends on how busy the machine is. The everyday run draws the same examples every time, so
# that it fails only for what was changed; the long one draws new ones, and many more.
settings.register_profile("everyday", deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile("long", deadline=None, max_examples=1000, database=None, print_blob=True)
settings.load_profile("everyday")

_workshop_key = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Open the run's folder, in the process that starts the run."""
    workshop = open_workshop()
    if workshop is not None:
        config.stash[_workshop_key] = workshop


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop and remove what the run has started and made, after its workers have ended."""
    workshop = config.stash.get(_workshop_key, None)
    if workshop is not None:
        stop_postgres(workshop)
        close_workshop(workshop)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run async tests on asyncio, the only event loop that the service runs on."""
    return "asyncio"


@pytest.fixture
def workshop() -> Path:
    """Give the folder of this run of the suite."""
    return current_workshop()


@pytest.fixture(params=list(fresh_database))
def dialect(request: pytest.FixtureRequest) -> str:
    """Name the database to test on: every test that asks runs on each."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(dialect: str, workshop: Path) -> Iterator[str]:
    """Give the URL of a database of the test's own, migrated and empty."""
    with fresh_database[dialect](workshop) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Give a database of the test's own, migrated and empty, and connected to."""
    connected = Database(database_url)
    yield connected
    await connected.close()
