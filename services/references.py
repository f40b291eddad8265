"""What commands refer to: looked up, locked, and named as a problem if it is not there."""

from db import records, reference
from db.engine import ReadSession, WriteSession
from db.reference import Entry
from db.rows import R
from domain.problems import AssigneeInactive, NotFound, Path, Refused, Stale
from domain.records import Tenant
from services.validation.reading import Reading

_LAST_ID = (1 << 63) - 1


async def tenant_of(session: ReadSession, tenant_id: int) -> Tenant:
    """The tenant with this id. Raises ``LookupError`` for an unknown one: whoever acts has been authenticated in it."""
    tenant = await reference.get_tenant(session, tenant_id)
    if tenant is None:
        raise LookupError(f"there is no tenant {tenant_id}")
    return tenant


async def lock_record(session: WriteSession, kind: type[R], id_: int, path: Path) -> R:
    """The record with this id as of now, locked until the transaction ends. Raises ``Refused`` if there is none."""
    found = await records.get_for_update(session, kind, id_) if 0 < id_ <= _LAST_ID else None
    if found is None:
        raise Refused(NotFound(path=path, what=kind.__name__))
    return found


def refuse_stale(record: R, expected_version: int | None) -> None:
    """Raise ``Refused`` if the client has read another version of the record (None: it did not say which)."""
    if expected_version is not None and expected_version != record.version:
        path = ("input", "expectedVersion")
        raise Refused(Stale(path=path, current=record, current_version=record.version))


def refuse_problems(reading: Reading) -> None:
    """Raise ``Refused`` with everything that was found wrong, if anything was."""
    if reading.problems:
        raise Refused(*reading.problems)


async def check_user(session: ReadSession, tenant_id: int, user_id: int | None, reading: Reading) -> None:
    """Name the user here as a problem if it is unknown or not active; None is none."""
    if user_id is None:
        return
    user = (await reference.users_by_id(session, tenant_id, [user_id]))[0]
    if user is None:
        reading.problems.append(NotFound(path=reading.path, what="User"))
    elif not user.is_active:
        reading.problems.append(AssigneeInactive(path=reading.path, user=user))


async def check_entry(session: ReadSession, kind: type[Entry], tenant_id: int, entry_id: int, reading: Reading) -> None:
    """Name the entry of a tenant's list here as a problem if it is unknown, unless its id was found wrong before."""
    is_known = (await reference.entries_by_id(session, kind, tenant_id, [entry_id or 0]))[0] is not None
    if not is_known and not reading.has_problem_at():
        reading.problems.append(NotFound(path=reading.path, what=kind.__name__))


async def check_record(session: ReadSession, kind: type[R], tenant_id: int, id_: int, reading: Reading) -> None:
    """Name the record here as a problem if it is unknown, unless its id was found wrong before."""
    is_known = (await records.get_many(session, kind, tenant_id, [id_ or 0]))[0] is not None
    if not is_known and not reading.has_problem_at():
        reading.problems.append(NotFound(path=reading.path, what=kind.__name__))
