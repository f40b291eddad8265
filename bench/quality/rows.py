"""Labelled tables: rows read and checked by the code of the import, references as records and queries as leads."""

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bench.quality.model import TENANT_ID, LabelledSet, Query, View
from domain.records import Account, Contact, RecordKind, Tenant
from domain.values import Language
from services.ids import IdSource
from services.importing.headers import fields_of
from services.importing.mapping import ColumnMap
from services.importing.parsing import Described, Row, Surroundings
from services.importing.rows import Cells, SourceRow
from services.importing.runner import parse_row

NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""When everything is read and received, so that a set is the same on every day."""
SYSTEM = "bench"
_SEED = 1
_NOT_THERE = -1
"""The id of a mate that the import refuses: nothing can find it."""
_NEEDS_OTHERS = frozenset({"owner", "accountExternalId", "accountId"})
"""Fields that name users or accounts which a table of one kind does not bring along."""
_AS_LEAD: Mapping[RecordKind, Mapping[str, str]] = {
    RecordKind.ACCOUNT: {"name": "companyName"},
    RecordKind.CONTACT: {"companyVatId": "vatId", "companyWebsite": "website"},
}
"""What fields of a record are called in a lead; the others have the same name."""

Truth = Iterable[tuple[str, str]]
"""Pairs of a query's id and the id of the reference that it truly is; a query may have several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """References and queries as rows, and what their columns mean. ``kind``: accounts or contacts; ids by ``columns``.

    ``queries_columns``: the same for the queries, where their columns are others.
    """

    name: str
    country: str
    kind: RecordKind
    columns: ColumnMap
    references: Sequence[Cells]
    queries: Sequence[Cells]
    truth: Truth
    queries_columns: ColumnMap | None = None


@dataclass(slots=True)
class _Records:
    """The references as records, and their ids by the ids that the table gives them."""

    accounts: list[Account]
    contacts: list[Contact]
    ids: dict[str, int]
    refused: int = 0


def to_labelled_set(tables: Tables) -> LabelledSet:
    """The set that the tables make: every value that an import would not take is left out, as ``--lenient`` does.

    A row that cannot be taken even so is not dropped: a query finds nothing then, and a reference is never found. The
    order of the queries is drawn by a fixed seed, so that the first of them are a sample.
    """
    around = _surroundings(tables.country)
    records = _records(tables, around)
    queries = _queries(tables, around, records.ids)
    refused = sum(each.lead is None for each in queries)
    random.Random(_SEED).shuffle(queries)
    digest = hashlib.blake2b(repr((records.accounts, records.contacts)).encode(), digest_size=8).hexdigest()
    return LabelledSet(
        name=tables.name,
        country=tables.country,
        fingerprint=digest,
        accounts=lambda: records.accounts,
        contacts=lambda: records.contacts,
        queries=queries,
        notes=tuple(
            f"{count} {what} refused by the import"
            for count, what in ((records.refused, "references"), (refused, "queries"))
            if count
        ),
    )


def _surroundings(country: str) -> Surroundings:
    tenant = Tenant(id=TENANT_ID, name=SYSTEM, default_country=country, language=Language.EN)
    return Surroundings(
        tenant=tenant,
        now=NOW,
        new_id=IdSource(worker=0, clock=NOW.timestamp).new_id,
        system=SYSTEM,
        lead_type_id=1,
    )


def _records(tables: Tables, around: Surroundings) -> _Records:
    records = _Records([], [], {})
    companies: dict[str, Account] = {}
    for line, cells in enumerate(tables.references, start=1):
        row = _parse(line, cells, tables.columns, around)
        if row is None:
            records.refused += 1
            records.ids[_id_of(cells, tables.columns)] = _NOT_THERE
            continue
        records.ids[row.key.value] = row.record.id
        if isinstance(row.record, Account):
            records.accounts.append(row.record)
        elif isinstance(row.account, Described):
            account = companies.setdefault(row.account.key.value, row.account.account)
            records.contacts.append(replace(row.record, account_id=account.id))
        else:
            records.contacts.append(replace(row.record, account_id=0))
    records.accounts += companies.values()
    return records


def _parse(line: int, cells: Cells, columns: ColumnMap, around: Surroundings) -> Row[Any] | None:
    kept = tuple((column, text) for column, text in cells if text and columns.field_of(column) not in _NEEDS_OTHERS)
    row, _ = parse_row(SourceRow(line, kept), columns, around, is_lenient=True)
    return row


def _id_of(cells: Cells, columns: ColumnMap) -> str:
    return columns.assign(cells).get("externalId", ("",))[0]


def _queries(tables: Tables, around: Surroundings, ids: Mapping[str, int]) -> list[Query]:
    columns = tables.queries_columns or tables.columns
    as_lead = _lead_columns(columns, {column for cells in tables.queries for column, _ in cells})
    mates: dict[str, set[int]] = {}
    for query, reference in tables.truth:
        mates.setdefault(query, set()).add(ids.get(reference, _NOT_THERE))
    view = View.ACCOUNTS if tables.kind is RecordKind.ACCOUNT else View.CONTACTS
    return [
        Query(
            lead=row.record if (row := _parse(line, cells, as_lead, around)) is not None else None,
            truth={view: frozenset(mates.get(_id_of(cells, columns), ()))},
        )
        for line, cells in enumerate(tables.queries, start=1)
    ]


def _lead_columns(columns: ColumnMap, names: Iterable[str]) -> ColumnMap:
    """What the columns of an account or a contact fill in a lead."""
    called = {**{field: field for field in fields_of(columns.kind)}, **_AS_LEAD[columns.kind]}
    known = frozenset(fields_of(RecordKind.LEAD))
    fields = {name: called[field] for name in names if (field := columns.field_of(name)) is not None}
    return ColumnMap(
        RecordKind.LEAD,
        columns={name: field for name, field in fields.items() if field in known},
        constants={called[field]: text for field, text in columns.constants.items() if called[field] in known},
        ignored=frozenset(name for name in names if fields.get(name) not in known),
    )
