"""Dates, moments, countries and names as files spell them."""

from datetime import UTC, date, datetime

import pytest

from services.importing.scalars import parse_country, parse_date, parse_moment, split_name


@pytest.mark.parametrize(
    "text", ["1980-12-31", "31.12.1980", "31. 12. 1980", "1980/12/31", "19801231", "1980-12-31T00:00:00", "1980.12.31"]
)
def test_days_are_read_in_every_clear_spelling(text: str) -> None:
    """ISO, German, packed, and with an empty time behind."""
    assert parse_date(text) == date(1980, 12, 31)


@pytest.mark.parametrize("text", ["12/31/1980", "31.12.80", "1980-02-30", "1980-12-31 10:00", "gestern", "", "1980"])
def test_days_that_are_unclear_are_none(text: str) -> None:
    """What is no day, or might be two, is not guessed at."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2000-03-30T15:30:20-08:00", (2000, 3, 30, 23, 30, 20)),
        ("2000-03-30T15:30:20-08:0", (2000, 3, 30, 23, 30, 20)),
        ("2000-03-30T15:30:20+0530", (2000, 3, 30, 10, 0, 20)),
        ("2008-06-25T8:47:50", (2008, 6, 25, 8, 47, 50)),
        ("2008-06-25T08:47:50.123Z", (2008, 6, 25, 8, 47, 50)),
        ("25.06.2008, 8:47 Uhr", (2008, 6, 25, 8, 47, 0)),
        ("2008-06-25", (2008, 6, 25, 0, 0, 0)),
        ("20080625T084750Z", None),
        ("2008-06-25T25:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2008-06-25T08:47:50+99:00", None),
        ("2/9/2020 6:26PM", None),
    ],
)
def test_moments_are_read_into_utc(text: str, moment: tuple[int, ...] | None) -> None:
    """With and without time and zone, as ADF and its senders write them; without a zone it is UTC."""
    assert parse_moment(text) == (None if moment is None else datetime(*moment, tzinfo=UTC))  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"),
        ("germany", "DE"),
        ("D", "DE"),
        ("DEU", "DE"),
        ("de", "DE"),
        ("Österreich", "AT"),
        ("USA", "US"),
        ("UK", "GB"),
        ("Atlantis", "Atlantis"),
    ],
)
def test_countries_are_known_by_many_names(text: str, code: str) -> None:
    """Names in three languages and the common codes; what is unknown stays, for the check to refuse."""
    assert parse_country(text) == code


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Jo Bär", {"firstName": "Jo", "lastName": "Bär"}),
        ("Bär", {"lastName": "Bär"}),
        ("Bär, Jo", {"firstName": "Jo", "lastName": "Bär"}),
        ("Karl Heinz von der Leyen", {"firstName": "Karl Heinz", "lastName": "von der Leyen"}),
        (
            "Frau Prof. Dr. Ute van Dyk",
            {"salutation": "Frau", "title": "Prof. Dr.", "firstName": "Ute", "lastName": "van Dyk"},
        ),
        ("Dr.-Ing. Max Weiß", {"title": "Dr.-Ing.", "firstName": "Max", "lastName": "Weiß"}),
        ("Herr Weiß", {"salutation": "Herr", "lastName": "Weiß"}),
        ("von Ow", {"firstName": "von", "lastName": "Ow"}),
    ],
)
def test_full_names_are_divided(text: str, parts: dict[str, str]) -> None:
    """Salutation and titles come off the front, particles stay with the last name."""
    assert split_name(text) == parts
