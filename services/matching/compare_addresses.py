"""Postal addresses held against each other, part by part; together they are capped, because the parts correlate."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from domain.matches import Evidence, EvidenceCode, EvidenceKind
from services.matching.model import CompanyDocument, PersonDocument
from services.matching.settings import MatchSettings
from services.matching.streets import STREET_KINDS
from services.matching.text import squash
from services.matching.weights import Weight

Document = CompanyDocument | PersonDocument

_SIMILAR = 0.7
_SLIP = 0.74
_OTHER_KIND_OF_STREET = 0.8
_MIN_STREET = 4
_CITY_PART = 0.9
_CORRELATED_SHARE = 0.35


def compare_addresses(lead: Document, existing: Document, settings: MatchSettings) -> Evidence | None:
    """Evidence from all parts that both sides have. None if there is no such part but the country."""
    street = street_similarity(lead.street, existing.street)
    postcode = postcode_similarity(lead.postcode, existing.postcode)
    city = city_similarity(lead.city, existing.city)
    if street is None and postcode is None and city is None:
        return None
    weights = settings.weights
    number = number_similarity(lead.house_number, existing.house_number)
    place = _correlated(_bits(postcode, weights.postcode), _bits(city, weights.city))
    has_street = street is not None and street > 0
    bits = place + _bits(street, weights.street) + (_bits(number, weights.house_number) if has_street else 0.0)
    bits += _region_bits(lead, existing, settings)
    if lead.country and existing.country and lead.country != existing.country:
        bits += weights.country.disagree
    known = [each for each in (street, number, postcode, city) if each is not None]
    return Evidence(
        kind=EvidenceKind.ADDRESS,
        code=_code(street, number, postcode, city),
        bits=max(weights.address_least, min(bits, weights.address_most)),
        lead_value=_one_line(lead),
        existing_value=_one_line(existing),
        similarity=round(sum(known) / len(known), 3),
    )


@lru_cache(maxsize=65_536)
def street_similarity(one: str, other: str) -> float | None:
    """Streets: equal, the same but for the kind of street, similar, or different. None if a side is empty."""
    if not one or not other:
        return None
    if one == other:
        return 1.0
    similarity = _similar(squash(one), squash(other), _SIMILAR)
    if similarity < _OTHER_KIND_OF_STREET and _differ_in_kind_only(one, other):
        return _OTHER_KIND_OF_STREET
    return similarity


def number_similarity(one: str, other: str) -> float | None:
    """House numbers: equal, one with a letter or range more (0.7), or different. None if a side is empty."""
    if not one or not other:
        return None
    if one == other:
        return 1.0
    return 0.7 if _leading_digits(one) == _leading_digits(other) != "" else 0.0


def postcode_similarity(one: str, other: str) -> float | None:
    """Postcodes: equal, one slip apart, or different. None if a side is empty."""
    if not one or not other:
        return None
    return 1.0 if one == other else _similar(one, other, _SLIP)


@lru_cache(maxsize=65_536)
def city_similarity(one: str, other: str) -> float | None:
    """Cities: equal, one the beginning of the other (Frankfurt, Frankfurt am Main), similar, or different."""
    if not one or not other:
        return None
    if one == other:
        return 1.0
    if f"{other} ".startswith(f"{one} ") or f"{one} ".startswith(f"{other} "):
        return _CITY_PART
    return _similar(squash(one), squash(other), _SIMILAR)


@lru_cache(maxsize=65_536)
def _similar(one: str, other: str, least: float) -> float:
    similarity: float = OSA.normalized_similarity(one, other, score_cutoff=least)
    return similarity


def _differ_in_kind_only(one: str, other: str) -> bool:
    """Whether one side ends with a kind of street before which the other side begins alike (Stobie Pl, Stobie
    Palce).
    """
    for street, against in ((one, other), (other, one)):
        name, _, kind = street.rpartition(" ")
        if kind in STREET_KINDS and len(name) >= _MIN_STREET and squash(against).startswith(squash(name)):
            return True
    return False


def _bits(similarity: float | None, weight: Weight) -> float:
    if similarity is None:
        return 0.0
    if similarity == 0.0:
        return weight.disagree
    return weight.agree * max(0.0, 1.0 - 1.6 * (1.0 - similarity))


def _correlated(one: float, other: float) -> float:
    """Postcode and city say much the same: the stronger counts full where both agree."""
    if one > 0 and other > 0:
        return max(one, other) + _CORRELATED_SHARE * min(one, other)
    return one + other


def _region_bits(lead: Document, existing: Document, settings: MatchSettings) -> float:
    if not lead.region or not existing.region:
        return 0.0
    weight = settings.weights.region
    return weight.agree if lead.region == existing.region else weight.disagree


def _code(street: float | None, number: float | None, postcode: float | None, city: float | None) -> EvidenceCode:
    is_same_place = (postcode or 0.0) == 1.0 or (city or 0.0) >= _CITY_PART
    if street == 1.0 and is_same_place and number in {1.0, None} and 0.0 not in {postcode, city}:
        return EvidenceCode.ADDRESS_EQUAL
    if street:
        return EvidenceCode.ADDRESS_SIMILAR
    if is_same_place:
        return EvidenceCode.ADDRESS_SAME_PLACE
    return EvidenceCode.ADDRESS_SIMILAR if postcode or city else EvidenceCode.ADDRESS_DIFFERENT


def _leading_digits(number: str) -> str:
    length = next((index for index, each in enumerate(number) if not each.isdigit()), len(number))
    return number[:length]


def _one_line(document: Document) -> str:
    street = " ".join(part for part in (document.street, document.house_number) if part)
    place = " ".join(part for part in (document.postcode, document.city) if part)
    return ", ".join(part for part in (street, place) if part)
