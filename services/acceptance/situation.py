"""Everything that the pure part of an acceptance looks at, and how it is read: for many leads at once."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db import acceptances, accounts, cases, records, reference
from db.engine import ReadSession
from domain.acceptance import Acceptance
from domain.actors import Actor
from domain.matches import LeadMatches, Matches, Verdict
from domain.records import Account, Case, CaseType, Contact, Lead, LeadStatus, Tenant
from services.backend import Backend
from services.candidates import match_leads

FindMatches = Callable[[Sequence[Lead]], Awaitable[list[LeadMatches]]]
_NOTHING = LeadMatches(accounts=Matches(verdict=Verdict.NONE), contacts=Matches(verdict=Verdict.NONE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One lead and what its acceptance depends on.

    ``accounts`` and ``contacts`` hold every record that is or may be chosen automatically or by decision, and the
    accounts of those contacts. ``user_id`` is the holder or, in a preview, who asks. ``case_types`` are those that the
    lead type allows.
    """

    tenant: Tenant
    now: datetime
    lead: Lead
    user_id: int
    matches: LeadMatches
    private_customers: Account
    acceptance: Acceptance | None = None
    accounts: Mapping[int, Account]
    contacts: Mapping[int, Contact]
    case_types: tuple[CaseType, ...] = ()
    open_cases: Mapping[int, tuple[Case, ...]]


async def read_situations(
    backend: Backend, actor: Actor, leads: Sequence[Lead], find_matches: FindMatches | None = None
) -> list[Situation]:
    """The situations of these leads, in this order, by a constant number of statements.

    ``find_matches`` lets a caller share look-ups it has already made; leads that are converted are not looked up.
    """
    now, tenant_id = backend.now(), actor.tenant_id
    async with backend.database.read() as session:
        tenant = await reference.get_tenant(session, tenant_id)
        stored = await acceptances.by_lead(session, tenant_id, [each.id for each in leads])
    if tenant is None:
        message = f"there is no tenant {tenant_id}"
        raise LookupError(message)
    found = await _find_matches(backend, tenant, leads, find_matches)
    async with backend.database.read() as session:
        private = await accounts.private_customers(session, tenant_id)
        case_types = await _allowed_case_types(session, tenant_id, leads)
        contacts_by_id = await _read_contacts(session, tenant_id, stored, found)
        accounts_by_id = await _read_accounts(session, tenant_id, stored, found, contacts_by_id)
        open_cases = await cases.open_by_contact(session, tenant_id, list(contacts_by_id))
    open_by_contact = dict(zip(contacts_by_id, open_cases, strict=True))
    return [
        Situation(
            tenant=tenant,
            now=now,
            lead=lead,
            user_id=actor.user_id if acceptance is None else acceptance.user_id,
            matches=matches,
            private_customers=private,
            acceptance=acceptance,
            accounts={**accounts_by_id, private.id: private},
            contacts=contacts_by_id,
            case_types=case_types[lead.type_id],
            open_cases=open_by_contact,
        )
        for lead, acceptance, matches in zip(leads, stored, found, strict=True)
    ]


async def _find_matches(
    backend: Backend, tenant: Tenant, leads: Sequence[Lead], find_matches: FindMatches | None
) -> list[LeadMatches]:
    wanted = [each for each in leads if each.stored_status is not LeadStatus.CONVERTED]
    if not wanted:
        return [_NOTHING for _ in leads]
    found = await (find_matches(wanted) if find_matches else match_leads(backend, tenant, wanted))
    by_id = {lead.id: matches for lead, matches in zip(wanted, found, strict=True)}
    return [by_id.get(lead.id, _NOTHING) for lead in leads]


async def _allowed_case_types(
    session: ReadSession, tenant_id: int, leads: Sequence[Lead]
) -> dict[int, tuple[CaseType, ...]]:
    type_ids = sorted({each.type_id for each in leads})
    attached = await reference.case_types_by_lead_type(session, tenant_id, type_ids)
    every = await reference.list_entries(session, CaseType, tenant_id)
    return {type_id: own or every for type_id, own in zip(type_ids, attached, strict=True)}


def _chosen_automatically(matches: Matches) -> Iterable[int]:
    return () if matches.chosen is None else (matches.chosen.record_id,)


async def _read_contacts(
    session: ReadSession, tenant_id: int, stored: Sequence[Acceptance | None], found: Sequence[LeadMatches]
) -> dict[int, Contact]:
    ids = {id_ for each in found for id_ in _chosen_automatically(each.contacts)}
    ids |= {each.contact.contact_id for each in stored if each and each.contact and each.contact.contact_id}
    read = await records.get_many(session, Contact, tenant_id, sorted(ids))
    return {each.id: each for each in read if each is not None}


async def _read_accounts(
    session: ReadSession,
    tenant_id: int,
    stored: Sequence[Acceptance | None],
    found: Sequence[LeadMatches],
    contacts: Mapping[int, Contact],
) -> dict[int, Account]:
    ids = {id_ for each in found for id_ in _chosen_automatically(each.accounts)}
    ids |= {each.account.account_id for each in stored if each and each.account and each.account.account_id}
    ids |= {each.account_id for each in contacts.values()}
    read = await records.get_many(session, Account, tenant_id, sorted(ids))
    return {each.id: each for each in read if each is not None}
