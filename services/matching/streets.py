"""Streets, house numbers, postcodes and cities folded for comparing."""

import re
from functools import lru_cache

from services.matching.text import fold, vocabulary, words

_ABBREVIATIONS = {
    "strasse": "str",
    "straat": "str",
    "street": "st",
    "road": "rd",
    "avenue": "ave",
    "av": "ave",
    "boulevard": "blvd",
    "bd": "blvd",
    "drive": "dr",
    "lane": "ln",
    "court": "ct",
    "crescent": "cres",
    "cr": "cres",
    "circuit": "cct",
    "place": "pl",
    "platz": "pl",
    "plaza": "pl",
    "square": "sq",
    "terrace": "tce",
    "highway": "hwy",
    "parade": "pde",
    "close": "cl",
    "grove": "gr",
    "sankt": "st",
    "saint": "st",
    "doktor": "dr",
    "professor": "prof",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "straede": "str",
}
STREET_KINDS = vocabulary("str st rd ave blvd dr ln ct cres cct pl sq tce hwy pde cl gr weg allee gasse ring")
"""Kinds of street, folded: the weakest word of a street's name."""

_JOINED_ENDINGS = (("strasse", "str"), ("platz", "pl"))
_ALWAYS_JOINED = frozenset({"str"})
_NUMBER = re.compile(r"^(?:no|nr|nummer|#)?\.?(\d{1,5})([a-z]?)((?:-\d{1,5}[a-z]?)?)$")
_NUMBER_AT_END = re.compile(r"^(.*?\D)[\s,]+((?:nr\.?\s*)?\d{1,5}\s?[a-z]?(?:\s?[-/+]\s?\d{1,5}\s?[a-z]?)?)$")
_NUMBER_AT_START = re.compile(r"^(\d{1,5}[a-z]?(?:\s?[-/]\s?\d{1,5}[a-z]?)?)[\s,]+(\D.*)$")
_NUMBER_GLUED = re.compile(r"^(.*?(?:str|strasse|weg|platz|allee|gasse|ring)\.?)(\d{1,5}\s?[a-z]?)$")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_POSTCODE_COUNTRY = re.compile(r"^(?:d|de|a|at|ch|f|fr|i|it|nl|b|be|l|lu|pl|cz|dk|s|se)[- ](?=\d)")
_NO_WORD = re.compile(r"[^0-9a-z]+")
_CITY_WORDS = {"st": "sankt", "saint": "sankt", "a": "am", "b": "bei", "mt": "mount", "ft": "fort"}
_GERMAN_POSTCODE_DIGITS = 5


@lru_cache(maxsize=65_536)
def fold_street(street: str | None, house_number: str | None) -> tuple[str, str]:
    """The street and its number, folded; a number inside the street (from either end) is taken out of it.

    ``Hauptstraße 12 a``, ``Haupt Str. 12a`` and ``12a Hauptstr.`` all give ``("hauptstr", "12a")``.
    """
    text, number = fold(street), fold_house_number(house_number)
    if not number:
        text, number = _split_number(text)
    tokens: list[str] = []
    for word in _NO_WORD.sub(" ", text).split():
        token = _abbreviate(word)
        if token in _ALWAYS_JOINED and tokens:
            tokens[-1] += token
        else:
            tokens.append(token)
    return " ".join(tokens), number


def _split_number(text: str) -> tuple[str, str]:
    for pattern, street_group, number_group in (
        (_NUMBER_AT_END, 1, 2),
        (_NUMBER_AT_START, 2, 1),
        (_NUMBER_GLUED, 1, 2),
    ):
        found = pattern.match(text)
        if found:
            return found.group(street_group), fold_house_number(found.group(number_group))
    return text, ""


def _abbreviate(word: str) -> str:
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word]
    for ending, short in _JOINED_ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)] + short
    return word


def fold_house_number(number: str | None) -> str:
    """``12 A``, ``Nr. 12a`` and ``012a`` as ``12a``; ranges as ``12-14``; anything else as its letters and digits."""
    text = fold(number).replace(" ", "").replace("/", "-").replace("+", "-")
    found = _NUMBER.match(text)
    if found:
        return _LEADING_ZEROS.sub("", found.group(1)) + found.group(2) + found.group(3)
    return _NO_WORD.sub("", text)[:16]


def fold_postcode(postcode: str | None, country: str) -> str:
    """The postcode without spaces, country prefix and case. A German one that lost its leading zero gets it back."""
    text = _NO_WORD.sub("", _POSTCODE_COUNTRY.sub("", fold(postcode)))[:12]
    if country == "DE" and text.isdigit() and len(text) == _GERMAN_POSTCODE_DIGITS - 1:
        return f"0{text}"
    return text


def fold_place(place: str | None) -> str:
    """A city or region as folded words, usual abbreviations written out (``St.`` as ``sankt``)."""
    found = words(place)
    return " ".join([*(_CITY_WORDS.get(word, word) for word in found[:1]), *(_CITY_WORDS.get(w, w) for w in found[1:])])
