"""The databases that can be measured on, each in a folder."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite+aiosqlite:///{folder / 'leadgate.sqlite3'}"


def _postgresql(folder: Path) -> AbstractContextManager[str]:
    from bench.postgres import running_postgres

    # A server's socket lies in its folder, whose path has to be short.
    return running_postgres(folder / "pg")


ENGINES: Mapping[str, Callable[[Path], AbstractContextManager[str]]] = {"sqlite": _sqlite, "postgresql": _postgresql}
"""What gives the URL of a database in a folder for as long as its block lasts."""
