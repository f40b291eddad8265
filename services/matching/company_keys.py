"""Blocking keys of companies: which accounts are worth a look for a lead."""

from collections.abc import Iterator
from itertools import combinations

from services.matching.companies import COMMON_WORDS, UNMARKED_WORDS, acronym
from services.matching.hashes import hash_of
from services.matching.model import CompanyDocument, KeyGroup, MatchKey
from services.matching.phonetics import koelner
from services.matching.place_keys import address_keys, half_tokens, loose_address_keys, loose_phone_keys, phone_keys
from services.matching.text import collapse

_TOKENS = 3
_TOKENS_WITH_CITY = 2
_LOOSE_TOKENS = 2
_ACRONYM_LETTERS = range(2, 7)


def distinctive_tokens(document: CompanyDocument) -> list[str]:
    """The words of the name, collapsed: without articles, words of trades last, each once."""
    tokens = [token for token in document.tokens if token not in UNMARKED_WORDS] or list(document.tokens)
    tokens.sort(key=lambda token: (token in COMMON_WORDS, len(token) == 1))
    return list(dict.fromkeys(collapse(token) for token in tokens))


def company_keys(document: CompanyDocument) -> Iterator[MatchKey]:
    """The keys of tier one, for an account or the company side of a lead."""
    if document.tokens:
        yield from _name_keys(document)
    for domain in document.domains:
        yield MatchKey(hash_of("domain", domain), KeyGroup.MAIL, is_strong=True)
    for email in document.emails:
        yield MatchKey(hash_of("email", email), KeyGroup.MAIL, is_strong=True)
    if document.vat_id:
        yield MatchKey(hash_of("vat", document.vat_id), KeyGroup.ID, is_strong=True)
    yield from phone_keys(document)
    yield from address_keys(document)


def domain_name_hashes(document: CompanyDocument) -> list[int]:
    """Hashes of each domain with the name."""
    name = collapse(document.name)
    return [hash_of("domain+name", f"{domain}|{name}") for domain in document.domains if name]


def name_postcode_hashes(document: CompanyDocument) -> list[int]:
    """The hash of name and postcode, if both are known."""
    has_both = document.name and document.postcode
    return [hash_of("name+postcode", f"{collapse(document.name)}|{document.postcode}")] if has_both else []


def _name_keys(document: CompanyDocument) -> Iterator[MatchKey]:
    tokens = distinctive_tokens(document)
    joined = collapse(document.name)
    for token in tokens[:_TOKENS]:
        yield MatchKey(hash_of("company", token), KeyGroup.NAME)
    for token in tokens[:_TOKENS_WITH_CITY] if document.city else ():
        yield MatchKey(hash_of("company+city", f"{token}|{document.city[:3]}"), KeyGroup.NAME)
    for pair in combinations(tokens[:_TOKENS], 2):
        yield MatchKey(hash_of("companies", "|".join(sorted(pair))), KeyGroup.NAME)
    yield MatchKey(hash_of("joined", joined), KeyGroup.NAME)
    if document.postcode:
        yield MatchKey(hash_of("prefix+area", f"{joined[:5]}|{document.postcode[:2]}"), KeyGroup.NAME)
        yield MatchKey(hash_of("sound+postcode", f"{koelner(tokens[0])}|{document.postcode}"), KeyGroup.NAME)
    initials = acronym(document.tokens) or (joined if len(joined) in _ACRONYM_LETTERS else "")
    if initials:
        yield MatchKey(hash_of("acronym", initials), KeyGroup.NAME)
    for hash_ in domain_name_hashes(document) + name_postcode_hashes(document):
        yield MatchKey(hash_, KeyGroup.NAME, is_strong=True)


def loose_company_keys(document: CompanyDocument) -> Iterator[MatchKey]:
    """The keys of tier two."""
    for token in distinctive_tokens(document)[:_LOOSE_TOKENS]:
        for half in half_tokens(token):
            yield MatchKey(hash_of("2:company half", half), KeyGroup.NAME)
        sound = koelner(token)
        if len(sound) > 1:
            yield MatchKey(hash_of("2:company sound", sound), KeyGroup.NAME)
    yield from loose_phone_keys(document)
    yield from loose_address_keys(document)
