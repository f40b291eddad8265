"""A process of its own that commits each lead whose id it is told, and says what it was answered."""

import asyncio
import sys

from db.engine import Database
from domain.actors import Actor
from domain.problems import Refused
from domain.records import Role
from services.acceptance.committing import create_case
from services.acceptance.planning import CreateCaseCommand
from services.backend import Backend
from tests.support.factories import NOW


async def answer_lines(url: str, tenant_id: int, user_id: int) -> None:
    """Read lead ids from the input, a line each, and write an answer for each of them."""
    database = Database(url)
    backend = Backend(database=database, secret=b"0" * 32, now=lambda: NOW)
    actor = Actor(tenant_id=tenant_id, user_id=user_id, roles=frozenset({Role.AGENT}))
    while line := await asyncio.to_thread(sys.stdin.readline):
        sys.stdout.write(await commit(backend, actor, int(line)) + "\n")
        sys.stdout.flush()
    await database.close()


async def commit(backend: Backend, actor: Actor, lead_id: int) -> str:
    """Commit a lead, and give the outcome in words."""
    try:
        await create_case(backend, actor, CreateCaseCommand(lead_id=lead_id))
    except Refused as refused:
        return " ".join(["refused", *(type(each).__name__ for each in refused.problems)])
    return "committed"


if __name__ == "__main__":
    asyncio.run(answer_lines(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
