"""How much room the tables take, their indexes included."""

from dataclasses import dataclass

from sqlalchemy import text

from db.engine import ReadSession

_PAGES = {
    "sqlite": """
SELECT coalesce(i.tbl_name, s.name) AS name, sum(s.pgsize) AS bytes
FROM dbstat AS s LEFT JOIN sqlite_schema AS i ON i.name = s.name AND i.type = 'index'
WHERE s.aggregate = true GROUP BY 1
""",
    "postgresql": """
SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
""",
}
"""By dialect: the bytes of each table with its indexes (https://sqlite.org/dbstat.html)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Bytes by table, of those of the match index, and in all."""

    tables: dict[str, int]
    all_tables: int

    @property
    def index(self) -> int:
        """Bytes of the match index."""
        return sum(self.tables.values())


async def measure_sizes(session: ReadSession) -> Sizes:
    """Ask the database."""
    found = {row.name: int(row.bytes) for row in await session.execute(text(_PAGES[session.dialect]))}
    index = {name: size for name, size in sorted(found.items()) if name.startswith("match_")}
    return Sizes(tables=index, all_tables=sum(found.values()))
