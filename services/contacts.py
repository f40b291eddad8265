"""Contacts as such, outside of any acceptance."""

from dataclasses import dataclass

from db.engine import ReadSession, WriteSession
from db.locks import lock_keys
from domain.actors import Actor
from domain.drafts import ContactDraft, ContactPatch
from domain.receipts import Receipt, RecordRef
from domain.records import Account, Contact, RecordKind, Tenant
from domain.values import ExternalId
from services.backend import Backend
from services.external_ids import change_external_ids, claim_external_ids
from services.idempotency import Call, prepare_and_write_once, write_once
from services.matching.documents import contact_document
from services.matching.strong_keys import person_strong_keys
from services.references import (
    check_record,
    check_user,
    lock_record,
    refuse_problems,
    refuse_stale,
    tenant_of,
)
from services.validation.reading import Reading, start_reading
from services.validation.records import changed_contact, given_external_ids, new_contact
from services.writing import Writing, change_contact, create_contacts

_DRAFT = ("input", "contact")
_EXTERNAL_IDS = (*_DRAFT, "externalIds")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateContact:
    """The input of ``createContact``."""

    contact: ContactDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateContact:
    """The input of ``updateContact``."""

    contact_id: int
    contact: ContactPatch
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class _NewContact:
    tenant: Tenant
    contact: Contact
    external_ids: tuple[ExternalId, ...]


async def create_contact(
    backend: Backend, actor: Actor, command: CreateContact, idempotency_key: str | None = None
) -> Receipt:
    """Create a contact, whoever is similar to it.

    Raises ``Refused``: invalid fields, an unknown account, an unknown or inactive owner, external ids that are taken.
    """

    async def prepare() -> _NewContact:
        return await _read_new(backend, actor, command.contact)

    async def write(session: WriteSession, new: _NewContact) -> Receipt:
        contact = new.contact
        await claim_external_ids(session, contact, new.external_ids, _EXTERNAL_IDS)
        # An acceptance that is about to create the same contact has to see this one, or to come first.
        document = contact_document(contact, new.tenant.default_country)
        await lock_keys(session, person_strong_keys(document))
        writing = Writing(session, new.tenant, backend.ids, actor.user_id)
        await create_contacts(writing, [contact], {contact.id: new.external_ids})
        return Receipt((RecordRef(RecordKind.CONTACT, contact.id, contact.version),))

    call = Call("createContact", command, idempotency_key)
    return await prepare_and_write_once(backend, actor, call, prepare, write)


async def _read_new(backend: Backend, actor: Actor, draft: ContactDraft) -> _NewContact:
    async with backend.database.read() as session:
        tenant = await tenant_of(session, actor.tenant_id)
        reading = start_reading(tenant, backend.now(), *_DRAFT)
        contact = new_contact(draft, backend.ids.new_id(), tenant.id, reading)
        external = given_external_ids(draft, reading) or ()
        await _check_references(session, None, contact, reading)
    refuse_problems(reading)
    return _NewContact(tenant, contact, external)


async def update_contact(
    backend: Backend, actor: Actor, command: UpdateContact, idempotency_key: str | None = None
) -> Receipt:
    """Change a contact, or move it to another account; its cases stay with theirs.

    Raises ``Refused``: an unknown contact, another version than expected, invalid fields, an unknown new account, an
    unknown or inactive new owner, external ids that are taken.
    """

    async def write(session: WriteSession) -> Receipt:
        tenant = await tenant_of(session, actor.tenant_id)
        before = await lock_record(session, Contact, command.contact_id, ("input", "contactId"))
        refuse_stale(before, command.expected_version)
        reading = start_reading(tenant, session.now, *_DRAFT)
        after = changed_contact(before, command.contact, reading)
        external = given_external_ids(command.contact, reading)
        await _check_references(session, before, after, reading)
        refuse_problems(reading)
        writing = Writing(session, tenant, backend.ids, actor.user_id)
        also = await change_external_ids(writing, before, external, _EXTERNAL_IDS)
        changes = await change_contact(writing, before, after, also)
        return Receipt((RecordRef(RecordKind.CONTACT, before.id, before.version + bool(changes)),))

    return await write_once(backend, actor, Call("updateContact", command, idempotency_key), write)


async def _check_references(session: ReadSession, before: Contact | None, after: Contact, reading: Reading) -> None:
    if before is None or after.account_id != before.account_id:
        await check_record(session, Account, after.tenant_id, after.account_id, reading.at("accountId"))
    if before is None or after.owner_id != before.owner_id:
        await check_user(session, after.tenant_id, after.owner_id, reading.at("ownerId"))
