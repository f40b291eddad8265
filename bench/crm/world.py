"""The world behind the CRM: companies and people as they really are, of which records and leads tell a part."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.crm.addresses import draw_domain, draw_office_mail, draw_private_mail, draw_work_mail
from bench.crm.company_names import CompanyName, draw_company_name
from bench.crm.lines import Line, draw_landline, draw_mobile, extension_of
from bench.crm.people_names import draw_first_name, draw_surname
from bench.crm.places import Place
from bench.crm.streets import draw_address
from bench.crm.vat import draw_vat_id
from domain.values import PostalAddress

_SALUTATIONS: dict[str, tuple[str | None, str | None]] = {
    "DE": ("Herr", "Frau"),
    "AT": ("Herr", "Frau"),
    "CH": ("Herr", "Frau"),
    "FR": ("M.", "Mme"),
    "NL": ("Dhr.", "Mevr."),
    "PL": ("Pan", "Pani"),
    "IT": ("Sig.", "Sig.ra"),
    "ES": ("Sr.", "Sra."),
    "CZ": ("Pan", "Paní"),
    "DK": (None, None),
}
_OLDEST = date(1942, 1, 1)
_DAYS_OF_BIRTH = 23_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A company at one site; ``site`` completes its registered name ("Niederlassung Leipzig"), mostly ""."""

    place: Place
    name: CompanyName
    address: PostalAddress
    domain: str
    vat_id: str | None
    line: Line
    office_mail: str
    site: str = ""

    @property
    def full_name(self) -> str:
        """The name as registered, with the site."""
        return f"{self.name.full}, {self.site}" if self.site else self.name.full


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person: of a company (``work_mail``, ``line`` is a direct line) or private (``line`` is the one at home)."""

    place: Place
    salutation: str | None
    title: str | None
    first_name: str
    last_name: str
    birth_date: date
    private_mail: str
    mobile: Line
    line: Line
    work_mail: str | None = None
    address: PostalAddress | None = None


def draw_firm(
    rng: Random, place: Place, *, name: CompanyName | None = None, address: PostalAddress | None = None
) -> Firm:
    """Draw a company in the place; a given name or address is taken as it is."""
    name = name or draw_company_name(rng, place.country, place.city)
    domain = draw_domain(rng, name.name, place.city, place.country, is_common=name.is_common)
    return Firm(
        place=place,
        name=name,
        address=address or draw_address(rng, place),
        domain=domain,
        vat_id=draw_vat_id(rng, place.country),
        line=draw_landline(rng, place),
        office_mail=draw_office_mail(rng, domain),
    )


def _draw_title(rng: Random) -> str | None:
    chance = rng.random()
    if chance < 0.03:
        return "Dr."
    if chance < 0.038:
        return "Prof. Dr."
    return rng.choice(("Dipl.-Ing.", "Mag.", "Dr. med.")) if chance < 0.045 else None


def _draw_person(rng: Random, place: Place, line: Line, *, last_name: str | None, employer: Firm | None) -> Somebody:
    country, is_woman = place.country, rng.random() < 0.48
    first_name = draw_first_name(rng, country, is_woman=is_woman)
    last_name = last_name or draw_surname(rng, country)
    born = _OLDEST + timedelta(days=rng.randrange(_DAYS_OF_BIRTH))
    return Somebody(
        place=place,
        salutation=_SALUTATIONS[country][is_woman],
        title=_draw_title(rng),
        first_name=first_name,
        last_name=last_name,
        birth_date=born,
        private_mail=draw_private_mail(rng, first_name, last_name, country),
        mobile=draw_mobile(rng, country),
        line=line,
        work_mail=draw_work_mail(rng, first_name, last_name, employer.domain) if employer else None,
        address=None if employer else draw_address(rng, place),
    )


def draw_employee(rng: Random, firm: Firm) -> Somebody:
    """Draw a person who works at the company; some are its owner."""
    owner = firm.name.owner if rng.random() < 0.25 else None
    return _draw_person(rng, firm.place, extension_of(rng, firm.line), last_name=owner, employer=firm)


def draw_private_person(rng: Random, place: Place, *, last_name: str | None = None) -> Somebody:
    """Draw a private person who lives in the place."""
    return _draw_person(rng, place, draw_landline(rng, place), last_name=last_name, employer=None)
