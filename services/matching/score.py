"""The score of a candidate: pieces of evidence in bits, added to the prior.

Fellegi & Sunter, "A Theory for Record Linkage", JASA 64 (1969): the log2 likelihood ratios of independent comparisons
add up. Words of names pay their rarity (term frequency adjustment, as in Splink's documentation).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.matches import Evidence, EvidenceCode, EvidenceKind
from services.matching import compare_companies, compare_people
from services.matching.compare_addresses import compare_addresses
from services.matching.compare_people import has_other_first_name
from services.matching.compare_reach import compare_company_emails, compare_emails, compare_phones
from services.matching.compare_readings import compare_persons
from services.matching.exact import is_exact_account, is_exact_contact
from services.matching.model import CompanyDocument, LeadDocument, PersonDocument
from services.matching.rarity import Rarity
from services.matching.settings import DEFAULT_SETTINGS, MatchSettings

_BEYOND_RELATIVES = {EvidenceCode.BIRTH_DATE_EQUAL, EvidenceCode.BIRTH_DATE_SIMILAR, EvidenceCode.NAME_IN_EMAIL}
_DECIMALS = 2
"""Bits are told in hundredths, so that what is shown adds up."""


@dataclass(frozen=True, slots=True)
class Score:
    """``bits`` is the sum of ``prior`` and the evidence's bits; ``evidence`` has the strongest piece first."""

    bits: float
    evidence: tuple[Evidence, ...]
    is_exact: bool
    prior: float = 0.0


def score_account(
    lead: LeadDocument,
    account: CompanyDocument,
    contacts: Sequence[PersonDocument],
    rarity: Rarity,
) -> Score:
    """How well an account fits the lead's company. ``contacts`` are those of its contacts that the lead's keys hit."""
    company, settings = lead.company, rarity.settings
    name = compare_companies.compare_names(company, account, rarity)
    email = compare_company_emails(company, account, settings)
    records = rarity.statistics.accounts
    found = [
        name,
        compare_companies.compare_legal_forms(company, account, settings) if _speaks_for(name) else None,
        rarity.by_frequency(email, records),
        None if email else rarity.by_frequency(compare_companies.compare_domains(company, account, settings), records),
        rarity.by_frequency(compare_companies.compare_vat_ids(company, account, settings), records),
        rarity.by_frequency(compare_phones(company, account, settings), records),
        compare_addresses(company, account, settings),
        _best_person(lead.person, contacts, rarity),
    ]
    weighed = _as_tenant_counts(found, settings)
    is_exact = is_exact_account(lead, account, settings.exact_evidence)
    return _sum_up(weighed, rarity.accounts_prior, is_exact=is_exact)


def score_contact(
    lead: LeadDocument,
    contact: PersonDocument,
    account: CompanyDocument | None,
    rarity: Rarity,
) -> Score:
    """How well a contact fits the lead's person. ``account`` is the contact's (None for a private customer)."""
    person, settings = lead.person, rarity.settings
    records = rarity.statistics.contacts
    found = [
        compare_persons(person, contact, rarity),
        rarity.by_frequency(compare_people.compare_birth_dates(person, contact, settings), records),
        rarity.by_frequency(compare_emails(person, contact, settings), records),
        rarity.by_frequency(compare_phones(person, contact, settings), records),
        compare_addresses(person, contact, settings),
        _company_evidence(lead, account, rarity),
    ]
    weighed = _as_tenant_counts(found, settings)
    weighed += _as_relative(person, contact, weighed, rarity)
    is_exact = is_exact_contact(lead, contact, settings.exact_evidence)
    return _sum_up(weighed, rarity.contacts_prior, is_exact=is_exact)


def _as_relative(
    person: PersonDocument, contact: PersonDocument, found: Sequence[Evidence], rarity: Rarity
) -> list[Evidence]:
    """What speaks against a contact with another first name, where the rest speaks for the same person.

    The likelihood of shared details under "somebody else" is not that of strangers: relatives share surname, address,
    line and mailbox, colleagues share switchboard and company. So all of them together reach ``relative_most``. An
    equal birth date is beyond that, and so is an e-mail address that has the whole name.
    """
    codes = {each.code for each in found}
    is_swapped = EvidenceCode.NAME_SWAPPED in codes
    if codes & _BEYOND_RELATIVES or not has_other_first_name(person, contact, is_swapped=is_swapped):
        return []
    most = rarity.settings.weights.relative_most
    bits = round(most - rarity.contacts_prior - sum(each.bits for each in found), _DECIMALS)
    if bits >= 0:
        return []
    return [
        Evidence(
            kind=EvidenceKind.NAME,
            code=EvidenceCode.FIRST_NAME_DIFFERENT,
            bits=bits,
            lead_value=" ".join(person.first_names),
            existing_value=" ".join(contact.first_names),
            similarity=0.0,
        )
    ]


