"""How rare a word of a name is: what its agreement is worth, in bits."""

from math import log2

from domain.matches import Evidence, EvidenceCode
from services.matching.companies import COMMON_WORDS, UNMARKED_WORDS
from services.matching.hashes import hash_of
from services.matching.keys import COMPANY_WORD, FIRST_NAME, LAST_NAME
from services.matching.model import Statistics
from services.matching.people import PARTICLES
from services.matching.settings import MatchSettings

_IDENTIFIERS = {
    EvidenceCode.EMAIL_EQUAL: "email",
    EvidenceCode.PHONE_EQUAL: "phone",
    EvidenceCode.DOMAIN_EQUAL: "domain",
    EvidenceCode.VAT_ID_EQUAL: "vat",
}
"""Families of the keys whose frequencies tell how many records have the identifier."""
_IDENTIFYING = 10.0
_LEAST = 0.5
_MOST = 17.0
_LETTER_BITS = 4.5
"""A single letter tells one of about 26: it is never rarer than this."""


def prior(records: int, settings: MatchSettings) -> float:
    """Log2 of the expected matches among all records, negative: the more there are, the more evidence it takes."""
    return log2(settings.expected_matches / (records + settings.background_records))


def company_word_bits(word: str, statistics: Statistics, settings: MatchSettings) -> float:
    """The rarity of a word of a company's name: log2(records / frequency), blended with a background."""
    if word in UNMARKED_WORDS:
        return 0.0
    share = settings.background_common if word in COMMON_WORDS else settings.background_rare
    frequency = statistics.frequencies.get(hash_of(COMPANY_WORD, word), 0)
    return _bits(word, frequency, statistics.accounts, share, settings)


def first_name_bits(word: str, statistics: Statistics, settings: MatchSettings) -> float:
    """The rarity of a first name."""
    frequency = statistics.frequencies.get(hash_of(FIRST_NAME, word), 0)
    return _bits(word, frequency, statistics.contacts, settings.background_rare, settings)


def last_name_bits(word: str, statistics: Statistics, settings: MatchSettings) -> float:
    """The rarity of a word of a last name."""
    if word in PARTICLES:
        return _LEAST
    frequency = statistics.frequencies.get(hash_of(LAST_NAME, word), 0)
    return _bits(word, frequency, statistics.contacts, settings.background_rare, settings)


def identifier_bits(evidence: Evidence, records: int, statistics: Statistics, settings: MatchSettings) -> float:
    """The bits of an equal e-mail, phone, domain or VAT id in a base of this many records; others keep theirs.

    An identifier is worth at least what it takes to find one record among all, less how many records have it, so that
    it brings a record up for a look in a base of any size. A mailbox of a function does not identify a person.
    """
    family = _IDENTIFIERS.get(evidence.code)
    if family is None or evidence.bits < _IDENTIFYING:
        return evidence.bits
    frequency = statistics.frequencies.get(hash_of(family, evidence.lead_value or ""), 0)
    return max(evidence.bits, log2(records + settings.background_records)) - log2(max(1, frequency))


def _bits(word: str, frequency: int, records: int, share: float, settings: MatchSettings) -> float:
    background = settings.background_records
    bits = log2((records + background) / (max(frequency, 1) + share * background))
    return max(_LEAST, min(bits, _MOST if len(word) > 1 else _LETTER_BITS))
