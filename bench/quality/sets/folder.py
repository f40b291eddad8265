"""The public sets that lie in a folder (``--data DIR``); the project does not ship them.

``fodors_zagats``: restaurants of two guides (anhaidgroup/py_entitymatching, BSD-3); Fodor's are the references and
Zagat's the queries, of which about a third have a mate.

``historical``: persons of Wikidata with heavy errors (moj-analytical-services/splink_datasets, MIT and CC0). One record
of each person is a reference, and 5,000 others are the queries, both drawn by a fixed seed; a person's first record is
the one without errors, so with it as the reference the set would be much easier. Of the full name the last word is the
last name, and what is before it the first names. The occupation has no field here.
"""

import csv
import random
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.quality.model import LabelledSet
from bench.quality.rows import Tables, to_labelled_set
from domain.records import RecordKind
from services.importing.mapping import ColumnMap
from services.importing.rows import Cells, UnreadableFile

HISTORICAL_QUERIES = 5_000
_SEED = 5
_RESTAURANTS = ColumnMap(
    RecordKind.ACCOUNT, columns={"id": "externalId", "addr": "street"}, ignored=frozenset({"type"})
)
_FIGURES = ColumnMap(
    RecordKind.CONTACT,
    columns={
        "unique_id": "externalId",
        "given": "firstName",
        "family": "lastName",
        "dob": "birthDate",
        "birth_place": "city",
        "postcode_fake": "postcode",
    },
    ignored=frozenset({"cluster", "full_name", "first_and_surname", "first_name", "surname", "gender", "occupation"}),
)


def load_fodors_zagats(folder: Path) -> LabelledSet:
    """Restaurants as accounts. ``folder`` holds the files. Raises ``OSError`` if they are not there."""
    return to_labelled_set(
        Tables(
            name="fodors_zagats",
            country="US",
            kind=RecordKind.ACCOUNT,
            columns=_RESTAURANTS,
            references=[_cells(each) for each in _read_csv(folder / "fodors.csv")],
            queries=[_cells(each) for each in _read_csv(folder / "zagats.csv")],
            truth=[
                (each["zagats_id"], each["fodors_id"])
                for each in _read_csv(folder / "match_fodors_zagats_more_attrs.csv")
            ],
        )
    )


def load_historical(folder: Path) -> LabelledSet:
    """Historical persons as contacts. ``folder`` holds the file. Raises ``UnreadableFile`` if it cannot be read."""
    draw = random.Random(_SEED)
    rows = _read_parquet(folder / "historical_figures_with_errors_50k.parquet")
    persons: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        given, _, family = row["full_name"].rpartition(" ")
        persons.setdefault(row["cluster"], []).append(
            {**row, "given": given or family, "family": family if given else ""}
        )
    references = {cluster: records.pop(draw.randrange(len(records))) for cluster, records in persons.items()}
    others = [row for records in persons.values() for row in records]
    queries = draw.sample(others, HISTORICAL_QUERIES)
    return to_labelled_set(
        Tables(
            name="historical",
            country="GB",
            kind=RecordKind.CONTACT,
            columns=_FIGURES,
            references=[_cells(each) for each in references.values()],
            queries=[_cells(each) for each in queries],
            truth=[(each["unique_id"], references[each["cluster"]]["unique_id"]) for each in queries],
        )
    )


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _read_parquet(path: Path) -> list[Mapping[str, str]]:
    """The rows in the order of the file; what is missing is an empty text."""
    try:
        import duckdb
    except ImportError as error:
        raise UnreadableFile(f"{path} is Parquet, which DuckDB reads: `make peers` installs it") from error
    try:
        found = duckdb.read_parquet(str(path))
    except duckdb.IOException as error:
        raise UnreadableFile(str(error)) from error
    return [dict(zip(found.columns, map(_text, row), strict=True)) for row in found.fetchall()]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _cells(row: Mapping[str, str]) -> Cells:
    cells: Iterable[tuple[str, str]] = ((column, text.strip()) for column, text in row.items())
    return tuple((column, text) for column, text in cells if text)
