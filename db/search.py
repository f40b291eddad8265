"""Finding records by the beginnings of their words, over one B-tree of folded terms."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from db.driver import DriverStatement, run
from db.engine import WriteSession
from db.tables.records import search_terms
from domain.records import RecordKind

_NUMBERS = {RecordKind.LEAD: 1, RecordKind.ACCOUNT: 2, RecordKind.CONTACT: 3, RecordKind.CASE: 4}
_LAST = "\U0010ffff"

_INSERT = DriverStatement(
    sqlite="""
INSERT INTO search_terms (tenant_id, kind, record_id, term)
SELECT ?1, ?2, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?3)
""",
    postgresql="""
INSERT INTO search_terms (tenant_id, kind, record_id, term)
SELECT $1, $2, record_id, term FROM unnest($3::bigint[], $4::text[]) AS added(record_id, term)
""",
)


def found_by(column: ColumnElement[int], tenant_id: int, kind: RecordKind, terms: Sequence[str]) -> list[Any]:
    """Conditions on a record's id column: a word of the record begins with each of ``terms`` (folded)."""
    table = search_terms.c
    return [
        column.in_(
            select(table.record_id).where(
                table.tenant_id == tenant_id,
                table.kind == _NUMBERS[kind],
                table.term >= term,
                table.term < term + _LAST,
            )
        )
        for term in terms
    ]


async def insert_terms(session: WriteSession, kind: RecordKind, terms: Iterable[tuple[int, str]]) -> None:
    """Let records be found: pairs of record id and folded word. One statement."""
    pairs = list(terms)
    if pairs:
        columns = [record_id for record_id, _ in pairs], [term for _, term in pairs]
        await run(session, _INSERT, session.tenant_id, _NUMBERS[kind], columns=columns)


async def delete_terms(session: WriteSession, kind: RecordKind, record_id: int, terms: Iterable[str]) -> None:
    """Let a record no longer be found by these words."""
    table = search_terms.c
    here = (table.tenant_id == session.tenant_id, table.kind == _NUMBERS[kind], table.record_id == record_id)
    gone = list(terms)
    if gone:
        await session.execute(delete(search_terms).where(*here, table.term.in_(gone)))
