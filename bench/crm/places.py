"""Places of ten European countries with real postcodes and area codes.

``data/places.csv`` holds facts (post offices' and telephone authorities' public directories), written down for this
project. Larger places come first, because a place's rank decides how often it is drawn.
"""

import csv
from dataclasses import dataclass
from itertools import groupby

from bench.crm.tables import DATA

_SHARE = {"DE": 70, "AT": 6, "CH": 6, "FR": 4, "NL": 3, "PL": 3, "IT": 3, "ES": 2, "CZ": 2, "DK": 1}


@dataclass(frozen=True, slots=True)
class Place:
    """A place: ISO country, name, telephone area code without a trunk zero, and postcodes.

    Dutch postcodes are the four digits only; the generator adds two letters.
    """

    country: str
    city: str
    area_code: str
    postcodes: tuple[str, ...]


def _read() -> list[Place]:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        return [
            Place(row["country"], row["city"], row["area_code"], tuple(row["postcodes"].split(";")))
            for row in csv.DictReader(file)
        ]


PLACES = {country: tuple(places) for country, places in groupby(_read(), key=lambda place: place.country)}
COUNTRIES = tuple(country for country, share in _SHARE.items() for _ in range(share))
"""A hundred countries, each as often as its share of the records, for drawing one."""
