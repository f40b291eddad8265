"""Blocking keys of persons: which contacts are worth a look for a lead."""

from collections.abc import Iterator, Sequence
from datetime import date

from services.matching.company_keys import distinctive_tokens
from services.matching.emails import company_domain, local_name
from services.matching.hashes import hash_of
from services.matching.model import CompanyDocument, KeyGroup, MatchKey, PersonDocument
from services.matching.nicknames import formal_names
from services.matching.people import PARTICLES
from services.matching.phonetics import koelner
from services.matching.place_keys import address_keys, half_tokens, loose_address_keys, loose_phone_keys, phone_keys
from services.matching.text import collapse

_FORMAL_NAMES = 4
_SHORTEST_HALF, _LONGEST_HALF = 2, 5
_START = 3
_BOTH = 2
"""Names, where both are known."""


def birth_date_hash(born: date) -> int:
    """The hash of a birth date, with day and month in any order."""
    low, high = sorted((born.day, born.month))
    return hash_of("2:birth date", f"{born.year}|{low}|{high}")


def key_names(document: PersonDocument) -> list[str]:
    """The first of the first names and the whole last name, each in one piece and collapsed; what is missing is left
    out.

    First and last name are used alike, so that swapped names meet.
    """
    last = [token for token in document.last_names if token not in PARTICLES] or list(document.last_names)
    names = [collapse("".join(last)), *(collapse(token) for token in document.first_names[:1])]
    return [name for name in dict.fromkeys(names) if name]


def name_pairs(document: PersonDocument, names: Sequence[str]) -> list[str]:
    """The last name with the first name, and with the formal names that the first name may be short for.

    ``names`` are the ``key_names``.
    """
    if len(names) < _BOTH:
        return []
    formal = sorted(collapse(each) for each in formal_names(document.first_names[0]))
    pairs = (sorted((names[0], first)) for first in (names[1], *formal[:_FORMAL_NAMES]))
    return list(dict.fromkeys("|".join(pair) for pair in pairs))


def half_pairs(names: Sequence[str]) -> list[str]:
    """The first name with either end of the last name, and the last name with the start of the first.

    ``names`` are the ``key_names``. With one slip in one of the names, one of the pairs is still the same, and common
    names are told apart, which the ends alone do not.
    """
    if len(names) < _BOTH:
        return []
    last, first = names
    size = max(_SHORTEST_HALF, min(_LONGEST_HALF, len(last) // 2))
    return [f"{first}|^{last[:size]}", f"{first}|{last[-size:]}$", f"{last}|^{first[:_START]}"]


def person_keys(document: PersonDocument, company: CompanyDocument | None) -> Iterator[MatchKey]:
    """The keys of tier one, for a contact (with its account) or the person side of a lead (with its company)."""
    names = key_names(document)
    if document.city:
        for name in names:
            yield MatchKey(hash_of("name+city", f"{name}|{document.city[:4]}"), KeyGroup.PERSON)
    if document.postcode:
        for name in names:
            yield MatchKey(hash_of("name sound+postcode", f"{koelner(name)}|{document.postcode}"), KeyGroup.PERSON)
    if document.birth_date:
        for name in names:
            yield MatchKey(hash_of("birth date+name", f"{document.birth_date}|{name[:2]}"), KeyGroup.ID)
    for pair in name_pairs(document, names):
        yield MatchKey(hash_of("names", pair), KeyGroup.PERSON)
    for hash_ in person_domain_hashes(document, names) + person_postcode_hashes(document, names):
        yield MatchKey(hash_, KeyGroup.PERSON, is_strong=True)
    if company is not None and company.tokens and names:
        at_company = f"{names[0]}|{distinctive_tokens(company)[0]}"
        yield MatchKey(hash_of("name+company", at_company), KeyGroup.NAME)
    yield from _mail_keys(document)
    yield from phone_keys(document)
    yield from address_keys(document)


def person_domain_hashes(document: PersonDocument, names: Sequence[str]) -> list[int]:
    """Hashes of each company domain of the e-mails with the whole name, if first and last name are known.

    ``names`` are the ``key_names``.
    """
    if len(names) < _BOTH:
        return []
    domains = dict.fromkeys(company_domain(email) for email in document.emails)
    return [hash_of("person+domain", f"{domain}|{'|'.join(sorted(names))}") for domain in domains if domain]


def person_postcode_hashes(document: PersonDocument, names: Sequence[str]) -> list[int]:
    """The hash of the whole name and the postcode, if first and last name and the postcode are known.

    ``names`` are the ``key_names``.
    """
    has_all = len(names) == _BOTH and document.postcode
    return [hash_of("person+postcode", f"{document.postcode}|{'|'.join(sorted(names))}")] if has_all else []


def _mail_keys(document: PersonDocument) -> Iterator[MatchKey]:
    for email in document.emails:
        yield MatchKey(hash_of("email", email), KeyGroup.MAIL, is_strong=True)
        local = local_name(email)
        if local:
            yield MatchKey(hash_of("mailbox", local), KeyGroup.MAIL)
        domain = company_domain(email)
        if domain:
            # Not strong: a large company has thousands of contacts at its domain.
            yield MatchKey(hash_of("colleague", domain), KeyGroup.MAIL)


def loose_person_keys(document: PersonDocument) -> Iterator[MatchKey]:
    """The keys of tier two."""
    names = key_names(document)
    for name in names:
        yield MatchKey(hash_of("2:name", name), KeyGroup.PERSON)
        for half in half_tokens(name):
            yield MatchKey(hash_of("2:name half", half), KeyGroup.PERSON)
    for pair in half_pairs(names):
        yield MatchKey(hash_of("2:half names", pair), KeyGroup.PERSON)
    if len(names) == _BOTH:
        sounds = sorted(koelner(name) for name in names)
        yield MatchKey(hash_of("2:name sounds", "|".join(sounds)), KeyGroup.PERSON)
    if document.city:
        for name in names:
            yield MatchKey(hash_of("2:name sound+city", f"{koelner(name)}|{document.city[:4]}"), KeyGroup.PERSON)
    if document.postcode:
        for name in names:
            yield MatchKey(hash_of("2:initial+postcode", f"{name[:1]}|{document.postcode}"), KeyGroup.PERSON)
            area = f"{name[:3]}|{document.postcode[:3]}"
            yield MatchKey(hash_of("2:name start+area", area), KeyGroup.PERSON)
    if document.birth_date:
        yield MatchKey(birth_date_hash(document.birth_date), KeyGroup.PERSON)
    yield from loose_phone_keys(document)
    yield from loose_address_keys(document)
