"""docs/api.md tells the truth."""

import re
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from schema.http.events import KEEP_ALIVE_SECONDS
from schema.http.messages import CloseCode
from schema.http.socket import MAX_OPERATIONS
from services.live.reading import MAX_BACKLOG

ROOT = Path(__file__).parent.parent
API = (ROOT / "docs/api.md").read_text(encoding="utf-8")
DOCUMENTS = re.findall(r"^```graphql\n(.*?)^```$", API, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=range(len(DOCUMENTS)))
def test_documents_fit_the_schema(document: str) -> None:
    """Every GraphQL document of the page is valid."""
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    assert validate(schema, parse(document)) == []


def test_every_close_code_is_told() -> None:
    """A client's author finds each code that a socket may be closed with."""
    table = API.split("| close code |")[1].split("\n\n")[0]
    assert {int(each) for each in re.findall(r"\b[14]\d{3}\b", table)} == set(CloseCode)


def test_limits_are_those_that_hold() -> None:
    """What the page says about sizes and times is what the code does."""
    assert f"at most {MAX_OPERATIONS}\noperations" in API
    assert f"({MAX_BACKLOG:,} events of the tenant" in API
    assert f"every {KEEP_ALIVE_SECONDS:.0f} seconds" in API
