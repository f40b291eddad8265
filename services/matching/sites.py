"""Sites of one company: accounts of one name at several places, of which a lead may mean any.

An e-mail address, domain or VAT id is the company's, and stands at whichever site somebody entered it; place and phone
are the site's.
"""

from domain.matches import EvidenceCode, EvidenceKind
from services.matching.compare_addresses import (
    city_similarity,
    number_similarity,
    postcode_similarity,
    street_similarity,
)
from services.matching.exact import judge_account
from services.matching.model import CompanyDocument, LeadDocument
from services.matching.score import Score

_OF_SITE = frozenset({EvidenceKind.ADDRESS, EvidenceKind.PHONE})


def is_other_site(one: CompanyDocument, other: CompanyDocument) -> bool:
    """Whether the addresses are of two places: another street, another number in it, or another town.

    Another town is told by city and postcode together: a postcode with a slip beside another city is another town.
    """
    numbers = number_similarity(one.house_number, other.house_number)
    postcode, city = postcode_similarity(one.postcode, other.postcode), city_similarity(one.city, other.city)
    is_elsewhere = (city == 0.0 and postcode != 1.0) or (postcode == 0.0 and not city)
    return street_similarity(one.street, other.street) == 0.0 or numbers == 0.0 or is_elsewhere


def is_told_site(lead: LeadDocument, account: CompanyDocument) -> bool:
    """Whether the lead tells the account's place or one of its phone numbers."""
    return not _OF_SITE.isdisjoint(judge_account(lead, account).agreeing)


def may_be_site(lead: LeadDocument, account: CompanyDocument, score: Score) -> bool:
    """Whether the account has the name of the lead's company, and contradicts the lead in nothing.

    Another extension of its switchboard is no contradiction.
    """
    judgement = judge_account(lead, account)
    against = set(judgement.contradicting)
    if any(each.code is EvidenceCode.PHONE_SAME_TRUNK for each in score.evidence):
        against.discard(EvidenceKind.PHONE)
    return EvidenceKind.NAME in judgement.agreeing and not against
