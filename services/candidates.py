"""Which existing accounts and contacts a lead may belong to: one look-up for any number of leads.

Tier one asks for the records that share keys with the leads, for their documents, and for the frequencies of name
tokens that the process does not know: three statements at most. Only for leads where it finds no account or no contact
above the threshold, a second tier asks once more, by looser keys. Where users have dismissed pairs, one statement more
says which; what is dismissed for a lead is as if it were not there. Scoring happens with no transaction open, in a
thread where there are many leads.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ParamSpec, TypeVar

from db.match_candidates import TIER_ONE, TIER_TWO, AskedKey, Hit, TierLimits, fetch_candidates
from db.match_index import StoredDocument, fetch_documents
from domain.matches import LeadMatches
from domain.records import Lead, Tenant
from services.backend import Backend
from services.dismissals import DismissedPairs
from services.matching.documents import decode_company, decode_person, lead_document
from services.matching.keys import identifier_terms, lead_keys, name_tokens_terms, second_tier_keys
from services.matching.model import CompanyDocument, KeyGroup, LeadDocument, MatchKey, PersonDocument
from services.matching.rank import Scored, has_match, rank_accounts, rank_contacts
from services.matching.rarity import Rarity
from services.matching.score import score_account, score_contact
from services.matching.settings import MatchSettings
from services.matching.tenant_settings import match_settings

P = ParamSpec("P")
T = TypeVar("T")
_FEW = 2
_GROUP_NUMBERS = {group: number for number, group in enumerate(KeyGroup)}


@dataclass(frozen=True, slots=True)
class _Question:
    """A lead in one tier: the keys to look for, and which kinds of record are wanted."""

    source: Lead
    lead: LeadDocument
    keys: tuple[MatchKey, ...]
    wants_accounts: bool
    wants_contacts: bool


@dataclass(frozen=True, slots=True)
class _Material:
    """What was found in one tier: hits by the place of their question, and documents by record id."""

    hits: Mapping[int, Sequence[Hit]]
    stored: Mapping[int, StoredDocument]
    companies: Mapping[int, CompanyDocument]
    people: Mapping[int, PersonDocument]
    terms: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Found:
    """The records that were looked at for a lead, with their scores, and which tier was asked last for each kind."""

    lead: LeadDocument
    accounts: Sequence[Scored]
    contacts: Sequence[Scored]
    snapshot: int
    accounts_tier: int = 1
    contacts_tier: int = 1


async def match_leads(backend: Backend, tenant: Tenant, leads: Sequence[Lead]) -> list[LeadMatches]:
    """What is found for each lead among accounts and contacts, in this order; without field differences.

    At most three statements, three more if some lead needs the second tier, one more for a tenant whose users have
    dismissed pairs, and one more where frequencies were folded since the last look-up, however many leads there are;
    the tenant's settings come with it. Raises ``LookupError`` for a tenant whose index was never started.
    """
    if not leads:
        return []
    dismissed, settings = DismissedPairs(tenant, leads), match_settings(tenant.matching, backend.weights)
    questions = await _compute(len(leads), _first_questions, leads, tenant.default_country)
    found = await _answer(backend, dismissed, questions)
    again = (_second_question(each, found[place], settings) for place, each in enumerate(questions))
    second = {place: each for place, each in enumerate(again) if each}
    if second:
        more = await _answer(backend, dismissed, list(second.values()), TIER_TWO)
        for (place, question), each in zip(second.items(), more, strict=True):
            found[place] = _both(found[place], each, question)
    ranked = await _compute(len(leads), _rank_all, found, settings)
    return [dismissed.told_with(each, lead) for each, lead in zip(ranked, leads, strict=True)]


async def _compute(leads: int, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What the function gives, from a thread of its own unless it is about so few leads that the way there costs more
    than it saves.
    """
    if leads <= _FEW:
        return function(*arguments, **named)
    return await asyncio.to_thread(function, *arguments, **named)


def _first_questions(leads: Sequence[Lead], country: str) -> list[_Question]:
    documents = [lead_document(each, country) for each in leads]
    return [
        _Question(lead, each, lead_keys(each), wants_accounts=not each.is_private, wants_contacts=True)
        for lead, each in zip(leads, documents, strict=True)
    ]


def _second_question(question: _Question, found: _Found, settings: MatchSettings) -> _Question | None:
    """What to ask again, by looser keys, for the kinds of record of which nothing was found; None for neither."""
    lead = question.lead
    # Without a name, a company's lead says where the company is; a private person's still says who it is.
    has_person = lead.is_private or bool(lead.person.first_names or lead.person.last_names)
    wants_accounts = question.wants_accounts and not has_match(found.accounts, settings)
    wants_contacts = has_person and not has_match(found.contacts, settings)
    if wants_accounts and wants_contacts:
        keys = second_tier_keys(lead)
    elif wants_accounts or wants_contacts:
        keys = second_tier_keys(lead.company if wants_accounts else lead.person)
    else:
        return None
    return _Question(question.source, lead, keys, wants_accounts, wants_contacts)


