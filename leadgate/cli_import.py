"""``leadgate import``: files of accounts, contacts and leads into a tenant."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import DBAPIError

from db import reference
from db.engine import Database
from domain.records import RecordKind, Tenant
from leadgate.cli_options import database_option
from services.backend import Backend
from services.importing.batches import Tally
from services.importing.rows import UnreadableFile
from services.importing.runner import FORMATS, Order, Report, run_import

REJECTED = 1
UNREADABLE = 2
_ROWS_PER_LINE = 50_000
_KINDS = {"accounts": RecordKind.ACCOUNT, "contacts": RecordKind.CONTACT, "leads": RecordKind.LEAD}
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("kind", type=click.Choice(list(_KINDS)))
@click.argument("file", type=_FILE)
@database_option
@click.option("--tenant", metavar="N", help="Number of the tenant; not needed if there is only one.")
@click.option("--mapping", type=click.Path(dir_okay=False), help="TOML file that says which column fills which field.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Format of the file; else its name tells.")
@click.option("--system", help="The system that the external ids of the file come from.")
@click.option("--lead-type", help="Code of the lead type, for leads whose row names none.")
@click.option("--lenient", "is_lenient", is_flag=True, help="Take rows without their bad values, and list these.")
@click.option("--rejects", type=_FILE, help="Where rejected rows are listed.  [default: FILE.rejects.csv]")
@click.pass_context
def import_command(
    context: click.Context, /, kind: str, file: Path, rejects: Path | None, *, is_lenient: bool, **options: str | None
) -> None:
    """Import accounts, contacts or leads from CSV, JSON Lines or (leads) ADF.

    Good rows are written, bad ones are listed in the rejects file. Importing a file again changes nothing twice. The
    exit code is 0 if every row was taken, 1 if some were rejected, 2 if the file cannot be read at all.
    """
    rejects = rejects or file.with_name(f"{file.name}.rejects.csv")
    try:
        tally = asyncio.run(_import(_KINDS[kind], file, rejects, options, is_lenient=is_lenient))
    except UnreadableFile as error:
        click.echo(f"Nothing more was read: {error}", err=True)
        context.exit(UNREADABLE)
    click.echo(summary(tally, rejects))
    context.exit(REJECTED if tally.rejected else 0)


def summary(tally: Tally, rejects: Path) -> str:
    """What became of the rows, in a line."""
    counts = (
        f"created {tally.created:,}",
        f"updated {tally.updated:,}",
        f"unchanged {tally.unchanged:,}",
        *([f"left alone {tally.left_alone:,}"] if tally.left_alone else []),
        f"rejected {tally.rejected:,}" + (f", incomplete {tally.incomplete:,}" if tally.incomplete else ""),
    )
    listed = f" (listed in {rejects})" if tally.rejected or tally.incomplete else ""
    return ", ".join(counts) + listed


async def _import(
    kind: RecordKind, file: Path, rejects: Path, options: dict[str, str | None], *, is_lenient: bool
) -> Tally:
    database = Database(str(options["database"]))
    try:
        # Nothing that an import writes is hashed with the secret: it lives as long as the process.
        backend = Backend(database=database, secret=secrets.token_bytes(32))
        tenant = await _tenant(database, options["tenant"])
        mapping = options["mapping"]
        order = Order(
            path=file,
            kind=kind,
            rejects=rejects,
            format=options["format_"],
            mapping=None if mapping is None else Path(mapping),
            system=options["system"],
            lead_type=options["lead_type"],
            is_lenient=is_lenient,
        )
        with _report(file) as report:
            return await run_import(backend, tenant, order, report)
    finally:
        await database.close()


async def _tenant(database: Database, number: str | None) -> Tenant:
    try:
        async with database.read() as session:
            tenants = await reference.list_tenants(session)
    except (DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", error))
        raise UnreadableFile(
            f"the database cannot be used ({reason}); is it up to date (leadgate db upgrade)?"
        ) from error
    if number is None and len(tenants) == 1:
        return tenants[0]
    found = next((each for each in tenants if str(each.id) == number), None)
    if found is None:
        listed = ", ".join(f"{each.id} ({each.name})" for each in tenants) or "none yet"
        raise UnreadableFile(f"name the tenant with --tenant N; there are: {listed}")
    return found


@contextmanager
def _report(file: Path) -> Iterator[Report]:
    """A progress bar on a terminal, plain lines otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} % {task.fields[counts]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        yield _Bar(progress, progress.add_task(file.name, total=None, counts=""))


class _Bar:
    """Tells how it goes by a progress bar."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def note(self, text: str) -> None:
        self._progress.console.print(text, markup=False, highlight=False)

    def progress(self, position: int, size: int, tally: Tally) -> None:
        counts = f"{_rows(tally):,} rows" + (f", {tally.rejected:,} rejected" if tally.rejected else "")
        self._progress.update(self._task, completed=position, total=size, counts=counts)


class _Lines:
    """Tells how it goes by a line now and then."""

    def __init__(self) -> None:
        self._next = _ROWS_PER_LINE

    def note(self, text: str) -> None:
        click.echo(text, err=True)

    def progress(self, position: int, size: int, tally: Tally) -> None:
        if _rows(tally) >= self._next:
            self._next += _ROWS_PER_LINE
            click.echo(f"{_rows(tally):,} rows, {100 * position // max(size, 1)} % of the file", err=True)


def _rows(tally: Tally) -> int:
    return tally.created + tally.updated + tally.unchanged + tally.left_alone + tally.rejected
