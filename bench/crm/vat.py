"""VAT ids with right check digits, for the countries whose rule is short.

Rules after the European Commission's published VIES algorithms (and the Swiss and Polish authorities' own).
"""

from collections.abc import Callable, Sequence
from random import Random


def _weighted(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True))


def _german(digits: Sequence[int]) -> int:
    """ISO 7064 MOD 11,10 over eight digits."""
    product = 10
    for digit in digits:
        product = 2 * ((digit + product) % 10 or 10) % 11
    return (11 - product) % 10


def _austrian(digits: Sequence[int]) -> int:
    crossed = (sum(divmod(digit * (1 + position % 2), 10)) for position, digit in enumerate(digits))
    return (96 - sum(crossed)) % 10


def _luhn(digits: Sequence[int]) -> int:
    """Luhn over digits whose check digit follows; every second from the right is doubled."""
    crossed = (sum(divmod(digit * (2 - position % 2), 10)) for position, digit in enumerate(reversed(digits)))
    return -sum(crossed) % 10


def _swiss(digits: Sequence[int]) -> int:
    return -_weighted(digits, (5, 4, 3, 2, 7, 6, 5, 4)) % 11


def _polish(digits: Sequence[int]) -> int:
    return _weighted(digits, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11


def _danish(digits: Sequence[int]) -> int:
    return -_weighted(digits, (2, 7, 6, 5, 4, 3, 2)) % 11


_RULES: dict[str, tuple[int, Callable[[Sequence[int]], int], str]] = {
    "DE": (8, _german, "DE{}"),
    "AT": (7, _austrian, "ATU{}"),
    "CH": (8, _swiss, "CHE{}MWST"),
    "IT": (10, _luhn, "IT{}"),
    "PL": (9, _polish, "PL{}"),
    "DK": (7, _danish, "DK{}"),
}


def check_digit(country: str, digits: str) -> int:
    """The check digit that follows these digits; 10 or more where no number of the country begins so."""
    return _RULES[country][1]([int(digit) for digit in digits])


def draw_vat_id(rng: Random, country: str) -> str | None:
    """Draw a valid VAT id of the country; None where its rule is not kept here."""
    if country not in _RULES:
        return None
    length, check, pattern = _RULES[country]
    while True:
        digits = [rng.randint(1, 9), *(rng.randint(0, 9) for _ in range(length - 1))]
        last = check(digits)
        if last < 10:
            return pattern.format("".join(map(str, [*digits, last])))
