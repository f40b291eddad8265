"""Which versions of the index a tenant has: the one that is complete, and a newer one while it is being built."""

from sqlalchemy import delete, insert, select, text, update

from db.driver import DriverStatement, run
from db.engine import ReadSession, WriteSession
from db.locks import hash_in_tenant
from db.tables.matching import match_snapshots as snapshots
from db.tables.matching import match_withdrawn_keys as withdrawn

_VERSIONS_LOCK = 0x76657273

_DELETE_WITHDRAWN = DriverStatement(
    sqlite="""
DELETE FROM match_keys WHERE tenant_id = ?1 AND version = ?2 AND (key, account_id, contact_id) IN (
  SELECT key, account_id, contact_id FROM match_withdrawn_keys WHERE tenant_id = ?1 AND version = ?2
)
""",
    postgresql="""
DELETE FROM match_keys AS k USING match_withdrawn_keys AS gone
WHERE k.tenant_id = $1 AND k.version = $2 AND gone.tenant_id = $1 AND gone.version = $2
AND k.key = gone.key AND k.account_id = gone.account_id AND k.contact_id = gone.contact_id
""",
)

_VERSIONS = DriverStatement(
    sqlite="SELECT version, is_complete FROM match_snapshots WHERE tenant_id = ?1 ORDER BY version",
    postgresql="SELECT version, is_complete FROM match_snapshots WHERE tenant_id = $1 ORDER BY version",
)


class TakenOverError(Exception):
    """Another process has begun to build the same version of the index, and goes on with it."""


async def add_version(session: WriteSession, version: int, *, is_complete: bool) -> None:
    """Let writers write for a version as well. Waits until no transaction is left that does not know of it."""
    if session.dialect == "postgresql":
        await _lock(session, "pg_advisory_xact_lock")
    row = {"version": version, "snapshot": 0, "accounts": 0, "contacts": 0, "is_complete": int(is_complete)}
    await session.execute(insert(snapshots).values(tenant_id=session.tenant_id, **row))


async def claim_version(session: WriteSession, version: int) -> int | None:
    """Take over the building of a version, from whoever built it before; None if it is complete already.

    ``hold_claim`` wants the number.
    """
    here = (snapshots.c.tenant_id == session.tenant_id, snapshots.c.version == version, snapshots.c.is_complete == 0)
    claimed = update(snapshots).where(*here).values(snapshot=snapshots.c.snapshot + 1).returning(snapshots.c.snapshot)
    number: int | None = (await session.execute(claimed)).scalar_one_or_none()
    return number


async def hold_claim(session: WriteSession, version: int, claim: int) -> None:
    """Let nobody else take over the building of a version until the transaction ends.

    Raises ``TakenOverError`` if somebody has.
    """
    here = (snapshots.c.tenant_id == session.tenant_id, snapshots.c.version == version)
    held = select(snapshots.c.version).where(*here, snapshots.c.snapshot == claim, snapshots.c.is_complete == 0)
    if (await session.execute(held.with_for_update())).first() is None:
        raise TakenOverError(f"version {version} of tenant {session.tenant_id} is being built by another process")


async def versions_to_write(session: WriteSession) -> tuple[int, ...]:
    """The complete version and newer ones, ascending; no version is added until the transaction ends.

    Raises ``LookupError`` for a tenant whose index was never started.
    """
    if session.dialect == "postgresql":
        # A statement of its own: the next one has to see what was committed while this one waited.
        await _lock(session, "pg_advisory_xact_lock_shared")
    known = await all_versions(session, session.tenant_id)
    complete = [version for version, is_complete in known.items() if is_complete]
    if not complete:
        raise LookupError(f"tenant {session.tenant_id} has no match index: it is made by start_tenant")
    return tuple(version for version in known if version >= complete[-1])


async def all_versions(session: ReadSession, tenant_id: int) -> dict[int, bool]:
    """Every version that has rows, ascending, and whether it is complete."""
    return {version: bool(is_complete) for version, is_complete in await run(session, _VERSIONS, tenant_id)}


async def complete_version(session: WriteSession, version: int) -> None:
    """Let queries use a version from now on. Waits until no transaction is left that takes it for unfinished."""
    if session.dialect == "postgresql":
        await _lock(session, "pg_advisory_xact_lock")
    await run(session, _DELETE_WITHDRAWN, session.tenant_id, version)
    await session.execute(delete(withdrawn).where(withdrawn.c.tenant_id == session.tenant_id))
    here = (snapshots.c.tenant_id == session.tenant_id, snapshots.c.version == version)
    await session.execute(update(snapshots).where(*here).values(is_complete=1))


async def delete_version(session: WriteSession, version: int) -> None:
    """Forget a version whose rows are gone."""
    here = (snapshots.c.tenant_id == session.tenant_id, snapshots.c.version == version)
    await session.execute(delete(snapshots).where(*here))


async def current_number(session: ReadSession, tenant_id: int) -> int:
    """The number of the complete version's snapshot of frequencies. Raises ``LookupError`` if there is none."""
    here = (snapshots.c.tenant_id == tenant_id, snapshots.c.is_complete == 1)
    query = select(snapshots.c.snapshot).where(*here).order_by(snapshots.c.version.desc()).limit(1)
    number: int | None = (await session.execute(query)).scalar_one_or_none()
    if number is None:
        raise LookupError(f"tenant {tenant_id} has no match index")
    return number


async def _lock(session: WriteSession, function: str) -> None:
    key = hash_in_tenant(session.tenant_id, _VERSIONS_LOCK)
    await session.execute(text(f"SELECT {function}(:key)"), {"key": key})  # the name is one of two constants
