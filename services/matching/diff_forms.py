"""The forms in which two values that differ in form only are equal: case, spaces, punctuation, ways of writing numbers.

Umlauts are kept: ``Müller`` and ``Mueller`` are two spellings, and which one is right only a person knows.
"""

import re
from collections.abc import Hashable

from rapidfuzz.distance import OSA

from domain.values import EmailAddress, PhoneNumber
from services.matching import domains
from services.matching.companies import parse_company
from services.matching.emails import fold_email
from services.matching.people import parse_person
from services.matching.phones import fold_phone
from services.matching.text import clean
from services.matching.vat_ids import fold_vat_id

_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?/*(?:www\.)?")
_FEW_CHARACTERS = 1_000


def spelling(text: str) -> str:
    """The letters and digits of a text in lower case, umlauts and accents as they are written."""
    return "".join(each for each in clean(text).casefold() if each.isalnum())


def person_name(text: str) -> Hashable:
    """The spelling of a name without titles."""
    first_names, last_names, generation = parse_person(text, None)
    return "".join(first_names + last_names), generation, _special_letters(text)


def company_core(name: str) -> Hashable:
    """The spelling of a company's name without its legal form; ``&`` and ``und`` are one."""
    tokens, _ = parse_company(name)
    return "".join(tokens), _special_letters(name)


def vat_id(text: str, country: str) -> str:
    """A VAT id without spaces and points, its country in front."""
    return fold_vat_id(text, country) or spelling(text)


def website(text: str) -> str:
    """A website by its registered domain; on a host that many share, with what follows."""
    domain = domains.of_website(text)
    if domains.is_company_evidence(domain):
        return domain
    return _SCHEME.sub("", clean(text).casefold()).rstrip("/")


def email(entry: EmailAddress) -> str:
    """An address in lower case and without plus-addressing."""
    return fold_email(entry.address) or clean(entry.address).casefold()


def phone(entry: PhoneNumber, country: str) -> str:
    """A number as E.164."""
    return fold_phone(entry.number, entry.kind, country)[0] or spelling(entry.number)


def similarity(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1, by Damerau-Levenshtein distance."""
    return round(OSA.normalized_similarity(one[:_FEW_CHARACTERS].casefold(), other[:_FEW_CHARACTERS].casefold()), 3)


def _special_letters(text: str) -> str:
    return "".join(each for each in clean(text).casefold() if each.isalpha() and not each.isascii())
