"""A process that accepts and commits leads until it is killed, several at once, and says so of each when it is done."""

import asyncio
import json
import os
import sys

from db.engine import Database
from domain.actors import Actor
from domain.receipts import Receipt
from domain.records import Role
from services.acceptance.accepting import AcceptLeadCommand, accept_lead
from services.acceptance.committing import create_case
from services.acceptance.planning import CreateCaseCommand
from services.backend import Backend
from tests.support.factories import NOW

AT_ONCE = 4
STDOUT = 1


async def serve(url: str, tenant_id: int, user_id: int) -> None:
    """Work off the lead ids that are on the input, a line each; the keys are made of them."""
    database = Database(url)
    backend = Backend(database=database, secret=b"0" * 32, now=lambda: NOW)
    actor = Actor(tenant_id=tenant_id, user_id=user_id, roles=frozenset({Role.AGENT}))
    places = asyncio.Semaphore(AT_ONCE)

    async def work(lead_id: int) -> None:
        async with places:
            acknowledge("accept", lead_id, await accept(backend, actor, lead_id))
            acknowledge("commit", lead_id, await commit(backend, actor, lead_id))

    await asyncio.gather(*(work(int(line)) for line in sys.stdin))
    await database.close()


async def accept(backend: Backend, actor: Actor, lead_id: int) -> Receipt:
    """Accept a lead, with the key that every try of it has."""
    return await accept_lead(backend, actor, AcceptLeadCommand(lead_id=lead_id), f"accept-{lead_id}")


async def commit(backend: Backend, actor: Actor, lead_id: int) -> Receipt:
    """Commit a lead, with the key that every try of it has."""
    return await create_case(backend, actor, CreateCaseCommand(lead_id=lead_id), f"commit-{lead_id}")


def plain(receipt: Receipt) -> list[list[object]]:
    """A receipt as it goes over the wire."""
    return [[each.kind.value, each.id, each.version] for each in receipt.records]


def acknowledge(step: str, lead_id: int, receipt: Receipt) -> None:
    """Say that something is done; one write, past all buffers."""
    os.write(STDOUT, f"{json.dumps([step, lead_id, plain(receipt)])}\n".encode())


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
