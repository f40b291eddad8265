"""How rare a word of a name is: what its agreement is worth, in bits."""

from math import log2

from services.matching.companies import COMMON_WORDS, UNMARKED_WORDS
from services.matching.hashes import hash_of
from services.matching.keys import COMPANY_WORD, FIRST_NAME, LAST_NAME
from services.matching.model import Statistics
from services.matching.people import PARTICLES
from services.matching.settings import MatchSettings

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


def _bits(word: str, frequency: int, records: int, share: float, settings: MatchSettings) -> float:
    background = settings.background_records
    bits = log2((records + background) / (max(frequency, 1) + share * background))
    return max(_LEAST, min(bits, _MOST if len(word) > 1 else _LETTER_BITS))
