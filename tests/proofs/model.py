"""A simple model of the acceptance: what of each lead decides which actions are refused, and for what."""

from dataclasses import dataclass
from datetime import datetime

from domain.problems import (
    AlreadyAccepted,
    AssigneeInactive,
    CandidatesChanged,
    CaseNotOpen,
    DecisionsRemain,
    Forbidden,
    HeldByOther,
    InvalidField,
    RecordChanged,
    Stale,
    WrongLeadState,
)
from domain.records import LeadStatus
from services.acceptance.transitions import Action

REOPENABLE = {LeadStatus.REJECTED, LeadStatus.EXPIRED}
NEEDS = {
    Action.UPDATE: {LeadStatus.NEW},
    Action.ACCEPT: {LeadStatus.NEW},
    Action.REJECT: {LeadStatus.NEW},
    Action.REOPEN: REOPENABLE,
}
"""The states that allow an action; ACCEPTED for those that are missing."""

FOR_MANAGERS = {Action.REOPEN, Action.HAND_OVER}
OF_HOLDER = {Action.CHOOSE_ACCOUNT, Action.CHOOSE_CONTACT, Action.CREATE_CASE, Action.ATTACH_TO_CASE}
COMMITS = {Action.CREATE_CASE, Action.ATTACH_TO_CASE}

Kinds = frozenset[type]
MAY_REFUSE: dict[Action, Kinds] = {
    Action.HAND_OVER: frozenset({AssigneeInactive}),
    Action.CREATE_CASE: frozenset({CandidatesChanged, DecisionsRemain, RecordChanged, AssigneeInactive}),
    Action.ATTACH_TO_CASE: frozenset({CandidatesChanged, DecisionsRemain, RecordChanged, CaseNotOpen, InvalidField}),
}
"""What the model does not foresee and still allows: it depends on the records and on what matches."""


@dataclass(slots=True)
class ModelLead:
    """What the model knows of a lead; ``holder`` and ``decisions`` (the acceptance's version) once it is accepted."""

    stored_status: LeadStatus = LeadStatus.NEW
    version: int = 1
    expires_at: datetime | None = None
    holder: int | None = None
    decisions: int = 0

    def status(self, now: datetime) -> LeadStatus:
        """The status as of now."""
        is_past = self.expires_at is not None and self.expires_at <= now
        return LeadStatus.EXPIRED if self.stored_status is LeadStatus.NEW and is_past else self.stored_status

    def refusal(
        self, action: Action, now: datetime, user_id: int, version: int | None, *, is_manager: bool
    ) -> type | None:
        """The problem that an action must be refused with; None if it may be done."""
        status = self.status(now)
        if action in FOR_MANAGERS and not is_manager:
            return Forbidden
        if status not in NEEDS.get(action, {LeadStatus.ACCEPTED}):
            is_taken = action is Action.ACCEPT and status in {LeadStatus.ACCEPTED, LeadStatus.CONVERTED}
            return AlreadyAccepted if is_taken else WrongLeadState
        if action in OF_HOLDER and user_id != self.holder:
            return HeldByOther
        current = self.version if action in NEEDS else self.decisions
        return Stale if version not in {None, current} else None

    def apply(self, action: Action, user_id: int, expires_at: datetime | None = None) -> None:
        """Let an action have its effect; ``user_id`` is who holds the acceptance after it, if there is one."""
        if action in NEEDS or action in COMMITS:
            self.version += 1
        if action is Action.ACCEPT:
            self.stored_status, self.holder = LeadStatus.ACCEPTED, user_id
        elif action is Action.REJECT:
            self.stored_status = LeadStatus.REJECTED
        elif action is Action.REOPEN:
            self.stored_status, self.expires_at = LeadStatus.NEW, expires_at
        elif action in COMMITS:
            self.stored_status = LeadStatus.CONVERTED
        elif action is Action.HAND_OVER:
            self.holder = user_id
        if action not in {Action.UPDATE, Action.REJECT, Action.REOPEN}:
            self.decisions += 1
