"""The README tells the truth: its commands exist, and its five documents answer as printed."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from graphql import build_schema, parse, validate

from tests.support.demo import demo_server

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(graphql|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A document of the README, its variables, and the answer that is printed for it."""

    document: str
    variables: dict[str, Any]
    answer: dict[str, Any]


def read_examples() -> Iterator[Example]:
    """The README's examples: a document, perhaps variables, an answer."""
    blocks = _BLOCK.findall(README)
    starts = [index for index, (language, _) in enumerate(blocks) if language == "graphql"]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        values = [json.loads(text) for _, text in blocks[start + 1 : end]]
        yield Example(blocks[start][1], values[0] if len(values) > 1 else {}, values[-1])


def test_the_two_commands_come_first() -> None:
    """The first thing to copy from the README is how to see it and how to test it."""
    first_block = README.split("```")[1]
    assert [line.split("#")[0].strip() for line in first_block.strip().splitlines()] == ["make demo", "make test"]


def test_five_documents_fit_the_schema() -> None:
    """Each of the README's five documents is valid."""
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    examples = list(read_examples())
    assert len(examples) == 5
    assert [validate(schema, parse(each.document)) for each in examples] == [[]] * 5


@pytest.mark.parametrize("path", sorted((ROOT / "web/graphiql/src/tabs").glob("*.graphql")), ids=lambda path: path.stem)
def test_graphiqls_tabs_fit_the_schema(path: Path) -> None:
    """Every ready-made tab of GraphiQL is valid."""
    schema = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    assert validate(schema, parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([\w/.-]+)\)", README))))
def test_links_lead_somewhere(path: str) -> None:
    """Every file that the README links to is there."""
    assert (ROOT / path).exists()


@pytest.mark.long
def test_the_documents_answer_as_printed(tmp_path: Path) -> None:
    """The five documents, sent over HTTP to the demo as it is built, give the answers that the README prints."""
    with demo_server(tmp_path) as server, httpx2.Client(base_url=server.url, timeout=60) as client:
        token = client.get("/demo/users").json()[0]["token"]
        for example in read_examples():
            body = {"query": example.document, "variables": example.variables}
            answer = client.post("/graphql", json=body, headers={"Authorization": f"Bearer {token}"})
            assert answer.json() == example.answer
