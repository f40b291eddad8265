"""The demo as a newcomer gets it: built by its command and served by the real server."""

import asyncio
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.acceptance.office import Server, run, serve_with
from bench.demo.records import SEED, demo_records
from bench.demo.writing import write_demo
from db.engine import Database
from services.backend import Backend


@contextmanager
def demo_server(folder: Path) -> Iterator[Server]:
    """Build the demo in a folder, which takes most of a minute, and serve it for as long as the block lasts."""
    url = f"sqlite+aiosqlite:///{folder}/demo.sqlite3"
    run("db", "upgrade", "--database", url)
    subprocess.run([sys.executable, "-m", "bench.demo", "--database", url], check=True, capture_output=True)
    with serve_with("--demo", "--database", url, log=folder / "server.log") as server:
        yield server


def write_small_demo(url: str) -> None:
    """Build a demo of a thousand records in an empty database, with the same users and leads as the whole one."""
    run("db", "upgrade", "--database", url)
    asyncio.run(_write(url))


async def _write(url: str) -> None:
    database = Database(url)
    try:
        demo = demo_records(SEED, datetime.now(UTC), companies=600, privates=200)
        await write_demo(Backend(database=database, secret=secrets.token_bytes(32)), demo)
    finally:
        await database.close()
