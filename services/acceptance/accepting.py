"""Accepting and rejecting leads, reopening them, and handing acceptances over."""

from dataclasses import dataclass, replace
from datetime import datetime

from db import acceptances, reference
from db.engine import WriteSession
from domain.acceptance import Acceptance
from domain.actors import Actor
from domain.events import EventKind, NewEvent
from domain.problems import AssigneeInactive, FieldFault, InvalidField, NotFound, Refused
from domain.receipts import Receipt, RecordRef
from domain.records import Lead, LeadStatus, RecordKind, RejectReason
from services.acceptance.access import (
    lock_acceptance,
    lock_lead,
    read_lead,
    read_tenant,
    read_user,
    refuse_agent,
    refuse_stale_acceptance,
    refuse_stale_lead,
    refuse_wrong_state,
)
from services.acceptance.automatic import decide_automatically
from services.acceptance.situation import Situation, read_situations
from services.acceptance.transitions import NEXT, Action
from services.backend import Backend
from services.idempotency import Call, prepare_and_write_once, write_once
from services.validation.reading import start_reading
from services.validation.texts import text
from services.writing import Writing, change_lead

MAX_COMMENT_LENGTH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptLeadCommand:
    """Accept the lead; ``expected_version`` is the lead's."""

    lead_id: int
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectLeadCommand:
    """Reject the lead, with a reason of the tenant's list and a comment, both optional."""

    lead_id: int
    reason_id: int | None = None
    comment: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenLeadCommand:
    """Make a rejected or expired lead new again; it then expires at ``expires_at``, or not at all."""

    lead_id: int
    expires_at: datetime | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverCommand:
    """Give an unfinished acceptance to another user; ``expected_version`` is the acceptance's."""

    lead_id: int
    user_id: int
    expected_version: int | None = None


async def accept_lead(
    backend: Backend, actor: Actor, command: AcceptLeadCommand, idempotency_key: str | None = None
) -> Receipt:
    """Accept a lead: from now on it is the actor's and can no longer be rejected. Exactly one user wins.

    What is chosen automatically, and what was seen for it, is recorded with the acceptance. Raises ``Refused``.
    """

    async def prepare() -> Situation:
        async with backend.database.read() as session:
            lead = await read_lead(session, actor.tenant_id, command.lead_id)
            await refuse_wrong_state(session, actor.tenant_id, lead, Action.ACCEPT, backend.now())
        return (await read_situations(backend, actor, [lead]))[0]

    async def write(session: WriteSession, situation: Situation) -> Receipt:
        lead = await lock_lead(session, command.lead_id)
        await refuse_wrong_state(session, actor.tenant_id, lead, Action.ACCEPT, session.now)
        refuse_stale_lead(lead, command.expected_version)
        # What was found for the lead as it was says nothing about the lead as it is.
        refuse_stale_lead(lead, situation.lead.version)
        opened = Acceptance(
            tenant_id=actor.tenant_id,
            id=backend.ids.new_id(),
            lead_id=lead.id,
            user_id=actor.user_id,
            opened_at=session.now,
        )
        await acceptances.insert_one(session, decide_automatically(situation, opened))
        accepted = replace(
            lead, stored_status=NEXT[Action.ACCEPT], accepted_by_id=actor.user_id, accepted_at=session.now
        )
        return await _change(session, backend, actor, lead, accepted, EventKind.LEAD_ACCEPTED)

    return await prepare_and_write_once(backend, actor, Call("acceptLead", command, idempotency_key), prepare, write)


async def reject_lead(
    backend: Backend, actor: Actor, command: RejectLeadCommand, idempotency_key: str | None = None
) -> Receipt:
    """Reject a lead that is not accepted. Raises ``Refused``."""

    async def write(session: WriteSession) -> Receipt:
        lead = await lock_lead(session, command.lead_id)
        await refuse_wrong_state(session, actor.tenant_id, lead, Action.REJECT, session.now)
        refuse_stale_lead(lead, command.expected_version)
        comment = await _check_reason(session, command)
        rejected = replace(
            lead,
            stored_status=NEXT[Action.REJECT],
            rejected_by_id=actor.user_id,
            rejected_at=session.now,
            reject_reason_id=command.reason_id,
            reject_comment=comment,
        )
        return await _change(session, backend, actor, lead, rejected, EventKind.LEAD_REJECTED)

    return await write_once(backend, actor, Call("rejectLead", command, idempotency_key), write)


