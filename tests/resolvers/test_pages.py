"""Cursors and page arguments."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.errors import RequestError
from resolvers.pages import (
    BY_ID,
    BY_MOMENT,
    BY_NAME,
    DEFAULT_SIZE,
    PageArguments,
    decode_cursor,
    encode_cursor,
    page_request,
)

IDS = st.integers(min_value=0, max_value=2**63 - 1)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=100)


@given(IDS)
def test_a_cursor_by_id_leads_back(id_: int) -> None:
    """The key comes back as it was."""
    assert decode_cursor(encode_cursor((id_,)), BY_ID) == (id_,)


@given(NAMES, IDS)
def test_a_cursor_by_name_leads_back(name: str, id_: int) -> None:
    """Whatever the name is made of."""
    assert decode_cursor(encode_cursor((name, id_)), BY_NAME) == (name, id_)


@given(st.datetimes(timezones=st.just(UTC)), IDS)
def test_a_cursor_by_moment_leads_back(moment: datetime, id_: int) -> None:
    """To the microsecond."""
    assert decode_cursor(encode_cursor((moment, id_)), BY_MOMENT) == (moment, id_)


@given(st.text(max_size=200), st.sampled_from([BY_ID, BY_NAME, BY_MOMENT]))
def test_any_text_is_a_cursor_or_none(text: str, shape: tuple[type, ...]) -> None:
    """No text breaks the reader, and what it reads has the types of the list's key."""
    key = decode_cursor(text, shape)

    assert key is None or [type(each) for each in key] == list(shape)


@pytest.mark.parametrize(
    "key",
    [(-1,), (2**63,), (True,), (1.5,), (None,), ("1",), (1, 2)],
)
def test_a_key_of_the_wrong_values_is_none(key: tuple[object, ...]) -> None:
    """Only numbers that a database can hold are ids."""
    assert decode_cursor(encode_cursor(key), BY_ID) is None


def test_a_moment_of_another_zone_is_brought_to_utc() -> None:
    """A moment without a zone, or beyond the calendar, is none."""
    east = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))

    assert decode_cursor(encode_cursor((east, 1)), BY_MOMENT) == (datetime(2026, 1, 1, tzinfo=UTC), 1)
    assert decode_cursor(encode_cursor((east.replace(tzinfo=None), 1)), BY_MOMENT) is None
    assert decode_cursor(encode_cursor(("0001-01-01T00:00:00+14:00", 1)), BY_MOMENT) is None


def test_a_page_has_its_size_and_direction() -> None:
    """The default is a page of twenty from the start; ``last`` reads from the end."""
    assert page_request(PageArguments(), BY_ID).size == DEFAULT_SIZE
    assert page_request(PageArguments(first=3, after=encode_cursor((7,))), BY_ID).after == (7,)
    backward = page_request(PageArguments(last=5, before=encode_cursor((7,))), BY_ID)
    assert (backward.size, backward.before, backward.is_backward) == (5, (7,), True)
    assert not page_request(PageArguments(first=3), BY_ID).is_backward


@pytest.mark.parametrize("arguments", [PageArguments(first=0), PageArguments(last=101), PageArguments(first=1, last=1)])
def test_sizes_have_limits(arguments: PageArguments) -> None:
    """From 1 to 100, and from one end only."""
    with pytest.raises(RequestError):
        page_request(arguments, BY_ID)
