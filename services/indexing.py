"""The match index of the records: keys, documents and frequencies, written in the record's own transaction."""

from collections.abc import Sequence

from db.engine import ReadSession, WriteSession
from domain.records import Account, Contact, Tenant
from services.backend import Backend
from services.ids import IdSource


async def start_tenant(session: WriteSession, tenant_id: int) -> None:
    """Give a new tenant its empty, complete index."""
    raise NotImplementedError


async def index_accounts(session: WriteSession, ids: IdSource, tenant: Tenant, accounts: Sequence[Account]) -> None:
    """Let new accounts be found. A constant number of statements."""
    raise NotImplementedError


async def index_contacts(session: WriteSession, ids: IdSource, tenant: Tenant, contacts: Sequence[Contact]) -> None:
    """Let new contacts be found. A constant number of statements."""
    raise NotImplementedError


async def reindex_account(
    session: WriteSession, ids: IdSource, tenant: Tenant, before: Account, after: Account
) -> None:
    """Let a changed account be found by what it is now, and no longer by what it was."""
    raise NotImplementedError


async def reindex_contact(
    session: WriteSession, ids: IdSource, tenant: Tenant, before: Contact, after: Contact
) -> None:
    """Let a changed contact be found by what it is now (its account as well), and no longer by what it was."""
    raise NotImplementedError


async def fold_frequencies(backend: Backend, tenant_id: int) -> int:
    """Fold what was written since into the next snapshot of the frequencies; returns the snapshot's number."""
    raise NotImplementedError


async def strong_key_records(session: ReadSession, tenant_id: int, keys: Sequence[int]) -> frozenset[tuple[int, int]]:
    """Account id and contact id (0 for the account itself) of every record that carries one of these strong keys."""
    raise NotImplementedError
