"""Lists by keyset: pages forwards and backwards, filters, counts, and what is no page."""

from datetime import timedelta
from typing import Any

import pytest

from domain.records import LeadStatus
from resolvers.pages import encode_cursor
from tests.support.api import Api, gid
from tests.support.world import World

LEADS = """
query Leads(
  $filter: LeadFilter, $orderBy: LeadOrder! = NEWEST_FIRST, $first: Int, $after: String, $last: Int, $before: String
) {
  leads(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { subject } }
    nodes { subject }
  }
}
"""


async def _add_leads(world: World, count: int) -> list[str]:
    """Leads received a minute apart; their subjects, newest first."""
    for number in range(count):
        moment = world.clock() + timedelta(minutes=number)
        await world.add_lead(subject=f"Lead {number}", company="Nordlicht", received_at=moment)
    return [f"Lead {number}" for number in reversed(range(count))]


def _subjects(page: Any) -> list[str]:  # noqa: ANN401
    assert [each["node"] for each in page["edges"]] == page["nodes"]
    return [each["subject"] for each in page["nodes"]]


async def test_a_list_is_walked_forwards_and_backwards(api: Api, world: World) -> None:
    """Following the cursors in either direction gives every entry once, in the list's order."""
    expected = await _add_leads(world, 7)
    seen: list[str] = []
    arguments: dict[str, Any] = {"first": 3}
    while True:
        page = (await api.ask(LEADS, arguments))["leads"]
        seen += _subjects(page)
        if not page["pageInfo"]["hasNextPage"]:
            break
        arguments = {"first": 3, "after": page["pageInfo"]["endCursor"]}
    assert seen == expected

    last = (await api.ask(LEADS, {"last": 3}))["leads"]
    assert _subjects(last) == expected[-3:]
    before = (await api.ask(LEADS, {"last": 3, "before": last["pageInfo"]["startCursor"]}))["leads"]
    assert _subjects(before) == expected[1:4]
    assert before["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": True,
        "startCursor": before["edges"][0]["cursor"],
        "endCursor": before["edges"][-1]["cursor"],
    }
    assert before["totalCount"] == 7


async def test_leads_are_filtered_and_ordered(api: Api, world: World) -> None:
    """By status, type, suggested assignee and words; expired ones only if asked for."""
    await _add_leads(world, 2)
    await world.add_lead(subject="Late", company="Südstern", expires_at=world.clock() - timedelta(days=1))
    await world.add_lead(
        subject="Hers", company="Südstern", type_id=world.general.id, assignee_suggestion_id=world.agent.user_id
    )

    async def found(**filter_: Any) -> set[str]:  # noqa: ANN401
        return set(_subjects((await api.ask(LEADS, {"filter": filter_}))["leads"]))

    agent = await api.ask("{ viewer { user { id } } }")
    assert await found() == {"Lead 0", "Lead 1", "Hers"}
    assert await found(statuses=[LeadStatus.EXPIRED.name]) == {"Late"}
    assert await found(typeIds=[gid(world.general)]) == {"Hers"}
    assert await found(assigneeId=agent["viewer"]["user"]["id"]) == {"Hers"}
    assert await found(search="sudst") == {"Hers"}
    assert await found(search=None, statuses=None, typeIds=None, assigneeId=None) == {"Lead 0", "Lead 1", "Hers"}
    oldest = (await api.ask(LEADS, {"orderBy": "OLDEST_FIRST", "first": 2}))["leads"]
    assert _subjects(oldest) == ["Lead 0", "Hers"]


