"""Which media type an answer is in."""

import pytest

from schema.http.negotiation import GRAPHQL, JSON, media_type_for
from schema.http.refusals import RequestRefused
from tests.support.api import Api


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL.upper()}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{JSON};q=0.1, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON}", JSON),
        (f"*/*, {GRAPHQL}", GRAPHQL),
        (f"text/html, {GRAPHQL};q=0.2, */*;q=0.1", GRAPHQL),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"{GRAPHQL};q=nonsense, */*", JSON),
        (f"text/html, application/xhtml+xml, {JSON};q=0.1", JSON),
    ],
)
def test_the_media_type_is_what_the_client_likes_best(accept: str, chosen: str) -> None:
    """The weight decides, then who is named more exactly, then who is named first."""
    assert media_type_for(accept) == chosen


@pytest.mark.parametrize("accept", ["text/html", f"{JSON};q=0", "image/*", f"{GRAPHQL};q=nonsense", ",", "nonsense"])
def test_a_client_that_takes_neither_is_told_so(accept: str) -> None:
    """Nothing would be of use to it."""
    with pytest.raises(RequestRefused) as refused:
        media_type_for(accept)

    assert refused.value.status == 406


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_not_acceptable_is_said_in_json(api: Api) -> None:
    """Even so the answer is one that programs can read."""
    response = await api.send("{ __typename }", headers={"Accept": "text/html"})

    assert response.status_code == 406
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.json()["errors"][0]["extensions"] == {"code": "NOT_ACCEPTABLE"}
