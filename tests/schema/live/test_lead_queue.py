"""``leadQueue``: what happens to the leads that a filter lets through."""

import pytest
from sqlalchemy import delete

from db.tables.log import events
from tests.support.api import gid
from tests.support.factories import make_lead
from tests.support.live import Live
from tests.support.offices import open_office
from tests.support.sockets import Socket
from tests.support.world import World

QUEUE = """
subscription Queue($filter: LeadFilter, $after: String) {
  leadQueue(filter: $filter, after: $after) {
    change kind leadId isInQueue position user { name } takenBy { name } lead { id status subject }
  }
}
"""


async def _next(socket: Socket, id_: str = "q") -> dict[str, object]:
    event: dict[str, object] = (await socket.data(id_))["leadQueue"]
    return event


async def _watch(socket: Socket, id_: str = "q", **variables: object) -> str:
    """Subscribe, and give the position that events are told from."""
    socket.subscribe(id_, QUEUE, variables)
    ready = await _next(socket, id_)
    assert (ready["change"], ready["lead"], ready["leadId"]) == ("READY", None, None)
    return str(ready["position"])


async def test_a_new_lead_is_added(live: Live, world: World) -> None:
    """Whoever watches the queue is told of a lead that comes in, with the lead and who wrote it."""
    async with live.connect() as socket:
        await _watch(socket)
        lead = await world.add_lead(subject="Probefahrt")
        added = await _next(socket)

    assert added.pop("position")
    assert added == {
        "change": "ADDED",
        "kind": "LEAD_CREATED",
        "leadId": gid(lead),
        "isInQueue": True,
        "user": {"name": "Karin Albers"},
        "takenBy": None,
        "lead": {"id": gid(lead), "status": "NEW", "subject": "Probefahrt"},
    }


async def test_a_lead_that_somebody_accepts_is_taken(live: Live, world: World) -> None:
    """An acceptance by somebody else shows at once, with who has the lead, on every open screen."""
    lead = await world.add_lead()
    async with live.connect() as one, live.connect(world.manager) as two:
        await _watch(one, filter={"statuses": ["NEW"]})
        await _watch(two)
        await live.accept(gid(lead))
        taken, also_taken = await _next(one), await _next(two)

    assert (taken["change"], taken["isInQueue"], taken["takenBy"]) == ("TAKEN", False, {"name": "Emre Yilmaz"})
    assert (also_taken["change"], also_taken["isInQueue"]) == ("TAKEN", True)


async def test_a_rejected_lead_is_removed_and_comes_back(live: Live, world: World) -> None:
    """A lead leaves a queue of new leads when it is rejected, and is added again when it is reopened."""
    lead = await world.add_lead()
    async with live.connect() as socket:
        await _watch(socket, filter={"statuses": ["NEW"]})
        await live.api.run("rejectLead", {"leadId": gid(lead)})
        removed = await _next(socket)
        await live.api.run("reopenLead", {"leadId": gid(lead)}, actor=world.manager)
        added = await _next(socket)

    assert (removed["change"], removed["kind"]) == ("REMOVED", "LEAD_REJECTED")
    assert (added["change"], added["kind"]) == ("ADDED", "LEAD_REOPENED")


async def test_a_lead_outside_the_filter_is_not_told_of(live: Live, world: World) -> None:
    """A filter by type and by words lets only what fits through."""
    async with live.connect() as socket:
        await _watch(socket, filter={"typeIds": [gid(world.test_drive)], "search": "kombi"})
        await world.add_lead(subject="Kombi")
        await world.add_lead(subject="Cabrio", type_id=world.test_drive.id)
        wanted = await world.add_lead(subject="Kombis gesucht", type_id=world.test_drive.id)
        event = await _next(socket)

        assert (event["change"], event["leadId"]) == ("ADDED", gid(wanted))
        assert socket.is_silent()


async def test_a_lead_whose_type_changes_moves_from_queue_to_queue(live: Live, world: World) -> None:
    """A change of what the filter asks for removes the lead for one subscriber, and brings it to another."""
    lead = await world.add_lead(company="Nordlicht")
    async with live.connect() as socket:
        await _watch(socket, "from", filter={"typeIds": [gid(world.enquiry)]})
        await _watch(socket, "to", filter={"typeIds": [gid(world.test_drive)]})
        given = {"leadId": gid(lead), "expectedVersion": 1, "lead": {"typeId": gid(world.test_drive)}}
        assert (await live.api.run("updateLead", given))["errors"] == []
        messages = [await socket.receive(), await socket.receive()]

    changes = {each["id"]: each["payload"]["data"]["leadQueue"]["change"] for each in messages}
    assert changes == {"from": "REMOVED", "to": "CHANGED"}


async def test_whoever_was_away_goes_on_without_loss(live: Live, world: World) -> None:
    """``after`` brings everything since then in order, once, and then what happens."""
    async with live.connect() as socket:
        position = await _watch(socket)
    leads = [await world.add_lead(subject=f"Nr. {number}") for number in range(3)]
    async with live.connect() as socket:
        socket.subscribe("q", QUEUE, {"after": position})
        missed = [await _next(socket) for _ in range(2)]
        socket.send("complete", id="q")
    async with live.connect() as socket:
        socket.subscribe("q", QUEUE, {"after": missed[-1]["position"]})
        missed.append(await _next(socket))
        leads.append(await world.add_lead())
        missed.append(await _next(socket))
        assert socket.is_silent()

    assert [each["leadId"] for each in missed] == [gid(each) for each in leads]
    assert len({each["position"] for each in missed}) == 4


@pytest.mark.parametrize("after", ["WzFd", "WzIwMDBd", "nonsense", ""])
async def test_a_position_that_cannot_be_gone_on_from_is_refused(live: Live, world: World, after: str) -> None:
    """One that is too old, or unknown, is answered with POSITION_GONE; the socket stays open."""
    async with live.connect() as socket:
        if after == "WzFd":
            await _drop_first_events(world)
        socket.subscribe("q", QUEUE, {"after": after})
        refused = await socket.receive()
        assert (refused["type"], refused["id"]) == ("error", "q")
        assert refused["payload"][0]["extensions"] == {"code": "POSITION_GONE"}
        assert "read anew" in refused["payload"][0]["message"]
        await _watch(socket)


async def _drop_first_events(world: World) -> None:
    """Remove what an operator may one day no longer keep."""
    await world.add_lead()
    await world.add_lead()
    async with world.backend.database.write(world.tenant.id, world.clock()) as session:
        await session.execute(delete(events).where(events.c.position == 2))


async def test_a_subscriber_is_told_nothing_of_another_tenant(live: Live, world: World) -> None:
    """What is written for one tenant reaches only that tenant's subscribers."""
    office = await open_office(world.backend.database, "Autohaus Süd")
    async with live.connect() as socket:
        await _watch(socket)
        await office.give(make_lead(tenant_id=office.tenant.id, type_id=office.lead_type.id))
        mine = await world.add_lead()
        assert (await _next(socket))["leadId"] == gid(mine)
        assert socket.is_silent()
