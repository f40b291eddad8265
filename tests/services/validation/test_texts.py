"""Text in and text stored."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.problems import FieldFault, InvalidField
from services.validation.reading import Reading
from services.validation.texts import country, text, website
from tests.support.factories import NOW
from tests.support.reading import read

LINE = text(20)
LINES = text(40, has_lines=True)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Müller", "Müller"),
        ("Mu\u0308ller", "Müller"),
        ("  Müller\t\n", "Müller"),
        ("\u00a0Müller\u3000", "Müller"),
        ("", None),
        (" \t\n ", None),
        (None, None),
        ("\u200b\u200e\ufeff", None),
        ("\u202e\u00ad ", None),
        ("שלום עולם", "שלום עולם"),
        ("\u202bسلم\u202c", "\u202bسلم\u202c"),
        ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
        ("Z\u0351\u036b\u0343a\u0329\u0359l", unicodedata.normalize("NFC", "Z\u0351\u036b\u0343a\u0329\u0359l")),
        ("\ufffd\ufffe\uffff\U0010ffff", "\ufffd\ufffe\uffff\U0010ffff"),
        ("'; DROP TABLE x; --", "'; DROP TABLE x; --"),
        ("北京", "北京"),
        ("ﷺ", "ﷺ"),
        ("x" * 20, "x" * 20),
        (" " + "x" * 20 + " ", "x" * 20),
        ("e\u0301" * 20, "é" * 20),
    ],
)
def test_text_is_composed_and_trimmed(raw: str | None, stored: str | None) -> None:
    """Every script is stored as it came, composed and trimmed; what shows nothing is none."""
    assert read(LINE, raw) == (stored, [])


@pytest.mark.parametrize("raw", ["a\x00b", "\x00", "a\x1bb", "a\x7fb", "a\x85b", "a\nb", "a\tb", "\ud800", "a\udfffb"])
def test_a_line_takes_no_control_characters(raw: str) -> None:
    """NUL, lone surrogates, and line ends inside a line are refused, not repaired."""
    assert read(LINE, raw) == (None, [(FieldFault.BAD_TEXT, "")])


@pytest.mark.parametrize(
    ("raw", "stored"),
    [("a\nb", "a\nb"), ("a\r\nb\rc", "a\nb\nc"), ("a\tb", "a\tb"), ("\n a \n\n b \n", "a \n\n b")],
)
def test_a_message_keeps_its_lines(raw: str, stored: str) -> None:
    """Line ends of every system come out as one kind; tabs stay."""
    assert read(LINES, raw) == (stored, [])


@pytest.mark.parametrize("raw", ["a\x00b", "a\x0cb", "\ud83d"])
def test_a_message_takes_no_other_control_characters(raw: str) -> None:
    """NUL, form feeds and lone surrogates are refused in messages as well."""
    assert read(LINES, raw) == (None, [(FieldFault.BAD_TEXT, "")])


@pytest.mark.parametrize("raw", ["x" * 21, "é" * 21, "x" * 1_000_000, "\u0301" * 1_000_000], ids=range(4))
def test_long_text_is_refused_with_the_limit(raw: str) -> None:
    """Text is never cut: too much of it is a problem that names the limit."""
    assert read(LINE, raw) == (None, [(FieldFault.TOO_LONG, "20")])


@given(st.text(st.characters(codec=None), max_size=30))
def test_reading_text_twice_changes_nothing(raw: str) -> None:
    """What is stored is a form that is stored again as it is, and that every database can take."""
    value, problems = read(LINES, raw)
    if problems:
        assert value is None
    elif value is not None:
        assert read(LINES, value) == (value, [])
        assert value == unicodedata.normalize("NFC", value).strip()
        value.encode()


@pytest.mark.parametrize(
    "raw",
    [
        "example.de",
        "www.example.de/über-uns?x=1#y",
        "https://example.de",
        "HTTP://EXAMPLE.DE:8080/",
        "müller.example",
        "192.168.0.1",
        "example.de.",
    ],
)
def test_websites_come_in_many_shapes(raw: str) -> None:
    """A website is a host name with a dot; scheme, port, path and query may be there."""
    assert read(website(100), raw) == (raw, [])


@pytest.mark.parametrize(
    "raw", ["example", "ftp://example.de", "javascript:alert(1).x", "exa mple.de", "https://", ".de", "max@example.de"]
)
def test_other_things_are_no_websites(raw: str) -> None:
    """Words, other schemes and e-mail addresses are refused."""
    assert read(website(100), raw) == (None, [(FieldFault.BAD_VALUE, "")])


@pytest.mark.parametrize(("raw", "stored"), [("DE", "DE"), ("de ", "DE"), ("gB", "GB"), ("XK", "XK"), ("", None)])
def test_countries_are_codes(raw: str, stored: str | None) -> None:
    """Codes are taken in any case and stored in capitals."""
    assert read(country, raw) == (stored, [])


@pytest.mark.parametrize("raw", ["Germany", "DEU", "ZZ", "EU", "D", "ﬁ", "ẞ"])
def test_other_countries_are_refused(raw: str) -> None:
    """Names, three letters and codes that nobody has are refused."""
    assert read(country, raw) == (None, [(FieldFault.BAD_COUNTRY, "")])


def test_problems_lead_to_their_place() -> None:
    """A problem carries the path of its place, and all places of an input share one list."""
    reading = Reading(path=("input",), country="DE", now=NOW)
    LINE("\x00", reading.at("lead", "subject"))
    LINE("\x00", reading.at("lead", "source"))

    assert reading.problems == [
        InvalidField(path=("input", "lead", "subject"), fault=FieldFault.BAD_TEXT),
        InvalidField(path=("input", "lead", "source"), fault=FieldFault.BAD_TEXT),
    ]
    assert reading.has_problem_at("lead", "source")
    assert reading.has_problem_at("lead")
    assert not reading.has_problem_at("lead", "sour")
