"""``restoreMatch`` over HTTP: the pair is proposed again."""

import pytest

from domain.records import Contact, Lead
from tests.proofs import acts
from tests.support.api import Api, gid
from tests.support.world import World

MATCHES = "contactMatches { edges { node { id } } } dismissedMatches { record { id } }"
DETAILS = acts.person(1)


@pytest.fixture
async def contact(world: World) -> Contact:
    """Give a private customer."""
    return await world.add_contact(await world.private_customers(), **DETAILS)


@pytest.fixture
async def lead(world: World, contact: Contact) -> Lead:
    """Give a lead of the same person, of whom it was said that they are not the contact."""
    lead = await world.add_lead(**DETAILS)
    await acts.dismiss(world, lead, contact)
    return lead


async def test_a_restored_contact_is_proposed(api: Api, world: World, lead: Lead, contact: Contact) -> None:
    """By whoever sees the lead; once for one key, and the history tells."""
    given = {"leadId": gid(lead), "candidate": {"contactId": gid(contact)}, "idempotencyKey": "k"}
    selection = f"lead {{ {MATCHES} }} contact {{ id }} account {{ id }}"

    answer = await api.run("restoreMatch", given, selection, actor=world.colleague)

    assert answer == {
        "lead": {"contactMatches": {"edges": [{"node": {"id": gid(contact)}}]}, "dismissedMatches": []},
        "contact": {"id": gid(contact)},
        "account": None,
        "errors": [],
    }
    assert await api.run("restoreMatch", given, selection, actor=world.colleague) == answer
    query = "query History($id: ID!) { lead(id: $id) { history { nodes { kind user { name } } } } }"
    history = (await api.ask(query, {"id": gid(lead)}))["lead"]["history"]["nodes"]
    assert history[1:] == [
        {"kind": "MATCH_DISMISSED", "user": {"name": "Jana Vogt"}},
        {"kind": "MATCH_RESTORED", "user": {"name": "Emre Yilmaz"}},
    ]


async def test_what_was_not_dismissed_is_as_it_was(api: Api, world: World, lead: Lead) -> None:
    """Restoring it succeeds and says nothing new."""
    stranger = await world.add_contact(await world.private_customers(), **acts.person(2))

    answer = await api.run(
        "restoreMatch", {"leadId": gid(lead), "candidate": {"contactId": gid(stranger)}}, "lead { id }"
    )

    assert answer == {"lead": {"id": gid(lead)}, "errors": []}


async def test_what_stands_in_the_way_is_typed(api: Api, lead: Lead, contact: Contact) -> None:
    """An unknown lead or record, and a lead that is decided."""
    candidate = {"contactId": gid(contact)}
    unknown = await api.run("restoreMatch", {"leadId": "lead_b", "candidate": candidate})
    assert [(each["code"], each["path"]) for each in unknown["errors"]] == [("NOT_FOUND", ["input", "leadId"])]
    nobody = await api.run("restoreMatch", {"leadId": gid(lead), "candidate": {"accountId": "account_b"}})
    assert [each["path"] for each in nobody["errors"]] == [["input", "candidate", "accountId"]]
    await api.run("rejectLead", {"leadId": gid(lead)})
    refused = await api.run("restoreMatch", {"leadId": gid(lead), "candidate": candidate})
    assert [each["code"] for each in refused["errors"]] == ["WRONG_LEAD_STATE"]
