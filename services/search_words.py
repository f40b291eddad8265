"""The words that records are found by, and the words of a search, folded in the same way.

A search finds a record if each of its words begins one of the record's: names, city and postcode, e-mail addresses,
websites, phone numbers, VAT id; for leads also what they are about. Folding makes words lower case and ASCII, with ae,
oe, ue and ä, ö, ü all as a, o, u. It works letter by letter, so the folded beginning of a word is the beginning of the
folded word. Numbers are compared without leading zeros, phone numbers with and without their country code, so that
``0351 12``, ``+49 351 12`` and ``0049/35112`` find the same.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from domain.records import Account, Contact, Lead
from domain.values import EmailAddress, PhoneNumber
from services.matching.phones import fold_phone
from services.matching.text import fold

MAX_WORD = 40
"""Letters of a word that count; the rest is cut on both sides."""
MAX_WORDS = 24
"""Words that a record is found by; the first ones of ``search_words``' order."""
MAX_NAME_WORDS = 10
MAX_TERMS = 6
"""Words of a search that count; the rest is ignored."""
MIN_TERM = 2
"""Shorter words of a search are ignored: they would find half of the tenant's records."""
MAX_QUERY = 200
"""Letters of a search that are looked at."""
MIN_JOINED_DIGITS = 6
_COMMON = "ag and at ch co com de der die eu gmbh inc info kg ltd mbh net org the und van von www"
COMMON_WORDS = frozenset(_COMMON.split())
"""Words that so many records have that they narrow no list: a search ignores them beside other words (own list)."""

_WORD = re.compile(r"[a-z0-9]+")
_LENGTHENED = re.compile(r"(?<=[aou])e|(?<=a)a")
_MAILBOX = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]*")
_NO_MAILBOX = re.compile(r"[^a-z0-9@._+-]+")
_WEBSITE = re.compile(r"\b(?:https?://(?:www\.)?|www\.)([^\s/?#]+)\S*")
_DIGITS = re.compile(r"(?<!\w)\+?\(?\d[\d\s()/.\-]*\d(?!\w)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Searchable = Lead | Account | Contact


def fold_word(text: str) -> str:
    """Fold text for finding: lower case, ASCII, umlauts and their spellings alike. At most 600 letters count."""
    return _LENGTHENED.sub("", fold(text))


def search_words(record: Searchable, default_country: str) -> tuple[str, ...]:
    """The words a record is found by: at most 24 of at most 40 letters, each once, the telling ones first.

    ``default_country`` (ISO 3166-1 alpha-2) is where a phone number without country code belongs.
    """
    words = (word[:MAX_WORD] for word in _words_of(record, default_country) if word)
    return tuple(islice(dict.fromkeys(words), MAX_WORDS))


def _words_of(record: Searchable, default_country: str) -> Iterator[str]:
    yield from islice(_words(_names(record)), MAX_NAME_WORDS)
    vat_id, website = _company_details(record)
    yield from _vat_words(vat_id)
    if record.address is not None:
        yield from islice(_words((record.address.city, record.address.postcode)), MAX_NAME_WORDS)
    yield from _mail_words(record.emails)
    yield from _phone_words(record.phones, default_country)
    yield from _site_words(website)
    if isinstance(record, Lead):
        yield from _words((record.external_id, record.subject, record.interest))


def _names(record: Searchable) -> tuple[str | None, ...]:
    if isinstance(record, Account):
        return (record.name,)
    if isinstance(record, Contact):
        return (record.last_name, record.first_name)
    return (record.company.name, record.person.last_name, record.person.first_name)


def _company_details(record: Searchable) -> tuple[str | None, str | None]:
    if isinstance(record, Contact):
        return None, None
    company = record if isinstance(record, Account) else record.company
    return company.vat_id, company.website


def _words(texts: Iterable[str | None]) -> Iterator[str]:
    for text in texts:
        if text:
            yield from map(_number, _WORD.findall(fold_word(text)))


def _number(word: str) -> str:
    return word.lstrip("0") or "0" if word.isdecimal() else word


def _vat_words(vat_id: str | None) -> Iterator[str]:
    whole = "".join(_WORD.findall(fold_word(vat_id or "")))
    yield whole
    yield _number(whole.lstrip(_LETTERS))


def _mail_words(emails: tuple[EmailAddress, ...]) -> Iterator[str]:
    for each in emails:
        yield _fold_mailbox(each.address)
        yield from _telling(_words((each.address,)))


def _fold_mailbox(address: str) -> str:
    return _NO_MAILBOX.sub("", fold_word(address))


def _site_words(website: str | None) -> Iterator[str]:
    return _telling(_words((_WEBSITE.sub(r"\1", (website or "").casefold()),)))


def _telling(words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if word not in COMMON_WORDS)


def _phone_words(phones: tuple[PhoneNumber, ...], default_country: str) -> Iterator[str]:
    for each in phones:
        international, _ = fold_phone(each.number, each.kind, default_country)
        if international:
            digits = international.removeprefix("+")
            yield _without_country_code(digits)
            yield digits
        else:
            yield _number("".join(_WORD.findall(fold_word(each.number))).strip(_LETTERS))


def _without_country_code(digits: str) -> str:
    # Country codes are prefix-free (ITU-T E.164).
    length = next((each for each in (1, 2, 3) if int(digits[:each]) in COUNTRY_CODE_TO_REGION_CODE), 0)
    return _number(digits[length:])


def fold_query(text: str) -> tuple[str, ...]:
    """The terms of a search as it was typed: at most 6, each at least 2 letters long, e-mail addresses first.

    E-mail addresses stay whole, and digits that are grouped like a phone number are joined. Legal forms and the like
    are ignored beside other words. () if nothing is left to look for (nothing, or single letters only): then the search
    does not narrow the list.
    """
    rest = _WEBSITE.sub(r"\1", text[:MAX_QUERY].casefold())
    terms = [_fold_mailbox(each) for each in _MAILBOX.findall(rest)]
    rest = _DIGITS.sub(_join_digits, fold_word(_MAILBOX.sub(" ", rest)))
    terms += map(_number, _WORD.findall(rest))
    long_enough = list(dict.fromkeys(term[:MAX_WORD] for term in terms if len(term) >= MIN_TERM))
    telling = [term for term in long_enough if term not in COMMON_WORDS]
    return tuple((telling or long_enough)[:MAX_TERMS])


def _join_digits(found: re.Match[str]) -> str:
    joined = "".join(_WORD.findall(found.group()))
    return joined if len(joined) >= MIN_JOINED_DIGITS else found.group()
