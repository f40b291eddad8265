"""Which pairs of leads and records users have dismissed, as far as that still holds.

A pair is dismissed while the lead and the record have the fingerprints that they had when it was said. It is kept by
the lead's details rather than by the lead: another lead with the same details is no other question.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from db import dismissals
from db.engine import ReadSession
from domain.dismissals import Dismissal
from domain.matches import LeadMatches, Matches
from domain.records import Account, Contact, Lead, RecordKind, Tenant
from services.backend import Backend
from services.matching.fingerprints import account_fingerprint, contact_fingerprint, lead_fingerprint


async def find_dismissed(session: ReadSession, tenant: Tenant, leads: Sequence[Lead]) -> list[tuple[Dismissal, ...]]:
    """The pairs of each of these leads that are dismissed now, by record. One statement, or none for no leads."""
    if not leads:
        return []
    country = tenant.default_country
    fingerprints = [lead_fingerprint(each, country) for each in leads]
    holding: dict[int, list[Dismissal]] = defaultdict(list)
    for dismissal, record in await dismissals.with_records(session, tenant.id, fingerprints):
        if record_fingerprint(record, country) == dismissal.record_fingerprint:
            holding[dismissal.lead_fingerprint].append(dismissal)
    return [tuple(holding.get(each, ())) for each in fingerprints]


class DismissedPairs:
    """What is dismissed for the leads of one look-up, read when it is first needed and once."""

    def __init__(self, tenant: Tenant, leads: Sequence[Lead]) -> None:
        self.tenant = tenant
        self._leads = leads
        self._by_lead: dict[int, tuple[Dismissal, ...]] | None = None

    async def read(self, session: ReadSession) -> None:
        """Read it. One statement, or none if it has been read."""
        if self._by_lead is None:
            found = await find_dismissed(session, self.tenant, self._leads)
            self._by_lead = {lead.id: each for lead, each in zip(self._leads, found, strict=True)}

    def has(self, lead: Lead, record_id: int) -> bool:
        """Whether the pair is dismissed; False before anything was read."""
        return any(each.record_id == record_id for each in self._of(lead))

    def told_with(self, matches: LeadMatches, lead: Lead) -> LeadMatches:
        """The matches, saying which records were dismissed for the lead."""
        if not self._of(lead):
            return matches
        return LeadMatches(
            accounts=self._told_of(RecordKind.ACCOUNT, matches.accounts, lead),
            contacts=self._told_of(RecordKind.CONTACT, matches.contacts, lead),
        )

    def _told_of(self, kind: RecordKind, matches: Matches, lead: Lead) -> Matches:
        of_kind = [each for each in self._of(lead) if each.record_kind is kind]
        return replace(
            matches,
            dismissed=tuple(each.record_id for each in of_kind),
            dismissed_here=tuple(each.record_id for each in of_kind if each.lead_id == lead.id),
        )

    def _of(self, lead: Lead) -> tuple[Dismissal, ...]:
        return () if self._by_lead is None else self._by_lead[lead.id]


def record_fingerprint(record: Account | Contact, country: str) -> int:
    """The fingerprint of a record of either kind."""
    if isinstance(record, Account):
        return account_fingerprint(record, country)
    return contact_fingerprint(record, country)


async def dismissed_of_leads(backend: Backend, tenant: Tenant, leads: Sequence[Lead]) -> list[tuple[Dismissal, ...]]:
    """As ``find_dismissed``, in a read session of its own."""
    async with backend.database.read() as session:
        return await find_dismissed(session, tenant, leads)
