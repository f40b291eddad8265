"""The weights that evidence has, in bits: read from ``weights.toml``, which says of each where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Bits for agreement and (negative) for disagreement of one kind of detail."""

    agree: float
    disagree: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Log2 likelihood ratios (Fellegi & Sunter 1969). ``agree`` of a name is what its words' rarity adds up to.

    A disagreement costs what it is worth given how often true pairs disagree: e-mails and phones change and people have
    several (little), birth dates do not (much).
    """

    email: Weight
    email_of_function: float
    email_same_mailbox: float
    email_same_name: float
    """Of a mailbox of the same name elsewhere that is made of the person's name: the name says most of it already."""
    domain: Weight
    colleague_domain: float
    phone: Weight
    phone_same_trunk: float
    vat_id: Weight
    vat_id_mistyped: float
    birth_date: Weight
    birth_date_similar: float
    legal_form: Weight
    street: Weight
    house_number: Weight
    postcode: Weight
    city: Weight
    region: Weight
    country: Weight
    address_most: float
    address_least: float
    name_most: float
    name_least: float
    acronym: float
    person_most: float
    company_most: float
    company_least: float
    swapped_names: float
    name_in_email: float
    company_missing: float
    other_generation: float
    relative_most: float
    """The score that somebody with another first name can reach: households and colleagues share everything else."""
    unmatched_word: float
    """The share of its rarity that a name's word costs when the other side lacks it."""


_PAIRS = ("agree", "disagree")
WEIGHT_NAMES: tuple[str, ...] = tuple(
    name
    for each in fields(Weights)
    for name in ([f"{each.name}.{part}" for part in _PAIRS] if each.type is Weight else [each.name])
)
"""Every weight, as the file names it (``email.agree``), in the file's order."""

_IDENTIFIER, _AGREEMENT, _AGAINST = (10.0, 24.0), (0.0, 16.0), (-14.0, 0.0)
BOUNDS: Mapping[str, tuple[float, float]] = {
    **{name: _AGAINST if name.endswith(".disagree") else _AGREEMENT for name in WEIGHT_NAMES},
    **{f"{name}.agree": _IDENTIFIER for name in ("email", "phone", "domain", "vat_id")},
    "address_most": (0.0, 40.0),
    "name_most": (0.0, 40.0),
    **dict.fromkeys(("address_least", "name_least", "company_least"), (-40.0, 0.0)),
    "person_most": (0.0, 40.0),
    "company_most": (0.0, 40.0),
    **dict.fromkeys(("swapped_names", "name_in_email", "company_missing"), _AGAINST),
    "other_generation": (-20.0, 0.0),
    "relative_most": (-20.0, 20.0),
    "unmatched_word": (0.0, 1.0),
}
"""From which to which value a weight may be set or estimated.

What agrees never speaks against a pair, nor what differs for it, so that more agreement is never less evidence. Equal
identifiers keep the bits from which on they pay their rarity (``services.matching.rarity``).
"""


def by_name(weights: Weights) -> dict[str, float]:
    """Every weight by its name, in the file's order."""
    return {name: _value(weights, name) for name in WEIGHT_NAMES}


def from_names(values: Mapping[str, float]) -> Weights:
    """The weights with these values, one for each of ``WEIGHT_NAMES``. Raises ``KeyError`` if one is missing."""
    given: dict[str, Any] = {}
    for each in fields(Weights):
        if each.type is Weight:
            agree, disagree = (values[f"{each.name}.{part}"] for part in _PAIRS)
            given[each.name] = Weight(agree=agree, disagree=disagree)
        else:
            given[each.name] = values[each.name]
    return Weights(**given)


def _value(weights: Weights, name: str) -> float:
    detail, _, part = name.partition(".")
    found = getattr(weights, detail)
    value: float = getattr(found, part) if part else found
    return value
