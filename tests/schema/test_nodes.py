"""Anything by its id, and nothing of another tenant."""

import pytest

from db.engine import Database
from domain.records import Account
from resolvers.global_ids import Node
from tests.support.api import Api, gid
from tests.support.world import World, make_world

NODE = "query Node($id: ID!) { node(id: $id) { __typename id } }"
BAD_IDS = [
    "",
    "nonsense",
    "lead_",
    "lead_1",
    "lead_aa",
    "LEAD_b",
    "unicorn_b",
    "lead_7777777777777",
    "lead_b\0",
    "🦄_b",
]


async def test_every_kind_of_node_is_found_again(api: Api, world: World) -> None:
    """Leads, accounts, contacts, cases, users and the entries of the tenant's lists, each by its own id."""
    account = await world.add_account()
    contact = await world.add_contact(account)
    known: dict[str, Node] = {
        "Account": account,
        "Contact": contact,
        "Case": await world.add_case(contact),
        "Lead": await world.add_lead(company="Nordlicht"),
        "User": world.inactive,
        "LeadType": world.general,
        "CaseType": world.sale,
        "RejectReason": world.too_late,
        "MatchingSettings": world.tenant,
    }
    ids = [gid(each) for each in known.values()]
    data = await api.ask("query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {"ids": ids})

    assert data["nodes"] == [{"__typename": name, "id": id_} for name, id_ in zip(known, ids, strict=True)]
    assert (await api.ask(NODE, {"id": ids[0]}))["node"] == data["nodes"][0]


@pytest.mark.parametrize("bad_id", BAD_IDS)
async def test_what_is_no_id_is_null(api: Api, bad_id: str) -> None:
    """Reading by a text that is no id finds nothing, and is no error."""
    query = """
    query All($id: ID!) {
      node(id: $id) { id } lead(id: $id) { id } account(id: $id) { id } contact(id: $id) { id } case(id: $id) { id }
    }
    """
    data = await api.ask(query, {"id": bad_id})

    assert set(data.values()) == {None}


async def test_one_bad_id_does_not_spoil_the_others(api: Api, world: World) -> None:
    """``nodes`` keeps the order, with null for what is not found."""
    good = gid(await world.add_account())
    data = await api.ask(
        "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["nonsense", good, "account_b", good]}
    )

    assert data["nodes"] == [None, {"id": good}, None, {"id": good}]


async def test_an_id_of_another_kind_is_not_found(api: Api, world: World) -> None:
    """An account's id finds no lead."""
    data = await api.ask("query L($id: ID!) { lead(id: $id) { id } }", {"id": gid(await world.add_account())})

    assert data == {"lead": None}


async def test_more_than_a_hundred_ids_are_refused(api: Api) -> None:
    """``nodes`` has a limit."""
    query = "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    assert await api.errors(query, {"ids": ["account_b"] * 101}) == ["TOO_MANY_IDS"]
    assert await api.ask(query, {"ids": []}) == {"nodes": []}


async def test_nothing_of_another_tenant_is_seen(api: Api, world: World, database: Database) -> None:
    """Ids of another tenant are not told from unknown ones, in queries, filters and mutations."""
    other = await make_world(database)
    account = await other.add_account(name="Geheim AG")
    contact = await other.add_contact(account)
    lead = await other.add_lead(company="Geheim AG")
    for record in (account, contact, lead, other.inactive, other.sale, await other.add_case(contact)):
        assert await api.ask(NODE, {"id": gid(record)}) == {"node": None}
    data = await api.ask(
        """
        query Hidden($a: ID!) {
          contacts(filter: {accountId: $a}) { totalCount }
          accounts(search: "geheim") { totalCount }
        }
        """,
        {"a": gid(account)},
    )
    assert data == {"contacts": {"totalCount": 0}, "accounts": {"totalCount": 0}}

    mine = await world.add_lead(company="Geheim AG", last_name="Falk")
    matches = await api.ask(
        "query M($id: ID!) { lead(id: $id) { accountMatches { totalCount } contactMatches { totalCount } } }",
        {"id": gid(mine)},
    )
    assert matches["lead"] == {"accountMatches": {"totalCount": 0}, "contactMatches": {"totalCount": 0}}
    refused = await api.run("acceptLead", {"leadId": gid(lead)}, "lead { id }")
    assert refused["lead"] is None
    assert [each["code"] for each in refused["errors"]] == ["NOT_FOUND"]


async def test_ids_are_the_same_every_time(api: Api, world: World) -> None:
    """An id does not depend on the request: clients may keep it."""
    account = await world.add_account()
    found = [(await api.ask("{ accounts { nodes { id } } }"))["accounts"]["nodes"] for _ in range(2)]

    assert found[0] == found[1]
    assert {"id": gid(account)} in found[0]
    assert isinstance(account, Account)
