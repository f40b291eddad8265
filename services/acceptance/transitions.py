"""Which action a lead's status allows: the one table that everything else asks."""

from datetime import datetime
from enum import Enum

from domain.problems import WrongLeadState
from domain.records import Lead, LeadStatus


class Action(Enum):
    """What can be done to a lead."""

    UPDATE = "update"
    ACCEPT = "accept"
    REJECT = "reject"
    REOPEN = "reopen"
    CHOOSE_ACCOUNT = "choose_account"
    CHOOSE_CONTACT = "choose_contact"
    CREATE_CASE = "create_case"
    ATTACH_TO_CASE = "attach_to_case"
    HAND_OVER = "hand_over"
    DISMISS_MATCH = "dismiss_match"
    RESTORE_MATCH = "restore_match"


ALLOWED: dict[LeadStatus, frozenset[Action]] = {
    LeadStatus.NEW: frozenset(
        {Action.UPDATE, Action.ACCEPT, Action.REJECT, Action.DISMISS_MATCH, Action.RESTORE_MATCH}
    ),
    LeadStatus.ACCEPTED: frozenset(
        {
            Action.CHOOSE_ACCOUNT,
            Action.CHOOSE_CONTACT,
            Action.CREATE_CASE,
            Action.ATTACH_TO_CASE,
            Action.HAND_OVER,
            Action.DISMISS_MATCH,
            Action.RESTORE_MATCH,
        }
    ),
    LeadStatus.CONVERTED: frozenset(),
    LeadStatus.REJECTED: frozenset({Action.REOPEN}),
    LeadStatus.EXPIRED: frozenset({Action.REOPEN}),
}

NEXT: dict[Action, LeadStatus] = {
    Action.ACCEPT: LeadStatus.ACCEPTED,
    Action.REJECT: LeadStatus.REJECTED,
    Action.REOPEN: LeadStatus.NEW,
    Action.CREATE_CASE: LeadStatus.CONVERTED,
    Action.ATTACH_TO_CASE: LeadStatus.CONVERTED,
}
"""The status after an action; an action that is missing here leaves it as it is."""


def find_wrong_state(lead: Lead, action: Action, now: datetime) -> WrongLeadState | None:
    """The problem if the lead's status as of ``now`` does not allow the action."""
    status = lead.status(now)
    if action in ALLOWED[status]:
        return None
    return WrongLeadState(path=("input", "leadId"), lead=lead, status=status, action=action.value)