def _as_tenant_counts(found: Iterable[Evidence | None], settings: MatchSettings) -> list[Evidence]:
    """The pieces that there are, in hundredths of a bit, with the factors that the tenant has set for their kinds."""
    weighed = []
    for each in found:
        if each is not None:
            bits = round(_multiplied(each, settings) if settings.factors else each.bits, _DECIMALS)
            weighed.append(each if bits == each.bits else each._replace(bits=bits))
    return weighed


def _multiplied(evidence: Evidence, settings: MatchSettings) -> float:
    weight = settings.factors.get(evidence.kind)
    if weight is None:
        return evidence.bits
    # Added to 0, because 0 times what speaks against a pair is -0.0.
    return 0.0 + evidence.bits * (weight.agree if evidence.bits > 0 else weight.disagree)


def _sum_up(found: Iterable[Evidence], prior_bits: float, *, is_exact: bool) -> Score:
    evidence = sorted(found, key=lambda each: -abs(each.bits))
    start = round(prior_bits, _DECIMALS)
    bits = round(start + sum(each.bits for each in evidence), _DECIMALS)
    return Score(bits, tuple(evidence), is_exact, start)


def _speaks_for(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.bits > 0


def _best_person(person: PersonDocument, contacts: Sequence[PersonDocument], rarity: Rarity) -> Evidence | None:
    """That the lead's person works there, by the contact who fits best. None if nobody fits.

    Capped, since people move; but one who fits perfectly is enough for a look at the account in a base of any size.
    """
    best: Evidence | None = None
    settings, records = rarity.settings, rarity.statistics.contacts
    # By the product's threshold: with the tenant's, raising it would raise the score as well.
    most = max(settings.weights.person_most, 1.0 + DEFAULT_SETTINGS.threshold - rarity.accounts_prior)
    for contact in contacts:
        name = compare_persons(person, contact, rarity)
        email = rarity.by_frequency(compare_emails(person, contact, settings), records)
        phone = rarity.by_frequency(compare_phones(person, contact, settings), records)
        weighed = _as_tenant_counts((name, email, phone), settings)
        bits = min(most, sum(each.bits for each in weighed if each.bits > 0))
        if bits > 0 and (best is None or bits > best.bits):
            is_equal = name is not None and name.code is EvidenceCode.NAME_EQUAL
            best = Evidence(
                kind=EvidenceKind.PERSON,
                code=EvidenceCode.PERSON_EQUAL if is_equal else EvidenceCode.PERSON_SIMILAR,
                bits=bits,
                lead_value=" ".join(person.first_names + person.last_names),
                existing_value=" ".join(contact.first_names + contact.last_names),
                similarity=name.similarity if name is not None else None,
            )
    return best


def _company_evidence(lead: LeadDocument, account: CompanyDocument | None, rarity: Rarity) -> Evidence | None:
    """What the company tells of a contact; None for a private customer, of whom nothing is expected."""
    if account is None:
        return None
    if not lead.is_private:
        return _company_of(lead.company, account, rarity)
    return Evidence(
        kind=EvidenceKind.COMPANY,
        code=EvidenceCode.COMPANY_MISSING,
        bits=rarity.settings.weights.company_missing,
        existing_value=" ".join(account.tokens),
    )


def _company_of(company: CompanyDocument, account: CompanyDocument, rarity: Rarity) -> Evidence | None:
    """That the contact's account is the lead's company; capped both ways, since people change companies."""
    settings = rarity.settings
    pieces = [
        compare_companies.compare_names(company, account, rarity),
        compare_companies.compare_domains(company, account, settings),
        compare_companies.compare_vat_ids(company, account, settings),
    ]
    bits = sum(each.bits for each in pieces if each is not None)
    weights = settings.weights
    if bits <= 0 or pieces[0] is None:
        return None
    is_equal = pieces[0].code is EvidenceCode.NAME_EQUAL
    return Evidence(
        kind=EvidenceKind.COMPANY,
        code=EvidenceCode.COMPANY_EQUAL if is_equal else EvidenceCode.COMPANY_SIMILAR,
        bits=max(weights.company_least, min(bits, weights.company_most)),
        lead_value=" ".join(company.tokens),
        existing_value=" ".join(account.tokens),
        similarity=pieces[0].similarity,
    )
