"""Ways to reach somebody, held against each other: e-mails and phones."""

from rapidfuzz.distance import OSA

from domain.matches import Evidence, EvidenceCode, EvidenceKind
from services.matching.emails import ROLE_NAMES, company_domain, domain_of, local_name
from services.matching.model import CompanyDocument, PersonDocument
from services.matching.name_readings import is_named_by_initial, is_named_in_full
from services.matching.phones import LANDLINE, MOBILE, UNKNOWN
from services.matching.settings import MatchSettings
from services.matching.weights import Weights

Document = CompanyDocument | PersonDocument

_TRUNK_CUT = 3
_MIN_TRUNK = 9
_SIMILAR_MAILBOX = 0.88
_COMPARABLE = frozenset({LANDLINE + LANDLINE, MOBILE + MOBILE, "FF"})


def compare_emails(lead: PersonDocument, contact: PersonDocument, settings: MatchSettings) -> Evidence | None:
    """Evidence from the e-mails of a person; a mailbox of a function (info@) says less. None if a side has none."""
    if not lead.emails or not contact.emails:
        return None
    weights = settings.weights
    shared = _shared(lead.emails, contact.emails)
    if shared:
        return _equal_email(shared, weights)
    similar, bits = _most_similar(lead, contact, weights)
    code = EvidenceCode.EMAIL_SIMILAR if similar else EvidenceCode.EMAIL_DIFFERENT
    one, other = similar or (lead.emails[0], contact.emails[0])
    return Evidence(
        kind=EvidenceKind.EMAIL,
        code=code,
        bits=bits,
        lead_value=one,
        existing_value=other,
        similarity=round(OSA.normalized_similarity(one, other), 3),
    )


def compare_company_emails(lead: CompanyDocument, account: CompanyDocument, settings: MatchSettings) -> Evidence | None:
    """Evidence from an equal mailbox of a company. Different ones say nothing: a company has many."""
    shared = _shared(lead.emails, account.emails)
    if not shared:
        return None
    agree = settings.weights.email.agree
    return Evidence(
        kind=EvidenceKind.EMAIL,
        code=EvidenceCode.EMAIL_EQUAL,
        bits=agree,
        lead_value=shared,
        existing_value=shared,
        similarity=1.0,
    )


def compare_phones(lead: Document, existing: Document, settings: MatchSettings) -> Evidence | None:
    """Evidence from the phones: an equal one, lines of one trunk, or lines of one kind none of which is equal."""
    if not lead.phones or not existing.phones:
        return None
    weights = settings.weights
    shared = _shared(lead.phones, existing.phones)
    if shared:
        return _phone_evidence(EvidenceCode.PHONE_EQUAL, weights.phone.agree, shared, shared)
    for one, kind in zip(lead.phones, lead.phone_kinds, strict=True):
        for other in existing.phones if kind in {LANDLINE, UNKNOWN} else ():
            if _is_same_trunk(one, other):
                return _phone_evidence(EvidenceCode.PHONE_SAME_TRUNK, weights.phone_same_trunk, one, other)
    if not have_comparable_phones(lead, existing):
        return None
    return _phone_evidence(EvidenceCode.PHONE_DIFFERENT, weights.phone.disagree, lead.phones[0], existing.phones[0])


def have_comparable_phones(lead: Document, existing: Document) -> bool:
    """Whether both sides have lines of one kind; one of unknown kind compares with any but a fax."""
    return any(
        one + other in _COMPARABLE or (UNKNOWN in one + other and "F" not in one + other)
        for one in lead.phone_kinds
        for other in existing.phone_kinds
    )


def _shared(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """An entry of both, preferably no mailbox of a function."""
    shared = [each for each in left if each in right]
    return next((each for each in shared if each.partition("@")[0] not in ROLE_NAMES), shared[0] if shared else "")


def _equal_email(shared: str, weights: Weights) -> Evidence:
    is_function = shared.partition("@")[0] in ROLE_NAMES
    return Evidence(
        kind=EvidenceKind.EMAIL,
        code=EvidenceCode.EMAIL_EQUAL,
        bits=weights.email_of_function if is_function else weights.email.agree,
        lead_value=shared,
        existing_value=shared,
        similarity=1.0,
    )


def _most_similar(
    lead: PersonDocument, contact: PersonDocument, weights: Weights
) -> tuple[tuple[str, str] | None, float]:
    """The most similar pair of addresses, if any is similar, and its bits."""
    best: tuple[tuple[str, str] | None, float] = (None, weights.email.disagree)
    for one in lead.emails:
        for other in contact.emails:
            bits = _similar_bits(one, other, weights)
            if bits is None:
                is_of_name = _is_of_name(one, lead) or _is_of_name(other, contact)
                bits = weights.email_same_name if is_of_name else weights.email_same_mailbox
            if bits > best[1]:
                best = ((one, other), bits)
    return best


def _is_of_name(email: str, person: PersonDocument) -> bool:
    """Whether the address is made of the person's names, as those of namesakes are."""
    names = (email,), person.first_names, person.last_names
    return is_named_in_full(*names) or is_named_by_initial(*names)


def _similar_bits(one: str, other: str, weights: Weights) -> float | None:
    """What two addresses that are not equal are worth; None for the same mailbox elsewhere, which depends on whose."""
    is_same_domain = domain_of(one) == domain_of(other)
    local, other_local = local_name(one), local_name(other)
    has_same_mailbox = bool(local) and local == other_local
    is_alike = has_same_mailbox or OSA.normalized_similarity(local, other_local) >= _SIMILAR_MAILBOX
    if is_same_domain and local and other_local and is_alike:
        return weights.email_of_function
    if has_same_mailbox:
        return None
    return weights.colleague_domain if is_same_domain and company_domain(one) else weights.email.disagree


def _is_same_trunk(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > _TRUNK_CUT:
        return False
    trunk = min(len(one), len(other)) - _TRUNK_CUT
    return trunk >= _MIN_TRUNK and one[:trunk] == other[:trunk]


def _phone_evidence(code: EvidenceCode, bits: float, lead_value: str, existing_value: str) -> Evidence:
    return Evidence(
        kind=EvidenceKind.PHONE,
        code=code,
        bits=bits,
        lead_value=lead_value,
        existing_value=existing_value,
        similarity=round(OSA.normalized_similarity(lead_value, existing_value), 3),
    )