async def _check_reason(session: WriteSession, command: RejectLeadCommand) -> str | None:
    """The comment as it is to be stored. Raises ``Refused`` for an unknown reason or a bad comment."""
    tenant = await read_tenant(session, session.tenant_id)
    reading = start_reading(tenant, session.now, "input")
    comment: str | None = text(MAX_COMMENT_LENGTH, has_lines=True)(command.comment, reading.at("comment"))
    if command.reason_id is not None:
        (reason,) = await reference.entries_by_id(session, RejectReason, session.tenant_id, [command.reason_id])
        if reason is None:
            reading.problems.append(NotFound(path=("input", "reasonId"), what="RejectReason"))
    if reading.problems:
        raise Refused(*reading.problems)
    return comment


async def reopen_lead(
    backend: Backend, actor: Actor, command: ReopenLeadCommand, idempotency_key: str | None = None
) -> Receipt:
    """Make a rejected or expired lead new again; for managers. Raises ``Refused``."""

    async def write(session: WriteSession) -> Receipt:
        refuse_agent(actor)
        lead = await lock_lead(session, command.lead_id)
        await refuse_wrong_state(session, actor.tenant_id, lead, Action.REOPEN, session.now)
        refuse_stale_lead(lead, command.expected_version)
        if command.expires_at is not None and command.expires_at <= session.now:
            raise Refused(InvalidField(path=("input", "expiresAt"), fault=FieldFault.BAD_DATE))
        reopened = replace(
            lead,
            stored_status=LeadStatus.NEW,
            expires_at=command.expires_at,
            rejected_by_id=None,
            rejected_at=None,
            reject_reason_id=None,
            reject_comment=None,
        )
        return await _change(session, backend, actor, lead, reopened, EventKind.LEAD_REOPENED)

    return await write_once(backend, actor, Call("reopenLead", command, idempotency_key), write)


async def hand_over_acceptance(
    backend: Backend, actor: Actor, command: HandOverCommand, idempotency_key: str | None = None
) -> Receipt:
    """Give an unfinished acceptance, with everything decided so far, to another active user; for managers."""

    async def write(session: WriteSession) -> Receipt:
        refuse_agent(actor)
        lead = await lock_lead(session, command.lead_id)
        await refuse_wrong_state(session, actor.tenant_id, lead, Action.HAND_OVER, session.now)
        acceptance = await lock_acceptance(session, lead)
        refuse_stale_acceptance(lead, acceptance, command.expected_version)
        user = await read_user(session, actor.tenant_id, command.user_id, ("input", "userId"))
        if not user.is_active:
            raise Refused(AssigneeInactive(path=("input", "userId"), user=user))
        await acceptances.save(session, replace(acceptance, user_id=user.id, version=acceptance.version + 1))
        session.record(
            NewEvent(
                kind=EventKind.ACCEPTANCE_HANDED_OVER,
                record_kind=RecordKind.LEAD,
                record_id=lead.id,
                lead_id=lead.id,
                user_id=actor.user_id,
            )
        )
        return Receipt((RecordRef(RecordKind.LEAD, lead.id, lead.version),))

    return await write_once(backend, actor, Call("handOverAcceptance", command, idempotency_key), write)


async def _change(
    session: WriteSession, backend: Backend, actor: Actor, before: Lead, after: Lead, kind: EventKind
) -> Receipt:
    tenant = await read_tenant(session, actor.tenant_id)
    writing = Writing(session, tenant, backend.ids, actor.user_id, lead_id=before.id)
    await change_lead(writing, before, after, kind)
    return Receipt((RecordRef(RecordKind.LEAD, before.id, before.version + 1),))
