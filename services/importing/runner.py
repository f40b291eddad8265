"""An import from the first line to the summary: read, map, check, write in batches, reject what is wrong.

Every batch is a transaction of its own. Whatever stops an import half way, running it again finishes it and changes
nothing twice: each row has an external id, its own or one made from what it holds.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from db import accounts, reference
from db.engine import ReadSession
from domain.paging import PageRequest
from domain.problems import Problem
from domain.records import LeadType, RecordKind, Tenant
from services.backend import Backend
from services.importing import batches
from services.importing.adf import open_adf
from services.importing.batches import Outcome, Tally
from services.importing.csv_rows import open_csv
from services.importing.jsonl_rows import open_jsonl
from services.importing.leaving_out import leave_out
from services.importing.mapping import ColumnMap, check_columns, read_mapping
from services.importing.parsing import CONTENT, Row, Surroundings, parse_account, parse_contact, parse_lead
from services.importing.rejects import Reject, RejectsFile, rejects_of
from services.importing.rows import AnyRow, BrokenRow, Source, SourceRow, UnreadableFile
from services.indexing import fold_frequencies
from services.writing import Writing

BATCH = 1_000
"""Rows per transaction."""
_USERS_PER_PAGE = 1_000

_OPENERS: Mapping[str, Callable[[Path], AbstractContextManager[Source]]] = {
    "csv": open_csv,
    "jsonl": open_jsonl,
    "adf": open_adf,
}
FORMATS = tuple(_OPENERS)
_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".xml": "adf", ".adf": "adf"}
"""All other files are taken for CSV."""

_PARSERS: Mapping[RecordKind, Callable[..., Any]] = {
    RecordKind.ACCOUNT: parse_account,
    RecordKind.CONTACT: parse_contact,
    RecordKind.LEAD: parse_lead,
}
_Write = Callable[[Writing, Sequence[Any]], Awaitable[Outcome]]


class Report(Protocol):
    """Who is told how the import goes."""

    def note(self, text: str) -> None:
        """Something about the file that is worth knowing."""

    def progress(self, position: int, size: int, tally: Tally) -> None:
        """Another batch is written; ``position`` of ``size`` bytes have been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to import, and how.

    ``kind``: accounts, contacts or leads. ``system``: where the external ids come from. ``lead_type``: the code of the
    lead type for rows that name none. ``format`` None: told by the file's name. ``is_lenient``: rows are taken without
    their bad values, as far as these can be missed.
    """

    path: Path
    kind: RecordKind
    rejects: Path
    format: str | None = None
    mapping: Path | None = None
    system: str | None = None
    lead_type: str | None = None
    batch: int = BATCH
    is_lenient: bool = False


async def run_import(backend: Backend, tenant: Tenant, order: Order, report: Report) -> Tally:
    """Import a file; returns what became of its rows. Rejected ones are in ``order.rejects`` afterwards.

    Raises ``UnreadableFile`` if the file, the mapping or the rejects file cannot be used at all.
    """
    form = _check(order)
    columns = ColumnMap(order.kind) if order.mapping is None else read_mapping(order.mapping, order.kind)
    tally = Tally()
    async with backend.database.read() as session:
        around = await _look_around(session, backend, tenant, order, columns)
        write = await _writer(session, tenant, order.kind)
    with _OPENERS[form](order.path) as source, RejectsFile(order.rejects) as rejects:
        _check_source(order, source, columns, report)
        for number, batch in enumerate(_batches(source.rows, order.batch)):
            if number == 0 and source.columns is None:
                report.note(columns.describe(_columns_of(batch)))
            outcome = await _import_batch(backend, around, write, columns, batch, is_lenient=order.is_lenient)
            rejects.write(outcome.rejects)
            tally.add(outcome.tally)
            report.progress(source.position(), source.size, tally)
    if tally.created or tally.updated:
        await fold_frequencies(backend, tenant.id)
    return tally


def _check(order: Order) -> str:
    """The file's format, if the order makes sense."""
    form = order.format or _SUFFIXES.get(order.path.suffix.casefold(), "csv")
    if form == "adf" and order.kind is not RecordKind.LEAD:
        raise UnreadableFile(f"ADF has leads only; {order.path} cannot be imported as {order.kind.value}s")
    if order.system == CONTENT:
        raise UnreadableFile(f'"{CONTENT}" is kept for rows without an external id; call the system something else')
    if order.rejects.resolve() in {order.path.resolve(), order.mapping and order.mapping.resolve()}:
        raise UnreadableFile(f"{order.rejects}: rejected rows cannot go where the import reads from")
    return form


def _check_source(order: Order, source: Source, columns: ColumnMap, report: Report) -> None:
    for note in source.notes:
        report.note(note)
    if source.columns is None:
        return
    check_columns(order.path, source.columns, columns)
    fields = {columns.field_of(each) for each in source.columns}
    needs_system = order.kind is not RecordKind.LEAD or "source" not in fields | set(columns.constants)
    if fields & {"externalId", "accountExternalId"} and order.system is None and needs_system:
        raise UnreadableFile(f"{order.path} has external ids: name the system they come from with --system NAME")
    report.note(columns.describe(source.columns))


