"""New matches: what was written elsewhere, and changes what an open lead may belong to.

Looking a lead up costs milliseconds, and every open screen watches one. So a record that was written is first asked
whether it shares a key with the lead now, or was among its candidates before; only then the lead is looked up, and its
subscribers are told if what is found differs from what was found last.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from db import records
from domain.events import Event, EventKind
from domain.live import Appeared, MatchesEvent
from domain.matches import Band, LeadMatches
from domain.records import Account, Contact, Lead, LeadStatus, RecordKind, Tenant
from services import lookups
from services.backend import Backend
from services.candidates import match_leads
from services.index_entries import index_of_account, index_of_contact
from services.live.reading import Batch
from services.matching.documents import account_document, lead_document
from services.matching.keys import lead_keys, second_tier_keys

_WRITTEN = {RecordKind.ACCOUNT, RecordKind.CONTACT}
_OF_ANY_LEAD = {EventKind.MATCH_DISMISSED, EventKind.MATCH_RESTORED, EventKind.MATCHING_SETTINGS_SAVED}
_OF_THIS_LEAD = {EventKind.LEAD_UPDATED, EventKind.LEAD_REOPENED}
_OPEN = {LeadStatus.NEW, LeadStatus.ACCEPTED}

Found = Mapping[Appeared, tuple[int, Band]]
"""The candidates that were found, best first, with the version and the band of each."""


class MatchesTopic:
    """What one lead may belong to."""

    def __init__(self, backend: Backend, lead_id: int) -> None:
        self._backend = backend
        self._lead_id = lead_id
        self._found: Found | None = None
        self._keys: tuple[int, frozenset[int]] | None = None

    async def begin(self, tenant: Tenant, position: int) -> MatchesEvent:
        """The lead as it is, with its matches."""
        (lead,) = await lookups.leads_by_id(self._backend, tenant.id, [self._lead_id])
        if lead is not None and self._found is None:
            self._found = await self._look_up(tenant, lead)
        return MatchesEvent(position=position, lead=lead)

    async def pick(self, batch: Batch) -> list[MatchesEvent]:
        """At most one for the batch: that something else is found than before."""
        lead = await self._concerned(batch)
        if lead is None:
            return []
        before, self._found = self._found, await self._look_up(batch.tenant, lead)
        if self._found == before:
            return []
        appeared = () if before is None else tuple(each for each in self._found if each not in before)
        return [MatchesEvent(position=batch.position, lead=lead, appeared=appeared)]

    async def pick_again(self, batch: Batch) -> list[MatchesEvent]:
        """At most one for the batch: that something may have changed; what was found before is not known."""
        lead = await self._concerned(batch)
        return [] if lead is None else [MatchesEvent(position=batch.position, lead=lead)]

    async def _concerned(self, batch: Batch) -> Lead | None:
        """The lead, if it is still open and something has happened that may change its matches."""
        causes = [each for each in batch.events if self._may_matter(each)]
        if not causes:
            return None
        (lead,) = await lookups.leads_by_id(self._backend, batch.tenant.id, [self._lead_id])
        if lead is None or lead.status(self._backend.now()) not in _OPEN:
            return None
        written = {each.record_id for each in causes if _is_write(each)}
        if len(causes) > sum(map(_is_write, causes)) or any(each.record_id in written for each in self._found or ()):
            return lead
        keys = await asyncio.shield(_keys_written(self._backend, batch))
        mine = self._keys_of(lead, batch.tenant.default_country)
        return lead if any(mine & keys.get(each, frozenset()) for each in written) else None

    def _may_matter(self, event: Event) -> bool:
        is_mine = event.record_id == self._lead_id and event.kind in _OF_THIS_LEAD
        return is_mine or event.kind in _OF_ANY_LEAD or event.record_kind in _WRITTEN

    def _keys_of(self, lead: Lead, country: str) -> frozenset[int]:
        if self._keys is None or self._keys[0] != lead.version:
            document = lead_document(lead, country)
            hashes = (each.hash for each in (*lead_keys(document), *second_tier_keys(document)))
            self._keys = lead.version, frozenset(hashes)
        return self._keys[1]

    async def _look_up(self, tenant: Tenant, lead: Lead) -> Found:
        (found,) = await match_leads(self._backend, tenant, [lead])
        return _found(found)


def _found(matches: LeadMatches) -> Found:
    kinds = ((RecordKind.ACCOUNT, matches.accounts), (RecordKind.CONTACT, matches.contacts))
    return {
        Appeared(kind=kind, record_id=each.record_id): (each.record_version, each.band)
        for kind, found in kinds
        for each in found.candidates
    }


def _is_write(event: Event) -> bool:
    return event.record_kind in _WRITTEN and event.kind not in _OF_ANY_LEAD


def _keys_written(backend: Backend, batch: Batch) -> "asyncio.Task[Mapping[int, frozenset[int]]]":
    """The match keys that the batch's accounts and contacts have now, read once for all who watch."""
    task: asyncio.Task[Mapping[int, frozenset[int]]] | None = batch.memo.get("keys")
    if task is None:
        task = batch.memo["keys"] = asyncio.create_task(_read_keys(backend, batch))
    return task


async def _read_keys(backend: Backend, batch: Batch) -> Mapping[int, frozenset[int]]:
    tenant, country = batch.tenant, batch.tenant.default_country
    async with backend.database.read() as session:
        contact_ids = _ids(batch.events, RecordKind.CONTACT)
        found = await records.get_many(session, Contact, tenant.id, contact_ids) if contact_ids else []
        contacts = [each for each in found if each is not None]
        account_ids = list({*_ids(batch.events, RecordKind.ACCOUNT), *(each.account_id for each in contacts)})
        accounts = [each for each in await records.get_many(session, Account, tenant.id, account_ids) if each]
    return await asyncio.to_thread(_make_keys, accounts, contacts, country)


def _make_keys(accounts: Sequence[Account], contacts: Sequence[Contact], country: str) -> dict[int, frozenset[int]]:
    companies = {each.id: account_document(each, country) for each in accounts if not each.is_private_customers}
    indexed = [
        *(index_of_account(each, country) for each in accounts),
        *(index_of_contact(each, companies, country) for each in contacts),
    ]
    return {each.entry.record_id: frozenset(each.entry.keys) for each in indexed}


def _ids(events: Iterable[Event], kind: RecordKind) -> list[int]:
    return list({each.record_id for each in events if each.record_kind is kind and _is_write(each)})
