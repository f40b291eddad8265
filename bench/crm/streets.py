"""Draws postal addresses in a place."""

from random import Random

from bench.crm.places import COUNTRIES, PLACES, Place
from bench.crm.tables import pick, read_words
from domain.values import PostalAddress

_TABLES = read_words("streets")
_GERMAN_SPEAKING = {"DE", "AT", "CH"}
_SPACED = {"Dresdner", "Leipziger", "Berliner", "Hamburger", "Münchner", "Frankfurter", "Breslauer", "Königsberger"}


def draw_place(rng: Random, country: str | None = None) -> Place:
    """Draw a place, large ones more often; of the given country, or of any by its share."""
    places = PLACES[country or rng.choice(COUNTRIES)]
    return places[int(len(places) * rng.random() ** 1.7)]


def draw_street(rng: Random, country: str) -> str:
    """Draw a street name of the country."""
    if country not in _GERMAN_SPEAKING:
        return pick(rng, _TABLES[country]["names"])
    if rng.random() < 0.3:
        return pick(rng, _TABLES["DE"]["names"])
    stem, kind = rng.choice(_TABLES["composed"]["stems"]), rng.choice(_TABLES["composed"]["kinds"])
    if stem in _SPACED:
        street = f"{stem} {kind.capitalize()}"
    else:
        street = stem + (kind.capitalize() if stem.endswith("-") else kind)
    return street.replace("straße", "strasse") if country == "CH" else street


def draw_house_number(rng: Random) -> str:
    """Draw a house number: low ones more often, some with a letter, few as a range."""
    number = 1 + int(140 * rng.random() ** 2)
    chance = rng.random()
    if chance < 0.08:
        return f"{number}{rng.choice('abcd')}"
    return f"{number}-{number + 2}" if chance < 0.1 else str(number)


def draw_address(rng: Random, place: Place) -> PostalAddress:
    """Draw an address in the place."""
    postcode = rng.choice(place.postcodes)
    if place.country == "NL":
        postcode = f"{postcode} {''.join(rng.choices('ABCDEGHJKLMNPRSTVWXZ', k=2))}"
    return PostalAddress(
        street=draw_street(rng, place.country),
        house_number=draw_house_number(rng),
        postcode=postcode,
        city=place.city,
        country=place.country,
    )
