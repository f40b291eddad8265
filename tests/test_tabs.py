"""GraphiQL's ready-made tabs lead through the whole flow."""

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from graphql import FieldNode, OperationDefinitionNode, build_schema, parse

from db.engine import Database
from tests.support.api import Api, gid, open_api
from tests.support.world import make_world

ROOT = Path(__file__).parent.parent
TABS = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "web/graphiql/src/tabs").glob("*.graphql"))}
UPKEEP = {
    *("createLead", "createAccount", "createContact", "updateLead", "updateAccount", "updateContact"),
    *("closeCase", "saveMatchingSettings"),
}
"""What is done to records apart from the acceptance of a lead."""


def _operations(tab: str) -> list[OperationDefinitionNode]:
    return [each for each in parse(TABS[tab]).definitions if isinstance(each, OperationDefinitionNode)]


def _variables(tab: str) -> dict[str, Any]:
    path = ROOT / f"web/graphiql/src/tabs/{tab}.json"
    given: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return given


def test_every_mutation_of_the_flow_has_its_tab() -> None:
    """Whatever can be done with a lead on its way can be done in a tab; so can subscribing, and asking why."""
    schema = build_schema((ROOT / "schema.graphql").read_text("utf-8"))
    assert schema.mutation_type is not None
    selected = {
        field.name.value
        for tab in TABS
        for operation in _operations(tab)
        for field in operation.selection_set.selections
        if isinstance(field, FieldNode)
    }
    assert schema.mutation_type.fields.keys() - UPKEEP <= selected
    assert {"leads", "viewer", "lead", "explainMatch", "leadQueue"} <= selected


@pytest.mark.parametrize("tab", TABS)
def test_variables_are_those_of_the_operations(tab: str) -> None:
    """A tab's variables are prepared: each that an operation declares, and no other."""
    declared = {
        each.variable.name.value for operation in _operations(tab) for each in operation.variable_definitions or ()
    }
    assert _variables(tab).keys() == declared


@pytest.fixture
async def api(database: Database) -> AsyncIterator[Api]:
    """Give the service with a tenant."""
    async with open_api(await make_world(database)) as opened:
        yield opened


async def _run(api: Api, tab: str, given: Mapping[str, Any], operation: str | None = None, **options: Any) -> Any:  # noqa: ANN401
    """Run an operation of a tab with its prepared variables, some of them filled in; payloads have no errors."""
    name = operation or next(each.name.value for each in _operations(tab) if each.name)
    variables = {
        key: {**value, **given[key]} if isinstance(value, dict) and key in given else given.get(key, value)
        for key, value in _variables(tab).items()
    }
    data = await api.ask(TABS[tab], variables, operationName=name, **options)
    assert [each["errors"] for each in data.values() if isinstance(each, dict) and each.get("errors")] == []
    return data


async def test_a_lead_goes_through_the_tabs(api: Api) -> None:
    """From the queue over both choices to its case, and its history tells so; another one joins the open case."""
    world = api.world
    account = await world.add_account(name="Elbe Maschinenbau GmbH", emails=["info@elbe.example"])
    contact = await world.add_contact(account)
    leads = [await world.add_lead(company="Elbe Maschinenbau", last_name="Sommerfeld") for _ in range(2)]
    for lead in leads:
        own = {"leadId": gid(lead)}
        queue = await _run(api, "1-queue", {})
        assert gid(lead) in [each["id"] for each in queue["leads"]["nodes"]]
        await _run(api, "2-look", own)
        await _run(api, "6-explain", {**own, "recordId": gid(account)})
        await _run(api, "3-accept", {"input": own})
        await _run(api, "4-choose", {"account": {**own, "choice": {"accountId": gid(account)}}}, "ChooseAccount")
        chosen = {**own, "choice": {"contactId": gid(contact)}}
        left = (await _run(api, "4-choose", {"contact": chosen}, "ChooseContact"))["chooseContact"]["lead"][
            "acceptance"
        ]
        decision = left["remainingDecisions"][-1]
        if decision["openCases"]:
            joined = {"attach": {**own, "caseId": decision["openCases"][0]["id"]}}
            await _run(api, "5-case", joined, "AttachToCase")
        else:
            await _run(api, "5-case", {"input": own}, "CreateCase")
    told = (await _run(api, "8-otherwise", {"leadId": gid(leads[1])}, "History"))["lead"]
    assert told["status"] == "CONVERTED"
    assert [each["kind"] for each in told["history"]["nodes"]][-1] in {"LEAD_CONVERTED", "CASE_LEAD_ATTACHED"}


async def test_the_other_ways_are_in_the_last_tab(api: Api) -> None:
    """A candidate is dismissed and restored, the lead rejected, reopened, accepted and handed over."""
    world = api.world
    account, lead = await world.add_account(), await world.add_lead(company="Elbe Maschinenbau")
    own, by_manager = {"leadId": gid(lead)}, {"actor": world.manager}
    pair = {**own, "candidate": {"accountId": gid(account)}}
    tab = "8-otherwise"
    await _run(api, tab, {"dismiss": pair}, "Dismiss")
    assert len((await _run(api, tab, own, "History"))["lead"]["dismissedMatches"]) == 1
    await _run(api, tab, {"restore": pair}, "Restore")
    await _run(api, tab, {"reject": {**own, "reasonId": gid(world.too_late)}}, "Reject")
    await _run(api, tab, {"reopen": own}, "Reopen", **by_manager)
    await _run(api, "3-accept", {"input": own})
    given = {**own, "userId": (await _run(api, tab, own, "History"))["users"]["nodes"][0]["id"]}
    handed = await _run(api, tab, {"handOver": given}, "HandOver", **by_manager)
    assert handed["handOverAcceptance"]["lead"]["acceptance"]["holder"]
