"""``leadAcceptance`` and ``leadMatches``: what happens to one lead, and to what it may belong to."""

from typing import Any

from domain.records import User
from resolvers.global_ids import encode
from tests.support.api import gid
from tests.support.live import Live
from tests.support.sockets import Socket
from tests.support.world import World

ACCEPTANCE = """
subscription Acceptance($id: ID!, $after: String) {
  leadAcceptance(leadId: $id, after: $after) {
    kind position user { name } lead { status acceptance { status holder { name } } }
  }
}
"""
MATCHES = """
subscription Matches($id: ID!, $after: String) {
  leadMatches(leadId: $id, after: $after) {
    position
    appeared { __typename id }
    lead { accountMatches { verdict edges { band node { id } } } contactMatches { verdict } }
  }
}
"""


async def _watch(socket: Socket, query: str, lead_id: str, after: str | None = None) -> Any:  # noqa: ANN401
    socket.subscribe("q", query, {"id": lead_id, "after": after})
    return await _next(socket)


async def _next(socket: Socket) -> Any:  # noqa: ANN401
    (event,) = (await socket.data("q")).values()
    return event


async def test_an_acceptance_is_watched_from_its_preview_to_its_commit(live: Live, world: World) -> None:
    """First as it stands, then every step, whoever takes it, each with the lead as it is then."""
    lead = await world.add_lead(company="Nordlicht", emails=["a@nordlicht.example"])
    async with live.connect() as socket:
        first = await _watch(socket, ACCEPTANCE, gid(lead))
        await live.accept(gid(lead))
        accepted = await _next(socket)
        await live.api.run("createCase", {"leadId": gid(lead)}, actor=world.colleague)
        converted = await _next(socket)
        assert socket.is_silent()

    assert (first["kind"], first["user"], first["lead"]["acceptance"]["status"]) == (None, None, "PREVIEW")
    assert (accepted["kind"], accepted["user"]) == ("LEAD_ACCEPTED", {"name": "Emre Yilmaz"})
    assert accepted["lead"]["acceptance"] == {"status": "OPEN", "holder": {"name": "Emre Yilmaz"}}
    assert (converted["kind"], converted["lead"]["status"]) == ("LEAD_CONVERTED", "CONVERTED")
    assert converted["lead"]["acceptance"]["status"] == "COMMITTED"


async def test_a_handed_over_acceptance_and_what_was_missed(live: Live, world: World) -> None:
    """Handing over is told with the new holder; after an absence, what was missed comes first."""
    lead = await world.add_lead(company="Nordlicht", emails=["a@nordlicht.example"])
    async with live.connect() as socket:
        position = (await _watch(socket, ACCEPTANCE, gid(lead)))["position"]
    await live.accept(gid(lead))
    async with live.connect() as socket:
        missed = await _watch(socket, ACCEPTANCE, gid(lead), position)
        given = {"leadId": gid(lead), "userId": encode(User, world.agent.user_id)}
        await live.api.run("handOverAcceptance", given, actor=world.manager)
        handed = await _next(socket)

    assert missed["kind"] == "LEAD_ACCEPTED"
    assert handed["kind"] == "ACCEPTANCE_HANDED_OVER"
    assert handed["lead"]["acceptance"]["holder"] == {"name": "Jana Vogt"}


async def test_a_lead_that_is_not_there_is_null(live: Live) -> None:
    """As in queries."""
    async with live.connect() as socket:
        assert (await _watch(socket, ACCEPTANCE, "lead_b"))["lead"] is None
        socket.send("complete", id="q")
        assert (await _watch(socket, MATCHES, "lead_b"))["lead"] is None


async def test_an_account_that_appears_elsewhere_is_told(live: Live, world: World) -> None:
    """A matching account appears, changes and stays; one that has nothing in common is not told of."""
    lead = await world.add_lead(company="Nordlicht Solar", emails=["info@nordlicht.example"])
    async with live.connect() as socket:
        first = await _watch(socket, MATCHES, gid(lead))
        await world.add_account(name="Ganz anders AG", emails=["x@anders.example"])
        account = await world.add_account(name="Nordlicht Solar GmbH", emails=["info@nordlicht.example"])
        appeared = await _next(socket)
        given = {"accountId": gid(account), "account": {"website": "https://nordlicht.example"}}
        assert (await live.api.run("updateAccount", given))["errors"] == []
        changed = await _next(socket)
        assert socket.is_silent()

    assert (first["appeared"], first["lead"]["accountMatches"]["verdict"]) == ([], "NONE")
    assert appeared["appeared"] == [{"__typename": "Account", "id": gid(account)}]
    assert appeared["lead"]["accountMatches"]["edges"][0]["node"] == {"id": gid(account)}
    assert changed["appeared"] == []


async def test_a_dismissed_match_goes(live: Live, world: World) -> None:
    """Another user's dismissal changes what a lead may belong to, and so it is told."""
    account = await world.add_account(name="Nordlicht Solar GmbH", emails=["info@nordlicht.example"])
    lead = await world.add_lead(company="Nordlicht Solar", emails=["info@nordlicht.example"])
    async with live.connect() as socket:
        first = await _watch(socket, MATCHES, gid(lead))
        given = {"leadId": gid(lead), "candidate": {"accountId": gid(account)}}
        assert (await live.api.run("dismissMatch", given, actor=world.colleague))["errors"] == []
        gone = await _next(socket)

    assert len(first["lead"]["accountMatches"]["edges"]) == 1
    assert gone["lead"]["accountMatches"]["edges"] == []


async def test_matches_that_were_missed_are_told_once(live: Live, world: World) -> None:
    """After an absence, one event says that something has changed, with the matches as they are."""
    lead = await world.add_lead(company="Nordlicht Solar", emails=["info@nordlicht.example"])
    async with live.connect() as socket:
        position = (await _watch(socket, MATCHES, gid(lead)))["position"]
    account = await world.add_account(name="Nordlicht Solar GmbH", emails=["info@nordlicht.example"])
    async with live.connect() as socket:
        missed = await _watch(socket, MATCHES, gid(lead), position)
        assert socket.is_silent()

    assert missed["appeared"] == []
    assert [each["node"]["id"] for each in missed["lead"]["accountMatches"]["edges"]] == [gid(account)]


async def test_a_lead_that_is_decided_has_no_new_matches(live: Live, world: World) -> None:
    """Nobody waits for matches of a rejected lead."""
    lead = await world.add_lead(company="Nordlicht Solar", emails=["info@nordlicht.example"])
    async with live.connect() as socket:
        await _watch(socket, MATCHES, gid(lead))
        await live.api.run("rejectLead", {"leadId": gid(lead)})
        await world.add_account(name="Nordlicht Solar GmbH", emails=["info@nordlicht.example"])
        other = await world.add_lead()
        socket.send("complete", id="q")
        await _watch(socket, ACCEPTANCE, gid(other))
        assert socket.is_silent()
