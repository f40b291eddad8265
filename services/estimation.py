"""Estimating the weights from a tenant's own records and leads. Nothing is written, and no label is needed.

How strangers compare is told by random pairs of records. True pairs are among those that a lead or a record shares a
key with, looked for in several ways. Samples are drawn by a seed from the ids in their order, so the answer is the same
every time and on both databases, and a large base costs no more memory than a small one.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from db import records
from db.engine import ReadSession
from db.frequencies import Snapshot, fetch_snapshot
from db.match_candidates import fetch_holders_by_key
from db.match_index import fetch_documents
from db.samples import some_ids_after
from domain.records import Account, Contact, Lead, Tenant
from services.backend import Backend
from services.importing.bulk import batches
from services.matching.documents import decode_company, decode_person, lead_document
from services.matching.estimate_blocks import ACCOUNT_BLOCKS, CONTACT_BLOCKS, Block
from services.matching.estimate_levels import ACCOUNT_DETAILS, CONTACT_DETAILS, Detail, Pattern, pattern_of
from services.matching.estimate_mixture import Stratum
from services.matching.estimate_weights import Compared, Learned, learn
from services.matching.keys import name_tokens_terms
from services.matching.model import NORMALISER_VERSION, CompanyDocument, PersonDocument, Statistics
from services.matching.rarity import Rarity
from services.matching.settings import MatchSettings
from services.matching.weights_file import SHIPPED, WeightsFile

PAIRS = 200_000
SEED = 1
SAMPLED = 10_000
"""So many accounts and contacts are drawn for random pairs; the first half of them, and as many leads, look for true
pairs."""
_BATCH = 200
_PAGE = 20_000

Document = TypeVar("Document", CompanyDocument, PersonDocument)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimation:
    """What was learned, the file that says so, and how many leads, accounts and contacts were drawn."""

    learned: Learned
    file: WeightsFile
    leads: int
    accounts: int
    contacts: int


@dataclass(slots=True, kw_only=True)
class _Kind(Generic[Document]):
    """What is gathered about accounts, or about contacts. ``blocked``: patterns by who looked and by which block."""

    details: Sequence[Detail[Document]]
    blocks: Sequence[Block[Document]]
    sampled: Mapping[int, Document]
    strangers: Counter[Pattern] = field(default_factory=Counter)
    blocked: dict[tuple[str, str], Counter[Pattern]] = field(default_factory=dict)

    def compared(self, title: str) -> Compared:
        places = {each.name: place for place, each in enumerate(self.details)}
        used = {each.name: frozenset(places[name] for name in each.used) for each in self.blocks}
        strata = [
            Stratum(name=f"{title}, {whose} by {block}", patterns=patterns, used=used[block])
            for (whose, block), patterns in sorted(self.blocked.items())
        ]
        return Compared(details=self.details, strangers=self.strangers, strata=strata)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Query:
    """Who looks for true pairs: a lead with one or both sides, or a record (``record_id``) with one."""

    whose: str
    company: CompanyDocument | None = None
    person: PersonDocument | None = None
    record_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a batch of queries met: who carries which key, and the documents and frequencies of all of them."""

    holders: Mapping[int, Sequence[tuple[int, int]]]
    companies: Mapping[int, CompanyDocument]
    people: Mapping[int, PersonDocument]
    rarity: Rarity


