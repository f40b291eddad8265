"""Cases after they were opened by an acceptance."""

from dataclasses import dataclass, replace

from db.engine import WriteSession
from domain.actors import Actor
from domain.events import EventKind
from domain.problems import CaseNotOpen, FieldFault, InvalidField, Refused
from domain.receipts import Receipt, RecordRef
from domain.records import Case, CaseStatus, RecordKind
from services.backend import Backend
from services.idempotency import Call, write_once
from services.references import lock_record, refuse_stale, tenant_of
from services.writing import Writing, change_case

_ID = ("input", "caseId")


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """The input of ``closeCase``; ``status`` is WON or LOST."""

    case_id: int
    status: CaseStatus
    expected_version: int | None = None


async def close_case(backend: Backend, actor: Actor, command: CloseCase, idempotency_key: str | None = None) -> Receipt:
    """Close an open case as won or lost.

    Raises ``Refused``: an unknown case, one that is closed already, another version than expected, OPEN as the status.
    """

    async def write(session: WriteSession) -> Receipt:
        before = await lock_record(session, Case, command.case_id, _ID)
        if command.status is CaseStatus.OPEN:
            raise Refused(InvalidField(path=("input", "status"), fault=FieldFault.NOT_ALLOWED, detail="WON, LOST"))
        if before.status is not CaseStatus.OPEN:
            raise Refused(CaseNotOpen(path=_ID, case=before))
        refuse_stale(before, command.expected_version)
        tenant = await tenant_of(session, actor.tenant_id)
        after = replace(before, status=command.status, closed_at=session.now)
        writing = Writing(session, tenant, backend.ids, actor.user_id)
        await change_case(writing, before, after, EventKind.CASE_CLOSED)
        return Receipt((RecordRef(RecordKind.CASE, before.id, before.version + 1),))

    return await write_once(backend, actor, Call("closeCase", command, idempotency_key), write)