def _columns_of(batch: Iterable[AnyRow]) -> list[str]:
    rows = (row.cells for row in batch if not isinstance(row, BrokenRow))
    return list(dict.fromkeys(column for cells in rows for column, _ in cells))


def _batches(rows: Iterator[AnyRow], size: int) -> Iterator[list[AnyRow]]:
    while batch := list(islice(rows, size)):
        yield batch


async def _import_batch(
    backend: Backend,
    around: Surroundings,
    write: _Write,
    columns: ColumnMap,
    batch: Iterable[AnyRow],
    *,
    is_lenient: bool,
) -> Outcome:
    good, sorted_out = _sort_out(batch, columns, around, is_lenient=is_lenient)
    outcome = Outcome(Tally())
    if good:
        outcome = await backend.database.transact(
            around.tenant.id,
            backend.now(),
            lambda session: write(Writing(session, around.tenant, backend.ids, user_id=None), good),
        )
    outcome.tally.add(sorted_out.tally)
    return replace(outcome, rejects=sorted([*sorted_out.rejects, *outcome.rejects], key=lambda each: each.line))


def _sort_out(
    batch: Iterable[AnyRow], columns: ColumnMap, around: Surroundings, *, is_lenient: bool
) -> tuple[list[Row[Any]], Outcome]:
    """The rows that can be written; and what is wrong with the others, and how many these are."""
    good: list[Row[Any]] = []
    outcome = Outcome(Tally())
    for row in batch:
        if isinstance(row, BrokenRow):
            outcome.rejects.append(Reject(row.line, "", row.reason))
            outcome.tally.rejected += 1
            continue
        parsed, problems = parse_row(row, columns, around, is_lenient=is_lenient)
        outcome.rejects += rejects_of(row.line, problems, is_taken=parsed is not None)
        if parsed is None:
            outcome.tally.rejected += 1
        else:
            good.append(parsed)
            outcome.tally.incomplete += bool(problems)
    return good, outcome


def parse_row(
    row: SourceRow, columns: ColumnMap, around: Surroundings, *, is_lenient: bool
) -> tuple[Row[Any] | None, list[Problem]]:
    """The row, None if it cannot be taken; and what is wrong with it, or was before it was left out."""
    parse = _PARSERS[columns.kind]
    values = columns.assign(row.cells)
    parsed = parse(row, values, around)
    if isinstance(parsed, Row):
        return parsed, []
    rest = leave_out(columns.kind, values, parsed) if is_lenient else None
    again = None if rest is None else parse(row, rest, around)
    return again if isinstance(again, Row) else None, parsed


async def _look_around(
    session: ReadSession, backend: Backend, tenant: Tenant, order: Order, columns: ColumnMap
) -> Surroundings:
    types = await reference.list_entries(session, LeadType, tenant.id)
    known = {str(name).casefold(): each.id for each in types for name in (each.id, each.name, each.code)}
    return Surroundings(
        tenant=tenant,
        now=backend.now(),
        new_id=backend.ids.new_id,
        system=order.system,
        users=await _users(session, tenant.id),
        lead_types=known,
        lead_type_id=_default_type(order, columns, known) if order.kind is RecordKind.LEAD else None,
    )


def _default_type(order: Order, columns: ColumnMap, known: Mapping[str, int]) -> int | None:
    """The lead type of rows that name none: the one that was asked for, or the only one that there is."""
    named = order.lead_type or columns.constants.get("type")
    if named is None:
        return next(iter(known.values())) if len(set(known.values())) == 1 else None
    found = known.get(named.casefold())
    if found is None:
        raise UnreadableFile(f'no lead type is called "{named}"; there are: {", ".join(known)}')
    return found


async def _users(session: ReadSession, tenant_id: int) -> dict[str, int]:
    """The tenant's users by e-mail address, name and id. A name that two of them have names none."""
    found: dict[str, set[int]] = {}
    request: PageRequest | None = PageRequest(size=_USERS_PER_PAGE)
    while request is not None:
        page = await reference.page_of_users(session, tenant_id, request, is_active=None)
        for user in page.items:
            for name in (str(user.id), user.email, user.name):
                found.setdefault(name.casefold(), set()).add(user.id)
        request = replace(request, after=page.keys[-1]) if page.has_next else None
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


async def _writer(session: ReadSession, tenant: Tenant, kind: RecordKind) -> _Write:
    if kind is RecordKind.ACCOUNT:
        return batches.write_accounts
    if kind is RecordKind.LEAD:
        return batches.write_leads
    private = await accounts.private_customers(session, tenant.id)
    return partial(batches.write_contacts, private_id=private.id)
