"""What a user who always takes what is offered first does next: rank 1, the suggested values, the first case type.

Pure: everything is decided from what the service has answered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Seen = dict[str, Any]
"""Part of an answer."""
Input = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """A mutation and its input, but for the lead, the version and the key."""

    mutation: str
    input: Input = field(default_factory=dict)


Staged = Mapping[str, Input]
"""The decisions sent so far by mutation: each is sent as a whole again when something is added to it."""


def next_act(remaining: list[Seen], staged: Staged) -> Act:
    """What to do about the first of the remaining decisions. Raises ``KeyError`` for one of an unknown type."""
    decision = remaining[0]
    return _ACTS[decision["__typename"]](decision, staged)


def choose_again(step: str) -> Act:
    """What to do when the ground of a choice has changed: let the rules choose anew; what they leave open is asked."""
    return Act(_MUTATIONS[step], {"choice": {"automatic": True}})


def _accept(_: Seen, __: Staged) -> Act:
    return Act("acceptLead")


def _choose_record(decision: Seen, _: Staged) -> Act:
    ids = [edge["node"]["id"] for edge in decision["matches"]["edges"] if edge["node"]]
    mutation = _MUTATIONS[decision["step"]]
    choice = {_IDS[mutation]: ids[0]} if ids else {"createNew": True}
    return Act(mutation, {"choice": choice, "seen": ids})


def _decide_fields(decision: Seen, staged: Staged) -> Act:
    mutation = _MUTATIONS[decision["step"]]
    record, diffs = _FIELDS[mutation]
    before = staged.get(mutation, {})
    taken = [{"field": diff["field"], "take": diff["suggested"]} for diff in decision[diffs]]
    choice = {_IDS[mutation]: decision[record]["id"]}
    return Act(mutation, {**before, "choice": choice, "fields": [*before.get("fields", ()), *taken]})


def _place_contact(decision: Seen, staged: Staged) -> Act:
    choice = {"contactId": decision["contact"]["id"]}
    before = staged.get("chooseContact", {})
    return Act("chooseContact", {**before, "choice": choice, "placement": "KEEP_ACCOUNT"})


def _open_case(decision: Seen, _: Staged) -> Act:
    case_type = decision["defaultCaseType"] or decision["caseTypes"][0]
    return Act("createCase", {"caseTypeId": case_type["id"]})


_MUTATIONS = {"ACCOUNT": "chooseAccount", "CONTACT": "chooseContact"}
_IDS = {"chooseAccount": "accountId", "chooseContact": "contactId"}
_FIELDS = {"chooseAccount": ("account", "accountDiffs"), "chooseContact": ("contact", "contactDiffs")}
_ACTS: Mapping[str, Callable[[Seen, Staged], Act]] = {
    "AcceptLeadDecision": _accept,
    "ChooseAccountDecision": _choose_record,
    "DecideAccountFieldsDecision": _decide_fields,
    "ChooseContactDecision": _choose_record,
    "PlaceContactDecision": _place_contact,
    "DecideContactFieldsDecision": _decide_fields,
    "ChooseCaseDecision": _open_case,
}
