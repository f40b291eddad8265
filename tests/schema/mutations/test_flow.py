"""The flow from a lead to its case over HTTP, with every decision and every problem on the way."""

from typing import Any

import pytest

from domain.records import Lead
from tests.support.api import Api, gid
from tests.support.world import World

ACCEPTANCE = """
acceptance {
  status version holder { name }
  steps { kind state decidedBy }
  remainingDecisions {
    __typename step
    ... on ChooseAccountDecision { matches { verdict edges { node { name } } } }
    ... on DecideContactFieldsDecision { diffs { field } }
    ... on ChooseCaseDecision { caseTypes { name } defaultCaseType { name } openCases { number } }
    ... on PlaceContactDecision { contact { id } currentAccount { name } chosenAccount { name } }
  }
  plannedChanges { action kind changes { field oldValue { text } newValue { text } } }
  account { name } contact { lastName }
}
"""
RESULT = "result { account { name } contact { lastName } case { number } }"
LEAD = f"lead {{ id status version {ACCEPTANCE} {RESULT} }}"


async def _katrin(world: World) -> tuple[Any, Any, Lead]:
    """An account, its contact, and a lead that is both to 100 %, but with another phone number."""
    account = await world.add_account(
        name="Elbe Maschinenbau GmbH", website="elbe.example", emails=("info@elbe.example",)
    )
    contact = await world.add_contact(
        account, first_name="Katrin", last_name="Sommerfeld", emails=("katrin@elbe.example",), title="Dr."
    )
    lead = await world.add_lead(
        company="Elbe Maschinenbau GmbH",
        first_name="Katrin",
        last_name="Sommerfeld",
        emails=("katrin@elbe.example",),
        phones=("+49 351 1234567",),
    )
    return account, contact, lead


async def test_a_new_customer_takes_two_calls(api: Api, world: World) -> None:
    """Nothing is similar and one case type is allowed: accept, commit, and account, contact and case are there."""
    lead = await world.add_lead(
        company="Neue Werft AG", first_name="Otto", last_name="Neu", emails=("o@werft.example",)
    )
    accepted = await api.run("acceptLead", {"leadId": gid(lead), "expectedVersion": 1}, LEAD)
    assert accepted["errors"] == []
    assert accepted["lead"]["status"] == "ACCEPTED"
    assert accepted["lead"]["acceptance"]["status"] == "OPEN"
    assert accepted["lead"]["acceptance"]["holder"] == {"name": "Jana Vogt"}
    assert [each["__typename"] for each in accepted["lead"]["acceptance"]["remainingDecisions"]] == [
        "ChooseCaseDecision"
    ]

    unfinished = "{ viewer { unfinishedAcceptances { totalCount nodes { id } } } }"
    assert (await api.ask(unfinished))["viewer"]["unfinishedAcceptances"] == {
        "totalCount": 1,
        "nodes": [{"id": gid(lead)}],
    }
    case = "case { number status assignee { name } type { name } }"
    selection = f"{LEAD} account {{ name }} contact {{ firstName }} {case}"
    committed = await api.run("createCase", {"leadId": gid(lead), "idempotencyKey": "k1"}, selection)
    assert committed["errors"] == []
    assert committed["account"] == {"name": "Neue Werft AG"}
    assert committed["contact"] == {"firstName": "Otto"}
    assert committed["case"]["assignee"] == {"name": "Jana Vogt"}
    assert committed["lead"]["status"] == "CONVERTED"
    assert committed["lead"]["acceptance"]["status"] == "COMMITTED"
    assert committed["lead"]["result"]["case"] == {"number": committed["case"]["number"]}
    assert (await api.ask(unfinished))["viewer"]["unfinishedAcceptances"]["totalCount"] == 0

    again = await api.run("createCase", {"leadId": gid(lead), "idempotencyKey": "k1"}, selection)
    assert again == committed


async def test_a_document_of_several_mutations_sees_each_of_them(api: Api, world: World) -> None:
    """Trap 2: what is selected below the second mutation is not what was read below the first."""
    lead = await world.add_lead(company="Neue Werft AG", last_name="Neu", emails=("o@werft.example",))
    data = await api.ask(
        """
        mutation Both($id: ID!) {
          first: acceptLead(input: {leadId: $id}) { lead { status version result { case { number } } } }
          second: createCase(input: {leadId: $id}) { lead { status version result { case { number } } } }
        }
        """,
        {"id": gid(lead)},
    )

    assert data["first"]["lead"] == {"status": "ACCEPTED", "version": 2, "result": None}
    assert data["second"]["lead"]["status"] == "CONVERTED"
    assert data["second"]["lead"]["version"] == 3
    assert data["second"]["lead"]["result"]["case"]["number"] >= 1


