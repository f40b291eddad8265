"""Fresh, migrated databases: copies of a template that each run of the suite migrates once."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from db import migrations
from tests.support.postgres import fresh_postgres
from tests.support.workshop import apart, made_once


@contextmanager
def fresh_sqlite(workshop: Path) -> Iterator[str]:
    """Give the URL of a fresh, migrated SQLite file, and remove it afterwards."""
    with made_once(workshop, "template.sqlite3") as path:
        if path is not None:
            apart(migrations.upgrade, sqlite_url(path))
    with TemporaryDirectory(prefix="sqlite-", dir=workshop) as folder:
        path = Path(folder) / "leadgate.sqlite3"
        shutil.copyfile(workshop / "template.sqlite3", path)
        yield sqlite_url(path)


def sqlite_url(path: Path) -> str:
    """Give the URL of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


fresh_database: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "sqlite": fresh_sqlite,
    "postgresql": fresh_postgres,
}
"""By dialect: what gives the URL of a fresh, migrated database for as long as its block lasts."""
