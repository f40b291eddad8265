"""Blocking keys that companies and persons share: phones, addresses, halves of words."""

from collections.abc import Iterator

from services.matching.hashes import hash_of
from services.matching.model import CompanyDocument, KeyGroup, MatchKey, PersonDocument
from services.matching.text import collapse, squash

_TRUNK_CUT = 2
_LOCAL_DIGITS = 7
_MIN_HALVED = 6
_LONG = 10
_SHORT_HALF, _LONG_HALF = 4, 5


def phone_keys(document: CompanyDocument | PersonDocument) -> Iterator[MatchKey]:
    """Each number, and each number without its last two digits (the trunk of a company's lines)."""
    for phone in document.phones:
        yield MatchKey(hash_of("phone", phone), KeyGroup.PHONE, is_strong=True)
        yield MatchKey(hash_of("trunk", phone[:-_TRUNK_CUT]), KeyGroup.PHONE)


def address_keys(document: CompanyDocument | PersonDocument) -> Iterator[MatchKey]:
    """Street and number with the city, and with the postcode."""
    if not document.street:
        return
    street = f"{squash(collapse(document.street))}|{document.house_number}"
    if document.city:
        yield MatchKey(hash_of("street+city", f"{street}|{squash(document.city)[:6]}"), KeyGroup.ADDRESS)
    if document.postcode:
        yield MatchKey(hash_of("street+postcode", f"{street}|{document.postcode}"), KeyGroup.ADDRESS)


def loose_phone_keys(document: CompanyDocument | PersonDocument) -> Iterator[MatchKey]:
    """The last digits of each number: the area code may be missing or mistaken."""
    for phone in document.phones:
        yield MatchKey(hash_of("2:phone end", phone[-_LOCAL_DIGITS:]), KeyGroup.PHONE)


def loose_address_keys(document: CompanyDocument | PersonDocument) -> Iterator[MatchKey]:
    """The street without the place, and number and postcode without the street."""
    street = squash(collapse(document.street))
    if street and document.house_number:
        yield MatchKey(hash_of("2:street", f"{street}|{document.house_number}"), KeyGroup.ADDRESS)
    if document.house_number and document.postcode:
        place = f"{document.house_number}|{document.postcode}"
        yield MatchKey(hash_of("2:number+postcode", place), KeyGroup.ADDRESS)


def half_tokens(token: str) -> list[str]:
    """The beginning and the end of a longer word: one typo leaves one of them intact."""
    if len(token) < _MIN_HALVED:
        return []
    size = _LONG_HALF if len(token) >= _LONG else _SHORT_HALF
    return [f"^{token[:size]}", f"{token[-size:]}$"]
