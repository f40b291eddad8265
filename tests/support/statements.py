"""Counting the statements that reach the database's driver."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import event

from db.engine import Database


@contextmanager
def count_statements(database: Database) -> Iterator[list[str]]:
    """Collect the texts of all statements that run while the block lasts, without those that open transactions.

    What is run for many parameter sets at once is one statement.
    """
    statements: list[str] = []

    def collect(connection: Any, cursor: Any, statement: str, *_: object) -> None:  # noqa: ANN401
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    with ExitStack() as stack:
        for engine in {each.sync_engine for each in database.engines}:
            event.listen(engine, "before_cursor_execute", collect)
            stack.callback(event.remove, engine, "before_cursor_execute", collect)
        yield statements
