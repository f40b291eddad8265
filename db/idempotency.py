"""Answers kept so that a retried mutation has one effect."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from db.engine import ReadSession, WriteSession
from db.tables.log import idempotency_records as records


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyScope:
    """What a key is unique in."""

    user_id: int
    mutation: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """A kept answer: the keyed hash of the input, and the ids and versions it was answered with."""

    input_hash: bytes
    result: dict[str, Any]


def _here(tenant_id: int, scope: IdempotencyScope) -> tuple[ColumnElement[bool], ...]:
    return (
        records.c.tenant_id == tenant_id,
        records.c.user_id == scope.user_id,
        records.c.mutation == scope.mutation,
        records.c.key == scope.key,
    )


async def find(session: ReadSession, tenant_id: int, scope: IdempotencyScope) -> KeptAnswer | None:
    """The kept answer, or None."""
    query = select(records.c.input_hash, records.c.result).where(*_here(tenant_id, scope))
    row = (await session.execute(query)).one_or_none()
    return None if row is None else KeptAnswer(input_hash=bytes(row.input_hash), result=row.result)


async def claim(session: WriteSession, scope: IdempotencyScope, input_hash: bytes) -> KeptAnswer | None:
    """Claim the key for this transaction, waiting for another one that has it; None if it is now ours.

    The kept answer, if the other one committed. The claim vanishes with the transaction if it is rolled back.
    """
    build = postgresql.insert if session.dialect == "postgresql" else sqlite.insert
    values = {
        "tenant_id": session.tenant_id,
        "user_id": scope.user_id,
        "mutation": scope.mutation,
        "key": scope.key,
        "input_hash": input_hash,
        "result": {},
        "created_at": session.now,
    }
    claimed = await session.execute(build(records).values(values).on_conflict_do_nothing())
    if claimed.rowcount:
        return None
    return await find(session, session.tenant_id, scope)


async def keep(session: WriteSession, scope: IdempotencyScope, result: dict[str, Any]) -> None:
    """Keep the answer of a claimed key."""
    await session.execute(update(records).where(*_here(session.tenant_id, scope)).values(result=result))


async def forget_before(session: WriteSession, moment: datetime) -> int:
    """Delete the tenant's answers older than ``moment``; returns how many."""
    here = (records.c.tenant_id == session.tenant_id, records.c.created_at < moment)
    return (await session.execute(delete(records).where(*here))).rowcount