def _both(first: _Found, second: _Found, question: _Question) -> _Found:
    """What both tiers found; of a record that both did, the higher score, since more of its contacts were met."""
    return replace(
        second,
        accounts=_best_of_each([*first.accounts, *second.accounts]),
        contacts=_best_of_each([*first.contacts, *second.contacts]),
        accounts_tier=2 if question.wants_accounts else 1,
        contacts_tier=2 if question.wants_contacts else 1,
    )


def _best_of_each(scored: Iterable[Scored]) -> list[Scored]:
    best: dict[int, Scored] = {}
    for each in scored:
        known = best.get(each.record_id)
        if known is None or each.score.bits > known.score.bits:
            best[each.record_id] = each
    return list(best.values())


def _rank_all(found: Iterable[_Found], settings: MatchSettings) -> list[LeadMatches]:
    return [
        LeadMatches(
            accounts=replace(
                rank_accounts(each.lead, each.accounts, snapshot=each.snapshot, settings=settings),
                tier=each.accounts_tier,
            ),
            contacts=replace(
                rank_contacts(each.lead, each.contacts, snapshot=each.snapshot, settings=settings),
                tier=each.contacts_tier,
            ),
        )
        for each in found
    ]


async def _answer(
    backend: Backend, dismissed: DismissedPairs, questions: Sequence[_Question], tier: TierLimits = TIER_ONE
) -> list[_Found]:
    """What is found for each question, without what is dismissed."""
    tenant = dismissed.tenant
    asked = [
        AskedKey(place, key.hash, _GROUP_NUMBERS[key.group], key.is_strong)
        for place, question in enumerate(questions)
        for key in question.keys
    ]
    async with backend.database.read() as session:
        hits = _wanted(questions, await fetch_candidates(session, tenant.id, asked, tier))
        if hits and hits[0].has_dismissals:
            await dismissed.read(session)
            hits = [each for each in hits if not dismissed.has(questions[each.lead].source, each.record_id)]
        ids = {each.contact_id for each in hits} | {each.account_id for each in hits}
        stored = await fetch_documents(session, tenant.id, hits[0].version, ids - {0}) if hits else {}
        material = await _compute(len(questions), _prepare, questions, hits, stored)
        statistics = await backend.statistics.get(session, tenant.id, material.terms, backend.now())
    rarity = Rarity(statistics, match_settings(tenant.matching, backend.weights))
    return await _compute(len(questions), _score_all, questions, material, rarity)


def _wanted(questions: Sequence[_Question], hits: Iterable[Hit]) -> list[Hit]:
    # An account is scored with those of its contacts that were hit, so contacts are kept wherever accounts are wanted.
    return [each for each in hits if each.contact_id or questions[each.lead].wants_accounts]


def _prepare(questions: Sequence[_Question], hits: Sequence[Hit], stored: Mapping[int, StoredDocument]) -> _Material:
    by_question: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_question[hit.lead].append(hit)
    companies = {id_: decode_company(each.document) for id_, each in stored.items() if each.account_id == id_}
    people = {id_: decode_person(each.document) for id_, each in stored.items() if each.account_id != id_}
    documents: list[CompanyDocument | PersonDocument | LeadDocument] = [
        *(each.lead for each in questions),
        *companies.values(),
        *people.values(),
    ]
    terms = {term for each in documents for term in name_tokens_terms(each)}
    terms.update(term for each in questions for term in identifier_terms(each.lead))
    return _Material(by_question, stored, companies, people, frozenset(terms))


def _score_all(questions: Sequence[_Question], material: _Material, rarity: Rarity) -> list[_Found]:
    return [
        _score(question, material.hits.get(place, ()), material, rarity) for place, question in enumerate(questions)
    ]


def _score(question: _Question, hits: Sequence[Hit], material: _Material, rarity: Rarity) -> _Found:
    lead = question.lead
    return _Found(
        lead,
        accounts=_score_accounts(lead, hits, material, rarity) if question.wants_accounts else (),
        contacts=_score_contacts(lead, hits, material, rarity) if question.wants_contacts else (),
        snapshot=rarity.statistics.snapshot,
    )


def _score_accounts(lead: LeadDocument, hits: Sequence[Hit], material: _Material, rarity: Rarity) -> list[Scored]:
    people_hit: dict[int, list[PersonDocument]] = defaultdict(list)
    # By id, so that of two contacts who fit alike the same one is named on both databases.
    for contact_id, account_id in sorted((each.contact_id, each.account_id) for each in hits):
        if contact_id in material.people:
            people_hit[account_id].append(material.people[contact_id])
    found = []
    for hit in hits:
        account = None if hit.contact_id else material.companies.get(hit.account_id)
        if account is not None:
            score = score_account(lead, account, people_hit[hit.account_id], rarity)
            version = material.stored[hit.account_id].record_version
            found.append(Scored(hit.account_id, version, score, account, hit.account_id))
    return found


def _score_contacts(lead: LeadDocument, hits: Sequence[Hit], material: _Material, rarity: Rarity) -> list[Scored]:
    found = []
    for hit in hits:
        person = material.people.get(hit.contact_id)
        if person is not None:
            company = material.companies.get(hit.account_id)
            score = score_contact(lead, person, company, rarity)
            version = material.stored[hit.contact_id].record_version
            found.append(Scored(hit.contact_id, version, score, person, hit.account_id))
    return found
