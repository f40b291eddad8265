"""Fingerprints of what identifies a record or a lead: two that are equal say that nothing of it has changed.

They are not made of documents. What a document looks like changes with the normaliser, and everything that users have
said about pairs would be forgotten with it; this form is deliberately simple and stays as it is (a test holds it to
its values). Spelling, order and the form of phone numbers and web addresses make no difference; salutation, title,
owner, ids elsewhere and whatever else does not identify (product: the fields marked I) are not looked at.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b

import phonenumbers

from domain.records import Account, Contact, Lead
from domain.values import EmailAddress, PhoneNumber, PostalAddress

_SEPARATOR = "\x1f"


def lead_fingerprint(lead: Lead, country: str) -> int:
    """The fingerprint of a lead's company and person, as a signed 64-bit integer.

    ``country`` is the tenant's default country, ISO 3166-1 alpha-2. Leads with the same details have the same one.
    """
    company, person = lead.company, lead.person
    return _hash(
        lead.tenant_id,
        "lead",
        _text(company.name),
        _text(company.legal_form),
        _text(company.vat_id),
        _site(company.website),
        *_person(person.first_name, person.last_name, person.birth_date),
        *_reach(lead, country),
    )


def account_fingerprint(account: Account, country: str) -> int:
    """The fingerprint of an account, likewise."""
    own = _text(account.name), _text(account.vat_id), _site(account.website)
    return _hash(account.tenant_id, "account", *own, *_reach(account, country))


def contact_fingerprint(contact: Contact, country: str) -> int:
    """The fingerprint of a contact, likewise; which account it belongs to does not identify it."""
    own = _person(contact.first_name, contact.last_name, contact.birth_date)
    return _hash(contact.tenant_id, "contact", *own, *_reach(contact, country))


def _hash(tenant_id: int, *parts: str) -> int:
    """BLAKE2b (RFC 7693) with 8 bytes, salted so that equal people at two tenants have nothing in common."""
    text = _SEPARATOR.join(parts).encode("utf-8", "ignore")
    digest = blake2b(text, digest_size=8, salt=tenant_id.to_bytes(8, "big")).digest()
    return int.from_bytes(digest, "big", signed=True)


def _text(text: str | None) -> str:
    """Letters and digits in lower case: spaces, hyphens and full stops are form."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(each for each in folded if each.isalnum())


def _site(website: str | None) -> str:
    """The host of a web address, without ``www.``."""
    address = (website or "").strip().casefold()
    host = address.rpartition("://")[2].partition("/")[0].partition("?")[0]
    return host.removeprefix("www.").rstrip(".")


def _person(first_name: str | None, last_name: str | None, birth_date: date | None) -> tuple[str, ...]:
    return _text(first_name), _text(last_name), birth_date.isoformat() if birth_date else ""


def _reach(record: Lead | Account | Contact, country: str) -> tuple[str, ...]:
    return _emails(record.emails), _phones(record.phones, country), *_address(record.address, country)


def _emails(emails: Iterable[EmailAddress]) -> str:
    return " ".join(sorted({each.address.strip().casefold() for each in emails}))


def _phones(phones: Iterable[PhoneNumber], country: str) -> str:
    return " ".join(sorted({_phone(each.number, country) for each in phones}))


def _phone(number: str, country: str) -> str:
    """The digits with the country's calling code in front, as far as the number's own form tells."""
    text = number.strip().replace("(0)", "")
    digits = "".join(each for each in unicodedata.normalize("NFKC", text) if each in "0123456789")
    if text.startswith(("+", "00")):
        return digits.removeprefix("00")
    if digits.startswith("0"):
        return f"{phonenumbers.country_code_for_region(country.upper())}{digits[1:]}"
    return digits


def _address(address: PostalAddress | None, country: str) -> tuple[str, ...]:
    """The parts, where there is any; the country defaults to the tenant's."""
    if address is None or address.is_empty:
        return ("",)
    parts = address.street, address.house_number, address.postcode, address.city, address.region
    return (*(_text(each) for each in parts), _text(address.country or country))