async def test_fields_are_decided_one_by_one(api: Api, world: World) -> None:
    """An account and a contact are picked, their differences decided by side and by own values, then committed."""
    account, contact, lead = await _katrin(world)
    id_ = gid(lead)
    await api.run("acceptLead", {"leadId": id_})
    await api.run("chooseAccount", {"leadId": id_, "choice": {"accountId": gid(account)}})
    chosen = await api.run(
        "chooseContact",
        {
            "leadId": id_,
            "choice": {"contactId": gid(contact)},
            "fields": [
                {"field": "PHONES", "take": "LEAD"},
                {"field": "TITLE", "value": {"text": "Prof. Dr."}},
                {"field": "BIRTH_DATE", "value": {"date": "1980-02-03"}},
                {"field": "ADDRESS", "value": {"address": {"street": "Ring", "city": "Dresden", "country": "DE"}}},
                {
                    "field": "EMAILS",
                    "value": {
                        "emails": [{"address": "k@elbe.example"}, {"address": "x@elbe.example", "isPrimary": True}]
                    },
                },
            ],
        },
        LEAD,
    )
    assert chosen["errors"] == []
    planned = {
        change["field"]: change["newValue"]["text"]
        for record in chosen["lead"]["acceptance"]["plannedChanges"]
        if record["kind"] == "CONTACT"
        for change in record["changes"]
    }
    assert planned == {
        "PHONES": "+49 351 1234567",
        "TITLE": "Prof. Dr.",
        "BIRTH_DATE": "1980-02-03",
        "ADDRESS": "Ring, Dresden, DE",
        "EMAILS": "k@elbe.example, x@elbe.example",
    }
    committed = await api.run(
        "createCase", {"leadId": id_}, "contact { title birthDate address { city } phones { number } }"
    )
    assert committed["errors"] == []
    assert committed["contact"] == {
        "title": "Prof. Dr.",
        "birthDate": "1980-02-03",
        "address": {"city": "Dresden"},
        "phones": [{"number": "+49 351 1234567"}],
    }


async def test_a_contact_of_another_account_is_placed(api: Api, world: World) -> None:
    """Choosing another account leaves a decision about the contact's place; MOVE_CONTACT moves it."""
    _, contact, lead = await _katrin(world)
    other = await world.add_account(name="Oder Werft GmbH")
    id_ = gid(lead)
    await api.run("acceptLead", {"leadId": id_})
    await api.run("chooseContact", {"leadId": id_, "choice": {"contactId": gid(contact)}})
    keep = [{"field": "NAME", "take": "EXISTING"}]
    chosen = await api.run("chooseAccount", {"leadId": id_, "choice": {"accountId": gid(other)}, "fields": keep}, LEAD)
    (placing,) = [
        each
        for each in chosen["lead"]["acceptance"]["remainingDecisions"]
        if each["__typename"] == "PlaceContactDecision"
    ]
    assert placing["currentAccount"] == {"name": "Elbe Maschinenbau GmbH"}
    assert placing["chosenAccount"] == {"name": "Oder Werft GmbH"}

    refused = await api.run("createCase", {"leadId": id_})
    assert [each["code"] for each in refused["errors"]] == ["DECISIONS_REMAIN"]

    placed = {"leadId": id_, "choice": {"contactId": gid(contact)}, "placement": "MOVE_CONTACT"}
    await api.run("chooseContact", placed)
    committed = await api.run("createCase", {"leadId": id_}, "contact { account { name } } account { name }")
    assert committed["errors"] == []
    assert committed["contact"]["account"] == committed["account"] == {"name": "Oder Werft GmbH"}


