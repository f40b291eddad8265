"""Explaining any pair of a lead and a record, also one that was not proposed."""

import asyncio
from collections.abc import Collection

from db import match_candidates, records
from db.match_candidates import fetch_holders
from db.match_index import IndexEntry, entries_of_records
from db.match_versions import all_versions
from domain.explanations import MatchExplanation
from domain.matches import Matches
from domain.records import Account, Contact, Lead, Tenant
from services.backend import Backend
from services.candidates import match_leads
from services.dismissals import DismissedPairs
from services.matching.documents import (
    account_document,
    contact_document,
    decode_company,
    decode_person,
    lead_document,
)
from services.matching.explain import KeyLimits, Pair, explain_pair
from services.matching.key_families import named_lead_keys
from services.matching.keys import name_tokens_terms
from services.matching.model import CompanyDocument, LeadDocument, PersonDocument
from services.matching.tenant_settings import match_settings

_LIMITS = {
    number: KeyLimits(
        most_frequent=tier.most_frequent,
        rarest=tier.rarest,
        rows_per_key=tier.rows_per_key,
        fewest_records=match_candidates.FEWEST_RECORDS,
    )
    for number, tier in enumerate((match_candidates.TIER_ONE, match_candidates.TIER_TWO), start=1)
}
_MOST_PEOPLE = 60
"""So many of an account's contacts are told with it at most."""
_LAST_ID = (1 << 63) - 1


async def explain_match(
    backend: Backend, tenant: Tenant, lead_id: int, kind: type[Account | Contact], record_id: int
) -> MatchExplanation | None:
    """Why the record is, or is not, among the lead's candidates; None if the tenant lacks one of them.

    The look-up is made as ever, so that what is told is what it does; what it left out is read besides, by a constant
    number of statements.
    """
    if not (0 < lead_id <= _LAST_ID and 0 < record_id <= _LAST_ID):
        return None
    async with backend.database.read() as session:
        lead = await records.get(session, Lead, tenant.id, lead_id)
        record: Account | Contact | None
        if kind is Account:
            record = await records.get(session, Account, tenant.id, record_id)
        else:
            record = await records.get(session, Contact, tenant.id, record_id)
        if lead is None or record is None:
            return None
        # A look-up that finds nobody does not ask what was dismissed.
        dismissed = DismissedPairs(tenant, [lead])
        await dismissed.read(session)
    [looked_up] = await match_leads(backend, tenant, [lead])
    found = dismissed.told_with(looked_up, lead)
    matches = found.accounts if isinstance(record, Account) else found.contacts
    return await _explain(backend, tenant, lead, record, matches, found.contacts.dismissed)


async def _explain(
    backend: Backend,
    tenant: Tenant,
    lead: Lead,
    record: Account | Contact,
    matches: Matches,
    dismissed_contacts: Collection[int],
) -> MatchExplanation:
    document = lead_document(lead, tenant.default_country)
    keys = named_lead_keys(document)
    hashes = {each.hash for each in keys}
    entries = await _read_entries(backend, tenant.id, record, hashes, dismissed_contacts)
    own = entries.pop(record.id, None)
    account = entries.pop(record.account_id, None) if isinstance(record, Contact) else None
    company = None if account is None else decode_company(account.document)
    existing = _document(record, own, tenant.default_country)
    contacts = {id_: decode_person(each.document) for id_, each in entries.items()}
    terms = hashes | _terms(document, existing, *contacts.values(), *([company] if company else []))
    async with backend.database.read() as session:
        statistics = await backend.statistics.get(session, tenant.id, terms, backend.now())
    pair = Pair(
        lead=lead,
        record=record,
        lead_document=document,
        document=existing,
        company=company,
        contacts=list(contacts.values()),
        holders={
            **({} if own is None else {0: frozenset(own.keys)}),
            **{id_: frozenset(each.keys) for id_, each in entries.items()},
        },
        keys=keys,
        matches=matches,
        statistics=statistics,
        settings=match_settings(tenant.matching, backend.weights),
        settings_version=tenant.matching.version,
        limits=_LIMITS,
    )
    return await asyncio.to_thread(explain_pair, pair)


async def _read_entries(
    backend: Backend, tenant_id: int, record: Account | Contact, hashes: set[int], dismissed: Collection[int]
) -> dict[int, IndexEntry]:
    """The index entries of the record and, of an account, those contacts that the lead's keys meet; else its account.

    By id. Keys that more than a hundred records share bring no contacts up here, and ``dismissed`` contacts do not
    speak for their account.
    """
    async with backend.database.read() as session:
        complete = [version for version, is_complete in (await all_versions(session, tenant_id)).items() if is_complete]
        ids = {record.id}
        if isinstance(record, Contact):
            ids.add(record.account_id)
        else:
            met = await fetch_holders(session, tenant_id, hashes) if not record.is_private_customers else frozenset()
            of_account = {contact for account, contact in met if account == record.id and contact}
            people = sorted(of_account.difference(dismissed))
            ids.update(people[:_MOST_PEOPLE])
        return await entries_of_records(session, tenant_id, complete[-1], sorted(ids))


def _document(record: Account | Contact, entry: IndexEntry | None, country: str) -> CompanyDocument | PersonDocument:
    """The record's document, as the index has it or else as it would be."""
    if isinstance(record, Account):
        return account_document(record, country) if entry is None else decode_company(entry.document)
    return contact_document(record, country) if entry is None else decode_person(entry.document)


def _terms(*documents: CompanyDocument | PersonDocument | LeadDocument) -> set[int]:
    return {term for each in documents for term in name_tokens_terms(each)}
