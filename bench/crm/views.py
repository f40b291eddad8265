"""What is known of the world: records of the CRM with their gaps, and leads with theirs."""

from dataclasses import replace
from random import Random

from bench.crm.lines import Line, write_line
from bench.crm.model import GeneratedAccount, GeneratedContact, GeneratedLead, Truth
from bench.crm.world import Firm, Somebody
from domain.records import Company, Person
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress


def as_emails(*addresses: str | None) -> tuple[EmailAddress, ...]:
    """A list of e-mail addresses without the missing ones; the first is primary."""
    given = [address for address in addresses if address]
    return tuple(EmailAddress(address, position == 0) for position, address in enumerate(given))


def as_phones(*numbers: tuple[str, PhoneKind] | None) -> tuple[PhoneNumber, ...]:
    """A list of phone numbers without the missing ones; the first is primary."""
    given = [number for number in numbers if number]
    return tuple(PhoneNumber(number, kind, position == 0) for position, (number, kind) in enumerate(given))


def _known_line(rng: Random, line: Line, kind: PhoneKind, share: float) -> tuple[str, PhoneKind] | None:
    return (write_line(rng, line, is_clean=True), kind) if rng.random() < share else None


def as_account(rng: Random, key: str, firm: Firm) -> GeneratedAccount:
    """Record a company, with the usual gaps."""
    fax = replace(firm.line, number=f"{firm.line.number[:-2]}99")
    return GeneratedAccount(
        key=key,
        name=firm.name.name if rng.random() < 0.06 and not firm.site else firm.full_name,
        vat_id=firm.vat_id if rng.random() < 0.55 else None,
        website=rng.choice(("https://www.{}", "www.{}", "{}")).format(firm.domain) if rng.random() < 0.7 else None,
        emails=as_emails(firm.office_mail if rng.random() < 0.65 else None),
        phones=as_phones(
            _known_line(rng, firm.line, PhoneKind.LANDLINE, 0.88),
            _known_line(rng, fax, PhoneKind.FAX, 0.15),
        ),
        address=firm.address if rng.random() < 0.94 else None,
    )


def as_contact(rng: Random, key: str, account_key: str | None, person: Somebody) -> GeneratedContact:
    """Record a person, with the usual gaps; one way to reach them is always known."""
    is_private = person.work_mail is None
    emails = as_emails(
        person.work_mail if rng.random() < 0.85 else None,
        person.private_mail if rng.random() < (0.82 if is_private else 0.05) else None,
    )
    phones = as_phones(
        _known_line(rng, person.mobile, PhoneKind.MOBILE, 0.55),
        _known_line(rng, person.line, PhoneKind.LANDLINE, 0.5),
    )
    return GeneratedContact(
        key=key,
        account_key=account_key,
        salutation=person.salutation if rng.random() < 0.8 else None,
        title=person.title,
        first_name=person.first_name if rng.random() < 0.98 else f"{person.first_name[0]}.",
        last_name=person.last_name,
        birth_date=person.birth_date if rng.random() < (0.6 if is_private else 0.03) else None,
        emails=emails if emails or phones else as_emails(person.work_mail or person.private_mail),
        phones=phones,
        address=person.address if rng.random() < 0.93 else None,
    )


def as_place(address: PostalAddress) -> PostalAddress:
    """An address without the street."""
    return PostalAddress(postcode=address.postcode, city=address.city, country=address.country)


def _lead_address(rng: Random, address: PostalAddress) -> PostalAddress | None:
    chance = rng.random()
    if chance < 0.62:
        return address
    return as_place(address) if chance < 0.85 else None


def _lead_company(rng: Random, firm: Firm) -> Company:
    website = f"www.{firm.domain}" if rng.random() < 0.25 else None
    vat_id = firm.vat_id if rng.random() < 0.05 else None
    if rng.random() < 0.15 and not firm.site:
        legal_form = firm.name.legal_form or None
        return Company(name=firm.name.name, legal_form=legal_form, website=website, vat_id=vat_id)
    return Company(name=firm.full_name, website=website, vat_id=vat_id)


def _lead_person(rng: Random, somebody: Somebody) -> Person:
    return Person(
        salutation=somebody.salutation if rng.random() < 0.6 else None,
        title=somebody.title if rng.random() < 0.7 else None,
        first_name=somebody.first_name,
        last_name=somebody.last_name,
        birth_date=somebody.birth_date if somebody.work_mail is None and rng.random() < 0.2 else None,
    )


def as_business_lead(rng: Random, key: str, truth: Truth, firm: Firm, somebody: Somebody) -> GeneratedLead:
    """Tell of a company and a person there what somebody enters in a form."""
    line, kind = rng.choice(
        (
            (somebody.mobile, PhoneKind.MOBILE),
            (somebody.line, PhoneKind.LANDLINE),
            (firm.line, PhoneKind.LANDLINE),
        )
    )
    return GeneratedLead(
        key=key,
        truth=truth,
        company=_lead_company(rng, firm),
        person=_lead_person(rng, somebody),
        emails=as_emails(firm.office_mail if rng.random() < 0.12 else somebody.work_mail),
        phones=as_phones(_known_line(rng, line, kind, 0.8)),
        address=_lead_address(rng, firm.address),
    )


def as_private_lead(rng: Random, key: str, truth: Truth, somebody: Somebody) -> GeneratedLead:
    """Tell of a private person what they enter in a form."""
    is_mobile = rng.random() < 0.7
    line, kind = (somebody.mobile, PhoneKind.MOBILE) if is_mobile else (somebody.line, PhoneKind.LANDLINE)
    return GeneratedLead(
        key=key,
        truth=truth,
        person=_lead_person(rng, somebody),
        emails=as_emails(somebody.private_mail if rng.random() < 0.93 else None),
        phones=as_phones(_known_line(rng, line, kind, 0.8)),
        address=_lead_address(rng, somebody.address) if somebody.address else None,
    )
