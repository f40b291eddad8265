"""Names, legal forms, VAT ids and domains of companies, held against each other."""

from rapidfuzz.distance import OSA

from domain.matches import Evidence, EvidenceCode, EvidenceKind
from services.matching.companies import acronym
from services.matching.compare_words import Alignment, align, word_similarity
from services.matching.model import CompanyDocument
from services.matching.rarity import Rarity
from services.matching.settings import MatchSettings
from services.matching.vat_ids import has_wrong_check_digit

_DISTINCTIVE = 6.0
"""Only a shared word at least this rare (bits) speaks for two companies being one."""
_SIMILAR_NAME = 0.5
_ACRONYM_LETTERS = range(2, 7)


def compare_names(lead: CompanyDocument, account: CompanyDocument, rarity: Rarity) -> Evidence | None:
    """Evidence from the names without their legal forms. None if a side has no name."""
    if not lead.tokens or not account.tokens:
        return None
    pair = (lead.tokens, account.tokens)
    known = rarity.compared_companies.get(pair)
    if known is None:
        # An account and each of its contacts ask for the same.
        known = rarity.compared_companies[pair] = _compare_names(lead, account, rarity)
    return known


def _compare_names(lead: CompanyDocument, account: CompanyDocument, rarity: Rarity) -> Evidence:
    weights = rarity.settings.weights
    left, right = rarity.company(lead.tokens), rarity.company(account.tokens)
    alignment = align(left, right, word_similarity, weights.unmatched_word)
    bits = max(weights.name_least, min(alignment.bits, weights.name_most))
    if bits < weights.acronym and is_acronym(lead, account):
        code, bits = EvidenceCode.NAME_ACRONYM, weights.acronym
    elif alignment.is_equal:
        code = EvidenceCode.NAME_EQUAL
    else:
        bits = bits if alignment.rarest >= _DISTINCTIVE else min(bits, 0.0)
        code = _code(alignment, bits)
    return Evidence(
        kind=EvidenceKind.NAME,
        code=code,
        bits=bits,
        lead_value=" ".join(lead.tokens),
        existing_value=" ".join(account.tokens),
        similarity=round(alignment.similarity, 3),
    )


def is_acronym(one: CompanyDocument, other: CompanyDocument) -> bool:
    """Whether one name is the initials of the other (AMD, Advanced Micro Devices)."""
    return (len(one.name) in _ACRONYM_LETTERS and one.name == acronym(other.tokens)) or (
        len(other.name) in _ACRONYM_LETTERS and other.name == acronym(one.tokens)
    )


def compare_legal_forms(lead: CompanyDocument, account: CompanyDocument, settings: MatchSettings) -> Evidence | None:
    """Weak evidence from the legal forms, where both sides have one."""
    if not lead.legal_form or not account.legal_form:
        return None
    is_equal = lead.legal_form == account.legal_form
    weight = settings.weights.legal_form
    return Evidence(
        kind=EvidenceKind.LEGAL_FORM,
        code=EvidenceCode.LEGAL_FORM_EQUAL if is_equal else EvidenceCode.LEGAL_FORM_DIFFERENT,
        bits=weight.agree if is_equal else weight.disagree,
        lead_value=lead.legal_form,
        existing_value=account.legal_form,
        similarity=1.0 if is_equal else 0.0,
    )


def compare_vat_ids(lead: CompanyDocument, account: CompanyDocument, settings: MatchSettings) -> Evidence | None:
    """Evidence from the VAT ids. One digit off counts for the same company if the check digits show a slip."""
    if not lead.vat_id or not account.vat_id:
        return None
    weights = settings.weights
    code, bits, similarity = EvidenceCode.VAT_ID_DIFFERENT, weights.vat_id.disagree, 0.0
    if lead.vat_id == account.vat_id:
        code, bits, similarity = EvidenceCode.VAT_ID_EQUAL, weights.vat_id.agree, 1.0
    elif OSA.distance(lead.vat_id, account.vat_id, score_cutoff=1) <= 1 and (
        has_wrong_check_digit(lead.vat_id) or has_wrong_check_digit(account.vat_id)
    ):
        code, bits, similarity = EvidenceCode.VAT_ID_SIMILAR, weights.vat_id_mistyped, 0.9
    return Evidence(
        kind=EvidenceKind.VAT_ID,
        code=code,
        bits=bits,
        lead_value=lead.vat_id,
        existing_value=account.vat_id,
        similarity=similarity,
    )


def compare_domains(lead: CompanyDocument, account: CompanyDocument, settings: MatchSettings) -> Evidence | None:
    """Evidence from the domains of websites and e-mails; domains of freemail providers are none."""
    if not lead.domains or not account.domains:
        return None
    shared = [domain for domain in lead.domains if domain in account.domains]
    weight = settings.weights.domain
    return Evidence(
        kind=EvidenceKind.DOMAIN,
        code=EvidenceCode.DOMAIN_EQUAL if shared else EvidenceCode.DOMAIN_DIFFERENT,
        bits=weight.agree if shared else weight.disagree,
        lead_value=(shared or lead.domains)[0],
        existing_value=(shared or account.domains)[0],
        similarity=1.0 if shared else 0.0,
    )


def _code(alignment: Alignment, bits: float) -> EvidenceCode:
    is_similar = alignment.similarity >= _SIMILAR_NAME and bits > 0
    return EvidenceCode.NAME_SIMILAR if is_similar else EvidenceCode.NAME_DIFFERENT
