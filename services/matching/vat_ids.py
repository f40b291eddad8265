"""VAT ids stripped to their letters and digits, with the country in front, and checked where the rule is known.

Shapes: European Commission, VIES, "VAT number structure"; check digits: DE by ISO 7064 MOD 11,10, AT and BE by the
rules published by their tax offices.
"""

import re
from functools import lru_cache

_NO_WORD = re.compile(r"[^0-9A-Z]+")
_SHAPES: dict[str, re.Pattern[str]] = {
    country: re.compile(pattern)
    for country, pattern in {
        "AT": r"U\d{8}",
        "BE": r"[01]\d{9}",
        "BG": r"\d{9,10}",
        "CH": r"E?\d{9}(MWST|TVA|IVA|HR)?",
        "CY": r"\d{8}[A-Z]",
        "CZ": r"\d{8,10}",
        "DE": r"\d{9}",
        "DK": r"\d{8}",
        "EE": r"\d{9}",
        "EL": r"\d{9}",
        "ES": r"[0-9A-Z]\d{7}[0-9A-Z]",
        "FI": r"\d{8}",
        "FR": r"[0-9A-Z]{2}\d{9}",
        "GB": r"(\d{9}|\d{12}|GD\d{3}|HA\d{3})",
        "HR": r"\d{11}",
        "HU": r"\d{8}",
        "IE": r"\d[0-9A-Z*+]\d{5}[A-Z]{1,2}",
        "IT": r"\d{11}",
        "LT": r"(\d{9}|\d{12})",
        "LU": r"\d{8}",
        "LV": r"\d{11}",
        "MT": r"\d{8}",
        "NL": r"\d{9}B\d{2}",
        "PL": r"\d{10}",
        "PT": r"\d{9}",
        "RO": r"\d{2,10}",
        "SE": r"\d{12}",
        "SI": r"\d{8}",
        "SK": r"\d{10}",
    }.items()
}
_COUNTRY_ALIASES = {"GR": "EL"}
_ANY_SHAPE = re.compile(r"[A-Z]{2}(?=(?:[0-9A-Z]*\d){5})[0-9A-Z]{5,13}")
_MAX_CHARACTERS = 40


@lru_cache(maxsize=65_536)
def fold_vat_id(vat_id: str | None, country: str) -> str:
    """The id as ``DE123456789``; "" for what has no shape of a VAT id, which is then no detail at all.

    ``country`` (ISO 3166-1 alpha-2) completes an id that was given without its prefix.
    """
    text = _NO_WORD.sub("", (vat_id or "")[:_MAX_CHARACTERS].upper())
    prefix, rest = text[:2], text[2:]
    prefix = _COUNTRY_ALIASES.get(prefix, prefix)
    if prefix in _SHAPES:
        if _SHAPES[prefix].fullmatch(rest):
            return prefix + _without_suffix(prefix, rest)
    elif _ANY_SHAPE.fullmatch(text):
        return text
    home = _COUNTRY_ALIASES.get(country.upper(), country.upper())
    if home in _SHAPES and _SHAPES[home].fullmatch(text):
        return home + _without_suffix(home, text)
    return ""


def _without_suffix(prefix: str, rest: str) -> str:
    return re.sub(r"^E|(MWST|TVA|IVA|HR)$", "", rest) if prefix == "CH" else rest


def has_wrong_check_digit(vat_id: str) -> bool:
    """Whether a folded id cannot be right, by its check digits. False where the country's rule is not known here."""
    prefix, rest = vat_id[:2], vat_id[2:]
    if prefix == "DE":
        return _iso7064_mod_11_10(rest[:8]) != int(rest[8])
    if prefix == "BE":
        return 97 - int(rest[:8]) % 97 != int(rest[8:])
    if prefix == "AT":
        return _austrian_check_digit(rest[1:8]) != int(rest[8])
    return False


def _iso7064_mod_11_10(digits: str) -> int:
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = 2 * total % 11
    return (11 - product) % 10


def _austrian_check_digit(digits: str) -> int:
    total = sum(int(digit) if index % 2 == 0 else sum(divmod(2 * int(digit), 10)) for index, digit in enumerate(digits))
    return (96 - total) % 10
