"""The driver of the proof: what it decides, and how it goes on when the ground of a decision changes."""

from dataclasses import dataclass, field
from typing import Any

import httpx2
import orjson
import pytest

from bench.acceptance.client import Client, NoAnswerError, open_client
from bench.acceptance.decisions import Act, choose_again, next_act
from bench.acceptance.driver import accept_all
from bench.acceptance.evaluation import Result, Way, count, mistakes
from bench.acceptance.office import Usage
from bench.acceptance.report import Run, percentile, to_json, to_table
from db.engine import Database
from domain.records import LeadStatus
from tests.support.api import Api, gid, open_api
from tests.support.world import make_world

TWO = {"edges": [{"node": {"id": "first"}}, {"node": None}, {"node": {"id": "second"}}]}
NAMES = {"field": "LAST_NAME", "suggested": "EXISTING"}
ADA: dict[str, Any] = {"first_name": "Ada", "last_name": "Quist", "emails": ["ada@gmail.com"]}
PHONES = {"field": "PHONES", "suggested": "BOTH"}


@pytest.mark.parametrize(
    ("decision", "act"),
    [
        ({"__typename": "AcceptLeadDecision", "step": "LEAD"}, Act("acceptLead")),
        (
            {"__typename": "ChooseAccountDecision", "step": "ACCOUNT", "matches": TWO},
            Act("chooseAccount", {"choice": {"accountId": "first"}, "seen": ["first", "second"]}),
        ),
        (
            {"__typename": "ChooseContactDecision", "step": "CONTACT", "matches": TWO},
            Act("chooseContact", {"choice": {"contactId": "first"}, "seen": ["first", "second"]}),
        ),
        (
            {"__typename": "ChooseContactDecision", "step": "CONTACT", "matches": {"edges": []}},
            Act("chooseContact", {"choice": {"createNew": True}, "seen": []}),
        ),
        (
            {
                "__typename": "DecideAccountFieldsDecision",
                "step": "ACCOUNT",
                "account": {"id": "chosen"},
                "accountDiffs": [PHONES],
            },
            Act(
                "chooseAccount",
                {"choice": {"accountId": "chosen"}, "fields": [{"field": "PHONES", "take": "BOTH"}]},
            ),
        ),
        (
            {"__typename": "PlaceContactDecision", "step": "CONTACT", "contact": {"id": "chosen"}},
            Act("chooseContact", {"choice": {"contactId": "chosen"}, "placement": "KEEP_ACCOUNT"}),
        ),
        (
            {"__typename": "ChooseCaseDecision", "defaultCaseType": None, "caseTypes": [{"id": "a"}, {"id": "b"}]},
            Act("createCase", {"caseTypeId": "a"}),
        ),
        (
            {"__typename": "ChooseCaseDecision", "defaultCaseType": {"id": "b"}, "caseTypes": [{"id": "b"}]},
            Act("createCase", {"caseTypeId": "b"}),
        ),
    ],
)
def test_what_is_offered_first_is_taken(decision: dict[str, Any], act: Act) -> None:
    """Rank 1, the suggested values, the contact where it is, the first case type."""
    assert next_act([decision, {"__typename": "ChooseCaseDecision"}], {}) == act


def test_a_decision_is_sent_as_a_whole_again() -> None:
    """Fields are added to the choice, its placement, what was seen, and the fields decided before."""
    before = {"choice": {"contactId": "c"}, "seen": ["c"], "placement": "KEEP_ACCOUNT", "fields": [{"field": "TITLE"}]}
    decision = {
        "__typename": "DecideContactFieldsDecision",
        "step": "CONTACT",
        "contact": {"id": "c"},
        "contactDiffs": [NAMES],
    }

    act = next_act([decision], {"chooseContact": before})

    assert act.input == {**before, "fields": [{"field": "TITLE"}, {"field": "LAST_NAME", "take": "EXISTING"}]}


def test_the_rules_choose_again() -> None:
    """When its ground has changed, a decision is given back to the rules."""
    assert choose_again("ACCOUNT") == Act("chooseAccount", {"choice": {"automatic": True}})


