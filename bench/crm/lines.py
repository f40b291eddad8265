"""Telephone lines in ranges that are assigned, and the ways people write them."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bench.crm.places import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone line: country code, trunk prefix, area code (or mobile prefix) and subscriber number."""

    country_code: str
    trunk: str
    area: str
    number: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """A country's numbering: country code, trunk prefix, digits after them, mobile prefixes, digits of mobiles."""

    code: str
    trunk: str
    digits: int
    mobiles: tuple[str, ...]
    mobile_digits: int


_PLANS = {
    "DE": _Plan("49", "0", 10, ("151", "160", "170", "171", "172", "173", "174", "175", "152", "157", "176"), 10),
    "AT": _Plan("43", "0", 10, ("664", "660", "676", "699", "650"), 10),
    "CH": _Plan("41", "0", 9, ("76", "77", "78", "79"), 9),
    "FR": _Plan("33", "0", 9, ("61", "62", "66", "68"), 9),
    "NL": _Plan("31", "0", 9, ("61", "62", "64", "65"), 9),
    "PL": _Plan("48", "", 9, ("501", "512", "601", "662", "692", "781", "880"), 9),
    "IT": _Plan("39", "", 10, ("320", "328", "333", "338", "347", "349"), 10),
    "ES": _Plan("34", "", 9, ("600", "610", "620", "639", "650", "660"), 9),
    "CZ": _Plan("420", "", 9, ("601", "602", "603", "720", "731", "777"), 9),
    "DK": _Plan("45", "", 8, ("20", "21", "22", "23", "30", "40", "50"), 8),
}
_LONGER_MOBILES = {"151", "152", "157", "176"}
"""German prefixes whose numbers have eleven digits."""


def _digits(rng: Random, count: int, *, first: str = "23456789") -> str:
    return rng.choice(first) + "".join(rng.choices("0123456789", k=count - 1))


def draw_landline(rng: Random, place: Place) -> Line:
    """Draw a line of the place's network."""
    plan, area = _PLANS[place.country], place.area_code
    count = plan.digits - len(area)
    if place.country in {"DE", "AT"}:
        count = max(5, count - rng.choice((0, 1) if place.country == "DE" else (1,)))
    return Line(plan.code, plan.trunk, area, _digits(rng, count, first="2345678" if place.country == "DE" else "2345"))


def draw_mobile(rng: Random, country: str) -> Line:
    """Draw a mobile line of the country."""
    plan = _PLANS[country]
    prefix = rng.choice(plan.mobiles)
    count = plan.mobile_digits + (prefix in _LONGER_MOBILES) - len(prefix)
    return Line(plan.code, plan.trunk, prefix, _digits(rng, count))


def extension_of(rng: Random, line: Line) -> Line:
    """Draw a direct line behind the same trunk: the last two digits differ."""
    return Line(line.country_code, line.trunk, line.area, f"{line.number[:-2]}{rng.randint(10, 99)}")


def _pairs(digits: str) -> str:
    odd = len(digits) % 2
    start, rest = digits[: 3 * odd], digits[3 * odd :]
    return " ".join(filter(None, (start, *(rest[at : at + 2] for at in range(0, len(rest), 2)))))


def _international(line: Line) -> str:
    return f"+{line.country_code} {line.area} {line.number}"


def _optional_zero(line: Line) -> str:
    if not line.trunk:
        return _international(line)
    return f"+{line.country_code} ({line.trunk}) {line.area} {line.number}"


_FROM_ANYWHERE: dict[str, Callable[[Line], str]] = {
    "international": _international,
    "international_compact": lambda line: f"+{line.country_code}{line.area}{line.number}",
    "international_pairs": lambda line: f"+{line.country_code} {line.area} {_pairs(line.number)}",
    "double_zero": lambda line: f"00{line.country_code} {line.area} {line.number}",
    "optional_zero": _optional_zero,
}
_FROM_WITHIN: dict[str, Callable[[Line], str]] = {
    "national": lambda line: f"{line.trunk}{line.area} {line.number}",
    "slash": lambda line: f"{line.trunk}{line.area}/{line.number}",
    "slash_pairs": lambda line: f"{line.trunk}{line.area} / {_pairs(line.number)}",
    "hyphen": lambda line: f"{line.trunk}{line.area}-{line.number}",
    "parentheses": lambda line: f"({line.trunk}{line.area}) {_pairs(line.number)}",
    "national_compact": lambda line: f"{line.trunk}{line.area}{line.number}",
}
_ANYWHERE = tuple(_FROM_ANYWHERE.values())
_ALL = (*_ANYWHERE, *_FROM_WITHIN.values())
_HOME = "49"


def write_line(rng: Random, line: Line, *, is_clean: bool = False) -> str:
    """Write a line in one of the usual ways; clean records mostly have the international one.

    Lines outside Germany always carry their country code, because a German tenant's default country does not tell it.
    """
    if is_clean and rng.random() < 0.75:
        return _international(line)
    return rng.choice(_ALL if line.country_code == _HOME else _ANYWHERE)(line)
