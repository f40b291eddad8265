"""Why a record is, or is not, among what a lead may belong to. Pure: everything that was found out comes in.

The keys bring a record up for a look, the evidence decides; so both are told, with what kept them from doing it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log2

from domain.explanations import (
    Absence,
    ExactFailure,
    ExactJudgement,
    KeyEvidence,
    KeyUse,
    MatchExplanation,
    MissingDetail,
    SharedKey,
)
from domain.matches import Band, Candidate, EvidenceKind, Matches
from domain.records import Account, Contact, Lead
from services.matching.exact import judge_account, judge_contact
from services.matching.key_families import NamedKey
from services.matching.model import CompanyDocument, LeadDocument, PersonDocument, Statistics
from services.matching.rarity import Rarity
from services.matching.score import Score, score_account, score_contact
from services.matching.settings import MatchSettings

_QUARTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLimits:
    """What look-ups do about frequent keys (see ``db.match_candidates``)."""

    most_frequent: int
    rarest: int
    rows_per_key: int
    fewest_records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A lead and a record, with what is known about them.

    ``holders`` has the keys of the record itself under 0, and those of an account's contacts under their ids; it lacks
    0 if the record is not in the index. ``contacts`` are the documents of those contacts; ``company`` is the document
    of a contact's account (None for a private customer). ``matches`` is what the look-up answered for this kind of
    record, and ``keys`` are all keys of the lead; ``limits`` are those of each tier.
    """

    lead: Lead
    record: Account | Contact
    lead_document: LeadDocument
    document: CompanyDocument | PersonDocument
    company: CompanyDocument | None
    contacts: Sequence[PersonDocument]
    holders: Mapping[int, frozenset[int]]
    keys: Sequence[NamedKey]
    matches: Matches
    statistics: Statistics
    settings: MatchSettings
    settings_version: int
    limits: Mapping[int, KeyLimits]


def explain_pair(pair: Pair) -> MatchExplanation:
    """Everything about the pair."""
    candidate = next((each for each in pair.matches.candidates if each.record_id == pair.record.id), None)
    score = _score(pair) if candidate is None else _score_of(candidate)
    exactness = _judge(pair, candidate)
    shared = find_shared_keys(pair)
    is_enough = exactness.failure is None or score.bits >= pair.settings.threshold
    return MatchExplanation(
        lead=pair.lead,
        record=pair.record,
        rank=None if candidate is None else candidate.rank,
        absence=None if candidate is not None else _find_absence(pair, shared, is_enough=is_enough),
        band=None if candidate is None else candidate.band,
        score=score.bits,
        prior=score.prior,
        threshold=pair.settings.threshold,
        evidence=score.evidence,
        exactness=exactness,
        shared_keys=shared,
        missing=_find_missing(pair),
        snapshot=pair.statistics.snapshot,
        settings_version=pair.settings_version,
    )


def find_shared_keys(pair: Pair) -> tuple[SharedKey, ...]:
    """The keys that both have, each once: tier one first, those that count most in front."""
    places = _places(pair)
    shared = []
    for key in pair.keys:
        carrier = next((id_ for id_, hashes in pair.holders.items() if key.hash in hashes), None)
        if carrier is not None:
            shared.append(_shared_key(pair, key, carrier, places[key.tier, key.hash]))
    return tuple(sorted(shared, key=lambda each: (each.tier, -each.weight, each.family, each.value)))


def _places(pair: Pair) -> dict[tuple[int, int], int]:
    """How rare each key is among the lead's of its tier; the rarest has place 1."""
    places: dict[tuple[int, int], int] = {}
    for tier in {each.tier for each in pair.keys}:
        hashes = [each.hash for each in pair.keys if each.tier == tier]
        hashes.sort(key=lambda each: (pair.statistics.frequency(each), each))
        places |= {(tier, each): place for place, each in enumerate(hashes, start=1)}
    return places


