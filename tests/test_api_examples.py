"""Every block of docs/api.md does what the page says, with the demo's data and against the real server."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from bench.acceptance.office import serve_with
from schema.http.bodies import MAX_BODY
from tests.support.demo import demo_server, write_small_demo
from tests.support.examples import Block, Names, program, read_blocks, write_files
from tests.support.node import node

ROOT = Path(__file__).parent.parent
API = (ROOT / "docs/api.md").read_text(encoding="utf-8")
BLOCKS = read_blocks(API)
ADDRESS = "http://127.0.0.1:8000"
SHELL, STREAM = "sh", "curl -N"
MODULES = ROOT / "web/clients/node_modules"
COMPILE = (
    "--strict --noUncheckedIndexedAccess --target es2022 --module nodenext --lib es2023,dom,dom.iterable --skipLibCheck"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A server with the demo's data, a folder to work in, and the token that the page's first block gets."""

    url: str
    folder: Path
    database: str
    token: str = ""

    def environment(self) -> dict[str, str]:
        """What the page's programs are run with."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "LEADGATE_DATABASE": self.database, "TOKEN": self.token}

    def here(self, text: str) -> str:
        """The text with this server's address."""
        return text.replace(ADDRESS, self.url)

    def run(self, *command: str) -> str:
        """What a program prints; it has to end well."""
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def run_shell(self, block: Block, *, and_then: str = "") -> str:
        """What a block of shell prints."""
        return self.run("bash", "-euo", "pipefail", "-c", self.here(block.text) + and_then)


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database with a small demo."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    write_small_demo(f"sqlite+aiosqlite:///{path}")
    return path


def _prepare(url: str, folder: Path, database: str) -> Place:
    write_files(BLOCKS, folder)
    getting = next(each for each in BLOCKS if each.language == SHELL)
    token = Place(url=url, folder=folder, database=database).run_shell(getting, and_then='printf %s "$TOKEN"')
    return Place(url=url, folder=folder, database=database, token=token)


@contextmanager
def _serve(small_demo: Path, folder: Path) -> Iterator[Place]:
    shutil.copy(small_demo, folder / "demo.sqlite3")
    database = f"sqlite+aiosqlite:///{folder}/demo.sqlite3"
    with serve_with("--demo", "--database", database, log=folder / "server.log") as server:
        yield _prepare(server.url, folder, database)


