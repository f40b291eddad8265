"""The acceptance of a lead, stored or previewed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import strawberry

from domain.acceptance import (
    AcceptanceState,
    ChooseCase,
    ChooseRecord,
    DecideFields,
    PlaceContact,
    PlannedChange,
    RemainingDecision,
    StepKind,
)
from domain.fields import FieldChange, FieldDiff
from domain.records import Account, Case, CaseType, Contact, Lead, RecordKind, User
from resolvers.changed_fields import ChangedField, changed_field
from resolvers.context import Info, then
from resolvers.global_ids import Node
from resolvers.matches import MatchList
from resolvers.nodes import RECORD_KINDS, load_node
from resolvers.values import shown
from services import lookups

D = TypeVar("D", bound=RemainingDecision)


@dataclass(frozen=True, slots=True)
class AcceptanceView:
    """A lead's acceptance, with the lead."""

    lead: Lead
    state: AcceptanceState


@dataclass(frozen=True, slots=True)
class Remaining(Generic[D]):
    """Something that is left to decide about a lead."""

    lead: Lead
    decision: D


@dataclass(frozen=True, slots=True)
class Change:
    """One field that would be written, and the kind of record that has it."""

    kind: RecordKind
    change: FieldChange


def acceptance(root: strawberry.Parent[Lead], info: Info) -> Awaitable[AcceptanceView]:
    """The lead's acceptance."""
    return then(info.context.load_state(root), lambda state: AcceptanceView(root, state))


View = strawberry.Parent[AcceptanceView]


def status(root: View) -> object:
    """Where the acceptance stands."""
    return root.state.status


def steps(root: View) -> object:
    """The four steps."""
    return root.state.steps


def version(root: View) -> int | None:
    """The version of the stored acceptance."""
    return root.state.version


def opened_at(root: View) -> object:
    """When the lead was accepted."""
    return root.state.opened_at


def committed_at(root: View) -> object:
    """When everything was written."""
    return root.state.committed_at


def holder(root: View, info: Info) -> Awaitable[User | None] | None:
    """Who works on the acceptance."""
    return info.context.load_if(lookups.users_by_id, root.state.holder_id)


def account(root: View, info: Info) -> Awaitable[Account | None] | None:
    """The existing account that is chosen so far."""
    return info.context.load_if(lookups.accounts_by_id, root.state.account_id)


def contact(root: View, info: Info) -> Awaitable[Contact | None] | None:
    """The existing contact that is chosen so far."""
    return info.context.load_if(lookups.contacts_by_id, root.state.contact_id)


def remaining_decisions(root: View) -> list[Remaining[RemainingDecision]]:
    """What is left to decide, in the order of the steps."""
    return [Remaining(root.lead, each) for each in root.state.remaining]


def planned_changes(root: View) -> tuple[PlannedChange, ...]:
    """What the commit would write."""
    return root.state.planned


def decides(kind: type[RemainingDecision], step: StepKind | None = None) -> Callable[[object], bool]:
    """The predicate of a type of decision, about one step where several have it."""

    def is_one(value: object) -> bool:
        is_kind = isinstance(value, Remaining) and isinstance(value.decision, kind)
        return is_kind and (step is None or value.decision.step is step)  # type: ignore[attr-defined]

    return is_one


def decision_step(root: strawberry.Parent[Remaining[RemainingDecision]]) -> StepKind:
    """The step that waits for the decision."""
    return root.decision.step


def decision_matches(root: strawberry.Parent[Remaining[ChooseRecord]]) -> MatchList:
    """The candidates to choose from."""
    return MatchList(root.lead, root.decision.matches)


def decision_diffs(root: strawberry.Parent[Remaining[DecideFields]]) -> tuple[FieldDiff, ...]:
    """The fields to decide."""
    return root.decision.diffs


def decided_account(root: strawberry.Parent[Remaining[DecideFields]], info: Info) -> Awaitable[Account | None]:
    """The account whose fields are to be decided."""
    return info.context.load(lookups.accounts_by_id, root.decision.record_id)


def decided_contact(root: strawberry.Parent[Remaining[DecideFields]], info: Info) -> Awaitable[Contact | None]:
    """The contact whose fields are to be decided."""
    return info.context.load(lookups.contacts_by_id, root.decision.record_id)


def placed_contact(root: strawberry.Parent[Remaining[PlaceContact]], info: Info) -> Awaitable[Contact | None]:
    """The contact that belongs to another account."""
    return info.context.load(lookups.contacts_by_id, root.decision.contact_id)


def current_account(root: strawberry.Parent[Remaining[PlaceContact]], info: Info) -> Awaitable[Account | None]:
    """The account that the contact belongs to."""
    return info.context.load(lookups.accounts_by_id, root.decision.current_account_id)


def chosen_account(root: strawberry.Parent[Remaining[PlaceContact]], info: Info) -> Awaitable[Account | None] | None:
    """The account that was chosen."""
    return info.context.load_if(lookups.accounts_by_id, root.decision.chosen_account_id)


def case_types(root: strawberry.Parent[Remaining[ChooseCase]], info: Info) -> list[Awaitable[CaseType | None]]:
    """The types that the case may have."""
    return [info.context.load(lookups.case_types_by_id, each) for each in root.decision.case_type_ids]


def default_case_type(root: strawberry.Parent[Remaining[ChooseCase]], info: Info) -> Awaitable[CaseType | None] | None:
    """The type that the case gets if none is named."""
    return info.context.load_if(lookups.case_types_by_id, root.decision.default_case_type_id)


def default_assignee(root: strawberry.Parent[Remaining[ChooseCase]], info: Info) -> Awaitable[User | None]:
    """Who gets the case if nobody is named."""
    return info.context.load(lookups.users_by_id, root.decision.default_assignee_id)


def open_cases(root: strawberry.Parent[Remaining[ChooseCase]], info: Info) -> list[Awaitable[Case | None]]:
    """The open cases of the chosen contact."""
    return [info.context.load(lookups.cases_by_id, each) for each in root.decision.open_case_ids]


def planned_record(root: strawberry.Parent[PlannedChange], info: Info) -> Awaitable[Node | None] | None:
    """The record that would be changed; None for one that would be created."""
    kind, id_ = RECORD_KINDS[root.kind], root.record_id
    return None if id_ is None else load_node(info.context, kind, id_)


def record_changes(root: strawberry.Parent[PlannedChange]) -> list[Change]:
    """The fields that would be written."""
    return [Change(root.kind, each) for each in root.changes]


def change_field(root: strawberry.Parent[Change]) -> ChangedField:
    """The field."""
    return changed_field(root.change.field)


def old_value(root: strawberry.Parent[Change]) -> object:
    """The value before."""
    return shown(root.kind, root.change.field, root.change.old)


def new_value(root: strawberry.Parent[Change]) -> object:
    """The value after."""
    return shown(root.kind, root.change.field, root.change.new)