async def test_the_other_lists(api: Api, world: World) -> None:
    """Accounts and contacts by name and words, cases by what they belong to, users by activity, the tenant's lists."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH")
    contact = await world.add_contact(account, first_name="Ida", last_name="Falk")
    await world.add_contact(await world.add_account(name="Oder Werft"), last_name="Sommer")
    case = await world.add_case(contact)
    data = await api.ask(
        """
        query Lists($account: ID!, $contact: ID!) {
          found: accounts(search: "elbe masch") { totalCount nodes { name } }
          accounts(first: 2) { totalCount nodes { name } }
          contacts(filter: {accountId: $account}) { totalCount nodes { lastName account { name } } }
          searched: contacts(filter: {search: "somm"}) { totalCount nodes { lastName } }
          cases(filter: {contactId: $contact, statuses: [OPEN]}) { totalCount nodes { number } }
          none: cases(filter: {statuses: [WON]}) { totalCount nodes { number } }
          users(isActive: false) { totalCount nodes { name isActive } }
          everybody: users { totalCount }
          leadTypes { name caseTypes { name } }
          caseTypes { name }
          rejectReasons { code name }
        }
        """,
        {"account": gid(account), "contact": gid(contact)},
    )

    assert data == {
        "found": {"totalCount": 1, "nodes": [{"name": "Elbe Maschinenbau GmbH"}]},
        "accounts": {"totalCount": 3, "nodes": [{"name": "Elbe Maschinenbau GmbH"}, {"name": "Oder Werft"}]},
        "contacts": {
            "totalCount": 1,
            "nodes": [{"lastName": "Falk", "account": {"name": "Elbe Maschinenbau GmbH"}}],
        },
        "searched": {"totalCount": 1, "nodes": [{"lastName": "Sommer"}]},
        "cases": {"totalCount": 1, "nodes": [{"number": case.number}]},
        "none": {"totalCount": 0, "nodes": []},
        "users": {"totalCount": 1, "nodes": [{"name": "Olaf Ehmer", "isActive": False}]},
        "everybody": {"totalCount": 5},
        "leadTypes": [
            {"name": "Enquiry", "caseTypes": [{"name": "Advice"}]},
            {"name": "General", "caseTypes": [{"name": "Advice"}, {"name": "Sale"}, {"name": "Service"}]},
            {"name": "Test drive", "caseTypes": [{"name": "Sale"}, {"name": "Service"}]},
        ],
        "caseTypes": [{"name": "Advice"}, {"name": "Sale"}, {"name": "Service"}],
        "rejectReasons": [{"code": "too_late", "name": "Too late"}],
    }


async def test_nested_lists_have_pages_of_their_own(api: Api, world: World) -> None:
    """The contacts of two accounts are walked at once, each list by its own cursor."""
    for name, size in (("Alpha", 3), ("Beta", 5)):
        account = await world.add_account(name=name)
        for number in range(size):
            await world.add_contact(account, last_name=f"{name} {number}")
    query = """
    query Nested($first: Int, $after: String, $last: Int) {
      accounts(first: 2) { nodes { contacts(first: $first, after: $after, last: $last) {
        totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { lastName }
      } } }
    }
    """

    async def pages(**arguments: Any) -> list[Any]:  # noqa: ANN401
        data = await api.ask(query, arguments)
        return [each["contacts"] for each in data["accounts"]["nodes"]]

    alpha, beta = await pages(first=3)
    assert [each["lastName"] for each in alpha["nodes"]] == ["Alpha 0", "Alpha 1", "Alpha 2"]
    assert (alpha["totalCount"], alpha["pageInfo"]["hasNextPage"]) == (3, False)
    assert (beta["totalCount"], beta["pageInfo"]["hasNextPage"]) == (5, True)
    _, beta = await pages(first=3, after=beta["pageInfo"]["endCursor"])
    assert [each["lastName"] for each in beta["nodes"]] == ["Beta 3", "Beta 4"]
    alpha, beta = await pages(last=2)
    assert [each["lastName"] for each in alpha["nodes"]] == ["Alpha 1", "Alpha 2"]
    assert [each["lastName"] for each in beta["nodes"]] == ["Beta 3", "Beta 4"]
    assert beta["pageInfo"]["hasPreviousPage"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"first": 0}, "BAD_PAGE_SIZE"),
        ({"first": 101}, "BAD_PAGE_SIZE"),
        ({"last": -1}, "BAD_PAGE_SIZE"),
        ({"first": 1, "last": 1}, "BAD_PAGE_SIZE"),
        ({"after": "no cursor"}, "BAD_CURSOR"),
        ({"after": ""}, "BAD_CURSOR"),
        ({"before": encode_cursor((5,))}, "BAD_CURSOR"),
        ({"after": encode_cursor(("not a moment", 5))}, "BAD_CURSOR"),
        ({"after": "x" * 5000}, "BAD_CURSOR"),
        ({"after": "ä"}, "BAD_CURSOR"),
        ({"filter": {"typeIds": ["nonsense"]}}, "BAD_ID"),
        ({"filter": {"assigneeId": "lead_b"}}, "BAD_ID"),
        ({"filter": {"search": "x" * 201}}, "BAD_TEXT"),
        ({"filter": {"statuses": ["NONSENSE"]}}, "INVALID_VARIABLES"),
        ({"orderBy": "SIDEWAYS"}, "INVALID_VARIABLES"),
        ({"first": "many"}, "INVALID_VARIABLES"),
    ],
)
async def test_what_is_no_page_is_a_typed_error(api: Api, arguments: dict[str, Any], code: str) -> None:
    """Bad sizes, cursors and filters are answered with a code and a way out."""
    assert await api.errors(LEADS, arguments) == [code]


async def test_a_cursor_is_for_its_own_list(api: Api) -> None:
    """A cursor of cases is none of accounts, whose order has another key."""
    assert await api.errors(
        "query A($after: String) { accounts(after: $after) { totalCount } }", {"after": encode_cursor((1,))}
    ) == ["BAD_CURSOR"]
