"""The proof from the first command to the figures."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.acceptance.client import open_client
from bench.acceptance.driver import CLIENTS, accept_all
from bench.acceptance.evaluation import count, mistakes, read_results
from bench.acceptance.febrl import REFERENCE, SIZE, SOURCE, FebrlFiles, write_files
from bench.acceptance.office import Office, Server, Usage, open_office, serve
from bench.acceptance.report import Run

COUNTRY = "AU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much of FEBRL 4 is used, and by how many clients at once."""

    leads: int = SIZE
    contacts: int = SIZE
    clients: int = CLIENTS


def prove(
    database: str, folder: Path, scale: Scale | None = None, report: Callable[[str], None] = lambda _: None
) -> Run:
    """Import FEBRL 4 into a new tenant of the database at this URL, accept all leads over HTTP, and evaluate.

    Files and the server's log go into ``folder``; ``report`` is told how it goes. Raises ``CommandError``,
    ``NoAnswerError`` and ``StuckError`` if it does not come to its end.
    """
    scale = scale or Scale()
    files = write_files(folder, leads=scale.leads, contacts=scale.contacts)
    office = open_office(database, "FEBRL", country=COUNTRY)
    imports = _import(office, files, report)
    with serve(office, folder / "server.log") as server:
        return asyncio.run(_drive_and_evaluate(office, server, files, imports, scale, report))


def _import(office: Office, files: FebrlFiles, report: Callable[[str], None]) -> dict[str, str]:
    options = ("--mapping", str(files.mapping), "--lenient", "--system")
    report("importing")
    return {
        "contacts": office.import_file("contacts", files.contacts, *options, REFERENCE),
        "leads": office.import_file("leads", files.leads, *options, SOURCE),
    }


async def _drive_and_evaluate(
    office: Office,
    server: Server,
    files: FebrlFiles,
    imports: dict[str, str],
    scale: Scale,
    report: Callable[[str], None],
) -> Run:
    before, started = server.usage(), time.perf_counter()
    async with open_client(server.url, office.token()) as client:
        accepted = await accept_all(client, clients=scale.clients, report=_teller(report))
    elapsed, used = time.perf_counter() - started, _difference(before, server.usage())
    async with open_client(server.url, office.token()) as evaluator:
        results = await read_results(evaluator, REFERENCE)
    return Run(
        counts=count(results, files.truth),
        imports=imports,
        acceptances=[each.seconds for each in accepted],
        calls=client.seconds,
        clients=scale.clients,
        elapsed=elapsed,
        used=used,
        mistakes=mistakes(results, files.truth),
    )


def _teller(report: Callable[[str], None]) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        if done % 500 == 0 or done == total:
            report(f"{done:,} of {total:,} leads accepted")

    return tell


def _difference(before: Usage, after: Usage) -> Usage:
    if before.cpu is None or after.cpu is None:
        return Usage()
    return Usage(after.cpu - before.cpu, after.memory)
