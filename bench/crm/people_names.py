"""Draws first names and surnames that are usual in a country."""

from random import Random

from bench.crm.tables import pick, read_words

_TABLES = read_words("names")
_GERMAN_SPEAKING = {"DE", "AT", "CH"}

NICKNAMES = dict(pair.split("=") for pair in _TABLES["nicknames"]["short"])
"""Short forms that people sign with, by first name."""


def draw_first_name(rng: Random, country: str, *, is_woman: bool) -> str:
    """Draw a first name; common ones come more often."""
    section = _TABLES["DE" if country in _GERMAN_SPEAKING else country]
    return pick(rng, section["women" if is_woman else "men"])


def draw_surname(rng: Random, country: str) -> str:
    """Draw a surname: a common one of the country, or a composed German one; a few are double or noble."""
    common = _TABLES[country]["surnames"]
    if country not in _GERMAN_SPEAKING:
        return pick(rng, common)
    chance = rng.random()
    if chance < 0.35:
        return rng.choice(_TABLES["composed"]["stems"]) + rng.choice(_TABLES["composed"]["endings"])
    if chance < 0.38:
        return f"{pick(rng, common)}-{pick(rng, common)}"
    if chance < 0.39:
        return f"von {rng.choice(_TABLES['composed']['noble'])}"
    return pick(rng, common)
