"""The load: a process of its own that subscribes, writes, and notes when who was told. Prints JSON."""

import asyncio
import gc
import json
import sys
import time
from dataclasses import asdict, dataclass

import httpx2

from bench.acceptance.office import Server
from bench.live.sockets import Subscriber, subscribe

QUEUE = """
subscription Queue($search: String) {
  leadQueue(filter: {statuses: [NEW], search: $search}) {
    change position isInQueue user { name } takenBy { name }
    lead { id status subject receivedAt type { name } company { name } person { firstName lastName } }
  }
}
"""
CREATE = """
mutation Create($type: ID!, $number: String!) {
  createLead(input: {lead: {typeId: $type, subject: $number, person: {lastName: "Falk"}, source: "bench"}}) {
    lead { id }
    errors { ... on UserError { message } }
  }
}
"""
TYPE = "{ leadTypes { id } }"
CONNECT_AT_ONCE = 50
PAUSE_SECONDS = 0.15
"""Between events: what is measured is one event, not a queue of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was measured: milliseconds from the request that writes, and from its answer, to each frame received.

    The commit lies between the two. CPU is in milliseconds for each event: of the load itself, and of the server, which
    also takes the lead in.
    """

    from_request: list[float]
    from_answer: list[float]
    load_cpu: float
    server_cpu: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Whom to ask, as whom, and how: ``groups`` different sets of variables among the subscribers."""

    url: str
    process_id: int
    token: str
    subscribers: int
    groups: int
    events: int
    come_and_go: int


async def connect(load: Load, count: int) -> list[Subscriber]:
    """Subscribe so many, some at a time."""
    found: list[Subscriber] = []
    for start in range(0, count, CONNECT_AT_ONCE):
        wave = range(start, min(start + CONNECT_AT_ONCE, count))
        # Every lead of the bench is Falk's; what is looked for differs only so that nothing can be shared.
        asked = ({"search": "falk" + " falk" * (each % load.groups)} for each in wave)
        found += await asyncio.gather(*(subscribe(load.url, load.token, QUEUE, each) for each in asked))
    return found


async def measure(load: Load) -> Told:
    """Let leads come in, one after another, and note when everybody was told of each."""
    subscribers = await connect(load, load.subscribers)
    from_request, from_answer = [], []
    async with httpx2.AsyncClient(base_url=load.url, headers={"Authorization": f"Bearer {load.token}"}) as http:
        type_ = (await http.post("/graphql", json={"query": TYPE})).json()["data"]["leadTypes"][0]["id"]
        gc.collect()
        gc.disable()
        server = Server(load.url, load.process_id)
        own, others = time.process_time(), server.usage().cpu or 0.0
        for number in range(load.events):
            variables = {"type": type_, "number": str(number)}
            asked = time.monotonic()
            answer = await http.post("/graphql", json={"query": CREATE, "variables": variables})
            answered = time.monotonic()
            if answer.json()["data"]["createLead"]["errors"]:
                raise RuntimeError(answer.text)
            await asyncio.gather(*(each.wait_for(3 + number) for each in subscribers))
            arrived = [each.arrived[2 + number] for each in subscribers]
            from_request += [(each - asked) * 1000 for each in arrived]
            from_answer += [(each - answered) * 1000 for each in arrived]
            await asyncio.sleep(PAUSE_SECONDS)
        own, others = time.process_time() - own, (server.usage().cpu or 0.0) - others
    for each in subscribers:
        each.close()
    each_event = 1000 / load.events
    return Told(
        from_request=from_request,
        from_answer=from_answer,
        load_cpu=own * each_event,
        server_cpu=others * each_event,
    )


async def come_and_go(load: Load) -> None:
    """Subscribe and go away again, so many times."""
    for _ in range(0, load.come_and_go, CONNECT_AT_ONCE):
        for each in await connect(load, CONNECT_AT_ONCE):
            each.close()


def main() -> None:
    """Do what the first argument, JSON, says."""
    load = Load(**json.loads(sys.argv[1]))
    if load.come_and_go:
        asyncio.run(come_and_go(load))
        print("{}")
    else:
        print(json.dumps(asdict(asyncio.run(measure(load)))))


if __name__ == "__main__":
    main()
