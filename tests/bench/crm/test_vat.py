"""Generated VAT ids have right check digits."""

from random import Random

import pytest

from bench.crm.vat import check_digit, draw_vat_id


@pytest.mark.parametrize(
    ("country", "digits", "last"),
    [
        ("DE", "13669597", 6),
        ("AT", "1358562", 7),
        ("CH", "10932255", 1),
        ("IT", "0074311015", 7),
        ("PL", "856734621", 5),
        ("DK", "1358562", 8),
    ],
)
def test_check_digits_of_published_examples(country: str, digits: str, last: int) -> None:
    """The rules give the check digits of examples that the authorities and tax handbooks publish."""
    assert check_digit(country, digits) == last


def test_a_country_without_a_rule_has_none() -> None:
    """No VAT id is made up where the rule is not known."""
    assert draw_vat_id(Random(1), "ES") is None


def test_a_vat_id_begins_with_its_country() -> None:
    """The id is written with its prefix and without blanks."""
    assert (draw_vat_id(Random(1), "AT") or "").startswith("ATU")
