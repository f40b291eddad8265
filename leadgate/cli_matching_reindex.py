"""``leadgate matching reindex``: moves the match index to this release's normaliser."""

import asyncio
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from db import reference
from db.engine import Database, TransactionLostError
from db.match_versions import TakenOverError
from domain.records import Tenant
from leadgate.cli_options import database_option
from services.backend import Backend
from services.pipeline import processes
from services.reindex import OnProgress, Progress, Step, reindex

_TITLES = {Step.DOCUMENTS: "records normalised", Step.KEYS: "parts of the keys", Step.DROPPING: "old rows dropped"}
_LOST = (
    "The database interrupted the run for the sake of another transaction. Nothing is lost: "
    "call the command again, and it goes on from there."
)
_MOST_BY_DEFAULT = 16
"""Each process has a connection of its own, and PostgreSQL has a hundred for everybody unless it is told otherwise."""


@click.command("reindex")
@database_option
@click.option("--tenant", type=int, metavar="N", help="Number of the tenant.  [default: every tenant]")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(_MOST_BY_DEFAULT, os.cpu_count() or 1),
    show_default=f"number of processors, at most {_MOST_BY_DEFAULT}",
    help="Processes that normalise and sort.",
)
def reindex_command(database: str, tenant: int | None, workers: int) -> None:
    """Bring the match index to the version of this release, while the service runs.

    Look-ups use the old version until the new one is complete. If it is interrupted, call it again: what is done is
    kept. It needs room for both versions, and for temporary files of about 500 MB per million records (in TMPDIR).
    """
    asyncio.run(_reindex(database, tenant, workers))


async def _reindex(url: str, number: int | None, workers: int) -> None:
    database = Database(url)
    try:
        # Nothing that is written here is hashed with the secret: it lives as long as the process.
        backend = Backend(database=database, secret=secrets.token_bytes(32))
        with processes(workers) as executor:
            for tenant in await _tenants(database, number):
                with _report(tenant) as tell:
                    await reindex(backend, tenant.id, tell, executor=executor, ahead=2 * workers)
                click.echo(f"tenant {tenant.id} ({tenant.name}): the index is up to date")
    except (LookupError, TakenOverError) as error:
        raise click.ClickException(str(error)) from None
    except TransactionLostError:
        raise click.ClickException(_LOST) from None
    finally:
        await database.close()


async def _tenants(database: Database, number: int | None) -> list[Tenant]:
    async with database.read() as session:
        tenants = await reference.list_tenants(session)
    found = [each for each in tenants if number in {None, each.id}]
    if number is not None and not found:
        raise click.ClickException(f"There is no tenant {number}; `leadgate tenant list` shows them.")
    return found


@contextmanager
def _report(tenant: Tenant) -> Iterator[OnProgress]:
    """A progress bar for each step on a terminal, a line for each otherwise."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines().tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console) as bars:
        tasks = {step: bars.add_task(f"{tenant.name}: {title}", total=None) for step, title in _TITLES.items()}

        def tell(progress: Progress) -> None:
            bars.update(tasks[progress.step], completed=progress.done, total=progress.total)

        yield tell


class _Lines:
    """Says when a step begins, for logs."""

    def __init__(self) -> None:
        self._step: Step | None = None

    def tell(self, progress: Progress) -> None:
        if progress.step is not self._step:
            self._step = progress.step
            total = "" if progress.total is None else f", {progress.total:,} in all"
            click.echo(f"{_TITLES[progress.step]}{total}", err=True)
