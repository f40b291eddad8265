"""Other people's clients against the live server: they are told things, and miss nothing when it is replaced."""

import asyncio
import json
import os
import shutil
import signal
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.acceptance.office import Server, serve_with
from db.engine import Database
from tests.support.api import SECRET, gid, token_for
from tests.support.world import World, make_world

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "web/clients/live.mjs"

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant with users."""
    return await make_world(database)


def _node() -> str:
    """The machine's Node, or the one that comes from PyPI."""
    found = shutil.which("node", path=f"{os.environ['PATH']}{os.pathsep}{ROOT / '.venv/bin'}")
    assert found, "the clients need Node: `make env` brings one"
    return found


class Told:
    """What a client prints."""

    def __init__(self, output: asyncio.StreamReader) -> None:
        self._output = output

    async def next(self) -> Any:  # noqa: ANN401
        """The next event; that a socket was closed is passed over, but has to have had a code that clients retry."""
        while True:
            line = json.loads(await asyncio.wait_for(self._output.readline(), 60))
            if "closed" not in line:
                assert "error" not in line, line
                return line
            # 1006: nobody answered while the server was being replaced.
            assert line["closed"] in {1001, 1006}


@asynccontextmanager
async def _client(kind: str, server: Server, world: World) -> AsyncIterator[Told]:
    arguments = [str(CLIENT), kind, server.url, token_for(world.agent)]
    process = await asyncio.create_subprocess_exec(_node(), *arguments, stdout=PIPE)
    assert process.stdout is not None
    try:
        yield Told(process.stdout)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize("kind", ["ws", "sse"])
async def test_a_client_of_npm_misses_nothing(kind: str, world: World, database_url: str, tmp_path: Path) -> None:
    """graphql-ws and graphql-sse are told of a lead, reconnect to the next server, and are told of what was between."""
    options = ("--database", database_url)
    with serve_with(*options, log=tmp_path / "1.log", LEADGATE_SECRET=SECRET.decode()) as server:
        port = int(server.url.rpartition(":")[2])
        async with _client(kind, server, world) as told:
            assert (await told.next())["change"] == "READY"
            first = await world.add_lead()
            added = await told.next()
            assert (added["change"], added["leadId"]) == ("ADDED", gid(first))
            os.kill(server.process_id, signal.SIGTERM)
            await asyncio.to_thread(_wait_for_end, server)
            between = await world.add_lead()
            with serve_with(*options, log=tmp_path / "2.log", port=port, LEADGATE_SECRET=SECRET.decode()):
                assert (await told.next())["leadId"] == gid(between)
                after = await world.add_lead()
                assert (await told.next())["leadId"] == gid(after)


def _wait_for_end(server: Server) -> None:
    # The server is a child of this process, which reaps it when its block ends; until then it stays as a zombie.
    while _state(server) not in {"Z", "X", None}:
        time.sleep(0.05)


def _state(server: Server) -> str | None:
    try:
        return Path(f"/proc/{server.process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return None
