"""Dates, moments, countries and names of persons as files spell them."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

_DAYS = (
    (re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"), "2026-01-31"),
    (re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"), "20260131"),
    (re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})"), "31.01.2026"),
)
DATES = ", ".join(example for _, example in _DAYS)
"""The spellings of a date that are read. ``01/02/2026`` is not: it is two days on the two sides of the Atlantic."""
_TIME = re.compile(
    r"(?:[T\s,]\s*(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?:Uhr)?)?"
    r"\s*(?P<zone>Z|UTC|[+-]\d{1,2}(?::?\d{1,2})?)?",
    re.IGNORECASE,
)


def parse_date(text: str) -> date | None:
    """A calendar day, also if a time of 00:00 hangs on to it; None if it is none, or in no spelling of ``DATES``."""
    moment = parse_moment(text)
    return None if moment is None or moment.time() != datetime.min.time() else moment.date()


def parse_moment(text: str) -> datetime | None:
    """A moment: a date, with or without a time, with or without a zone (none: UTC); None if it is none."""
    for pattern, _ in _DAYS:
        day = pattern.match(text)
        time = _TIME.fullmatch(text, day.end()) if day else None
        if day and time:
            return _moment({**day.groupdict(), **time.groupdict()})
    return None


def _moment(parts: Mapping[str, str | None]) -> datetime | None:
    def number(name: str) -> int:
        return int(parts[name] or 0)

    try:
        local = datetime(number("y"), number("m"), number("d"), number("h"), number("min"), number("s"), tzinfo=UTC)
        offset = datetime.strptime(_zone(parts["zone"]), "%z").utcoffset()
        return local if offset is None else local - offset
    except (ValueError, OverflowError):
        return None


def _zone(zone: str | None) -> str:
    if zone is None or zone.upper() in {"Z", "UTC"}:
        return "+0000"
    hours, _, minutes = zone[1:].partition(":")
    if not minutes and len(hours) > 2:  # noqa: PLR2004 - more than hours
        hours, minutes = hours[:-2], hours[-2:]
    # ADF's own example writes "-08:0".
    return f"{zone[0]}{hours:0>2}{minutes:0<2}"


_COUNTRIES = {
    "AT": "A|AUT|Austria|Österreich|Oesterreich",
    "AU": "AUS|Australia|Australien",
    "BE": "B|BEL|Belgium|Belgien|Belgique|België",
    "BG": "BGR|Bulgaria|Bulgarien",
    "BR": "BRA|Brazil|Brasilien|Brasil",
    "CA": "CAN|Canada|Kanada",
    "CH": "CHE|Switzerland|Schweiz|Suisse|Svizzera",
    "CN": "CHN|China|Volksrepublik China",
    "CY": "CYP|Cyprus|Zypern",
    "CZ": "CZE|Czechia|Czech Republic|Tschechien|Tschechische Republik|Česko",
    "DE": "D|DEU|GER|Germany|Deutschland|Federal Republic of Germany|Bundesrepublik Deutschland|BRD|Allemagne",
    "DK": "DNK|Denmark|Dänemark|Daenemark|Danmark",
    "EE": "EST|Estonia|Estland",
    "ES": "E|ESP|Spain|Spanien|España",
    "FI": "FIN|Finland|Finnland|Suomi",
    "FR": "F|FRA|France|Frankreich",
    "GB": "UK|GBR|United Kingdom|Great Britain|Vereinigtes Königreich|Großbritannien|Grossbritannien|England|Scotland"
    "|Schottland|Wales|Northern Ireland|Nordirland",
    "GR": "GRC|Greece|Griechenland|Hellas",
    "HR": "HRV|Croatia|Kroatien|Hrvatska",
    "HU": "HUN|Hungary|Ungarn|Magyarország",
    "IE": "IRL|Ireland|Irland|Éire",
    "IN": "IND|India|Indien",
    "IS": "ISL|Iceland|Island",
    "IT": "I|ITA|Italy|Italien|Italia",
    "JP": "JPN|Japan",
    "LI": "LIE|Liechtenstein|FL",
    "LT": "LTU|Lithuania|Litauen",
    "LU": "LUX|Luxembourg|Luxemburg",
    "LV": "LVA|Latvia|Lettland",
    "MT": "MLT|Malta",
    "MX": "MEX|Mexico|Mexiko|México",
    "NL": "NLD|Netherlands|The Netherlands|Niederlande|Holland|Nederland",
    "NO": "N|NOR|Norway|Norwegen|Norge",
    "NZ": "NZL|New Zealand|Neuseeland",
    "PL": "POL|Poland|Polen|Polska",
    "PT": "P|PRT|Portugal",
    "RO": "ROU|Romania|Rumänien|Rumaenien|România",
    "RS": "SRB|Serbia|Serbien",
    "RU": "RUS|Russia|Russland|Rußland|Russian Federation",
    "SE": "S|SWE|Sweden|Schweden|Sverige",
    "SI": "SVN|Slovenia|Slowenien",
    "SK": "SVK|Slovakia|Slowakei",
    "TR": "TUR|Turkey|Türkei|Tuerkei|Türkiye",
    "UA": "UKR|Ukraine",
    "US": "USA|U.S.A.|U.S.|United States|United States of America|Vereinigte Staaten|Vereinigte Staaten von Amerika",
    "ZA": "ZAF|South Africa|Südafrika|Suedafrika",
}
_CODES = {name.casefold(): code for code, names in _COUNTRIES.items() for name in names.split("|")}


def parse_country(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country by its name (English, German, its own), alpha-3 or road code.

    What is not in the table (our own: Europe and the larger trading partners) stays as it is, in capitals.
    """
    return _CODES.get(text.casefold(), text.upper() if len(text) == 2 else text)  # noqa: PLR2004 - alpha-2


_TITLES = frozenset({"dr", "prof", "dipl", "ing", "mag", "phd", "med", "jur", "rer", "nat", "habil", "hc", "h.c", "pd"})
_SALUTATIONS = frozenset(
    {"herr", "herrn", "frau", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "madame", "monsieur"}
)
_PARTICLES = frozenset(
    {
        "von",
        "vom",
        "van",
        "de",
        "der",
        "den",
        "zu",
        "zum",
        "zur",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "ten",
    }
)


def split_name(text: str) -> dict[str, str]:
    """A full name as salutation, title, firstName and lastName: ``Frau Dr. Ute von der Leyen``, ``Leyen, Ute``.

    Without a comma the last word is the last name, with the particles before it. Parts that are not there are missing.
    """
    behind, comma, before = text.partition(",")
    words = before.split() if comma else text.split()
    salutation = _take_while(words, _SALUTATIONS)
    title = _take_while(words, _TITLES)
    last = behind.split() if comma else _split_last(words)
    parts = {"salutation": salutation, "title": title, "firstName": words, "lastName": last}
    return {name: " ".join(found) for name, found in parts.items() if found}


def _take_while(words: list[str], known: frozenset[str]) -> list[str]:
    taken: list[str] = []
    while len(words) > 1 and words[0].casefold().rstrip(".").split("-")[0].rstrip(".") in known:
        taken.append(words.pop(0))
    return taken


def _split_last(words: list[str]) -> list[str]:
    """Take the last name off the end of ``words``."""
    last = [words.pop()] if words else []
    while len(words) > 1 and words[-1].casefold() in _PARTICLES:
        last.insert(0, words.pop())
    return last