def _shared_key(pair: Pair, key: NamedKey, carrier: int, place: int) -> SharedKey:
    frequency = pair.statistics.frequency(key.hash)
    records = max(pair.statistics.accounts + pair.statistics.contacts, pair.limits[key.tier].fewest_records)
    return SharedKey(
        family=key.family,
        value=key.value,
        evidence=KeyEvidence(key.group.value),
        tier=key.tier,
        frequency=frequency,
        weight=floor(_QUARTERS * log2(max(1, records // frequency))) / _QUARTERS,
        use=_use(pair, key, frequency, place),
        contact_id=carrier or None,
    )


def _use(pair: Pair, key: NamedKey, frequency: int, place: int) -> KeyUse:
    limits = pair.limits[key.tier]
    if key.tier > pair.matches.tier:
        return KeyUse.NOT_ASKED
    if not key.is_strong and frequency > limits.most_frequent and place > limits.rarest:
        return KeyUse.TOO_FREQUENT
    return KeyUse.PARTLY_READ if frequency > limits.rows_per_key else KeyUse.USED


def _score_of(candidate: Candidate) -> Score:
    return Score(candidate.score, candidate.evidence, is_exact=False, prior=candidate.prior)


def _score(pair: Pair) -> Score:
    rarity = Rarity(pair.statistics, pair.settings)
    if isinstance(pair.document, CompanyDocument):
        return score_account(pair.lead_document, pair.document, pair.contacts, rarity)
    return score_contact(pair.lead_document, pair.document, pair.company, rarity)


def _judge(pair: Pair, candidate: Candidate | None) -> ExactJudgement:
    counting = pair.settings.exact_evidence
    if isinstance(pair.document, CompanyDocument):
        judgement = judge_account(pair.lead_document, pair.document, counting)
    else:
        judgement = judge_contact(pair.lead_document, pair.document, counting)
    is_rivalled = judgement.failure is None and candidate is not None and candidate.band is not Band.EXACT
    return replace(judgement, failure=ExactFailure.RIVALLED) if is_rivalled else judgement


def _find_absence(pair: Pair, shared: Sequence[SharedKey], *, is_enough: bool) -> Absence:
    """Why the record is no candidate: the first thing that kept it from being one."""
    is_account = isinstance(pair.record, Account)
    uses = {each.use for each in shared}
    is_full = len(pair.matches.candidates) >= pair.settings.most_candidates
    hindrances = (
        (Absence.PRIVATE_CUSTOMERS, isinstance(pair.record, Account) and pair.record.is_private_customers),
        (Absence.PRIVATE_PERSON, is_account and pair.lead_document.is_private),
        (Absence.DISMISSED, pair.record.id in pair.matches.dismissed),
        (Absence.NOT_INDEXED, 0 not in pair.holders),
        (Absence.NO_SHARED_KEY, not shared),
        (Absence.TOO_FREQUENT_KEYS, KeyUse.TOO_FREQUENT in uses and not uses & _MEETING),
        (Absence.LOOSE_KEYS_NOT_ASKED, not uses & _MEETING),
        (Absence.BELOW_THRESHOLD, not is_enough),
        (Absence.BEYOND_THE_LIST, is_full),
    )
    return next((absence for absence, is_so in hindrances if is_so), Absence.CROWDED_OUT)


_MEETING = {KeyUse.USED, KeyUse.PARTLY_READ}


def _find_missing(pair: Pair) -> tuple[MissingDetail, ...]:
    """The kinds of detail that at least one side lacks."""
    lead = pair.lead_document
    if isinstance(pair.document, CompanyDocument):
        mine, theirs = _company_details(lead.company), _company_details(pair.document)
    else:
        company = CompanyDocument() if lead.is_private else lead.company
        mine = _person_details(lead.person, company)
        theirs = _person_details(pair.document, pair.company or CompanyDocument())
    return tuple(
        MissingDetail(kind=kind, is_missing_in_lead=not mine[kind], is_missing_in_record=not theirs[kind])
        for kind in mine
        if not (mine[kind] and theirs[kind])
    )


def _company_details(document: CompanyDocument) -> dict[EvidenceKind, bool]:
    return {
        EvidenceKind.NAME: bool(document.tokens),
        EvidenceKind.LEGAL_FORM: bool(document.legal_form),
        EvidenceKind.VAT_ID: bool(document.vat_id),
        EvidenceKind.DOMAIN: bool(document.domains),
        EvidenceKind.EMAIL: bool(document.emails),
        EvidenceKind.PHONE: bool(document.phones),
        EvidenceKind.ADDRESS: _has_address(document),
    }


def _person_details(document: PersonDocument, company: CompanyDocument) -> dict[EvidenceKind, bool]:
    return {
        EvidenceKind.NAME: bool(document.first_names or document.last_names),
        EvidenceKind.BIRTH_DATE: document.birth_date is not None,
        EvidenceKind.EMAIL: bool(document.emails),
        EvidenceKind.PHONE: bool(document.phones),
        EvidenceKind.ADDRESS: _has_address(document),
        EvidenceKind.COMPANY: bool(company.tokens),
    }


def _has_address(document: CompanyDocument | PersonDocument) -> bool:
    return bool(document.street or document.postcode or document.city)
