"""Rules for e-mail and phone lists, postal addresses and ids in other systems."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from anyascii import anyascii
from email_validator import EmailNotValidError, validate_email

from domain.drafts import EmailDraft, PhoneDraft
from domain.problems import FieldFault
from domain.values import EmailAddress, ExternalId, PhoneKind, PhoneNumber, PostalAddress
from services.matching.phones import MOBILE, fold_phone
from services.validation.reading import Reading, read_fields, required
from services.validation.texts import country, text

MAX_ENTRIES = 20
MAX_EMAIL = 254
"""RFC 5321, as corrected by RFC 3696's erratum 1690."""
MAX_PHONE = 60
MIN_PHONE_DIGITS = 4
MAX_PHONE_DIGITS = 30

_PHONE = re.compile(
    r"(?:\d|[\s+\-\u2010-\u2015\u2212/.,:;()\[\]*#~&]|(?:ext|extn|extension|x|dw|durchwahl|nst|app|apparat|or|oder)(?![^\W\d_]))*",
    re.IGNORECASE,
)
_ADDRESS = {
    "street": text(200),
    "house_number": text(40),
    "postcode": text(20),
    "city": text(120),
    "region": text(120),
    "country": country,
}
_EXTERNAL_ID = {"system": required(text(100)), "value": required(text(200))}
_read_email = required(text(MAX_EMAIL))
_read_phone = required(text(MAX_PHONE))

Raw = TypeVar("Raw")
Entry = TypeVar("Entry", EmailAddress, PhoneNumber)


def emails(raw: Sequence[EmailDraft] | None, reading: Reading) -> tuple[EmailAddress, ...]:
    """The e-mail list: addresses of right syntax (no DNS is asked), each once, exactly one of them primary."""
    entries = _read_entries(raw, reading, _email)
    return _with_one_primary(entries, lambda each: each.address.casefold())


def _email(raw: EmailDraft, reading: Reading) -> EmailAddress | None:
    place = reading.at("address")
    address: str | None = _read_email(raw.address, place)
    if address is None:
        return None
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        place.refuse(FieldFault.BAD_EMAIL)
        return None
    return EmailAddress(address, raw.is_primary)


def phones(raw: Sequence[PhoneDraft] | None, reading: Reading) -> tuple[PhoneNumber, ...]:
    """The phone list: numbers as given, each once (a fax may share its number), exactly one of them primary."""
    entries = _read_entries(raw, reading, _phone)
    return _with_one_primary(entries, lambda each: _same_line(each, reading.country))


def _phone(raw: PhoneDraft, reading: Reading) -> PhoneNumber | None:
    place = reading.at("number")
    number: str | None = _read_phone(raw.number, place)
    if number is None:
        return None
    is_right_size = MIN_PHONE_DIGITS <= sum(each.isdecimal() for each in number) <= MAX_PHONE_DIGITS
    if not is_right_size or not _PHONE.fullmatch(number):
        place.refuse(FieldFault.BAD_PHONE)
        return None
    return PhoneNumber(number, raw.kind or _kind_of(number, reading.country), raw.is_primary)


def _kind_of(number: str, default_country: str) -> PhoneKind:
    _, kind = fold_phone(number, PhoneKind.LANDLINE, default_country)
    return PhoneKind.MOBILE if kind == MOBILE else PhoneKind.LANDLINE


def _same_line(phone: PhoneNumber, default_country: str) -> Hashable:
    international, _ = fold_phone(phone.number, phone.kind, default_country)
    digits = "".join(each for each in anyascii(phone.number) if each.isdecimal())
    return international or digits, phone.kind is PhoneKind.FAX


def _read_entries(
    raw: Sequence[Raw] | None, reading: Reading, read: Callable[[Raw, Reading], Entry | None]
) -> list[Entry]:
    given = raw or ()
    if len(given) > MAX_ENTRIES:
        reading.refuse(FieldFault.TOO_MANY, str(MAX_ENTRIES))
        return []
    if sum(getattr(each, "is_primary", False) for each in given) > 1:
        reading.refuse(FieldFault.SEVERAL_PRIMARY)
    entries = [read(each, reading.at(str(index))) for index, each in enumerate(given)]
    return [each for each in entries if each is not None]


def _with_one_primary(entries: Sequence[Entry], identity: Callable[[Entry], Hashable]) -> tuple[Entry, ...]:
    distinct: dict[Hashable, Entry] = {}
    for each in entries:
        distinct.setdefault(identity(each), each)
    marked = next((identity(each) for each in entries if each.is_primary), next(iter(distinct), None))
    return tuple(replace(each, is_primary=key == marked) for key, each in distinct.items())


def address(raw: PostalAddress | None, reading: Reading) -> PostalAddress | None:
    """The postal address; one without any part is none."""
    if raw is None:
        return None
    value = PostalAddress(**read_fields(raw, _ADDRESS, reading))
    return None if value.is_empty else value


def external_ids(raw: Sequence[ExternalId] | None, reading: Reading) -> tuple[ExternalId, ...]:
    """Ids in other systems, each once."""
    given = raw or ()
    if len(given) > MAX_ENTRIES:
        reading.refuse(FieldFault.TOO_MANY, str(MAX_ENTRIES))
        return ()
    read = [read_fields(each, _EXTERNAL_ID, reading.at(str(index))) for index, each in enumerate(given)]
    return tuple(dict.fromkeys(ExternalId(**each) for each in read))
