"""Rules for days, moments and ids."""

from datetime import UTC, date, datetime, timedelta

from domain.problems import FieldFault
from services.validation.reading import Reading

FIRST_BIRTH_DATE = date(1850, 1, 1)
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2200, 1, 1, tzinfo=UTC)
CLOCK_TOLERANCE = timedelta(days=1)
"""How far in the future a lead may have been received: senders' clocks and time zones are often wrong."""
_LAST_ID = (1 << 63) - 1


def birth_date(raw: date | None, reading: Reading) -> date | None:
    """A day from 1850 to today (UTC)."""
    today = reading.now.astimezone(UTC).date()
    if raw is not None and not FIRST_BIRTH_DATE <= raw <= today:
        reading.refuse(FieldFault.BAD_DATE, f"{FIRST_BIRTH_DATE}/{today}")
        return None
    return raw


def past_moment(raw: datetime | None, reading: Reading) -> datetime | None:
    """A moment from 1970 to now; without a time zone it is UTC."""
    return _moment(raw, reading, reading.now + CLOCK_TOLERANCE)


def moment(raw: datetime | None, reading: Reading) -> datetime | None:
    """A moment from 1970 to 2200; without a time zone it is UTC."""
    return _moment(raw, reading, LAST_MOMENT)


def _moment(raw: datetime | None, reading: Reading, last: datetime) -> datetime | None:
    if raw is None:
        return None
    aware = raw if raw.tzinfo is not None else raw.replace(tzinfo=UTC)
    if not FIRST_MOMENT <= aware <= last:
        reading.refuse(FieldFault.BAD_DATE, f"{FIRST_MOMENT.date()}/{last.date()}")
        return None
    return aware.astimezone(UTC)


def record_id(raw: int | None, reading: Reading) -> int | None:
    """An id that the database can look for."""
    if raw is not None and not 0 < raw <= _LAST_ID:
        reading.refuse(FieldFault.BAD_ID)
        return None
    return raw
