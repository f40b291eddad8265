"""docs/api.md tells the truth: its blocks are run, and its tables are complete."""

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    OperationDefinitionNode,
    build_schema,
    parse,
    validate,
)

from resolvers.arguments import MAX_SEARCH
from resolvers.errors import ErrorCode
from resolvers.nodes import MAX_IDS
from resolvers.pages import DEFAULT_SIZE, MAX_SIZE
from schema.build import build_schema as build_served
from schema.http.bodies import MAX_BODY
from schema.http.events import KEEP_ALIVE_SECONDS
from schema.http.messages import CloseCode
from schema.http.socket import MAX_OPERATIONS
from services.live.reading import MAX_BACKLOG
from tests.support.examples import Block, read_blocks

ROOT = Path(__file__).parent.parent
API = (ROOT / "docs/api.md").read_text(encoding="utf-8")
BLOCKS = read_blocks(API)
DOCUMENTS = [each for each in BLOCKS if each.language == "graphql"]
SCHEMA = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
RUN = {"graphql": r"(queries/)?(\w+\.graphql)?", "json": r"variables|answer|connection_init"} | dict.fromkeys(
    ("ts", "python", "sh"), ""
)
"""What tests/test_api_examples.py runs: languages, and what may stand behind them."""


def _table(first_header: str) -> dict[str, list[str]]:
    """The rows of tables whose header begins so, by their first cell."""
    tables = API.split(f"\n| {first_header}")[1:]
    rows = [line.strip("| ").split(" | ") for table in tables for line in table.split("\n\n")[0].splitlines()[2:]]
    return {cells[0].strip("`"): cells[1:] for cells in rows}


def test_every_block_is_run() -> None:
    """No block of code is in a language, or of a kind, that the tests pass by."""
    passed_by = [each for each in BLOCKS if not re.fullmatch(RUN.get(each.language, "nothing"), each.role)]
    assert passed_by == []
    assert API.count("```") == 2 * len(BLOCKS)


def test_answers_belong_to_something() -> None:
    """Variables follow a document, and answers follow a document, its variables or a command."""
    for before, block in zip([None, *BLOCKS[:-1]], BLOCKS, strict=True):
        if block.role in {"variables", "answer"}:
            assert before is not None
            wanted = {"graphql"} if block.role == "variables" else {"graphql", "sh", "json"}
            assert before.language in wanted, block.line


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: f"line {each.line}")
def test_documents_fit_the_schema(document: Block) -> None:
    """Every GraphQL document of the page is valid, within the limits, and can be a file of a mobile project."""
    parsed = parse(document.text)
    assert validate(SCHEMA, parsed) == []
    assert build_served().admission.admit(document.text).errors == []
    named = [each.name.value for each in parsed.definitions if isinstance(each, OperationDefinitionNode) and each.name]
    assert len(named) == 1
    assert Path(document.role).stem in {"", named[0]}


def test_names_are_unique() -> None:
    """Operations and fragments of the page have names of their own, as mobile projects demand."""
    names = [
        name
        for each in DOCUMENTS
        for name in re.findall(r"^(?:query|mutation|subscription|fragment) (\w+)", each.text, re.MULTILINE)
    ]
    assert len(names) == len(set(names))


def test_every_problem_is_told() -> None:
    """The table of mutations' errors has every code, and the fields that each error has besides the common ones."""
    user_error = SCHEMA.type_map["UserError"]
    assert isinstance(user_error, GraphQLInterfaceType)
    codes = SCHEMA.type_map["ProblemCode"]
    assert isinstance(codes, GraphQLEnumType)
    expected = {}
    for name in codes.values:
        error = SCHEMA.type_map[f"{name.title().replace('_', '')}Error"]
        assert isinstance(error, GraphQLObjectType)
        expected[name] = error.fields.keys() - user_error.fields.keys()
    told = {code: set(re.findall(r"`(\w+)`", cells[0])) for code, cells in _table("`code` | further").items()}
    assert told == expected


def test_every_code_is_told() -> None:
    """The table of errors at the top has every code of the closed list."""
    assert _table("`code` | status").keys() == ErrorCode.__members__.keys()


def test_every_decision_is_told() -> None:
    """The table of what may be left to decide has every kind of decision."""
    decision = SCHEMA.type_map["RemainingDecision"]
    assert isinstance(decision, GraphQLInterfaceType)
    told = {name for cell in _table("decision") for name in re.findall(r"\w+Decision\b", cell)}
    assert told == {each.name for each in SCHEMA.get_implementations(decision).objects}


def test_every_close_code_is_told() -> None:
    """A client's author finds each code that a socket may be closed with."""
    table = API.split("| close code |")[1].split("\n\n")[0]
    assert {int(each) for each in re.findall(r"\b[14]\d{3}\b", table)} == set(CloseCode)


def test_limits_are_those_that_hold() -> None:
    """What the page says about sizes and times is what the code does."""
    assert f"at most {MAX_OPERATIONS}\noperations" in API
    assert f"({MAX_BACKLOG:,} events of the tenant" in API
    assert f"every {KEEP_ALIVE_SECONDS:.0f} seconds" in API
    limits = _table("what | most")
    assert MAX_SIZE == MAX_IDS
    assert limits["entries of a page, ids in `nodes"] == [f"{MAX_SIZE}"]
    assert limits["text to search for"] == [f"{MAX_SEARCH} characters"]
    assert limits["body of a request"] == [f"{MAX_BODY // 1024} KiB"]
    assert limits["operations on one socket at once"] == [f"{MAX_OPERATIONS}"]
    assert f"1 to {MAX_SIZE}, {DEFAULT_SIZE} if nothing is said" in API


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([\w/.-]+)(?:#[\w-]+)?\)", API))))
def test_links_lead_somewhere(path: str) -> None:
    """Every file that the page links to is there."""
    assert (ROOT / "docs" / path).exists()


def test_links_within_the_page_lead_somewhere() -> None:
    """Every link to a part of the page names one of its headings."""
    headings = re.findall(r"^#+ (.+)$", API, re.MULTILINE)
    anchors = {heading.lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([\w-]+)\)", API)) <= anchors
