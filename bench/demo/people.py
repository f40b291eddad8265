"""The pairs of account and contact that the demo's leads are told of: some written by hand, the rest generated."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.crm.generator import Crm
from bench.crm.model import GeneratedAccount, GeneratedContact
from bench.crm.views import as_emails, as_phones
from domain.values import PhoneKind, PostalAddress


@dataclass(frozen=True, slots=True)
class Pair:
    """An account and one of its contacts."""

    account: GeneratedAccount
    contact: GeneratedContact


def _account(key: str, name: str, domain: str, phone: str, where: str, vat_id: str | None = None) -> GeneratedAccount:
    street, number, postcode, city, country = where.split("|")
    return GeneratedAccount(
        key=key,
        name=name,
        vat_id=vat_id,
        website=f"https://www.{domain}",
        emails=as_emails(f"info@{domain}"),
        phones=as_phones((phone, PhoneKind.LANDLINE)),
        address=PostalAddress(street=street, house_number=number, postcode=postcode, city=city, country=country),
    )


def _contact(account: GeneratedAccount, person: str, email: str, mobile: str) -> GeneratedContact:
    salutation, title, first_name, last_name = person.split("|")
    return GeneratedContact(
        key=f"{account.key}-0",
        account_key=account.key,
        salutation=salutation,
        title=title or None,
        first_name=first_name,
        last_name=last_name,
        emails=as_emails(email),
        phones=as_phones((mobile, PhoneKind.MOBILE)),
    )


def _written_by_hand() -> tuple[Pair, ...]:
    nordlicht = _account(
        "D1",
        "Nordlicht Software AG",
        "nordlicht-software.de",
        "+49 40 5559120",
        "Hafenstraße|12|20457|Hamburg|DE",
        "DE136695976",
    )
    schmidt = _account(
        "D2",
        "Autohaus Schmidt GmbH & Co. KG",
        "autohaus-schmidt-dresden.de",
        "+49 351 4187650",
        "Bautzner Straße|88|01099|Dresden|DE",
    )
    brandt = _account(
        "D3",
        "Bäckerei Brandt e.K.",
        "baeckerei-brandt.de",
        "+49 451 7062210",
        "Mühlenstraße|7|23552|Lübeck|DE",
    )
    mueller = _account(
        "D4",
        "Müller & Söhne Maschinenbau GmbH",
        "mueller-maschinenbau.de",
        "+49 711 2204180",
        "Industriestraße|31|70565|Stuttgart|DE",
    )
    alpen = _account(
        "D5",
        "Alpenblick Logistik GmbH",
        "alpenblick-logistik.at",
        "+43 512 345670",
        "Innrain|54|6020|Innsbruck|AT",
    )
    return (
        Pair(
            nordlicht,
            _contact(nordlicht, "Frau||Anke|Petersen", "anke.petersen@nordlicht-software.de", "+49 171 5550142"),
        ),
        Pair(
            schmidt,
            _contact(
                schmidt,
                "Herr|Dr.|Karl-Heinz|von der Leyen",
                "kh.vdleyen@autohaus-schmidt-dresden.de",
                "+49 172 5550177",
            ),
        ),
        Pair(brandt, _contact(brandt, "Frau||Ilse|Brandt", "ilse.brandt@baeckerei-brandt.de", "+49 160 5550133")),
        Pair(mueller, _contact(mueller, "Herr||Jürgen|Müller", "j.mueller@mueller-maschinenbau.de", "+49 173 5550119")),
        Pair(
            alpen, _contact(alpen, "Frau|Mag.|Theresa|Huber", "theresa.huber@alpenblick-logistik.at", "+43 664 5550121")
        ),
    )


WRITTEN_BY_HAND = _written_by_hand()
"""Records that documentation and screenshots can rely on."""


def full_pairs(crm: Crm) -> Iterator[Pair]:
    """Pairs whose account and contact are known in detail: those written by hand, then generated ones."""
    yield from WRITTEN_BY_HAND
    for index in range(crm.companies):
        account = crm.account(index)
        if account.website and account.emails and account.phones and account.address and ", " not in account.name:
            for contact in crm.staff_of(index)[:1]:
                if contact.emails and contact.phones and len(contact.first_name or "") > 2:
                    yield Pair(account, contact)


def full_private_persons(crm: Crm) -> Iterator[GeneratedContact]:
    """Private persons who are known in detail."""
    for index in range(crm.privates):
        contact = crm.private_contact(index)
        if contact.emails and contact.phones and contact.address and len(contact.first_name or "") > 2:
            yield contact
