"""Accepts every new lead over HTTP, to the end, knowing nothing but what the service answers.

Several clients work at once, each on one lead at a time; every mutation carries a key and the version that was read.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from bench.acceptance.client import Answer, Client, nodes
from bench.acceptance.decisions import Act, Input, choose_again, next_act

CLIENTS = 4
MOST_CALLS = 30
"""More calls than this for one lead mean that the driver and the service talk past each other."""

_DECISIONS = """
fragment Decisions on Acceptance {
  version
  remainingDecisions {
    __typename
    step
    ... on ChooseAccountDecision { matches { edges { node { id } } } }
    ... on DecideAccountFieldsDecision { account { id } accountDiffs: diffs { field suggested } }
    ... on ChooseContactDecision { matches { edges { node { id } } } }
    ... on PlaceContactDecision { contact { id } }
    ... on DecideContactFieldsDecision { contact { id } contactDiffs: diffs { field suggested } }
    ... on ChooseCaseDecision { defaultCaseType { id } caseTypes { id } }
  }
}
"""
_PROBLEMS = """
fragment Problems on UserError {
  __typename
  message
  path
  ... on CandidatesChangedError { step }
  ... on RecordChangedError { step }
}
"""
_QUEUE = """
query Queue($after: String) {
  leads(filter: { statuses: [NEW] }, orderBy: OLDEST_FIRST, first: 100, after: $after) {
    nodes { id }
    pageInfo { hasNextPage endCursor }
  }
}
"""
_LOOK = f"query Look($id: ID!) {{ lead(id: $id) {{ version acceptance {{ ...Decisions }} }} }} {_DECISIONS}"
_STAGED = "lead { version acceptance { ...Decisions } }"
_SELECTIONS = {
    "acceptLead": _STAGED,
    "chooseAccount": _STAGED,
    "chooseContact": _STAGED,
    "createCase": "lead { version status }",
}


def _document(mutation: str, selection: str) -> str:
    """The document of a mutation; the operation has the same name."""
    type_ = f"{mutation[0].upper()}{mutation[1:]}Input"
    fragments = _PROBLEMS + (_DECISIONS if "...Decisions" in selection else "")
    body = f"{mutation}(input: $input) {{ {selection} errors {{ ...Problems }} }}"
    return f"mutation {mutation}($input: {type_}!) {{ {body} }} {fragments}"


_DOCUMENTS = {mutation: _document(mutation, selection) for mutation, selection in _SELECTIONS.items()}


class StuckError(Exception):
    """An acceptance did not come to its end."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A lead that was accepted to the end: how long it took, in seconds, and the mutations sent."""

    lead_id: str
    seconds: float
    mutations: tuple[str, ...]


async def accept_all(
    client: Client, *, clients: int = CLIENTS, report: Callable[[int, int], None] = lambda _, __: None
) -> list[Accepted]:
    """Accept every lead that is new, the oldest first; ``report`` is told how many of how many are done.

    Raises ``StuckError`` (in a group) if one of them cannot be brought to its end.
    """
    leads = [lead["id"] async for lead in nodes(client, "Queue", _QUEUE, "leads")]
    waiting = iter(leads)
    done: list[Accepted] = []

    async def work(waiting: Iterator[str]) -> None:
        for lead_id in waiting:
            done.append(await _accept(client, lead_id))
            report(len(done), len(leads))

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(work(waiting))
    return done


async def _accept(client: Client, lead_id: str) -> Accepted:
    started = time.perf_counter()
    lead = await _look(client, lead_id)
    staged: dict[str, Input] = {}
    mutations: list[str] = []
    again: Act | None = None
    while len(mutations) < MOST_CALLS:
        act = again or next_act(lead["acceptance"]["remainingDecisions"], staged)
        mutations.append(act.mutation)
        payload = await _send(client, lead_id, lead, act)
        if payload["lead"] and act.mutation == "createCase":
            return Accepted(lead_id, time.perf_counter() - started, tuple(mutations))
        staged[act.mutation] = act.input
        again = _answer_to(payload["errors"])
        lead = payload["lead"] or await _look(client, lead_id)
    raise StuckError(f"{lead_id} is not at its end after {', '.join(mutations)}")


async def _look(client: Client, lead_id: str) -> Answer:
    lead: Answer = (await client.ask("Look", _LOOK, {"id": lead_id}))["lead"]
    return lead


async def _send(client: Client, lead_id: str, lead: Answer, act: Act) -> Answer:
    """What the service says to a mutation that goes out from the lead as it was read last."""
    version = lead["version"] if act.mutation == "acceptLead" else lead["acceptance"]["version"]
    given = {**act.input, "leadId": lead_id, "expectedVersion": version, "idempotencyKey": uuid4().hex}
    payload: Answer = (await client.ask(act.mutation, _DOCUMENTS[act.mutation], {"input": given}))[act.mutation]
    return payload


def _answer_to(problems: list[Answer]) -> Act | None:
    """What to do about problems; None to go on from a fresh look. Raises ``StuckError`` for those of no way out."""
    for problem in problems:
        if "step" in problem:
            return choose_again(problem["step"])
        if problem["__typename"] not in {"StaleError", "DecisionsRemainError"}:
            raise StuckError(f"{problem['__typename']} at {problem['path']}: {problem['message']}")
    return None
