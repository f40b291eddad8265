"""Text folded into shapes that compare: the same code for records and for leads.

Three depths: ``clean`` keeps what a person would call the same spelling, ``fold`` brings case, umlauts and scripts
together (Müller = Mueller, not Möller or Moller), ``collapse`` is for keys only (Müller = Mueller = Muller).
Every function takes any Unicode text of any length, lone surrogates included, and never raises.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

MAX_CHARACTERS = 300
"""Longer text is cut before folding: no name or street needs more, and the cost of a record stays bounded."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"})
_APOSTROPHES = dict.fromkeys((0x27, 0x60, 0xB4, 0x2B9, 0x2BC, 0x2018, 0x2019, 0x2032, 0xFF07))
"""Code points of the apostrophe, and of what is typed for it."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_NO_WORD = re.compile(r"[^0-9a-z]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_PLAIN_VOWELS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


def clean(text: str | None) -> str:
    """The text as NFKC, at most ``MAX_CHARACTERS`` long, without lone surrogates and with single spaces."""
    if not text:
        return ""
    text = text[: MAX_CHARACTERS * 4]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _SURROGATES.sub("", text))
    return " ".join(text[:MAX_CHARACTERS].split())


@lru_cache(maxsize=65_536)
def fold(text: str | None) -> str:
    """Lower-case ASCII with ä/ö/ü/ß as ae/oe/ue/ss, no apostrophes, other scripts transliterated."""
    folded = clean(text).casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded).translate(_UMLAUTS).translate(_APOSTROPHES)
        folded = anyascii(folded).casefold()
    return folded.replace("'", "").replace("`", "")[: MAX_CHARACTERS * 2]


def words(text: str | None) -> list[str]:
    """The runs of letters and digits of the folded text."""
    return _NO_WORD.sub(" ", fold(text)).split()


def squash(text: str) -> str:
    """Folded text without spaces: the form in which split and joined compounds are equal."""
    return text.replace(" ", "")


@lru_cache(maxsize=65_536)
def collapse(text: str) -> str:
    """Folded text collapsed further, for keys only: ae/oe/ue to a/o/u and doubled letters to one."""
    for pair, vowel in _PLAIN_VOWELS:
        text = text.replace(pair, vowel)
    return _DOUBLED.sub(r"\1", text)


def vocabulary(text: str) -> frozenset[str]:
    """The words of a table that is written as text."""
    return frozenset(text.split())
