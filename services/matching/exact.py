"""The 100 % rule, without statistics, so that it can be said in one sentence.

Every identifying detail that both sides have is equal after normalisation, none contradicts, and at least two
independent kinds of evidence agree. A name alone never decides, nor an e-mail alone; and a phone with an address tell
a household or a building, so one of the agreeing kinds has to name the person or the company.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum

from domain.explanations import ExactFailure, ExactJudgement
from domain.matches import EvidenceKind
from services.matching.compare_reach import have_comparable_phones
from services.matching.emails import domain_of
from services.matching.model import CompanyDocument, LeadDocument, PersonDocument
from services.matching.settings import EXACT_EVIDENCE
from services.matching.text import squash

Document = CompanyDocument | PersonDocument


class Finding(Enum):
    """What one kind of detail says."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    SILENT = "silent"


NAMING = frozenset({EvidenceKind.NAME, EvidenceKind.EMAIL, EvidenceKind.VAT_ID, EvidenceKind.BIRTH_DATE})
"""Kinds of evidence that can name a record, a company or a person."""
LEAST_KINDS = 2
"""How many independent kinds of evidence have to agree."""

_NAMING_COMPANY = frozenset({EvidenceKind.NAME, EvidenceKind.VAT_ID, EvidenceKind.EMAIL})
_NAMING_PERSON = frozenset({EvidenceKind.NAME, EvidenceKind.EMAIL, EvidenceKind.BIRTH_DATE})

Findings = Iterator[tuple[EvidenceKind, Finding]]


def is_exact_account(
    lead: LeadDocument, account: CompanyDocument, counting: frozenset[EvidenceKind] = EXACT_EVIDENCE
) -> bool:
    """Whether the account is a 100 % match of the lead's company. A private person has none.

    Only kinds in ``counting`` make a match; all of them can contradict.
    """
    if lead.is_private:
        return False
    return _decide(_company_findings(lead.company, account), _NAMING_COMPANY, counting)


def is_exact_contact(
    lead: LeadDocument, contact: PersonDocument, counting: frozenset[EvidenceKind] = EXACT_EVIDENCE
) -> bool:
    """Whether the contact is a 100 % match of the lead's person, by the contact's own details; otherwise likewise."""
    return _decide(_person_findings(lead.person, contact), _NAMING_PERSON, counting)


def judge_account(
    lead: LeadDocument, account: CompanyDocument, counting: frozenset[EvidenceKind] = EXACT_EVIDENCE
) -> ExactJudgement:
    """As ``is_exact_account``, with what every kind of detail says and the rule that failed."""
    judgement = _judge(_company_findings(lead.company, account), _NAMING_COMPANY, counting)
    return replace(judgement, failure=ExactFailure.PRIVATE_PERSON) if lead.is_private else judgement


def judge_contact(
    lead: LeadDocument, contact: PersonDocument, counting: frozenset[EvidenceKind] = EXACT_EVIDENCE
) -> ExactJudgement:
    """As ``is_exact_contact``, with what every kind of detail says and the rule that failed."""
    return _judge(_person_findings(lead.person, contact), _NAMING_PERSON, counting)


def _decide(findings: Findings, naming: frozenset[EvidenceKind], counting: frozenset[EvidenceKind]) -> bool:
    agreeing: set[EvidenceKind] = set()
    for kind, finding in findings:
        if finding is Finding.CONTRADICTS:
            return False
        if finding is Finding.AGREES and kind in counting:
            agreeing.add(kind)
    return _failure_of(frozenset(agreeing), naming) is None


def _judge(findings: Findings, naming: frozenset[EvidenceKind], counting: frozenset[EvidenceKind]) -> ExactJudgement:
    found = dict(findings)
    said = {each: tuple(kind for kind, finding in found.items() if finding is each) for each in Finding}
    is_contradicted = bool(said[Finding.CONTRADICTS])
    counted = counting.intersection(said[Finding.AGREES])
    return ExactJudgement(
        agreeing=said[Finding.AGREES],
        contradicting=said[Finding.CONTRADICTS],
        silent=said[Finding.SILENT],
        failure=ExactFailure.CONTRADICTION if is_contradicted else _failure_of(counted, naming),
    )


def _failure_of(agreeing: frozenset[EvidenceKind], naming: frozenset[EvidenceKind]) -> ExactFailure | None:
    """Why what agrees is not enough; None if it is."""
    if len(agreeing) < LEAST_KINDS:
        return ExactFailure.TOO_LITTLE_AGREES
    return None if agreeing & naming else ExactFailure.NOTHING_NAMES


