"""The hot path's statements: one constant text per dialect, given to the driver as it is.

SQLAlchemy spends more time on building and compiling such statements than the databases on running them. Lists of rows
travel as one parameter (JSON text on SQLite) or one array per column (PostgreSQL), so the text never grows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from db.engine import ReadSession

Columns = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverStatement:
    """One statement in the words of each database.

    Parameters are numbered. The columns of the rows come last: as one JSON array of rows (or of values, for a single
    column) on SQLite, as an array for each column on PostgreSQL.
    """

    sqlite: str
    postgresql: str


async def run(
    session: ReadSession, statement: DriverStatement, *parameters: int | bytes, columns: Columns = ()
) -> Sequence[tuple[Any, ...]]:
    """Run a statement and fetch all of its rows; () from a statement that returns none."""
    values: tuple[Any, ...]
    if session.dialect == "sqlite":
        text, values = statement.sqlite, (*parameters, *_as_json(columns))
    else:
        text, values = statement.postgresql, (*parameters, *(list(column) for column in columns))
    result = await session.connection.exec_driver_sql(text, values)
    return [tuple(row) for row in result.all()] if result.returns_rows else ()


async def run_for_each(session: ReadSession, statement: DriverStatement, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement that returns nothing once for each tuple of parameters: for bytes, which JSON has no form of."""
    if rows:
        text = statement.sqlite if session.dialect == "sqlite" else statement.postgresql
        await session.connection.exec_driver_sql(text, list(rows))


def _as_json(columns: Columns) -> tuple[str, ...]:
    if not columns:
        return ()
    rows = list(columns[0]) if len(columns) == 1 else list(zip(*columns, strict=True))
    return (orjson.dumps(rows).decode(),)
