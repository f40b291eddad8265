"""Documents: records and leads normalised once, when they are written, and packed for the database."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import orjson

from domain.records import Account, Contact, Lead
from domain.values import EmailAddress, PhoneNumber, PostalAddress
from services.matching import domains
from services.matching.companies import parse_company, parse_legal_form
from services.matching.emails import company_domain, fold_email
from services.matching.model import CompanyDocument, LeadDocument, PersonDocument
from services.matching.people import parse_person
from services.matching.phones import fold_phone
from services.matching.streets import fold_place, fold_postcode, fold_street
from services.matching.text import fold
from services.matching.vat_ids import fold_vat_id

MAX_ENTRIES = 20
"""Longer lists are cut: the cost of a record stays bounded."""
MAX_TOKENS = 16


class _Place(NamedTuple):
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""


def account_document(account: Account, country: str) -> CompanyDocument:
    """An account's document. ``country`` is the tenant's default country, ISO 3166-1 alpha-2."""
    tokens, legal_form = parse_company(account.name)
    emails = _fold_emails(account.emails)
    phones, kinds = _fold_phones(account.phones, country)
    place = _fold_address(account.address, country)
    return CompanyDocument(
        name="".join(tokens),
        tokens=tokens[:MAX_TOKENS],
        legal_form=legal_form,
        vat_id=fold_vat_id(account.vat_id, place.country or country),
        domains=_domains(account.website, emails),
        emails=emails,
        phones=phones,
        phone_kinds=kinds,
        **place._asdict(),
    )


def contact_document(contact: Contact, country: str) -> PersonDocument:
    """A contact's document, of its own fields only. ``country`` is the tenant's default country."""
    first_names, last_names, generation = parse_person(contact.first_name, contact.last_name)
    phones, kinds = _fold_phones(contact.phones, country)
    return PersonDocument(
        first_names=first_names[:MAX_TOKENS],
        last_names=last_names[:MAX_TOKENS],
        generation=generation,
        birth_date=contact.birth_date,
        emails=_fold_emails(contact.emails),
        phones=phones,
        phone_kinds=kinds,
        **_fold_address(contact.address, country)._asdict(),
    )


def lead_document(lead: Lead, country: str) -> LeadDocument:
    """Both sides of a lead; its e-mails, phones and address are on both. ``country`` is the tenant's default country.

    The lead is a private person's if it names no company, VAT id, website and no e-mail domain of a company.
    """
    tokens, legal_form = parse_company(lead.company.name)
    first_names, last_names, generation = parse_person(lead.person.first_name, lead.person.last_name)
    emails = _fold_emails(lead.emails)
    phones, kinds = _fold_phones(lead.phones, country)
    place = _fold_address(lead.address, country)
    company = CompanyDocument(
        name="".join(tokens),
        tokens=tokens[:MAX_TOKENS],
        legal_form=parse_legal_form(lead.company.legal_form) or legal_form,
        vat_id=fold_vat_id(lead.company.vat_id, place.country or country),
        domains=_domains(lead.company.website, emails),
        emails=emails,
        phones=phones,
        phone_kinds=kinds,
        **place._asdict(),
    )
    person = PersonDocument(
        first_names=first_names[:MAX_TOKENS],
        last_names=last_names[:MAX_TOKENS],
        generation=generation,
        birth_date=lead.person.birth_date,
        emails=emails,
        phones=phones,
        phone_kinds=kinds,
        **place._asdict(),
    )
    given = lead.company
    is_private = not (company.name or company.vat_id or company.domains or fold(given.website) or fold(given.vat_id))
    return LeadDocument(company=company, person=person, is_private=is_private)


def encode(document: CompanyDocument | PersonDocument) -> bytes:
    """A document as a compact JSON list of its fields in order; equal documents give equal bytes."""
    if isinstance(document, CompanyDocument):
        company = document
        return orjson.dumps(
            [
                company.tokens,
                company.name if company.name != "".join(company.tokens) else "",
                company.legal_form,
                company.vat_id,
                company.domains,
                *_shared_fields(company),
            ]
        )
    birth_date = document.birth_date.toordinal() if document.birth_date else 0
    return orjson.dumps(
        [document.first_names, document.last_names, document.generation, birth_date, *_shared_fields(document)]
    )


def decode_company(data: bytes) -> CompanyDocument:
    """The document that ``encode`` packed. Raises ``ValueError`` for anything else."""
    tokens, name, legal_form, vat_id, domain_list, *shared = orjson.loads(data)
    emails, phones, kinds, street, house_number, postcode, city, region, country = shared
    return CompanyDocument(
        name=name or "".join(tokens),
        tokens=tuple(tokens),
        legal_form=legal_form,
        vat_id=vat_id,
        domains=tuple(domain_list),
        emails=tuple(emails),
        phones=tuple(phones),
        phone_kinds=kinds,
        street=street,
        house_number=house_number,
        postcode=postcode,
        city=city,
        region=region,
        country=country,
    )


def decode_person(data: bytes) -> PersonDocument:
    """The document that ``encode`` packed. Raises ``ValueError`` for anything else."""
    first_names, last_names, generation, birth_date, *shared = orjson.loads(data)
    emails, phones, kinds, street, house_number, postcode, city, region, country = shared
    return PersonDocument(
        first_names=tuple(first_names),
        last_names=tuple(last_names),
        generation=generation,
        birth_date=date.fromordinal(birth_date) if birth_date else None,
        emails=tuple(emails),
        phones=tuple(phones),
        phone_kinds=kinds,
        street=street,
        house_number=house_number,
        postcode=postcode,
        city=city,
        region=region,
        country=country,
    )


def _shared_fields(document: CompanyDocument | PersonDocument) -> list[str | tuple[str, ...]]:
    return [
        document.emails,
        document.phones,
        document.phone_kinds,
        document.street,
        document.house_number,
        document.postcode,
        document.city,
        document.region,
        document.country,
    ]


def _fold_emails(emails: tuple[EmailAddress, ...]) -> tuple[str, ...]:
    """Folded, without repetitions, sorted: a document does not depend on the order of a list."""
    return tuple(sorted({folded for each in emails[:MAX_ENTRIES] if (folded := fold_email(each.address))}))


def _fold_phones(phones: tuple[PhoneNumber, ...], country: str) -> tuple[tuple[str, ...], str]:
    folded = sorted({fold_phone(each.number, each.kind, country) for each in phones[:MAX_ENTRIES]} - {("", "")})
    kinds = dict(folded)
    return tuple(kinds), "".join(kinds.values())


def _domains(website: str | None, emails: Iterable[str]) -> tuple[str, ...]:
    found = {company_domain(email) for email in emails}
    website_domain = domains.of_website(website)
    if domains.is_company_evidence(website_domain):
        found.add(website_domain)
    return tuple(sorted(found - {""}))


def _fold_address(address: PostalAddress | None, country: str) -> _Place:
    """A folded address; the country defaults to the tenant's where there is any address at all."""
    if address is None or address.is_empty:
        return _Place()
    own_country = fold(address.country).upper()[:2] or country.upper()
    street, house_number = fold_street(address.street, address.house_number)
    return _Place(
        street=street,
        house_number=house_number,
        postcode=fold_postcode(address.postcode, own_country),
        city=fold_place(address.city),
        region=fold_place(address.region),
        country=own_country,
    )
