"""Locks on values rather than rows, against two transactions that create the same thing at the same moment."""

from collections.abc import Iterable

from sqlalchemy import text

from db.engine import WriteSession


async def lock_keys(session: WriteSession, keys: Iterable[int]) -> None:
    """Hold these keys (signed 64-bit) of the tenant until the transaction ends, waiting for whoever has one.

    They are taken in sorted order, so that two transactions never wait for each other. SQLite has one writer at a time,
    which is lock enough.
    """
    if session.dialect != "postgresql":
        return
    statement = text("SELECT pg_advisory_xact_lock(:key)")
    for key in sorted({hash_in_tenant(session.tenant_id, each) for each in keys}):
        await session.execute(statement, {"key": key})


def hash_in_tenant(tenant_id: int, key: int) -> int:
    """Mix the tenant into a key; the result is a signed 64-bit integer."""
    mixed = (key ^ (tenant_id * 0x9E3779B97F4A7C15)) & 0xFFFFFFFFFFFFFFFF
    return mixed - (1 << 64) if mixed >> 63 else mixed
