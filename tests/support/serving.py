"""Fixtures of a real server with one tenant of its own, for tests that come over the network as clients do."""

from collections.abc import Iterator

import pytest

from bench.acceptance.office import Office, Server, open_office, serve


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give a tenant in a database of its own."""
    folder = tmp_path_factory.mktemp("served")
    return open_office(f"sqlite+aiosqlite:///{folder}/served.sqlite3", "Served", country="DE")


@pytest.fixture(scope="session")
def server(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give the server of that database."""
    with serve(office, tmp_path_factory.mktemp("log") / "server.log") as started:
        yield started
