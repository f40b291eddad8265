"""The file of the weights: what is shipped, what is read back, and what is said of a broken one."""

from dataclasses import replace

import pytest

from services.matching.settings import DEFAULT_SETTINGS
from services.matching.weights import BOUNDS, WEIGHT_NAMES, Weight, by_name, from_names
from services.matching.weights_file import SHIPPED, WeightLine, WrongWeightsError, format_weights, parse_weights

ESTIMATED = WeightLine(bits=-1.4, hand=-1.0, m=0.21, u=0.999, pairs=4123)


def test_the_release_works_with_the_shipped_file() -> None:
    """Every weight has a line, within its bounds, and the engine uses what the lines say."""
    assert tuple(SHIPPED.lines) == WEIGHT_NAMES
    assert SHIPPED.weights == DEFAULT_SETTINGS.weights
    assert SHIPPED.weights.email == Weight(
        agree=SHIPPED.lines["email.agree"].bits, disagree=SHIPPED.lines["email.disagree"].bits
    )
    assert all(BOUNDS[name][0] <= line.bits <= BOUNDS[name][1] for name, line in SHIPPED.lines.items())


def test_weights_by_name_and_back() -> None:
    """Nothing is lost, and every name has its own value."""
    values = {name: float(place) for place, name in enumerate(WEIGHT_NAMES)}

    assert by_name(from_names(values)) == values


def test_a_file_is_read_back_as_it_was() -> None:
    """With hand-set and estimated lines, and an origin that needs escaping."""
    file = replace(SHIPPED, version=7, origin='5 "leads" \\ 2', lines={**SHIPPED.lines, "phone.disagree": ESTIMATED})

    text = format_weights(file)

    assert parse_weights(text) == file
    assert format_weights(parse_weights(text)) == text
    assert 'phone.disagree = { bits = -1.4, by = "estimated", hand = -1.0, m = 0.21' in text


def test_every_wrong_line_is_named() -> None:
    """At once, by its number and name, with what would be right."""
    text = format_weights(replace(SHIPPED, lines={**SHIPPED.lines, "phone.disagree": ESTIMATED}))
    for right, wrong in (
        ("version = ", "version = -"),
        ("email.agree = { bits = 15.0,", 'email.agree = { bits = "15",'),
        ("email.disagree = { bits = -2.0,", "email.disagree = { bits = 2.0,"),
        ('domain.agree = { bits = 11.0, by = "hand" }', "domain.agree = 11.0"),
        ("u = 0.999", "u = 1.5"),
        ("street.agree = ", "strasse.agree = "),
        ('acronym = { bits = 7.0, by = "hand" }', 'acronym = { bits = 7.0, by = "hand", m = 0.5 }'),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)

    with pytest.raises(WrongWeightsError) as raised:
        parse_weights(text)

    numbers = {line.partition(" =")[0]: place for place, line in enumerate(text.splitlines(), start=1)}
    assert raised.value.faults == (
        f"line {numbers['version']}: version must be a whole number from 1 on",
        f"line {numbers['email.agree']}: email.agree bits must be a number",
        f"line {numbers['email.disagree']}: email.disagree bits must be from -14 to 0",
        f'line {numbers["domain.agree"]}: domain.agree must say by = "hand" or by = "estimated"',
        f"line {numbers['phone.disagree']}: phone.disagree u must be above 0 and at most 1",
        f"line {numbers['strasse.agree']}: strasse.agree is no weight",
        f"line {numbers['acronym']}: acronym must have bits, by, and nothing else",
        "street.agree is missing",
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "format must be 1"),
        ("format = 2", "line 1: format must be 1"),
        ("email.agree = ", "no TOML: Invalid value (at end of document)"),
        ("email = 3", "line 1: email is no weight"),
        ('format = 1\nacronym = { bits = 1.0, by = ["hand"] }', 'line 2: acronym must say by = "hand" or by'),
    ],
)
def test_other_files_are_no_weights(text: str, fault: str) -> None:
    """Nothing else comes out of a file than weights or a sentence."""
    with pytest.raises(WrongWeightsError) as raised:
        parse_weights(text)

    assert any(each.startswith(fault) for each in raised.value.faults)
