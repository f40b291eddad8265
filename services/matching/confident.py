"""The rule for a candidate that is no 100 % match and yet beyond reasonable doubt.

It is statistical, where the 100 % rule is not: the score is high, no other record comes near, independent kinds of
evidence agree and hardly anything speaks against it. Two things no score makes up for, and a user decides: a name that
is missing or differs by more than a slip in a long one, because siblings share e-mail, phone and address, and so do the
companies of one owner; and, for an account, a contradicting address, which is another site of the company.
"""

from collections import defaultdict
from collections.abc import Iterable

from domain.matches import Evidence, EvidenceCode, EvidenceKind
from services.matching.compare_addresses import (
    city_similarity,
    number_similarity,
    postcode_similarity,
    street_similarity,
)
from services.matching.model import CompanyDocument
from services.matching.score import Score
from services.matching.settings import ConfidentRule

INDEPENDENT_GROUPS = {
    EvidenceKind.NAME: "name",
    EvidenceKind.LEGAL_FORM: "name",
    EvidenceKind.EMAIL: "mail",
    EvidenceKind.DOMAIN: "mail",
    EvidenceKind.PHONE: "phone",
    EvidenceKind.ADDRESS: "address",
    EvidenceKind.VAT_ID: "id",
    EvidenceKind.BIRTH_DATE: "birth date",
    EvidenceKind.PERSON: "other side",
    EvidenceKind.COMPANY: "other side",
}
"""Kinds of evidence that are not independent of each other share a group."""

_EQUAL_NAMES = frozenset({EvidenceCode.NAME_EQUAL, EvidenceCode.NAME_SWAPPED})


def is_confident(
    score: Score,
    next_bits: float | None,
    rule: ConfidentRule,
    company: CompanyDocument | None = None,
    account: CompanyDocument | None = None,
) -> bool:
    """Whether the best candidate is confident. ``next_bits`` is the score of the second; None if there is none.

    For an account, ``company`` is the lead's and ``account`` the candidate's document.
    """
    if score.bits < rule.threshold or (next_bits is not None and score.bits - next_bits < rule.margin):
        return False
    if any(each.bits < rule.worst for each in score.evidence) or _count_groups(score.evidence, rule) < rule.groups:
        return False
    if not any(_is_same_name(each, rule) for each in score.evidence):
        return False
    return company is None or account is None or not is_other_site(company, account)


def is_other_site(lead: CompanyDocument, account: CompanyDocument) -> bool:
    """Whether the addresses are of two places: another street, another number in it, or another town and postcode."""
    numbers = number_similarity(lead.house_number, account.house_number)
    town = postcode_similarity(lead.postcode, account.postcode), city_similarity(lead.city, account.city)
    is_elsewhere = 0.0 in town and not any(town)
    return street_similarity(lead.street, account.street) == 0.0 or numbers == 0.0 or is_elsewhere


def _is_same_name(evidence: Evidence, rule: ConfidentRule) -> bool:
    if evidence.kind is not EvidenceKind.NAME:
        return False
    is_near = evidence.similarity is not None and evidence.similarity >= rule.name_least
    return evidence.code in _EQUAL_NAMES or is_near


def _count_groups(evidence: Iterable[Evidence], rule: ConfidentRule) -> int:
    bits: dict[str, float] = defaultdict(float)
    for each in evidence:
        bits[INDEPENDENT_GROUPS[each.kind]] += each.bits
    return sum(each >= rule.group_least for each in bits.values())
