"""Any labelled files: references, queries, the truth, and a mapping that says what the columns are.

The mapping is TOML: which kind of record it is, and inside what ``leadgate import --mapping`` understands::

    country = "DE"              # of phone numbers and addresses that name none

    [contacts]                  # or [accounts]
    externalId = "rec_id"       # the ids that the truth speaks of
    firstName = "given_name"
    ignore = ["address_2"]

    [queries]                   # only if the queries have other columns
    externalId = "query_id"

Columns that it does not speak of are told by their headers, as in an import. The first two columns of the truth are the
query's id and the id of the reference that it truly is; queries that it does not name have no mate, and a query may
have several.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.quality.model import LabelledSet
from bench.quality.rows import Tables, to_labelled_set
from domain.records import RecordKind
from services.importing.csv_rows import open_csv
from services.importing.mapping import ColumnMap, check_columns, to_column_map
from services.importing.rows import AnyRow, BrokenRow, Cells, UnreadableFile

_KINDS = {"accounts": RecordKind.ACCOUNT, "contacts": RecordKind.CONTACT}
_KEYS = frozenset({*_KINDS, "queries", "country"})


@dataclass(frozen=True, slots=True)
class Files:
    """The four files; all but the mapping are CSV."""

    references: Path
    queries: Path
    truth: Path
    mapping: Path


def load_files(files: Files, name: str = "files") -> LabelledSet:
    """The set that the files make. Raises ``UnreadableFile`` that says which of them cannot be used, and why."""
    entries = _read_toml(files.mapping)
    country = entries.get("country")
    sections = [name for name in _KINDS if name in entries]
    if len(sections) != 1 or not isinstance(country, str) or not entries.keys() <= _KEYS:
        raise UnreadableFile(f'{files.mapping} needs country = "..." and one of the sections [accounts] and [contacts]')
    kind = _KINDS[sections[0]]
    columns = _section(files.mapping, kind, entries, sections[0])
    queries_columns = _section(files.mapping, kind, entries, "queries") if "queries" in entries else columns
    return to_labelled_set(
        Tables(
            name=name,
            country=country,
            kind=kind,
            columns=columns,
            references=_read(files.references, columns),
            queries=_read(files.queries, queries_columns),
            truth=_read_truth(files.truth),
            queries_columns=queries_columns,
        )
    )


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path} is no TOML: {error}") from error


def _section(path: Path, kind: RecordKind, entries: Mapping[str, object], name: str) -> ColumnMap:
    section = entries[name]
    if not isinstance(section, dict):
        raise UnreadableFile(f"{path}: [{name}] has to be a section")
    return to_column_map(path, kind, section)


def _read(path: Path, columns: ColumnMap) -> list[Cells]:
    """All rows of a file. A row that cannot be read would shift nothing but the figures, so it ends the reading."""
    with open_csv(path) as source:
        check_columns(path, source.columns or (), columns)
        if "externalId" not in map(columns.field_of, source.columns or ()):
            raise UnreadableFile(f"{path}: no column is the externalId, which the truth speaks of")
        return [_cells(path, row) for row in source.rows]


def _read_truth(path: Path) -> list[tuple[str, str]]:
    with open_csv(path) as source:
        query, reference, *_ = (*(source.columns or ()), "", "")
        found = [dict(_cells(path, row)) for row in source.rows]
    if not reference or any(not (row.get(query) and row.get(reference)) for row in found):
        raise UnreadableFile(f"{path} needs a query's id and a reference's id in the first two columns of every row")
    return [(row[query], row[reference]) for row in found]


def _cells(path: Path, row: AnyRow) -> Cells:
    if isinstance(row, BrokenRow):
        raise UnreadableFile(f"{path}, line {row.line}: {row.reason}")
    return row.cells