@pytest.fixture(scope="module")
def place(small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give a server with a small demo, for programs that work different leads."""
    with _serve(small_demo, tmp_path_factory.mktemp("place")) as served:
        yield served


@pytest.fixture
def fresh_place(small_demo: Path, tmp_path: Path) -> Iterator[Place]:
    """Give a server with a small demo that nobody has touched."""
    with _serve(small_demo, tmp_path) as served:
        yield served


def _run_graphql(place: Place, document: str, variables: dict[str, Any]) -> Any:  # noqa: ANN401
    """The answer to a document; of a subscription, the first event."""
    headers = {"Authorization": f"Bearer {place.token}", "Accept-Language": "en"}
    body = {"query": document, "variables": variables}
    with httpx2.Client(base_url=place.url, headers=headers, timeout=60) as client:
        if "subscription " not in document:
            return client.post("/graphql", json=body).json()
        with client.stream("POST", "/graphql", json=body, headers={"Accept": "text/event-stream"}) as events:
            return json.loads(
                next(each for each in events.iter_lines() if each.startswith("data: ")).removeprefix("data: ")
            )


def _follow(place: Place, names: Names) -> Iterator[str]:
    """Run the page's documents in their order; tells what is not as it is shown."""
    variables: dict[int, dict[str, Any]] = {}
    for index, block in enumerate(BLOCKS):
        if block.role == "variables":
            variables[index - 1] = json.loads(block.text)
    for index, block in enumerate(BLOCKS):
        if block.language != "graphql":
            continue
        given = json.loads(names.translate(json.dumps(variables.get(index, {}))))
        answer = _run_graphql(place, block.text, given)
        shown = index + 1 + (index in variables)
        if shown < len(BLOCKS) and BLOCKS[shown].role == "answer":
            there = f"line {BLOCKS[shown].line}"
            yield from names.differences(json.loads(BLOCKS[shown].text), answer, there)
        elif "errors" in answer:
            yield f"line {block.line}: {answer['errors']}"


def test_documents_answer_as_shown(fresh_place: Place) -> None:
    """The page's GraphQL documents, sent in their order with the variables shown, give the answers shown."""
    assert list(_follow(fresh_place, Names())) == []


@pytest.mark.long
def test_documents_answer_as_shown_in_the_whole_demo(tmp_path: Path) -> None:
    """With the demo as `make demo` builds it, ids are those of the page as well."""
    names = Names()
    database = f"sqlite+aiosqlite:///{tmp_path}/demo.sqlite3"
    with demo_server(tmp_path) as server:
        assert list(_follow(_prepare(server.url, tmp_path, database), names)) == []
    assert {shown: real for shown, real in names.real.items() if shown != real and "_" in shown} == {}


def test_commands_do_what_the_page_says(place: Place) -> None:
    """Every block of shell runs, and prints the answer shown where one is shown; a stream tells something."""
    for block, after in zip(BLOCKS, [*BLOCKS[1:], None], strict=True):
        if block.language != SHELL:
            continue
        if STREAM in block.text:
            assert '"data"' in _first_event(place, block)
            continue
        printed = place.run_shell(block)
        if after is not None and after.role == "answer":
            assert json.loads(printed) == json.loads(after.text)
        elif "curl" in block.text and "/graphql" in block.text:
            assert json.loads(printed).keys() == {"data"}, printed


def _first_event(place: Place, block: Block) -> str:
    command = ["bash", "-c", f"exec {place.here(block.text)}"]
    process = subprocess.Popen(
        command, env=place.environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with process:
        try:
            assert process.stdout is not None
            return next((line for line in process.stdout if line.startswith("data: ")), "")
        finally:
            process.kill()


def test_the_typescript_program_runs(place: Place) -> None:
    """All TypeScript of the page, put together, fits its types and takes a lead from the queue to a case."""
    _register(place)
    folder = place.folder
    (folder / "node_modules").symlink_to(MODULES)
    (folder / "package.json").write_text('{ "type": "module" }')
    (folder / "node.d.ts").write_text("declare const process: { env: Record<string, string | undefined> };")
    (folder / "program.ts").write_text(place.here(program(BLOCKS, "ts")), encoding="utf-8")
    # Node 20 has no WebSocket of its own; browsers have.
    (folder / "run.mjs").write_text(
        'globalThis.WebSocket ??= (await import("ws")).default;\nawait import("./program.js");'
    )
    place.run(node(), str(MODULES / "typescript/bin/tsc"), *COMPILE.split(), "program.ts", "node.d.ts")
    printed = place.run(node(), "run.mjs").splitlines()
    assert printed[0] == "Hello, Jana Vogt"
    assert [line for line in printed if line.startswith("Case ")] != ["Case undefined"]
    assert "200 private, no-cache 304" in printed
    assert any(line.endswith("leads wait") and not line.startswith("0 ") for line in printed)


def _register(place: Place) -> None:
    place.run_shell(next(each for each in BLOCKS if "documents register" in each.text and each.language == SHELL))


def test_the_python_program_runs(place: Place) -> None:
    """All Python of the page, put together, takes a lead from the queue to a case, and creates it once."""
    (place.folder / "program.py").write_text(place.here(program(BLOCKS, "python")), encoding="utf-8")
    printed = place.run(sys.executable, "-W", "error", "program.py").splitlines()
    assert printed[0] == "Hello, Jana Vogt"
    assert printed[-2] == "STALE by now it is version 2"
    assert printed[-1].startswith("Case ")


def test_sockets_open_as_shown(place: Place) -> None:
    """The message that opens a socket is acknowledged."""
    (block,) = (each for each in BLOCKS if each.role == "connection_init")
    message = block.text.replace("eyJhbGciOi…", place.token)
    address = f"{place.url.replace('http', 'ws')}/graphql"
    with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        socket.send(message)
        assert json.loads(socket.recv()) == {"type": "connection_ack"}


STATUSES: Mapping[str, Mapping[str, Any]] = {
    "UNAUTHENTICATED": {"headers": {"Authorization": "Bearer no"}},
    "BAD_REQUEST": {"content": "[]"},
    "BODY_TOO_LARGE": {"content": " " * (MAX_BODY + 1)},
    "METHOD_NOT_ALLOWED": {"method": "PUT"},
    "NOT_ACCEPTABLE": {"headers": {"Accept": "text/html"}},
    "UNSUPPORTED_MEDIA_TYPE": {"headers": {"Content-Type": "text/plain"}},
    "FORBIDDEN_ORIGIN": {"headers": {"Origin": "https://elsewhere.example"}},
    "SYNTAX_ERROR": {"content": '{"query": "{"}'},
    "INVALID_DOCUMENT": {"content": '{"query": "{ nothing }"}'},
    "INVALID_VARIABLES": {"content": '{"query": "query($id: ID!) { node(id: $id) { id } }"}'},
    "UNKNOWN_OPERATION": {"content": '{"query": "query A { __typename } query B { __typename }"}'},
    "TOO_COMPLEX": {"content": json.dumps({"query": f"{{ {'__typename ' * 2_000} }}"})},
    "UNKNOWN_DOCUMENT": {"content": '{"documentId": "none"}'},
    "NEEDS_STREAM": {"content": '{"query": "subscription { leadQueue { change } }"}'},
    "BAD_CURSOR": {"content": '{"query": "{ leads(after: \\"x\\") { totalCount } }"}'},
    "BAD_PAGE_SIZE": {"content": '{"query": "{ leads(first: 101) { totalCount } }"}'},
    "BAD_ID": {"content": '{"query": "{ cases(filter: {accountId: \\"x\\"}) { totalCount } }"}'},
}
"""What to send for a code."""


@pytest.mark.parametrize("code", STATUSES)
def test_statuses_are_those_of_the_table(code: str, place: Place) -> None:
    """What earns a code is answered with the status of the table, and with 200 to plain JSON where it has a star."""
    row = next(line for line in API.splitlines() if line.startswith(f"| `{code}` |"))
    told = row.split("|")[2].strip()
    accepts = {"application/graphql-response+json": int(told.strip("*"))}
    if told.endswith("*"):
        accepts["application/json"] = 200
    for accept, status in accepts.items():
        given = {"method": "POST", "content": '{"query": "{ __typename }"}', **STATUSES[code]}
        own = {"Authorization": f"Bearer {place.token}", "Content-Type": "application/json", "Accept": accept}
        headers = {**own, **given.pop("headers", {})}
        answer = httpx2.request(url=f"{place.url}/graphql", headers=headers, timeout=60, **given)
        assert ([each["extensions"]["code"] for each in answer.json()["errors"]], answer.status_code) == (
            [code],
            status,
        )
