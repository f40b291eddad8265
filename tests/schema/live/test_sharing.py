"""Subscribers who ask the same with the same rights share executions; nobody shares more than that."""

import asyncio
import gc
from collections import Counter
from contextlib import AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import update

from db.tables.reference import users
from domain.records import Role
from schema.http.events import EventStream
from schema.http.socket import SocketSession
from schema.live.groups import Group
from schema.live.outbox import Outbox
from schema.live.sessions import Delivery
from services.live.feed import TenantFeed
from tests.support.api import gid
from tests.support.live import Live, open_live
from tests.support.sockets import Socket
from tests.support.statements import count_statements
from tests.support.world import World

QUEUE = """
subscription Queue($filter: LeadFilter, $after: String) {
  leadQueue(filter: $filter, after: $after) { change position lead { id type { name } } }
}
"""
OF_LEAD = "subscription($id: ID!) { leadAcceptance(leadId: $id) { kind lead { status %s } } }"
COUNTED = (SocketSession, EventStream, Delivery, Outbox, Group, TenantFeed)


async def _connect_all(live: Live, stack: AsyncExitStack, count: int) -> list[Socket]:
    actors = [live.world.agent, live.world.colleague]
    return [await stack.enter_async_context(live.connect(actors[each % 2])) for each in range(count)]


async def _executions_per_event(live: Live, asked: list[tuple[Socket, str, dict[str, Any]]]) -> int:
    """Subscribe each socket, let one lead come in, and count what was executed until all were told."""
    for socket, query, variables in asked:
        socket.subscribe("q", query, variables)
    for socket, *_ in asked:
        await socket.data("q")
    before = live.hub.executed
    await live.world.add_lead()
    told = [(await socket.data("q"))["leadQueue"]["change"] for socket, *_ in asked]
    assert set(told) == {"ADDED"}
    return live.hub.executed - before


async def test_an_event_is_executed_once_for_all_who_ask_the_same(live: Live) -> None:
    """Twenty sockets of two users with one document and equal variables make one execution, and one at the start."""
    async with AsyncExitStack() as stack:
        sockets = await _connect_all(live, stack, 20)
        asked = [(each, QUEUE, {"filter": {"statuses": ["NEW"]}}) for each in sockets]
        assert await _executions_per_event(live, asked) == 1
        assert live.hub.executed == 2
        assert live.hub.groups == 1


async def test_executions_count_documents_variables_and_rights(live: Live, world: World) -> None:
    """As many per event as there are distinct documents, variables and rights; users do not count by themselves."""
    other_document = QUEUE.replace("type { name }", "subject")
    async with AsyncExitStack() as stack:
        sockets = await _connect_all(live, stack, 12)
        manager = await stack.enter_async_context(live.connect(world.manager))
        asked: list[tuple[Socket, str, dict[str, Any]]] = [
            *((each, QUEUE, {}) for each in sockets[:4]),
            *((each, QUEUE, {"filter": {"statuses": ["NEW"]}}) for each in sockets[4:8]),
            *((each, other_document, {}) for each in sockets[8:]),
            (manager, QUEUE, {}),
        ]
        assert world.manager.roles != world.agent.roles
        assert await _executions_per_event(live, asked) == 4


async def test_where_subscribers_began_makes_no_difference(live: Live, world: World) -> None:
    """Somebody who was away is told what was missed alone, and shares what follows."""
    async with live.connect() as one, live.connect(world.colleague) as two:
        one.subscribe("q", QUEUE, {})
        position = (await one.data("q"))["leadQueue"]["position"]
        await world.add_lead()
        await one.data("q")
        two.subscribe("q", QUEUE, {"after": position})
        await two.data("q")
        before = live.hub.executed
        await world.add_lead()
        assert await one.data("q") == await two.data("q")
        assert live.hub.executed - before == 1


async def test_what_depends_on_the_user_is_not_shared(live: Live, world: World) -> None:
    """A preview offers each user themselves as assignee; without it, two users share."""
    lead = await world.add_lead(company="Nordlicht", emails=["a@nordlicht.example"])
    decision = (
        "acceptance { remainingDecisions { ... on ChooseCaseDecision { defaultAssignee { name } } } "
        "plannedChanges { changes { newValue { text } } } }"
    )
    results = []
    for selection, groups in ((decision, 2), ("subject", 1)):
        async with live.connect() as one, live.connect(world.colleague) as two:
            for each in (one, two):
                each.subscribe("q", OF_LEAD % selection, {"id": gid(lead)})
            results.append((await one.data("q"), await two.data("q")))
            assert live.hub.groups == groups
    (mine, yours), (same, alike) = results
    assert mine != yours
    assert same == alike


async def test_an_event_costs_few_statements_however_many_watch(live: Live, world: World) -> None:
    """Reading the event and its lead, and what is selected: the same number for one subscriber and for thirty."""
    counts = {}
    for subscribers in (1, 30):
        async with AsyncExitStack() as stack:
            sockets = await _connect_all(live, stack, subscribers)
            for each in sockets:
                each.subscribe("q", QUEUE, {})
            for each in sockets:
                await each.data("q")
            with count_statements(world.backend.database) as statements:
                await world.add_lead()
                for each in sockets:
                    await each.data("q")
            tables = Counter(each.split("FROM ")[1].split()[0] for each in statements if "FROM " in each)
            counts[subscribers] = tables["leads"], tables["lead_types"]
            # A wake-up that comes while an event is being told makes the feed look once more, in vain.
            assert tables["events"] in {1, 2}
    assert counts[1] == counts[30] == (1, 1)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_nothing_is_left_of_those_who_have_gone(live: Live, world: World) -> None:
    """After 300 connects with a subscription each there are as many tasks and objects as before the first."""

    async def come_and_go() -> None:
        async with live.connect() as socket:
            socket.subscribe("q", QUEUE, {})
            await socket.data("q")

    async def count() -> tuple[int, int]:
        for _ in range(5):
            await asyncio.sleep(0.01)
        gc.collect()
        return len(asyncio.all_tasks()), sum(isinstance(each, COUNTED) for each in gc.get_objects())

    await come_and_go()
    before = await count()
    for _ in range(30):
        await asyncio.gather(*(come_and_go() for _ in range(10)))
    assert await count() == before
    assert (live.hub.groups, live.hub.sessions, live.hub.feed.tenant_ids) == (0, set(), [])


@pytest.mark.parametrize("change", [{"is_active": False}, {"roles": [Role.AGENT.value]}], ids=["left", "degraded"])
async def test_rights_are_looked_after(world: World, change: dict[str, Any]) -> None:
    """Whoever is deactivated, or loses a role, is told nothing more: the socket is closed with 4403."""
    async with (
        open_live(world, rights_seconds=0.02) as live,
        live.connect(world.manager) as socket,
        live.connect() as other,
    ):
        for each in (socket, other):
            each.subscribe("q", QUEUE, {})
            await each.data("q")
        async with world.backend.database.write(world.tenant.id, world.clock()) as session:
            here = (users.c.tenant_id == world.tenant.id, users.c.id == world.manager.user_id)
            await session.execute(update(users).where(*here).values(**change))
        assert await socket.closed() == 4403
        await world.add_lead()
        await other.data("q")