async def estimate_weights(backend: Backend, tenant: Tenant, *, pairs: int = PAIRS, seed: int = SEED) -> Estimation:
    """Estimate the weights from ``pairs`` random pairs of each kind, and at most as many of each way of looking.

    Raises ``LookupError`` for a tenant whose index was never started, or is of another release.
    """
    snapshot = await _snapshot(backend, tenant)
    ids = {kind: await _draw(backend, tenant.id, kind, seed) for kind in (Account, Contact, Lead)}
    companies, people = {}, {}
    for batch in batches(ids[Account], _BATCH):
        companies.update((await _documents(backend, tenant.id, snapshot, batch))[0])
    for batch in batches(ids[Contact], _BATCH):
        people.update((await _documents(backend, tenant.id, snapshot, batch))[1])
    accounts = _Kind(details=ACCOUNT_DETAILS, blocks=ACCOUNT_BLOCKS, sampled=companies)
    contacts = _Kind(details=CONTACT_DETAILS, blocks=CONTACT_BLOCKS, sampled=people)
    rarity = await _rarity(backend, tenant.id, snapshot, [*companies.values(), *people.values()])
    await asyncio.to_thread(_compare_strangers, accounts, pairs, seed, rarity)
    await asyncio.to_thread(_compare_strangers, contacts, pairs, seed, rarity)
    leads = 0
    async for queries in _queries(backend, tenant, ids[Lead], accounts, contacts):
        leads += sum(not each.record_id for each in queries)
        found = await _look(backend, tenant.id, snapshot, queries)
        await asyncio.to_thread(_compare_found, queries, found, accounts, contacts, pairs)
    kinds = [accounts.compared("accounts"), contacts.compared("contacts")]
    learned = await asyncio.to_thread(learn, SHIPPED, kinds)
    origin = f"{leads:,} leads, {len(companies):,} accounts and {len(people):,} contacts, seed {seed}"
    return Estimation(
        learned=learned,
        file=learned.as_file(SHIPPED, origin),
        leads=leads,
        accounts=len(companies),
        contacts=len(people),
    )


async def _snapshot(backend: Backend, tenant: Tenant) -> Snapshot:
    async with backend.database.read() as session:
        snapshot, _ = await fetch_snapshot(session, tenant.id, [])
    if snapshot.version != NORMALISER_VERSION:
        raise LookupError(f"the index of tenant {tenant.id} is of another release; run `leadgate matching reindex`")
    return snapshot


async def _draw(backend: Backend, tenant_id: int, kind: type[Account | Contact | Lead], seed: int) -> list[int]:
    """A sample of ids without replacement, in random order (Vitter, "Random Sampling with a Reservoir", 1985)."""
    drawn: list[int] = []
    chance = _chance(f"{seed} {kind.__name__}")
    seen = last = 0
    has_more = True
    while has_more:
        async with backend.database.read() as session:
            page = await some_ids_after(session, kind, tenant_id, last, _PAGE)
        for last in page:
            seen += 1
            if len(drawn) < SAMPLED:
                drawn.append(last)
            elif (place := chance.randrange(seen)) < SAMPLED:
                drawn[place] = last
        has_more = len(page) == _PAGE
    chance.shuffle(drawn)
    return drawn


def _chance(purpose: str) -> random.Random:
    # Not for secrets: the same pairs are to be drawn every time, in every process.
    return random.Random(purpose)  # noqa: S311


async def _documents(
    backend: Backend, tenant_id: int, snapshot: Snapshot, ids: Collection[int]
) -> tuple[dict[int, CompanyDocument], dict[int, PersonDocument]]:
    """The documents of accounts and of contacts, in the order of these ids. One statement, or none for no ids."""
    async with backend.database.read() as session:
        return await _read_documents(session, tenant_id, snapshot, ids)


async def _read_documents(
    session: ReadSession, tenant_id: int, snapshot: Snapshot, ids: Collection[int]
) -> tuple[dict[int, CompanyDocument], dict[int, PersonDocument]]:
    stored = await fetch_documents(session, tenant_id, snapshot.version, ids)
    found = [stored[id_] for id_ in ids if id_ in stored]
    companies = {each.record_id: decode_company(each.document) for each in found if each.record_id == each.account_id}
    people = {each.record_id: decode_person(each.document) for each in found if each.record_id != each.account_id}
    return companies, people


async def _rarity(
    backend: Backend, tenant_id: int, snapshot: Snapshot, documents: Sequence[CompanyDocument | PersonDocument]
) -> Rarity:
    """What the words of these documents are worth, by the names' frequencies. One statement for every so many."""
    terms = sorted({term for each in documents for term in name_tokens_terms(each)})
    frequencies: dict[int, int] = {}
    for batch in batches(terms, _PAGE):
        async with backend.database.read() as session:
            frequencies.update((await fetch_snapshot(session, tenant_id, batch))[1])
    statistics = Statistics(accounts=snapshot.accounts, contacts=snapshot.contacts, frequencies=frequencies)
    return Rarity(statistics, MatchSettings(weights=SHIPPED.weights))


