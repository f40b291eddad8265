"""A tenant to import into, and ways to look at what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select

from db.engine import Database
from db.rows import R, shape_of
from db.tables.base import metadata
from db.tables.records import external_ids
from domain.records import Account, LeadType, RecordKind, Tenant
from domain.values import ExternalId
from services.backend import Backend
from services.importing.batches import Tally
from services.importing.runner import Order, run_import
from services.tenants import add_lead_type, create_tenant
from tests.support.factories import NOW


@dataclass(slots=True)
class Log:
    """A report that keeps what it is told, and stops the import after some batches if asked to."""

    notes: list[str]
    stop_after: int | None = None
    batches: int = 0

    def note(self, text: str) -> None:
        """Keep a note."""
        self.notes.append(text)

    def progress(self, position: int, size: int, tally: Tally) -> None:
        """Count a batch; be killed if it was the last one to be."""
        assert 0 < position <= size
        assert tally.created >= 0
        self.batches += 1
        if self.batches == self.stop_after:
            raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class Shop:
    """A tenant with one lead type, and a folder for files."""

    backend: Backend
    tenant: Tenant
    lead_type: LeadType
    folder: Path

    @property
    def rejects(self) -> Path:
        """Where rejected rows go."""
        return self.folder / "rejects.csv"

    def write(self, content: str | bytes, name: str = "file.csv") -> Path:
        """Write a file, and give its path."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    async def load(
        self,
        kind: RecordKind,
        content: str | bytes,
        name: str = "file.csv",
        log: Log | None = None,
        **order: Any,  # noqa: ANN401
    ) -> Tally:
        """Import a file with this content."""
        path = self.write(content, name)
        job = Order(path=path, kind=kind, rejects=self.rejects, **order)
        return await run_import(self.backend, self.tenant, job, log or Log([]))

    def rejected(self) -> list[str]:
        """The lines of the rejects file below its header; none if there is no file."""
        if not self.rejects.exists():
            return []
        header, *lines = self.rejects.read_text("utf-8-sig").splitlines()
        assert header == "line,field,reason"
        return lines

    async def all(self, kind: type[R]) -> list[R]:
        """Every record of this kind, by id; without the private customers' account."""
        shape = shape_of(kind)
        async with self.backend.database.read() as session:
            rows = (await session.execute(select(shape.table).order_by(shape.table.c.id))).mappings()
            found = [shape.from_row(row) for row in rows]
        return [each for each in found if not getattr(each, "is_private_customers", False)]

    async def private_id(self) -> int:
        """The id of the private customers' account."""
        table = shape_of(Account).table
        async with self.backend.database.read() as session:
            found: int = (await session.execute(select(table.c.id).where(table.c.is_private_customers))).scalar_one()
        return found

    async def external_ids(self) -> dict[ExternalId, int]:
        """Record ids by external id."""
        async with self.backend.database.read() as session:
            rows = await session.execute(select(external_ids))
            return {ExternalId(row.system, row.value): row.record_id for row in rows}

    async def row_counts(self) -> dict[str, int]:
        """How many rows each table has."""
        async with self.backend.database.read() as session:
            counts = {}
            for table in metadata.sorted_tables:
                counts[table.name] = (await session.execute(select(func.count()).select_from(table))).scalar_one()
        return counts


async def open_shop(database: Database, folder: Path) -> Shop:
    """Make the tenant."""
    backend = Backend(database=database, secret=b"secret", now=lambda: NOW)
    tenant = await create_tenant(backend, "Autohaus Nord")
    return Shop(backend, tenant, await add_lead_type(backend, tenant, "web", "Web form"), folder)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that are sent to the database, for reading and for writing."""
    statements: list[str] = []

    def listen(*args: Any) -> None:  # noqa: ANN401
        statements.append(args[2])

    for engine in database.engines:
        event.listen(engine.sync_engine, "before_cursor_execute", listen)
    yield statements
    for engine in database.engines:
        event.remove(engine.sync_engine, "before_cursor_execute", listen)