@dataclass(slots=True)
class Rival:
    """Somebody who does something else at the moment that the driver is about to commit for the first time."""

    api: Api
    sent: list[str] = field(default_factory=list)

    async def __call__(self, request: httpx2.Request) -> None:
        """Create the contact that the driver is about to create."""
        operation = orjson.loads(request.content).get("operationName", "")
        self.sent.append(operation)
        if self.sent.count("createCase") == 1 and operation == "createCase":
            world = self.api.world
            await world.add_contact(await world.private_customers(), **ADA)


async def test_a_rival_is_noticed_and_the_lead_joins_their_contact(database: Database) -> None:
    """A twin that appears before the commit is looked at, chosen by the rules, and no second one is created."""
    world = await make_world(database)
    lead = await world.add_lead(**ADA)
    async with open_api(world) as api:
        rival = Rival(api)
        api.http.event_hooks = {"request": [rival]}
        api.http.headers.update(api.headers())
        (accepted,) = await accept_all(Client(api.http))

        contacts = await api.ask('{ contacts(filter: { search: "Quist" }) { nodes { id } } }')

    assert accepted.lead_id == gid(lead)
    assert rival.sent.count("createCase") == 2
    assert "chooseContact" in accepted.mutations
    converted = await world.lead(lead.id)
    assert converted.stored_status is LeadStatus.CONVERTED
    assert len(contacts["contacts"]["nodes"]) == 1


async def test_what_is_no_answer_is_raised() -> None:
    """An error at the top of an answer stops the driver with what was said."""
    transport = httpx2.MockTransport(lambda _: httpx2.Response(401, text="who are you"))
    async with httpx2.AsyncClient(transport=transport, base_url="http://leadgate.test") as http:
        with pytest.raises(NoAnswerError, match="Queue: 401 who are you"):
            await accept_all(Client(http))


TRUTH = {"a": "1", "b": "2", "c": "3"}
RESULTS = [
    Result(lead="a", contact="1", way=Way.AUTOMATIC),
    Result(lead="b", contact="3", way=Way.SIMILAR),
    Result(lead="c", contact=None, way=Way.NEW),
]


def test_right_and_wrong_are_counted_by_way() -> None:
    """A new contact is wrong where the truth knows one, and another one than the truth's is wrong."""
    counts = count(RESULTS, TRUTH)

    assert (counts.leads, counts.on_the_right_contact) == (3, 1)
    assert counts.right == {Way.AUTOMATIC: 1}
    assert counts.wrong == {Way.SIMILAR: 1, Way.NEW: 1}
    assert mistakes(RESULTS, TRUTH) == ["b: similar, on 3 instead of 2", "c: new, on a new contact instead of 3"]


def test_the_report_says_what_was_measured() -> None:
    """The table and the JSON have the same figures, times in milliseconds."""
    run = Run(
        counts=count(RESULTS, TRUTH),
        imports={"leads": "created 3"},
        acceptances=[0.1, 0.2, 0.3],
        calls={"acceptLead": [0.05]},
        clients=2,
        elapsed=1.5,
        used=Usage(cpu=0.6, memory=99.7),
        mistakes=mistakes(RESULTS, TRUTH),
    )

    figures = to_json(run)

    assert figures["automatic"] == {"right": 1, "wrong": 0}
    assert figures["acceptance"] == {"p50": 200.0, "p95": 300.0}
    assert figures["server"] == {"cpuPerLead": 200.0, "memory": 100}
    table = to_table(run).splitlines()
    assert "automatic            1       0" in table
    assert "acceptance           3   200.0   300.0" in table
    assert table[-1] == "c: new, on a new contact instead of 3"


@pytest.mark.parametrize(("share", "value"), [(0.0, 1.0), (0.5, 3.0), (0.95, 4.0), (1.0, 4.0)])
def test_percentiles(share: float, value: float) -> None:
    """The share says how much of the sorted values lies below."""
    assert percentile([4.0, 1.0, 3.0, 2.0], share) == value


async def test_a_client_carries_its_token() -> None:
    """Every call of an open client says who asks."""
    async with open_client("http://leadgate.test", "the token") as client:
        assert client.http.headers["Authorization"] == "Bearer the token"
