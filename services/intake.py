"""Leads as they come in, and their corrections before anybody has accepted them."""

from dataclasses import dataclass

from db import leads as lead_rows
from db.engine import ReadSession, WriteSession
from db.locks import lock_keys
from domain.actors import Actor
from domain.drafts import LeadDraft, LeadPatch
from domain.events import EventKind
from domain.problems import ExternalIdTaken, Refused
from domain.receipts import Receipt, RecordRef
from domain.records import Lead, LeadType, RecordKind, Tenant
from services.acceptance.transitions import Action, find_wrong_state
from services.backend import Backend
from services.idempotency import Call, prepare_and_write_once, write_once
from services.matching.hashes import hash_of
from services.references import (
    check_entry,
    check_user,
    lock_record,
    refuse_problems,
    refuse_stale,
    tenant_of,
)
from services.validation.reading import Reading, start_reading
from services.validation.records import changed_lead, new_lead
from services.writing import Writing, change_lead, create_leads

_DRAFT = ("input", "lead")
_ID = ("input", "leadId")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateLead:
    """The input of ``createLead``."""

    lead: LeadDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateLead:
    """The input of ``updateLead``."""

    lead_id: int
    lead: LeadPatch
    expected_version: int | None = None


async def create_lead(
    backend: Backend, actor: Actor, command: CreateLead, idempotency_key: str | None = None
) -> Receipt:
    """Take in a new lead.

    Raises ``Refused``: invalid fields, an unknown type, an unknown or inactive assignee, an external id that another
    lead of the source has.
    """

    async def prepare() -> tuple[Tenant, Lead]:
        return await _read_new(backend, actor, command.lead)

    async def write(session: WriteSession, new: tuple[Tenant, Lead]) -> Receipt:
        tenant, lead = new
        await _claim_external_id(session, lead)
        await create_leads(Writing(session, tenant, backend.ids, actor.user_id), [lead])
        return Receipt((RecordRef(RecordKind.LEAD, lead.id, lead.version),))

    call = Call("createLead", command, idempotency_key)
    return await prepare_and_write_once(backend, actor, call, prepare, write)


async def _read_new(backend: Backend, actor: Actor, draft: LeadDraft) -> tuple[Tenant, Lead]:
    async with backend.database.read() as session:
        tenant = await tenant_of(session, actor.tenant_id)
        reading = start_reading(tenant, backend.now(), *_DRAFT)
        lead = new_lead(draft, backend.ids.new_id(), tenant.id, reading)
        await _check_references(session, None, lead, reading)
    refuse_problems(reading)
    return tenant, lead


async def update_lead(
    backend: Backend, actor: Actor, command: UpdateLead, idempotency_key: str | None = None
) -> Receipt:
    """Correct a lead that is still NEW.

    Raises ``Refused``: an unknown lead, one that is not NEW (any more), another version than expected; otherwise as
    ``create_lead``.
    """

    async def write(session: WriteSession) -> Receipt:
        tenant = await tenant_of(session, actor.tenant_id)
        before = await lock_record(session, Lead, command.lead_id, _ID)
        wrong_state = find_wrong_state(before, Action.UPDATE, session.now)
        if wrong_state is not None:
            raise Refused(wrong_state)
        refuse_stale(before, command.expected_version)
        reading = start_reading(tenant, session.now, *_DRAFT)
        after = changed_lead(before, command.lead, reading)
        await _check_references(session, before, after, reading)
        refuse_problems(reading)
        await _claim_external_id(session, after)
        writing = Writing(session, tenant, backend.ids, actor.user_id)
        changes = await change_lead(writing, before, after, EventKind.LEAD_UPDATED)
        return Receipt((RecordRef(RecordKind.LEAD, before.id, before.version + bool(changes)),))

    return await write_once(backend, actor, Call("updateLead", command, idempotency_key), write)


async def _check_references(session: ReadSession, before: Lead | None, after: Lead, reading: Reading) -> None:
    if before is None or after.type_id != before.type_id:
        await check_entry(session, LeadType, after.tenant_id, after.type_id, reading.at("typeId"))
    if before is None or after.assignee_suggestion_id != before.assignee_suggestion_id:
        place = reading.at("assigneeSuggestionId")
        await check_user(session, after.tenant_id, after.assignee_suggestion_id, place)


async def _claim_external_id(session: WriteSession, lead: Lead) -> None:
    if lead.source is None or lead.external_id is None:
        return
    await lock_keys(session, [hash_of("lead", f"{lead.source}\0{lead.external_id}")])
    found = await lead_rows.by_external_id(session, lead.tenant_id, lead.source, [lead.external_id])
    other = found.get(lead.external_id)
    if other is not None and other.id != lead.id:
        raise Refused(ExternalIdTaken(path=(*_DRAFT, "externalId"), record=other))
