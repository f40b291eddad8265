"""Composes company names: owners, trades, sectors, brands and legal forms."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.crm.people_names import draw_first_name, draw_surname
from bench.crm.tables import Words, read_words

_TABLES = read_words("companies")
_BRANDS = _TABLES["brands"]
_GERMAN_SPEAKING = {"DE", "AT", "CH"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyName:
    """A company's name without its legal form, the form ("" for none) and, if it is named after one, the owner."""

    name: str
    legal_form: str
    owner: str | None = None
    is_common: bool = False
    """Whether the same name may well occur in other places, so that a domain needs the place."""

    @property
    def full(self) -> str:
        """The name as registered."""
        return f"{self.name} {self.legal_form}".rstrip()


@dataclass(frozen=True, slots=True)
class _Setting:
    rng: Random
    country: str
    city: str

    @property
    def words(self) -> dict[str, Words]:
        return _TABLES["DE" if self.country in _GERMAN_SPEAKING else self.country]

    def surname(self) -> str:
        return draw_surname(self.rng, self.country)

    def sector(self) -> str:
        return self.rng.choice(self.words["sectors"])

    def brand(self) -> str:
        chance = self.rng.random()
        if chance < 0.35 and self.country in _GERMAN_SPEAKING:
            return self.rng.choice(_BRANDS["first"]) + self.rng.choice(_BRANDS["second"])
        if chance < 0.6:
            middle = self.rng.choice(_BRANDS["syllable"]) if self.rng.random() < 0.7 else ""
            return self.rng.choice(_BRANDS["start"]) + middle + self.rng.choice(_BRANDS["end"])
        return "".join(self.rng.choices(_BRANDS["syllable"], k=3)).capitalize()


_Named = tuple[str, str | None]


def _trade_and_owner(setting: _Setting) -> _Named:
    owner = setting.surname()
    return f"{setting.rng.choice(setting.words['trades'])} {owner}", owner


def _owner_and_sector(setting: _Setting) -> _Named:
    owner = setting.surname()
    return f"{owner} {setting.sector()}", owner


def _full_owner_and_sector(setting: _Setting) -> _Named:
    owner = setting.surname()
    first_name = draw_first_name(setting.rng, setting.country, is_woman=setting.rng.random() < 0.3)
    return f"{first_name} {owner} {setting.sector()}", owner


def _two_owners(setting: _Setting) -> _Named:
    owner = setting.surname()
    return f"{owner} & {setting.surname()} {setting.sector()}", owner


def _owner_and_kin(setting: _Setting) -> _Named:
    owner = setting.surname()
    if setting.country not in _GERMAN_SPEAKING:
        return f"{owner} {setting.sector()}", owner
    if setting.rng.random() < 0.3:
        return f"Gebr. {owner} {setting.sector()}", owner
    return f"{owner} {setting.rng.choice(setting.words['kin'])} {setting.sector()}", owner


def _brand_and_sector(setting: _Setting) -> _Named:
    return f"{setting.brand()} {setting.sector()}", None


def _trade_at_landmark(setting: _Setting) -> _Named:
    trade = setting.rng.choice(setting.words["trades"])
    landmark = setting.rng.choice(setting.words.get("landmarks", ("Central",)))
    return f"{trade} {landmark} {setting.city}", None


_PATTERNS: tuple[tuple[int, bool, Callable[[_Setting], _Named]], ...] = (
    (24, True, _trade_and_owner),
    (14, True, _owner_and_sector),
    (4, True, _full_owner_and_sector),
    (5, False, _two_owners),
    (6, True, _owner_and_kin),
    (43, False, _brand_and_sector),
    (4, False, _trade_at_landmark),
)
"""How many of a hundred names follow a pattern, and whether such names are common."""
_DEAL = tuple((is_common, compose) for share, is_common, compose in _PATTERNS for _ in range(share))


def draw_legal_form(rng: Random, country: str) -> str:
    """Draw a legal form of the country, or none ("")."""
    return rng.choice(_TABLES["forms"][country]).strip("-")


def draw_company_name(rng: Random, country: str, city: str) -> CompanyName:
    """Draw a company name as it is usual in the country."""
    is_common, compose = rng.choice(_DEAL)
    name, owner = compose(_Setting(rng, country, city))
    return CompanyName(name=name, legal_form=draw_legal_form(rng, country), owner=owner, is_common=is_common)


def draw_brand_name(rng: Random, country: str) -> CompanyName:
    """Draw a name that several sites of one company may carry."""
    setting = _Setting(rng, country, "")
    name, owner = _brand_and_sector(setting) if rng.random() < 0.7 else _trade_and_owner(setting)
    return CompanyName(name=name, legal_form=draw_legal_form(rng, country) or "GmbH", owner=owner)


def draw_other_trade(rng: Random, name: CompanyName, country: str) -> CompanyName:
    """Draw another company named after the same owner, in another trade or sector.

    Raises ValueError if the company is not named after anybody.
    """
    if name.owner is None:
        raise ValueError(f"{name.name!r} names no owner")
    setting = _Setting(rng, country, "")
    for _ in range(20):
        trade, sector = rng.choice(setting.words["trades"]), setting.sector()
        other = f"{trade} {name.owner}" if rng.random() < 0.6 else f"{name.owner} {sector}"
        if not name.name.startswith(trade) and sector not in name.name:
            break
    return CompanyName(name=other, legal_form=draw_legal_form(rng, country), owner=name.owner, is_common=True)
