"""Phone numbers as E.164 with the kind of line, so that every way of writing one number is equal."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

from domain.values import PhoneKind

LANDLINE, MOBILE, FAX, UNKNOWN = "L", "M", "F", "?"
"""Kinds of line in documents. Lines of different known kinds do not contradict each other."""

_MAX_CHARACTERS = 40
_MIN_DIGITS = 5
_DIGITS = re.compile(r"\d")
_LONG_WITHOUT_PREFIX = 11
_KIND_OF_TYPE = {
    PhoneNumberType.FIXED_LINE: LANDLINE,
    PhoneNumberType.MOBILE: MOBILE,
}


@lru_cache(maxsize=131_072)
def fold_phone(number: str, kind: PhoneKind, country: str) -> tuple[str, str]:
    """The E.164 form and the kind of line; ("", "") for what cannot be a number.

    ``country`` is where a number without international prefix is dialled. A long number without any prefix, which
    is none of that country, is read as an international one (919876543210 is +919876543210). The kind follows from the
    numbering plan where that tells; a given kind counts only for fax and where the plan leaves it open.
    """
    text = number.strip()[: _MAX_CHARACTERS * 2]
    if len(text) > _MAX_CHARACTERS or len(_DIGITS.findall(text)) < _MIN_DIGITS:
        return "", ""
    parsed = _parse(text, country)
    if parsed is None:
        return "", ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), _kind(parsed, kind)


def _parse(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    national = _parse_once(text, country)
    if text[0] in "+0(" or sum(each.isdigit() for each in text) < _LONG_WITHOUT_PREFIX:
        return national
    international = _parse_once(f"+{text}", None)
    if international is None or not phonenumbers.is_valid_number(international):
        return national
    if national is None or not phonenumbers.is_valid_number(national):
        return international
    # Both readings are valid. Numbers of countries with a trunk prefix are written with it, and this one is not.
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country.upper())
    has_trunk_prefix = metadata is not None and bool(metadata.national_prefix)
    return international if has_trunk_prefix and not _is_mobile(national) else national


def _parse_once(text: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(text, country.upper() if country else None)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None


def _is_mobile(parsed: phonenumbers.PhoneNumber) -> bool:
    return phonenumbers.number_type(parsed) == PhoneNumberType.MOBILE


def _kind(parsed: phonenumbers.PhoneNumber, given: PhoneKind) -> str:
    if given is PhoneKind.FAX:
        return FAX
    by_plan = _KIND_OF_TYPE.get(phonenumbers.number_type(parsed))
    return by_plan or (MOBILE if given is PhoneKind.MOBILE else UNKNOWN)
