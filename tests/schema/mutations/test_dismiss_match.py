"""``dismissMatch`` over HTTP: the pair is gone from every list, and stands among the dismissed ones."""

from typing import Any

import pytest

from domain.records import Account, Contact, Lead
from tests.proofs import acts
from tests.support.api import Api, gid
from tests.support.statements import count_statements
from tests.support.world import World

MATCHES = """
accountMatches { verdict edges { node { id } } }
contactMatches { verdict totalCount edges { node { id } } }
dismissedMatches { recordKind record { id } lead { id } user { name } dismissedAt }
acceptance { remainingDecisions { __typename ... on ChooseContactDecision { matches { totalCount } } } }
"""
SELECTION = f"lead {{ id {MATCHES} }} account {{ id }} contact {{ id }}"
DETAILS = acts.person(1)


@pytest.fixture
async def contact(world: World) -> Contact:
    """Give a private customer who is similar to the lead."""
    return await world.add_contact(await world.private_customers(), **{**DETAILS, "phones": ("+49 40 7778889",)})


@pytest.fixture
async def lead(world: World, contact: Contact) -> Lead:
    """Give a lead of somebody who is similar to the contact."""
    return await world.add_lead(**DETAILS)


def _given(lead: Lead, record: Account | Contact, **more: str) -> dict[str, Any]:
    field = "accountId" if isinstance(record, Account) else "contactId"
    return {"leadId": gid(lead), "candidate": {field: gid(record)}, **more}


async def test_a_dismissed_contact_is_not_proposed(api: Api, lead: Lead, contact: Contact) -> None:
    """The payload has the lead without it, the record, and who has said so."""
    before = await api.ask(f"query Look($id: ID!) {{ lead(id: $id) {{ {MATCHES} }} }}", {"id": gid(lead)})
    assert before["lead"]["contactMatches"]["edges"] == [{"node": {"id": gid(contact)}}]

    answer = await api.run("dismissMatch", _given(lead, contact), SELECTION)

    assert answer["errors"] == []
    assert (answer["account"], answer["contact"]) == (None, {"id": gid(contact)})
    assert answer["lead"]["contactMatches"] == {"verdict": "NONE", "totalCount": 0, "edges": []}
    assert answer["lead"]["dismissedMatches"] == [
        {
            "recordKind": "CONTACT",
            "record": {"id": gid(contact)},
            "lead": {"id": gid(lead)},
            "user": {"name": "Jana Vogt"},
            "dismissedAt": "2026-11-02T09:00:00+00:00",
        }
    ]
    assert [each["__typename"] for each in answer["lead"]["acceptance"]["remainingDecisions"]] == [
        "AcceptLeadDecision",
        "ChooseCaseDecision",
    ]


async def test_an_account_is_dismissed(api: Api, world: World) -> None:
    """Likewise, and the account is the changed record."""
    account = await world.add_account(name="Fjordwerft AG", emails=("info@fjordwerft.example",))
    lead = await world.add_lead(company="Fjordwerft AG", emails=("info@fjordwerft.example",))

    answer = await api.run("dismissMatch", _given(lead, account), SELECTION)

    assert (answer["account"], answer["contact"], answer["errors"]) == ({"id": gid(account)}, None, [])
    assert answer["lead"]["accountMatches"] == {"verdict": "NONE", "edges": []}


async def test_it_happens_once_and_shows_in_the_history(api: Api, lead: Lead, contact: Contact) -> None:
    """Sent twice with one key it answers the same; the history names the record and who it was, and no value."""
    first = await api.run("dismissMatch", _given(lead, contact, idempotencyKey="k"), SELECTION)
    again = await api.run("dismissMatch", _given(lead, contact, idempotencyKey="k"), SELECTION)
    history = await api.ask(
        "query History($id: ID!) { lead(id: $id) { history { nodes { kind record { id } user { name } fields } } } }",
        {"id": gid(lead)},
    )

    assert again == first
    assert history["lead"]["history"]["nodes"][1:] == [
        {"kind": "MATCH_DISMISSED", "record": {"id": gid(contact)}, "user": {"name": "Jana Vogt"}, "fields": []}
    ]
    other = await api.run("dismissMatch", {**_given(lead, contact, idempotencyKey="k"), "leadId": "lead_b"})
    assert [each["code"] for each in other["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]


async def test_any_agent_may_whoever_holds_the_acceptance(api: Api, world: World, lead: Lead, contact: Contact) -> None:
    """Whoever sees the lead may say what they know."""
    await api.run("acceptLead", {"leadId": gid(lead)})

    answer = await api.run("dismissMatch", _given(lead, contact), SELECTION, actor=world.colleague)

    assert answer["errors"] == []
    assert answer["lead"]["dismissedMatches"][0]["user"] == {"name": "Emre Yilmaz"}


async def test_what_stands_in_the_way_is_typed(api: Api, world: World, lead: Lead, contact: Contact) -> None:
    """An unknown lead or record, an id of another kind, the private customers, and a lead that is decided."""
    private = await world.private_customers()
    candidate = {"contactId": gid(contact)}
    cases: list[tuple[dict[str, Any], str, list[str]]] = [
        ({"leadId": "nonsense", "candidate": candidate}, "NOT_FOUND", ["input", "leadId"]),
        (_given(lead, private), "INVALID_FIELD", ["input", "candidate", "accountId"]),
        (
            {"leadId": gid(lead), "candidate": {"accountId": gid(contact)}},
            "NOT_FOUND",
            ["input", "candidate", "accountId"],
        ),
        (
            {"leadId": gid(lead), "candidate": {"contactId": "contact_b"}},
            "NOT_FOUND",
            ["input", "candidate", "contactId"],
        ),
    ]
    for given, code, path in cases:
        answer = await api.run("dismissMatch", given, "lead { id }")
        assert answer["lead"] is None
        assert [(each["code"], each["path"]) for each in answer["errors"]] == [(code, path)]
    await api.run("rejectLead", {"leadId": gid(lead)})
    refused = await api.run("dismissMatch", _given(lead, contact))
    assert [each["code"] for each in refused["errors"]] == ["WRONG_LEAD_STATE"]


async def test_exactly_one_record_is_named(api: Api, lead: Lead, contact: Contact) -> None:
    """Neither both kinds, nor none, nor null."""
    query = "mutation Run($input: DismissMatchInput!) { dismissMatch(input: $input) { lead { id } } }"
    for candidate in ({}, {"contactId": None}, {"contactId": gid(contact), "accountId": "account_b"}):
        given = {"leadId": gid(lead), "candidate": candidate}
        assert await api.errors(query, {"input": given}) == ["INVALID_VARIABLES"]


async def test_a_page_of_leads_lists_what_is_dismissed_by_the_same_statements(api: Api, world: World) -> None:
    """However many leads there are, and however many pairs were dismissed."""
    private = await world.private_customers()
    for number in range(10):
        contact = await world.add_contact(private, **acts.person(number))
        await acts.dismiss(world, await world.add_lead(**acts.person(number)), contact)
    query = f"query Page($first: Int!) {{ leads(first: $first) {{ nodes {{ {MATCHES} }} }} }}"
    await api.ask(query, {"first": 1})
    counts = []
    for first in (1, 4, 10):
        with count_statements(world.backend.database) as statements:
            data = await api.ask(query, {"first": first})
        assert [len(each["dismissedMatches"]) for each in data["leads"]["nodes"]] == [1] * first
        counts.append(sum("match_" in each for each in statements))

    assert len(set(counts)) == 1
