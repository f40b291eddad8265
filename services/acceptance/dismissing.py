"""Saying that a lead is not some record, so that it is no longer proposed, and taking that back."""

from dataclasses import dataclass, replace

from db import acceptances, dismissals, labels
from db.engine import WriteSession
from domain.actors import Actor
from domain.dismissals import Dismissal
from domain.events import EventKind
from domain.matches import LeadMatches
from domain.problems import FieldFault, InvalidField, Refused
from domain.receipts import Receipt, RecordRef
from domain.records import Account, Contact, Lead, LeadStatus, RecordKind
from services.acceptance.access import lock_acceptance, lock_lead, read_lead, read_tenant, refuse_wrong_state
from services.acceptance.labelling import Decider, label_dismissed
from services.acceptance.transitions import Action
from services.backend import Backend
from services.candidates import match_leads
from services.dismissals import record_fingerprint
from services.idempotency import Call, prepare_and_write_once, write_once
from services.matching.fingerprints import lead_fingerprint
from services.references import lock_record
from services.writing import Writing, record_event


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissMatchCommand:
    """The lead is not this account or contact, whether it is proposed at the moment or not."""

    lead_id: int
    record_kind: RecordKind
    record_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreMatchCommand:
    """The lead may be this account or contact after all."""

    lead_id: int
    record_kind: RecordKind
    record_id: int


Command = DismissMatchCommand | RestoreMatchCommand
_FIELDS = {RecordKind.ACCOUNT: "accountId", RecordKind.CONTACT: "contactId"}


async def dismiss_match(
    backend: Backend, actor: Actor, command: DismissMatchCommand, idempotency_key: str | None = None
) -> Receipt:
    """Hide a pair until an identifying field of the lead or of the record changes.

    What is hidden already stays as it is. Raises ``Refused``: an unknown lead or record, a lead that is neither NEW nor
    ACCEPTED, the private customers' account.
    """

    async def prepare() -> LeadMatches:
        async with backend.database.read() as session:
            lead = await read_lead(session, actor.tenant_id, command.lead_id)
            await refuse_wrong_state(session, actor.tenant_id, lead, Action.DISMISS_MATCH, backend.now())
            tenant = await read_tenant(session, actor.tenant_id)
        return (await match_leads(backend, tenant, [lead]))[0]

    async def write(session: WriteSession, found: LeadMatches) -> Receipt:
        lead, record = await _lock(session, command, Action.DISMISS_MATCH)
        tenant = await read_tenant(session, actor.tenant_id)
        said = _dismissal(session, actor, lead, record, tenant.default_country)
        before = await dismissals.find(session, tenant.id, said.lead_fingerprint, record.id)
        if before is None or before.record_fingerprint != said.record_fingerprint:
            await dismissals.put(session, said)
            await _outdate_plans(session, lead)
            matches = found.accounts if command.record_kind is RecordKind.ACCOUNT else found.contacts
            decider = Decider(
                tenant_id=tenant.id,
                settings_version=tenant.matching.version,
                lead_id=lead.id,
                user_id=actor.user_id,
                decided_at=session.now,
                new_id=backend.ids.new_id,
            )
            # The pair has one label: the last word. The one that is overwritten could not be withdrawn any more.
            await labels.forget_dismissed(session, record.id, sorted({lead.id, before.lead_id if before else lead.id}))
            await labels.insert_many(session, [label_dismissed(command.record_kind, record, matches, decider)])
            writing = Writing(session, tenant, backend.ids, actor.user_id, lead_id=lead.id)
            record_event(writing, EventKind.MATCH_DISMISSED, record)
        return _receipt(command, lead, record)

    call = Call("dismissMatch", command, idempotency_key)
    return await prepare_and_write_once(backend, actor, call, prepare, write)


async def restore_match(
    backend: Backend, actor: Actor, command: RestoreMatchCommand, idempotency_key: str | None = None
) -> Receipt:
    """Let a hidden pair be proposed again, for every lead with these details.

    What is not hidden stays as it is. Raises ``Refused``: as ``dismiss_match``.
    """

    async def write(session: WriteSession) -> Receipt:
        lead, record = await _lock(session, command, Action.RESTORE_MATCH)
        tenant = await read_tenant(session, actor.tenant_id)
        writing = Writing(session, tenant, backend.ids, actor.user_id, lead_id=lead.id)
        if await take_back(writing, lead, record):
            await _outdate_plans(session, lead)
        return _receipt(command, lead, record)

    return await write_once(backend, actor, Call("restoreMatch", command, idempotency_key), write)


async def take_back(writing: Writing, lead: Lead, record: Account | Contact) -> bool:
    """Forget that the lead, or one with its details, was said not to be the record, and the label with it.

    Returns whether it had been said.
    """
    fingerprint = lead_fingerprint(lead, writing.tenant.default_country)
    said_of = await dismissals.take_back(writing.session, fingerprint, lead.id, record.id)
    if said_of:
        await labels.forget_dismissed(writing.session, record.id, said_of)
        record_event(writing, EventKind.MATCH_RESTORED, record)
    return bool(said_of)


async def _outdate_plans(session: WriteSession, lead: Lead) -> None:
    """Make an open acceptance a newer version: what the rules choose is another matter now, for a commit under way too.

    Otherwise a commit that was planned before would join the lead to a record that it was just said not to be.
    """
    if lead.stored_status is LeadStatus.ACCEPTED:
        acceptance = await lock_acceptance(session, lead)
        await acceptances.save(session, replace(acceptance, version=acceptance.version + 1))


async def _lock(session: WriteSession, command: Command, action: Action) -> tuple[Lead, Account | Contact]:
    """The lead and the record, locked in the order in which a commit locks them. Raises ``Refused``."""
    lead = await lock_lead(session, command.lead_id)
    await refuse_wrong_state(session, session.tenant_id, lead, action, session.now)
    path = ("input", "candidate", _FIELDS[command.record_kind])
    if command.record_kind is RecordKind.CONTACT:
        return lead, await lock_record(session, Contact, command.record_id, path)
    account = await lock_record(session, Account, command.record_id, path)
    if account.is_private_customers:
        raise Refused(InvalidField(path=path, fault=FieldFault.NOT_ALLOWED))
    return lead, account


def _dismissal(session: WriteSession, actor: Actor, lead: Lead, record: Account | Contact, country: str) -> Dismissal:
    return Dismissal(
        tenant_id=session.tenant_id,
        lead_fingerprint=lead_fingerprint(lead, country),
        record_id=record.id,
        record_kind=RecordKind.ACCOUNT if isinstance(record, Account) else RecordKind.CONTACT,
        record_fingerprint=record_fingerprint(record, country),
        lead_id=lead.id,
        user_id=actor.user_id,
        dismissed_at=session.now,
    )


def _receipt(command: Command, lead: Lead, record: Account | Contact) -> Receipt:
    written = RecordRef(command.record_kind, record.id, record.version)
    return Receipt((RecordRef(RecordKind.LEAD, lead.id, lead.version), written))
