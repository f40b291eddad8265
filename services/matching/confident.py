"""The rule for a candidate that is no 100 % match and yet beyond reasonable doubt.

It is statistical, where the 100 % rule is not: the score is high, no other record comes near, independent kinds of
evidence agree and hardly anything speaks against it. Some things no score makes up for, and a user decides: a name
that is missing or not the same (first and last names may be swapped), because siblings share e-mail, phone and
address, and so do the companies of one owner; another birth date, VAT id, legal form or generation; an e-mail address,
VAT id or birth date that is nearly the same; and, for an account, a contradicting address, which is another site, or an
unknown one, which may be.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from domain.matches import Evidence, EvidenceCode, EvidenceKind
from services.matching.exact import judge_account, judge_contact
from services.matching.model import CompanyDocument, LeadDocument, PersonDocument
from services.matching.score import Score
from services.matching.settings import ConfidentRule
from services.matching.sites import is_other_site

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

_NEARLY = frozenset({EvidenceCode.EMAIL_SIMILAR, EvidenceCode.VAT_ID_SIMILAR, EvidenceCode.BIRTH_DATE_SIMILAR})
"""What is nearly equal and identifies is a slip or somebody else: only a user can tell."""
_NEVER_CONTRADICTED = frozenset(
    {EvidenceKind.NAME, EvidenceKind.LEGAL_FORM, EvidenceKind.VAT_ID, EvidenceKind.BIRTH_DATE}
)


def is_confident(
    score: Score,
    others: Collection[Score],
    rule: ConfidentRule,
    lead: LeadDocument,
    record: CompanyDocument | PersonDocument,
) -> bool:
    """Whether the best candidate is confident. ``others`` are the scores of all others that were looked at."""
    if score.bits < rule.threshold or any(score.bits - each.bits < rule.margin for each in others):
        return False
    if any(each.bits < rule.worst or each.code in _NEARLY for each in score.evidence):
        return False
    if len(_groups(score.evidence, rule)) < rule.groups or _is_rivalled(score, others, rule):
        return False
    return _is_same_person(lead, record) if isinstance(record, PersonDocument) else _is_same_company(lead, record)


def _is_same_person(lead: LeadDocument, contact: PersonDocument) -> bool:
    """Whether first and last names are there and equal, perhaps swapped, and nothing that identifies differs."""
    one, other = (("".join(each.first_names), "".join(each.last_names)) for each in (lead.person, contact))
    against = frozenset(judge_contact(lead, contact).contradicting) & _NEVER_CONTRADICTED
    is_swapped = one == other[::-1] and not (lead.person.generation and contact.generation)
    return all((*one, *other)) and not against - ({EvidenceKind.NAME} if is_swapped else set())


def _is_same_company(lead: LeadDocument, account: CompanyDocument) -> bool:
    """Whether the names are equal, nothing identifying differs, and the addresses are not of two sites."""
    judgement = judge_account(lead, account)
    is_contradicted = not _NEVER_CONTRADICTED.isdisjoint(judgement.contradicting)
    has_name = EvidenceKind.NAME in judgement.agreeing
    # Of an account whose address nobody knows, only its own phone says that it is not another site.
    is_of_this_site = EvidenceKind.PHONE in judgement.agreeing or not _has_place(lead.company) or _has_place(account)
    return has_name and is_of_this_site and not is_contradicted and not is_other_site(lead.company, account)


def _has_place(document: CompanyDocument) -> bool:
    return bool(document.street or document.postcode or document.city)


def _is_rivalled(score: Score, others: Iterable[Score], rule: ConfidentRule) -> bool:
    """Whether for another record speaks everything that does for this one, and only more of it for this one.

    Somebody of the lead's name who works there is no such thing: of two sites of a company they work at one.
    """
    groups = _groups((each for each in score.evidence if each.kind is not EvidenceKind.PERSON), rule)
    return any(groups <= _groups(each.evidence, rule) for each in others)


def _groups(evidence: Iterable[Evidence], rule: ConfidentRule) -> set[str]:
    """The independent groups of evidence that speak for a record."""
    bits: dict[str, float] = defaultdict(float)
    for each in evidence:
        bits[INDEPENDENT_GROUPS[each.kind]] += each.bits
    return {group for group, sum_ in bits.items() if sum_ >= rule.group_least}