async def _queries(
    backend: Backend,
    tenant: Tenant,
    lead_ids: Sequence[int],
    accounts: _Kind[CompanyDocument],
    contacts: _Kind[PersonDocument],
) -> AsyncIterator[list[_Query]]:
    """Those who look, a batch at a time: leads, then accounts, then contacts."""
    most = SAMPLED // 2
    for batch in batches(lead_ids[:most], _BATCH):
        async with backend.database.read() as session:
            leads = await records.get_many(session, Lead, tenant.id, batch)
        documents = [lead_document(each, tenant.default_country) for each in leads if each is not None]
        yield [
            _Query(whose="leads", company=None if each.is_private else each.company, person=each.person)
            for each in documents
        ]
    for companies in batches(list(accounts.sampled.items())[:most], _BATCH):
        yield [_Query(whose="records", company=each, record_id=id_) for id_, each in companies]
    for people in batches(list(contacts.sampled.items())[:most], _BATCH):
        yield [_Query(whose="records", person=each, record_id=id_) for id_, each in people]


async def _look(backend: Backend, tenant_id: int, snapshot: Snapshot, queries: Sequence[_Query]) -> _Found:
    """What the queries share keys with. Three statements."""
    keys = {key for query in queries for key in _keys(query)}
    async with backend.database.read() as session:
        holders = await fetch_holders_by_key(session, tenant_id, keys)
        ids = {contact or account for held in holders.values() for account, contact in held}
        companies, people = await _read_documents(session, tenant_id, snapshot, sorted(ids))
    own = [side for query in queries for side in (query.company, query.person) if side is not None]
    rarity = await _rarity(backend, tenant_id, snapshot, [*own, *companies.values(), *people.values()])
    return _Found(holders=holders, companies=companies, people=people, rarity=rarity)


def _keys(query: _Query) -> list[int]:
    of_company = [key for block in ACCOUNT_BLOCKS for key in (block.keys(query.company) if query.company else ())]
    return of_company + [key for block in CONTACT_BLOCKS for key in (block.keys(query.person) if query.person else ())]


def _compare_strangers(kind: _Kind[Document], pairs: int, seed: int, rarity: Rarity) -> None:
    documents = list(kind.sampled.values())
    chance = _chance(f"{seed} strangers")
    for _ in range(pairs if len(documents) > 1 else 0):
        one, other = chance.sample(range(len(documents)), 2)
        kind.strangers[pattern_of(documents[one], documents[other], kind.details, rarity, is_as_scored=False)] += 1


def _compare_found(
    queries: Sequence[_Query],
    found: _Found,
    accounts: _Kind[CompanyDocument],
    contacts: _Kind[PersonDocument],
    most: int,
) -> None:
    for query in queries:
        if query.company is not None:
            _compare_with_holders(query, query.company, found, accounts, found.companies, most)
        if query.person is not None:
            _compare_with_holders(query, query.person, found, contacts, found.people, most)


def _compare_with_holders(
    query: _Query,
    own: Document,
    found: _Found,
    kind: _Kind[Document],
    documents: Mapping[int, Document],
    most: int,
) -> None:
    """Count how the query compares with every record that it shares a key with, once for each block."""
    for block in kind.blocks:
        patterns = kind.blocked.setdefault((query.whose, block.name), Counter())
        held = {contact or account for key in block.keys(own) for account, contact in found.holders.get(key, ())}
        room = most - patterns.total()
        for id_ in sorted(held & documents.keys())[: max(0, room)]:
            # Two records that both look meet once.
            if id_ != query.record_id and not (id_ < query.record_id and id_ in kind.sampled):
                patterns[pattern_of(own, documents[id_], kind.details, found.rarity, is_as_scored=True)] += 1