def _company_findings(lead: CompanyDocument, account: CompanyDocument) -> Findings:
    yield EvidenceKind.NAME, _compare_values(lead.name, account.name)
    if lead.legal_form and account.legal_form and lead.legal_form != account.legal_form:
        yield EvidenceKind.LEGAL_FORM, Finding.CONTRADICTS
    yield EvidenceKind.VAT_ID, _compare_values(lead.vat_id, account.vat_id)
    yield EvidenceKind.EMAIL, _compare_company_mail(lead, account)
    yield EvidenceKind.PHONE, _compare_phones(lead, account)
    yield EvidenceKind.ADDRESS, compare_address_parts(lead, account)


def _person_findings(lead: PersonDocument, contact: PersonDocument) -> Findings:
    yield EvidenceKind.NAME, _compare_person_names(lead, contact)
    yield EvidenceKind.BIRTH_DATE, _compare_birth_dates(lead, contact)
    yield EvidenceKind.EMAIL, _compare_personal_mail(lead, contact)
    yield EvidenceKind.PHONE, _compare_phones(lead, contact)
    yield EvidenceKind.ADDRESS, compare_address_parts(lead, contact)


def _compare_values(one: str, other: str) -> Finding:
    if not one or not other:
        return Finding.SILENT
    return Finding.AGREES if one == other else Finding.CONTRADICTS


def _compare_person_names(lead: PersonDocument, contact: PersonDocument) -> Finding:
    """Both names have to be there on both sides to agree; one that differs is enough to contradict."""
    findings = {
        _compare_values("".join(lead.first_names), "".join(contact.first_names)),
        _compare_values("".join(lead.last_names), "".join(contact.last_names)),
    }
    is_other_generation = _compare_values(lead.generation, contact.generation) is Finding.CONTRADICTS
    if Finding.CONTRADICTS in findings or is_other_generation:
        return Finding.CONTRADICTS
    return Finding.SILENT if Finding.SILENT in findings else Finding.AGREES


def _compare_birth_dates(lead: PersonDocument, contact: PersonDocument) -> Finding:
    if lead.birth_date is None or contact.birth_date is None:
        return Finding.SILENT
    return Finding.AGREES if lead.birth_date == contact.birth_date else Finding.CONTRADICTS


def _compare_personal_mail(lead: PersonDocument, contact: PersonDocument) -> Finding:
    if not lead.emails or not contact.emails:
        return Finding.SILENT
    is_shared = not set(lead.emails).isdisjoint(contact.emails)
    return Finding.AGREES if is_shared else Finding.CONTRADICTS


def _compare_company_mail(lead: CompanyDocument, account: CompanyDocument) -> Finding:
    """E-mails and domains are one kind, because the one contains the other.

    A person's address at the company's domain agrees; a domain of another company contradicts; hosts below one domain
    (us.ibm.com, ibm.com) may be different companies of a group and contradict; freemail says nothing unless equal.
    """
    if not set(lead.emails).isdisjoint(account.emails):
        return Finding.AGREES
    if not lead.domains or not account.domains:
        return Finding.SILENT
    is_agreeing = any(
        not _hosts(lead, domain).isdisjoint(_hosts(account, domain))
        for domain in lead.domains
        if domain in account.domains
    )
    return Finding.AGREES if is_agreeing else Finding.CONTRADICTS


def _hosts(document: CompanyDocument, domain: str) -> set[str]:
    """The hosts of the e-mails below a domain; the domain itself where it comes from a website."""
    return {email.rpartition("@")[2] for email in document.emails if domain_of(email) == domain} or {domain}


def _compare_phones(lead: Document, existing: Document) -> Finding:
    if not set(lead.phones).isdisjoint(existing.phones):
        return Finding.AGREES
    return Finding.CONTRADICTS if have_comparable_phones(lead, existing) else Finding.SILENT


def compare_address_parts(lead: Document, existing: Document) -> Finding:
    """A part that differs contradicts. Street, number and place together agree; a place alone says nothing."""
    place = [_compare_values(lead.postcode, existing.postcode), _compare_cities(lead, existing)]
    street = _compare_values(squash(lead.street), squash(existing.street))
    number = _compare_values(lead.house_number, existing.house_number)
    others = [_compare_values(lead.region, existing.region), _compare_values(lead.country, existing.country)]
    if Finding.CONTRADICTS in {street, number, *place, *others}:
        return Finding.CONTRADICTS
    has_same_number = number is Finding.AGREES or not (lead.house_number or existing.house_number)
    is_complete = street is Finding.AGREES and has_same_number and Finding.AGREES in place
    return Finding.AGREES if is_complete else Finding.SILENT


def _compare_cities(lead: Document, existing: Document) -> Finding:
    """A city with its addition (Frankfurt am Main) is the one without where the postcode is the same."""
    one, other = lead.city, existing.city
    has_same_postcode = bool(lead.postcode) and lead.postcode == existing.postcode
    is_part = f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")
    if one and other and has_same_postcode and is_part:
        return Finding.AGREES
    return _compare_values(squash(one), squash(other))