async def test_a_lead_joins_an_open_case(api: Api, world: World) -> None:
    """The open case of the chosen contact is offered, and takes the lead."""
    account, contact, lead = await _katrin(world)
    case = await world.add_case(contact)
    id_ = gid(lead)
    await api.run("acceptLead", {"leadId": id_})
    await api.run("chooseAccount", {"leadId": id_, "choice": {"accountId": gid(account)}})
    chosen = await api.run("chooseContact", {"leadId": id_, "choice": {"contactId": gid(contact)}}, LEAD)
    assert chosen["lead"]["acceptance"]["remainingDecisions"][-1]["openCases"] == [{"number": case.number}]

    attached = await api.run(
        "attachToCase", {"leadId": id_, "caseId": gid(case)}, "case { id leads { id } } lead { status }"
    )
    assert attached == {
        "case": {"id": gid(case), "leads": [{"id": id_}]},
        "lead": {"status": "CONVERTED"},
        "errors": [],
    }
    history = await api.ask(
        "query H($id: ID!) { lead(id: $id) { history { nodes { kind user { name } } } } }", {"id": id_}
    )
    kinds = [each["kind"] for each in history["lead"]["history"]["nodes"]]
    assert kinds[:2] == ["LEAD_CREATED", "LEAD_ACCEPTED"]
    assert {"CASE_LEAD_ATTACHED", "LEAD_CONVERTED"} <= set(kinds)


async def test_the_own_decision_is_withdrawn(api: Api, world: World) -> None:
    """``automatic`` gives the choice back to the rules; ``createNew`` makes a twin on purpose."""
    account, _, lead = await _katrin(world)
    id_ = gid(lead)
    await api.run("acceptLead", {"leadId": id_})
    by_rule = {"leadId": id_, "choice": {"automatic": True}}
    new = await api.run("chooseAccount", {"leadId": id_, "choice": {"createNew": True}, "seen": [gid(account)]}, LEAD)
    rule = await api.run("chooseAccount", by_rule, LEAD)

    def step(answer: Any) -> Any:  # noqa: ANN401
        return answer["lead"]["acceptance"]["steps"][1]["decidedBy"]

    assert (step(new), step(rule)) in {("USER", "AUTO"), ("USER", None)}
    wrong = await api.run("chooseAccount", {"leadId": id_, "choice": {"createNew": False}})
    assert [(each["code"], each["path"]) for each in wrong["errors"]] == [
        ("INVALID_FIELD", ["input", "choice", "createNew"])
    ]
    both = {"leadId": id_, "choice": {"createNew": True, "automatic": True}}
    query = "mutation C($input: ChooseAccountInput!) { chooseAccount(input: $input) { errors { __typename } } }"
    assert await api.errors(query, {"input": both}) == ["INVALID_VARIABLES"]


async def test_one_of_two_users_wins(api: Api, world: World) -> None:
    """The other is told who did, with the lead as it is now."""
    lead = await world.add_lead(company="Neue Werft AG", last_name="Neu")
    await api.run("acceptLead", {"leadId": gid(lead)})
    query = """
    mutation Late($id: ID!) { acceptLead(input: {leadId: $id}) {
      lead { id }
      errors { __typename ... on AlreadyAcceptedError { by { name } lead { status acceptedBy { name } } message } }
    } }
    """
    late = await api.ask(query, {"id": gid(lead)}, actor=world.colleague, headers={"Accept-Language": "en"})

    assert late["acceptLead"] == {
        "lead": None,
        "errors": [
            {
                "__typename": "AlreadyAcceptedError",
                "by": {"name": "Jana Vogt"},
                "lead": {"status": "ACCEPTED", "acceptedBy": {"name": "Jana Vogt"}},
                "message": "Jana Vogt has already accepted this lead.",
            }
        ],
    }


async def test_a_stale_version_carries_the_current_object(api: Api, world: World) -> None:
    """Whoever decides on an old version gets the new one to look at."""
    lead = await world.add_lead(company="Neue Werft AG", last_name="Neu")
    query = """
    mutation Old($id: ID!) { acceptLead(input: {leadId: $id, expectedVersion: 7}) {
      errors { ... on StaleError { code path currentVersion current { id ... on Lead { version } } } }
    } }
    """
    data = await api.ask(query, {"id": gid(lead)})

    assert data["acceptLead"]["errors"] == [
        {
            "code": "STALE",
            "path": ["input", "expectedVersion"],
            "currentVersion": 1,
            "current": {"id": gid(lead), "version": 1},
        }
    ]


