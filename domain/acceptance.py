"""The acceptance of a lead: its steps, the decisions staged on it, and what its commit would write."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from domain.fields import FieldChange, FieldDecision, FieldDiff
from domain.matches import Band, Matches
from domain.records import RecordKind


class AcceptanceStatus(Enum):
    """Where an acceptance stands. PREVIEW: the lead is not accepted yet, and nothing is stored."""

    PREVIEW = "preview"
    OPEN = "open"
    COMMITTED = "committed"


class StepKind(Enum):
    """The steps of an acceptance, in order."""

    LEAD = "lead"
    ACCOUNT = "account"
    CONTACT = "contact"
    CASE = "case"


class StepState(Enum):
    """Where a step stands."""

    WAITING = "waiting"
    """An earlier step has to be decided first."""
    OPEN = "open"
    """It needs a decision."""
    DECIDED = "decided"
    """Nothing is left to decide."""
    DONE = "done"
    """Written."""


class DecidedBy(Enum):
    """Who decided a step."""

    AUTO = "auto"
    USER = "user"


class ContactPlacement(Enum):
    """What happens when the chosen contact belongs to another account than the chosen one."""

    KEEP_ACCOUNT = "keep_account"
    """The contact stays where it is, and its account becomes the lead's."""
    MOVE_CONTACT = "move_contact"
    """The contact moves to the chosen account; its cases stay with theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step and where it stands; ``decided_by`` is None until it is decided.

    ``band`` is how sure the existing record is that is chosen automatically, also while its fields are open.
    """

    kind: StepKind
    state: StepState
    decided_by: DecidedBy | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDecision:
    """The staged decision about the account.

    ``account_id`` None means: create one. ``account_version`` is the chosen account's version that the decision was
    made on. ``seen`` are the ids of the candidates that had been seen: the commit refuses to create a twin of others.
    An AUTO decision records what was derived and seen when the lead was accepted, how sure it was (``band``, for an
    existing record) and by which version of the tenant's matching settings; it is derived again at the commit.
    """

    decided_by: DecidedBy
    account_id: int | None
    account_version: int | None = None
    fields: tuple[FieldDecision, ...] = ()
    seen: tuple[int, ...] = ()
    band: Band | None = None
    settings_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDecision:
    """The staged decision about the contact; as for the account, plus what to do about a contact of another account."""

    decided_by: DecidedBy
    contact_id: int | None
    contact_version: int | None = None
    placement: ContactPlacement | None = None
    fields: tuple[FieldDecision, ...] = ()
    seen: tuple[int, ...] = ()
    band: Band | None = None
    settings_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """An acceptance as it is stored: who holds it and what has been decided so far."""

    tenant_id: int
    id: int
    lead_id: int
    user_id: int
    opened_at: datetime
    committed_at: datetime | None = None
    account: AccountDecision | None = None
    contact: ContactDecision | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptLead:
    """To decide: whether to accept the lead at all."""

    step = StepKind.LEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRecord:
    """To decide: which of the candidates (or any other record, or a new one) the lead belongs to."""

    step: StepKind
    matches: Matches


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideFields:
    """To decide: which value stays, for each of these fields of the chosen record."""

    step: StepKind
    record_id: int
    diffs: tuple[FieldDiff, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceContact:
    """To decide: keep the contact's account, or move the contact to the chosen one (None: to the new one)."""

    step = StepKind.CONTACT
    contact_id: int
    current_account_id: int
    chosen_account_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseCase:
    """To decide, last: a new case (of which type, for whom) or one of the contact's open ones.

    ``default_case_type_id`` is None where several are allowed.
    """

    step = StepKind.CASE
    case_type_ids: tuple[int, ...]
    default_case_type_id: int | None
    default_assignee_id: int
    open_case_ids: tuple[int, ...]


RemainingDecision = AcceptLead | ChooseRecord | DecideFields | PlaceContact | ChooseCase


class PlannedAction(Enum):
    """What the commit would do to a record."""

    CREATE = "create"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedChange:
    """One record that the commit would write, with every field; ``record_id`` is None for a new one."""

    action: PlannedAction
    kind: RecordKind
    record_id: int | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceState:
    """What a client is told about an acceptance, stored or previewed.

    ``version`` is None in a preview, where nothing is stored. ``account_id`` and ``contact_id`` are the records chosen
    so far (None: not chosen, or a new one).
    """

    tenant_id: int
    lead_id: int
    status: AcceptanceStatus
    steps: tuple[Step, ...]
    remaining: tuple[RemainingDecision, ...]
    planned: tuple[PlannedChange, ...]
    holder_id: int | None = None
    opened_at: datetime | None = None
    committed_at: datetime | None = None
    version: int | None = None
    account_id: int | None = None
    contact_id: int | None = None
