"""Names and birth dates of persons, held against each other."""

from datetime import date

from rapidfuzz.distance import OSA

from domain.matches import Evidence, EvidenceCode, EvidenceKind
from services.matching.compare_words import NOTHING, Alignment, align, first_name_similarity, word_similarity
from services.matching.model import PersonDocument
from services.matching.rarity import Rarity, Words
from services.matching.settings import MatchSettings

_SIMILAR_NAME = 0.5
_NICKNAME_NAME = 0.7
_CLEARLY_STRAIGHT = 0.75
_CENTURY = 100


def compare_names(lead: PersonDocument, contact: PersonDocument, rarity: Rarity) -> Evidence | None:
    """Evidence from first and last names, straight or swapped, whichever fits better. None if a side has no name.

    What was found for a pair of names is kept with ``rarity``: namesakes come up together.
    """
    if not (lead.first_names or lead.last_names) or not (contact.first_names or contact.last_names):
        return None
    pair = (lead.first_names, lead.last_names, contact.first_names, contact.last_names)
    generations = lead.generation + "/" + contact.generation if lead.generation or contact.generation else ""
    known = rarity.compared_people.get((pair, generations))
    if known is None:
        known = rarity.compared_people[pair, generations] = _compare_names(lead, contact, rarity)
    return known


def _compare_names(lead: PersonDocument, contact: PersonDocument, rarity: Rarity) -> Evidence:
    lead_first, lead_last = rarity.first_names(lead.first_names), rarity.last_names(lead.last_names)
    first, last = rarity.first_names(contact.first_names), rarity.last_names(contact.last_names)
    settings = rarity.settings
    share = settings.weights.unmatched_word
    straight = _pair(
        align(lead_first, first, first_name_similarity, share), align(lead_last, last, word_similarity, share)
    )
    if straight.is_equal:
        return _evidence(lead, contact, straight, EvidenceCode.NAME_EQUAL, settings)
    if straight.similarity >= _CLEARLY_STRAIGHT and straight.bits > 0:
        return _evidence(lead, contact, straight, _code(lead, contact, straight), settings)
    swapped = _swapped(lead_first, lead_last, first, last, settings)
    if swapped.bits > max(straight.bits, 0.0):
        return _evidence(lead, contact, swapped, EvidenceCode.NAME_SWAPPED, settings)
    return _evidence(lead, contact, straight, _code(lead, contact, straight), settings)


def has_other_first_name(lead: PersonDocument, contact: PersonDocument, *, is_swapped: bool) -> bool:
    """Whether both first names are known and no word of the one is a form, an initial or a slip of one of the other.

    ``is_swapped``: the lead has the first name in the last name's place, or the contact has.
    """
    if not is_swapped:
        return _are_other(lead.first_names, contact.first_names)
    crossed = (lead.last_names, contact.first_names), (lead.first_names, contact.last_names)
    return any(_are_other(*each) for each in crossed)


def are_compatible(lead: PersonDocument, contact: PersonDocument) -> bool:
    """Whether the names as written may be one person's, straight or swapped: each first and each last name is missing
    on a side, a form or a slip of the other's.
    """
    straight = (lead.first_names, contact.first_names), (lead.last_names, contact.last_names)
    crossed = (lead.first_names, contact.last_names), (lead.last_names, contact.first_names)
    return any(not any(_are_other(*each) for each in pairs) for pairs in (straight, crossed))


def _are_other(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    if not ones or not others:
        return False
    return not any(first_name_similarity(one, other) for one in ones for other in others)


def compare_birth_dates(lead: PersonDocument, contact: PersonDocument, settings: MatchSettings) -> Evidence | None:
    """Evidence from the birth dates: equal, one slip of the pen apart (digit, swapped digits, day and month),
    different.
    """
    one, other = lead.birth_date, contact.birth_date
    if one is None or other is None:
        return None
    weights = settings.weights
    if one == other:
        code, bits, similarity = EvidenceCode.BIRTH_DATE_EQUAL, weights.birth_date.agree, 1.0
    elif is_slip(one, other):
        code, bits, similarity = EvidenceCode.BIRTH_DATE_SIMILAR, weights.birth_date_similar, 0.9
    else:
        code, bits, similarity = EvidenceCode.BIRTH_DATE_DIFFERENT, weights.birth_date.disagree, 0.0
    return Evidence(
        kind=EvidenceKind.BIRTH_DATE,
        code=code,
        bits=bits,
        lead_value=one.isoformat(),
        existing_value=other.isoformat(),
        similarity=similarity,
    )


def is_slip(one: date, other: date) -> bool:
    """Whether two dates differ by one digit, two neighbouring digits swapped, day and month swapped, or the century."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    if (one.month, one.day) == (other.month, other.day) and one.year % _CENTURY == other.year % _CENTURY:
        return True
    return OSA.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}", score_cutoff=1) <= 1


def _pair(first: Alignment, last: Alignment) -> Alignment:
    known = [each for each in (first, last) if each is not NOTHING]
    if not known:
        return NOTHING
    return Alignment(
        first.bits + last.bits,
        sum(each.similarity for each in known) / len(known),
        max(first.rarest, last.rarest),
        is_equal=first.is_equal and last.is_equal,
    )


def _swapped(lead_first: Words, lead_last: Words, first: Words, last: Words, settings: MatchSettings) -> Alignment:
    """First against last names; and where a side has all its names in one field, everything against everything."""
    share = settings.weights.unmatched_word
    crossed = _pair(align(lead_first, last, word_similarity, share), align(lead_last, first, word_similarity, share))
    is_in_one_field = not (lead_first.words and lead_last.words and first.words and last.words)
    if is_in_one_field and len(lead_first.words + lead_last.words) > 1:
        pooled = align(_pool(lead_first, lead_last), _pool(first, last), first_name_similarity, share)
        if pooled.bits > crossed.bits:
            crossed = pooled
    bits = crossed.bits + settings.weights.swapped_names
    return Alignment(bits, crossed.similarity, crossed.rarest)


def _pool(first: Words, last: Words) -> Words:
    return Words(first.words + last.words, first.bits + last.bits, first.joined + last.joined)


def _code(lead: PersonDocument, contact: PersonDocument, straight: Alignment) -> EvidenceCode:
    is_last_equal = "".join(lead.last_names) == "".join(contact.last_names)
    if is_last_equal and straight.similarity >= _NICKNAME_NAME and straight.bits > 0:
        one, other = lead.first_names[:1], contact.first_names[:1]
        if one and other and first_name_similarity(one[0], other[0]) > word_similarity(one[0], other[0]):
            return EvidenceCode.NAME_NICKNAME
    is_similar = straight.similarity >= _SIMILAR_NAME and straight.bits > 0
    return EvidenceCode.NAME_SIMILAR if is_similar else EvidenceCode.NAME_DIFFERENT


def _evidence(
    lead: PersonDocument, contact: PersonDocument, alignment: Alignment, code: EvidenceCode, settings: MatchSettings
) -> Evidence:
    bits = max(settings.weights.name_least, min(alignment.bits, settings.weights.name_most))
    if lead.generation and contact.generation and lead.generation != contact.generation:
        bits += settings.weights.other_generation
    return Evidence(
        kind=EvidenceKind.NAME,
        code=code,
        bits=bits,
        lead_value=_full_name(lead),
        existing_value=_full_name(contact),
        similarity=round(alignment.similarity, 3),
    )


def _full_name(document: PersonDocument) -> str:
    return " ".join(document.first_names + document.last_names)
