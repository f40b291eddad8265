"""Days, moments and ids."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.problems import FieldFault
from services.validation.moments import birth_date, moment, past_moment, record_id
from services.validation.reading import Rule
from tests.support.factories import NOW
from tests.support.reading import read

EARLY = datetime(1, 1, 1, tzinfo=UTC)
LATE = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(1850, 1, 1), date(2000, 2, 29), NOW.date(), None])
def test_people_were_born_from_1850_to_today(day: date | None) -> None:
    """Days on which somebody who is alive, or was lately, can have been born."""
    assert read(birth_date, day) == (day, [])


@pytest.mark.parametrize("day", [date(1849, 12, 31), date.min, NOW.date() + timedelta(days=1), date.max])
def test_nobody_was_born_on_other_days(day: date) -> None:
    """The problem names the days that can be."""
    assert read(birth_date, day) == (None, [(FieldFault.BAD_DATE, "1850-01-01/2026-11-02")])


def test_moments_are_brought_to_utc() -> None:
    """The time zone of the sender is not kept; a moment without one is UTC."""
    berlin = timezone(timedelta(hours=1))

    assert read(past_moment, datetime(2026, 11, 2, 9, tzinfo=berlin))[0] == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert read(moment, datetime(2026, 11, 2, 9))[0] == datetime(2026, 11, 2, 9, tzinfo=UTC)  # noqa: DTZ001
    assert read(moment, None) == (None, [])


@pytest.mark.parametrize(
    ("rule", "raw"),
    [
        (past_moment, NOW + timedelta(days=1, seconds=1)),
        (past_moment, datetime(1969, 12, 31, tzinfo=UTC)),
        (moment, datetime(2200, 1, 2, tzinfo=UTC)),
        *(
            (rule, raw.replace(tzinfo=timezone(timedelta(hours=hours))))
            for rule in (moment, past_moment)
            for raw in (EARLY, LATE)
            for hours in (-14, 0, 14)
        ),
    ],
)
def test_far_moments_are_refused(rule: Rule, raw: datetime) -> None:
    """Nothing was received tomorrow, and nothing expires in a century in which nobody reads it."""
    value, problems = read(rule, raw)

    assert value is None
    assert [fault for fault, _ in problems] == [FieldFault.BAD_DATE]


@pytest.mark.parametrize("raw", [0, -1, 1 << 63, 1 << 200])
def test_ids_that_nothing_can_have_are_refused(raw: int) -> None:
    """An id outside of 63 bits never reaches a database."""
    assert read(record_id, raw) == (None, [(FieldFault.BAD_ID, "")])
    assert read(record_id, (1 << 63) - 1) == ((1 << 63) - 1, [])
