"""Records by their ids, or by the ids of what they belong to: the batches behind every relation.

Each function takes ids and answers in their order, in a read session of its own, with one statement (and none at all
for no ids). Ids that the tenant does not have, or that no record can have, answer with None.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from db import accounts, cases, external_ids, leads, records, reference
from db.engine import ReadSession
from db.reference import Entry
from db.rows import R
from domain.records import Account, Case, CaseType, Contact, Lead, LeadType, RejectReason, Tenant, User
from domain.values import ExternalId
from services.backend import Backend

Answer = TypeVar("Answer")
_LAST_ID = (1 << 63) - 1


async def leads_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[Lead | None]:
    """The leads with these ids."""
    return await _records_by_id(backend, Lead, tenant_id, ids)


async def accounts_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[Account | None]:
    """The accounts with these ids."""
    return await _records_by_id(backend, Account, tenant_id, ids)


async def contacts_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[Contact | None]:
    """The contacts with these ids."""
    return await _records_by_id(backend, Contact, tenant_id, ids)


async def cases_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[Case | None]:
    """The cases with these ids."""
    return await _records_by_id(backend, Case, tenant_id, ids)


async def users_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[User | None]:
    """The users with these ids."""
    return await _ask(backend, ids, lambda session, known: reference.users_by_id(session, tenant_id, known))


async def lead_types_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[LeadType | None]:
    """The lead types with these ids."""
    return await _entries_by_id(backend, LeadType, tenant_id, ids)


async def case_types_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[CaseType | None]:
    """The case types with these ids."""
    return await _entries_by_id(backend, CaseType, tenant_id, ids)


async def reject_reasons_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[RejectReason | None]:
    """The reject reasons with these ids."""
    return await _entries_by_id(backend, RejectReason, tenant_id, ids)


async def open_cases_by_contact(backend: Backend, tenant_id: int, contact_ids: Sequence[int]) -> list[tuple[Case, ...]]:
    """The open cases of each of these contacts, oldest first."""
    return await _ask(backend, contact_ids, lambda session, known: cases.open_by_contact(session, tenant_id, known))


async def leads_by_case(backend: Backend, tenant_id: int, case_ids: Sequence[int]) -> list[tuple[Lead, ...]]:
    """The leads of each of these cases, oldest first."""
    return await _ask(backend, case_ids, lambda session, known: leads.by_case(session, tenant_id, known))


async def external_ids_by_record(
    backend: Backend, tenant_id: int, record_ids: Sequence[int]
) -> list[tuple[ExternalId, ...]]:
    """The external ids of each of these accounts or contacts, by system."""
    return await _ask(backend, record_ids, lambda session, known: external_ids.by_record(session, tenant_id, known))


async def case_types_by_lead_type(
    backend: Backend, tenant_id: int, lead_type_ids: Sequence[int]
) -> list[tuple[CaseType, ...]]:
    """The case types that each of these lead types allows, by name: all if none is attached.

    A second statement reads all of them, if some lead type needs it.
    """

    async def read(session: ReadSession, known: list[int]) -> list[tuple[CaseType, ...]]:
        attached = await reference.case_types_by_lead_type(session, tenant_id, known)
        if all(attached):
            return attached
        every = await reference.list_entries(session, CaseType, tenant_id)
        return [each or every for each in attached]

    return await _ask(backend, lead_type_ids, read)


async def private_account(backend: Backend, tenant_id: int) -> Account:
    """The tenant's account of private customers."""
    async with backend.database.read() as session:
        return await accounts.private_customers(session, tenant_id)


async def tenant_by_id(backend: Backend, tenant_id: int) -> Tenant | None:
    """The tenant with this id, or None."""
    async with backend.database.read() as session:
        return await reference.get_tenant(session, tenant_id)


async def tenants_by_id(backend: Backend, tenant_id: int, ids: Sequence[int]) -> list[Tenant | None]:
    """The tenant itself, where it is asked for; there is no other for it."""
    tenant = await tenant_by_id(backend, tenant_id) if tenant_id in ids else None
    return [tenant if each == tenant_id else None for each in ids]


async def _records_by_id(backend: Backend, kind: type[R], tenant_id: int, ids: Sequence[int]) -> list[R | None]:
    return await _ask(backend, ids, lambda session, known: records.get_many(session, kind, tenant_id, known))


async def _entries_by_id(backend: Backend, kind: type[Entry], tenant_id: int, ids: Sequence[int]) -> list[Entry | None]:
    return await _ask(backend, ids, lambda session, known: reference.entries_by_id(session, kind, tenant_id, known))


async def _ask(
    backend: Backend, ids: Sequence[int], read: Callable[[ReadSession, list[int]], Awaitable[list[Answer]]]
) -> list[Answer]:
    if not ids:
        return []
    # An id beyond 63 bits is nobody's, and a database would refuse to look for it. So is 0.
    known = [each if 0 < each <= _LAST_ID else 0 for each in ids]
    async with backend.database.read() as session:
        return await read(session, known)
