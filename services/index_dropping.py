"""Deleting what the index has of a version, in short transactions."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

from db.engine import WriteSession
from db.frequencies import forget_deltas
from db.match_rebuild import Rows, delete_some
from db.match_versions import claim_version, delete_version
from services.backend import Backend

ROWS = 20_000
"""Rows that are deleted in a transaction, about."""

OpenTransaction = Callable[[], AbstractAsyncContextManager[WriteSession]]


async def drop_version(backend: Backend, tenant_id: int, version: int, on_progress: Callable[[int], None]) -> None:
    """Delete all of a version that is neither asked nor written any longer.

    ``on_progress`` is told how many rows are gone. What was interrupted is resumed by calling again.
    """

    def write() -> AbstractAsyncContextManager[WriteSession]:
        return backend.database.write(tenant_id, backend.now())

    async with write() as session:
        # Whoever might still be building or folding it ends first, and does not begin again: no row comes back behind.
        await claim_version(session, version)
        await forget_deltas(session, version)
    done = 0
    for rows in Rows:
        async for count in delete_rows(write, version, rows):
            done += count
            on_progress(done)
    async with write() as session:
        await delete_version(session, version)


async def delete_rows(write: OpenTransaction, version: int, rows: Rows) -> AsyncIterator[int]:
    """Delete all rows of a kind that a version has, in transactions that ``write`` opens: how many went in each."""
    after, has_more = None, True
    while has_more:
        async with write() as session:
            count, after = await delete_some(session, version, rows, after=after, limit=ROWS)
        has_more = after is not None
        yield count
