"""Records and leads as plain texts by field, for people to read and for peers to match on."""

from collections.abc import Mapping

from domain.records import Account, Company, Contact, Lead, Person
from domain.values import EmailAddress, PhoneNumber, PostalAddress

Fields = Mapping[str, str]
"""Texts by field; what is not known is missing. Records and leads call the same thing the same."""

_LIST_DIVIDER = " "


def account_fields(account: Account) -> Fields:
    """An account."""
    company = Company(name=account.name, vat_id=account.vat_id, website=account.website)
    return _filled({**_company(company), **_reach(account.emails, account.phones, account.address)})


def contact_fields(contact: Contact, company: str | None) -> Fields:
    """A contact, with the name of its company."""
    person = Person(first_name=contact.first_name, last_name=contact.last_name, birth_date=contact.birth_date)
    return _filled({**_person(person), "name": company, **_reach(contact.emails, contact.phones, contact.address)})


def lead_account_fields(lead: Lead) -> Fields:
    """What a lead says of its company."""
    return _filled({**_company(lead.company), **_reach(lead.emails, lead.phones, lead.address)})


def lead_contact_fields(lead: Lead) -> Fields:
    """What a lead says of its person, with the name of the company."""
    return _filled(
        {**_person(lead.person), "name": lead.company.name, **_reach(lead.emails, lead.phones, lead.address)}
    )


def as_text(fields: Fields) -> str:
    """All in one text."""
    return " ".join(fields.values())


def _company(company: Company) -> dict[str, str | None]:
    name = " ".join(each for each in (company.name, company.legal_form) if each)
    return {"name": name, "vat_id": company.vat_id, "website": company.website}


def _person(person: Person) -> dict[str, str | None]:
    born = None if person.birth_date is None else person.birth_date.isoformat()
    return {"first_name": person.first_name, "last_name": person.last_name, "birth_date": born}


def _reach(
    emails: tuple[EmailAddress, ...], phones: tuple[PhoneNumber, ...], address: PostalAddress | None
) -> dict[str, str | None]:
    place = address or PostalAddress()
    return {
        "email": _LIST_DIVIDER.join(each.address for each in emails),
        "phone": _LIST_DIVIDER.join(each.number for each in phones),
        "street": place.street,
        "house_number": place.house_number,
        "postcode": place.postcode,
        "city": place.city,
    }


def _filled(fields: Mapping[str, str | None]) -> Fields:
    return {name: text for name, text in fields.items() if text}
