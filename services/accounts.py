"""Accounts as such, outside of any acceptance."""

from dataclasses import dataclass

from db.engine import WriteSession
from db.locks import lock_keys
from domain.actors import Actor
from domain.drafts import AccountDraft, AccountPatch
from domain.problems import FieldFault, InvalidField, Refused
from domain.receipts import Receipt, RecordRef
from domain.records import Account, RecordKind, Tenant
from domain.values import ExternalId
from services.backend import Backend
from services.external_ids import change_external_ids, claim_external_ids
from services.idempotency import Call, prepare_and_write_once, write_once
from services.matching.documents import account_document
from services.matching.strong_keys import account_strong_keys
from services.references import (
    check_user,
    lock_record,
    refuse_problems,
    refuse_stale,
    tenant_of,
)
from services.validation.reading import start_reading
from services.validation.records import changed_account, given_external_ids, new_account
from services.writing import Writing, change_account, create_accounts

_DRAFT = ("input", "account")
_ID = ("input", "accountId")
_EXTERNAL_IDS = (*_DRAFT, "externalIds")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAccount:
    """The input of ``createAccount``."""

    account: AccountDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAccount:
    """The input of ``updateAccount``."""

    account_id: int
    account: AccountPatch
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class _NewAccount:
    tenant: Tenant
    account: Account
    external_ids: tuple[ExternalId, ...]


async def create_account(
    backend: Backend, actor: Actor, command: CreateAccount, idempotency_key: str | None = None
) -> Receipt:
    """Create an account, whatever is similar to it.

    Raises ``Refused``: invalid fields, an unknown or inactive owner, external ids that are taken.
    """

    async def prepare() -> _NewAccount:
        return await _read_new(backend, actor, command.account)

    async def write(session: WriteSession, new: _NewAccount) -> Receipt:
        account = new.account
        await claim_external_ids(session, account, new.external_ids, _EXTERNAL_IDS)
        # An acceptance that is about to create the same account has to see this one, or to come first.
        document = account_document(account, new.tenant.default_country)
        await lock_keys(session, account_strong_keys(document))
        writing = Writing(session, new.tenant, backend.ids, actor.user_id)
        await create_accounts(writing, [account], {account.id: new.external_ids})
        return Receipt((RecordRef(RecordKind.ACCOUNT, account.id, account.version),))

    call = Call("createAccount", command, idempotency_key)
    return await prepare_and_write_once(backend, actor, call, prepare, write)


async def _read_new(backend: Backend, actor: Actor, draft: AccountDraft) -> _NewAccount:
    async with backend.database.read() as session:
        tenant = await tenant_of(session, actor.tenant_id)
        reading = start_reading(tenant, backend.now(), *_DRAFT)
        account = new_account(draft, backend.ids.new_id(), tenant.id, reading)
        external = given_external_ids(draft, reading) or ()
        await check_user(session, tenant.id, account.owner_id, reading.at("ownerId"))
    refuse_problems(reading)
    return _NewAccount(tenant, account, external)


async def update_account(
    backend: Backend, actor: Actor, command: UpdateAccount, idempotency_key: str | None = None
) -> Receipt:
    """Change an account. The private customers' one never changes.

    Raises ``Refused``: an unknown account, another version than expected, invalid fields, an unknown or inactive new
    owner, external ids that are taken.
    """

    async def write(session: WriteSession) -> Receipt:
        tenant = await tenant_of(session, actor.tenant_id)
        before = await lock_record(session, Account, command.account_id, _ID)
        if before.is_private_customers:
            raise Refused(InvalidField(path=_ID, fault=FieldFault.NOT_ALLOWED))
        refuse_stale(before, command.expected_version)
        reading = start_reading(tenant, session.now, *_DRAFT)
        after = changed_account(before, command.account, reading)
        external = given_external_ids(command.account, reading)
        if after.owner_id != before.owner_id:
            await check_user(session, tenant.id, after.owner_id, reading.at("ownerId"))
        refuse_problems(reading)
        writing = Writing(session, tenant, backend.ids, actor.user_id)
        also = await change_external_ids(writing, before, external, _EXTERNAL_IDS)
        changes = await change_account(writing, before, after, also)
        return Receipt((RecordRef(RecordKind.ACCOUNT, before.id, before.version + bool(changes)),))

    return await write_once(backend, actor, Call("updateAccount", command, idempotency_key), write)