async def test_an_acceptance_is_handed_over(api: Api, world: World) -> None:
    """A manager gives it to a colleague, who goes on; the first user is told who holds it."""
    lead = await world.add_lead(company="Neue Werft AG", last_name="Neu", emails=("o@werft.example",))
    id_ = gid(lead)
    colleague = (await api.ask("{ viewer { user { id } } }", actor=world.colleague))["viewer"]["user"]["id"]
    await api.run("acceptLead", {"leadId": id_})
    given = {"leadId": id_, "userId": colleague}
    assert [e["code"] for e in (await api.run("handOverAcceptance", given))["errors"]] == ["FORBIDDEN"]
    handed = await api.run("handOverAcceptance", given, LEAD, actor=world.manager)
    assert handed["lead"]["acceptance"]["holder"] == {"name": "Emre Yilmaz"}
    assert [e["code"] for e in (await api.run("createCase", {"leadId": id_}))["errors"]] == ["HELD_BY_OTHER"]
    assert (await api.run("createCase", {"leadId": id_}, actor=world.colleague))["errors"] == []
    retired = {"leadId": id_, "userId": gid(world.inactive)}
    refused = await api.run("handOverAcceptance", retired, actor=world.manager)
    assert [each["code"] for each in refused["errors"]] == ["WRONG_LEAD_STATE"]


async def test_a_lead_is_rejected_and_reopened(api: Api, world: World) -> None:
    """With a reason and a comment; only a manager makes it new again."""
    lead = await world.add_lead(company="Neue Werft AG", last_name="Neu")
    id_ = gid(lead)
    given = {"leadId": id_, "reasonId": gid(world.too_late), "comment": "Bought elsewhere"}
    fields = "lead { status rejectComment rejectReason { name } rejectedBy { name } }"
    rejected = await api.run("rejectLead", given, fields)
    assert rejected["lead"] == {
        "status": "REJECTED",
        "rejectComment": "Bought elsewhere",
        "rejectReason": {"name": "Too late"},
        "rejectedBy": {"name": "Jana Vogt"},
    }
    assert [e["code"] for e in (await api.run("acceptLead", {"leadId": id_}))["errors"]] == ["WRONG_LEAD_STATE"]
    assert [e["code"] for e in (await api.run("reopenLead", {"leadId": id_}))["errors"]] == ["FORBIDDEN"]
    reopened = await api.run(
        "reopenLead",
        {"leadId": id_, "expiresAt": "2027-01-01T00:00:00"},
        "lead { status expiresAt }",
        actor=world.manager,
    )
    assert reopened["lead"] == {"status": "NEW", "expiresAt": "2027-01-01T00:00:00+00:00"}


@pytest.mark.parametrize(
    ("mutation", "given", "expected"),
    [
        ("acceptLead", {"leadId": "nonsense"}, [("NOT_FOUND", ["input", "leadId"])]),
        ("rejectLead", {"leadId": "account_b"}, [("NOT_FOUND", ["input", "leadId"])]),
        ("createCase", {"leadId": "lead_b"}, [("NOT_FOUND", ["input", "leadId"])]),
        ("closeCase", {"caseId": "", "status": "WON"}, [("NOT_FOUND", ["input", "caseId"])]),
        ("acceptLead", {"leadId": "lead_b", "idempotencyKey": ""}, [("INVALID_FIELD", ["input", "idempotencyKey"])]),
        (
            "reopenLead",
            {"leadId": "lead_b", "expiresAt": "0001-01-01T00:00:00+14:00"},
            [("INVALID_FIELD", ["input", "expiresAt"])],
        ),
        (
            "createLead",
            {
                "lead": {
                    "typeId": "x",
                    "subject": "y" * 600,
                    "emails": [{"address": "nonsense"}],
                    "address": {"country": "XX1"},
                }
            },
            [
                ("INVALID_FIELD", ["input", "lead", "typeId"]),
                ("INVALID_FIELD", ["input", "lead", "subject"]),
                ("INVALID_FIELD", ["input", "lead", "emails", "0", "address"]),
                ("INVALID_FIELD", ["input", "lead", "address", "country"]),
            ],
        ),
    ],
)
async def test_bad_input_is_named_field_by_field(
    api: Api, world: World, mutation: str, given: dict[str, object], expected: list[tuple[str, list[str]]]
) -> None:
    """Unknown ids and bad values are problems with code and path, all at once, and nothing is written."""
    actor = world.manager
    answer = await api.run(mutation, given, actor=actor)

    assert sorted((each["code"], each["path"]) for each in answer["errors"]) == sorted(expected)
