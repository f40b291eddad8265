"""How rare a word of a name is: what its agreement is worth, in bits."""

from datetime import date
from math import log2
from typing import NamedTuple

from domain.matches import Evidence, EvidenceCode
from services.matching.companies import COMMON_WORDS, UNMARKED_WORDS
from services.matching.hashes import hash_of
from services.matching.keys import COMPANY_WORD, FIRST_NAME, LAST_NAME
from services.matching.model import Statistics
from services.matching.people import PARTICLES
from services.matching.person_keys import birth_date_hash
from services.matching.settings import MatchSettings

_IDENTIFIERS = {
    EvidenceCode.EMAIL_EQUAL: "email",
    EvidenceCode.PHONE_EQUAL: "phone",
    EvidenceCode.DOMAIN_EQUAL: "domain",
    EvidenceCode.VAT_ID_EQUAL: "vat",
}
"""Families of the keys whose frequencies tell how many records have the identifier."""
_BY_FREQUENCY = frozenset({EvidenceCode.BIRTH_DATE_EQUAL, *_IDENTIFIERS})
_IDENTIFYING = 10.0
_LEAST = 0.5
_MOST = 17.0
_LETTER_BITS = 4.5
"""A single letter tells one of about 26: it is never rarer than this."""


class Words(NamedTuple):
    """The words of a name, in order, with the rarity of each in bits; ``joined`` is the name in one piece."""

    words: tuple[str, ...]
    bits: tuple[float, ...]
    joined: str


class Rarity:
    """What words and identifiers are worth by one snapshot of the statistics and one tenant's settings.

    It remembers the names it was asked for, because a lead meets many candidates and a candidate many leads: make one
    for a batch. ``compared_companies`` has the evidence of pairs of company names that were compared already.
    """

    def __init__(self, statistics: Statistics, settings: MatchSettings) -> None:
        self.statistics = statistics
        self.settings = settings
        self.accounts_prior = prior(statistics.accounts, settings)
        self.contacts_prior = prior(statistics.contacts, settings)
        self.compared_companies: dict[tuple[tuple[str, ...], tuple[str, ...]], Evidence] = {}
        self.compared_people: dict[tuple[tuple[tuple[str, ...], ...], str], Evidence] = {}
        self._companies: dict[tuple[str, ...], Words] = {}
        self._first_names: dict[tuple[str, ...], Words] = {}
        self._last_names: dict[tuple[str, ...], Words] = {}

    def company(self, tokens: tuple[str, ...]) -> Words:
        """The words of a company's name; articles and prepositions are worth nothing."""
        known = self._companies.get(tokens)
        if known is None:
            known = self._companies[tokens] = Words(tokens, tuple(map(self.of_company_word, tokens)), "".join(tokens))
        return known

    def first_names(self, tokens: tuple[str, ...]) -> Words:
        """The words of a person's first names."""
        known = self._first_names.get(tokens)
        if known is None:
            known = self._first_names[tokens] = Words(tokens, tuple(map(self.of_first_name, tokens)), "".join(tokens))
        return known

    def last_names(self, tokens: tuple[str, ...]) -> Words:
        """The words of a person's last name; particles are worth next to nothing."""
        known = self._last_names.get(tokens)
        if known is None:
            known = self._last_names[tokens] = Words(tokens, tuple(map(self.of_last_name, tokens)), "".join(tokens))
        return known

    def of_company_word(self, word: str) -> float:
        """The rarity of a word of a company's name: log2(records / frequency), blended with a background."""
        if word in UNMARKED_WORDS:
            return 0.0
        settings = self.settings
        share = settings.background_common if word in COMMON_WORDS else settings.background_rare
        return self._bits(COMPANY_WORD, word, self.statistics.accounts, share)

    def of_first_name(self, word: str) -> float:
        """The rarity of a first name."""
        return self._bits(FIRST_NAME, word, self.statistics.contacts, self.settings.background_rare)

    def of_last_name(self, word: str) -> float:
        """The rarity of a word of a last name."""
        if word in PARTICLES:
            return _LEAST
        return self._bits(LAST_NAME, word, self.statistics.contacts, self.settings.background_rare)

    def by_frequency(self, evidence: Evidence | None, records: int) -> Evidence | None:
        """An equal e-mail, phone, domain, VAT id or birth date with its bits in a base of this many records; all else
        as it is.

        An identifier is worth at least what it takes to find one record among all, less how many records have it, so
        that it brings a record up for a look in a base of any size. A mailbox of a function does not identify a person.
        A birth date is worth no more than how rare it is: the first of January is often a placeholder.
        """
        if evidence is None or evidence.bits <= 0 or evidence.code not in _BY_FREQUENCY:
            return evidence
        value = evidence.lead_value or ""
        if evidence.code is EvidenceCode.BIRTH_DATE_EQUAL:
            frequency = self.statistics.frequency(birth_date_hash(date.fromisoformat(value)))
            bits = min(evidence.bits, log2((records + self.settings.background_records) / frequency))
        elif evidence.bits < _IDENTIFYING:
            return evidence
        else:
            frequency = self.statistics.frequency(hash_of(_IDENTIFIERS[evidence.code], value))
            bits = max(evidence.bits, log2(records + self.settings.background_records)) - log2(frequency)
        return evidence._replace(bits=bits)

    def _bits(self, family: str, word: str, records: int, share: float) -> float:
        frequency = self.statistics.frequencies.get(hash_of(family, word), 0)
        background = self.settings.background_records
        bits = log2((records + background) / (max(frequency, 1) + share * background))
        return max(_LEAST, min(bits, _MOST if len(word) > 1 else _LETTER_BITS))


def prior(records: int, settings: MatchSettings) -> float:
    """Log2 of the expected matches among all records, negative: the more there are, the more evidence it takes."""
    return log2(settings.expected_matches / (records + settings.background_records))
