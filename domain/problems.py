"""Problems: expected failures that a user can do something about, as plain values.

A service that refuses raises one ``Refused`` with all of them; leaving its transaction rolls everything back, and the
resolver answers with ``.problems``. ``path`` leads to the input that is at fault (``("input", "emails", "0")``).
"""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from domain.acceptance import RemainingDecision, StepKind
from domain.records import Account, Case, Contact, Lead, LeadStatus, RecordKind, Role, Tenant, User

Path = tuple[str, ...]


class ProblemCode(Enum):
    """Stable codes of the problems; the texts are in ``domain.texts``."""

    INVALID_FIELD = "invalid_field"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    STALE = "stale"
    ALREADY_ACCEPTED = "already_accepted"
    WRONG_LEAD_STATE = "wrong_lead_state"
    HELD_BY_OTHER = "held_by_other"
    DECISIONS_REMAIN = "decisions_remain"
    CANDIDATES_CHANGED = "candidates_changed"
    RECORD_CHANGED = "record_changed"
    CASE_NOT_OPEN = "case_not_open"
    ASSIGNEE_INACTIVE = "assignee_inactive"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    EXTERNAL_ID_TAKEN = "external_id_taken"


class FieldFault(Enum):
    """What is wrong with a value."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    BAD_EMAIL = "bad_email"
    BAD_PHONE = "bad_phone"
    BAD_DATE = "bad_date"
    BAD_COUNTRY = "bad_country"
    BAD_TEXT = "bad_text"
    BAD_ID = "bad_id"
    BAD_VALUE = "bad_value"
    SEVERAL_PRIMARY = "several_primary"
    DUPLICATE = "duplicate"
    NOT_ALLOWED = "not_allowed"
    TAKE_OR_VALUE = "take_or_value"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidField:
    """A value that cannot be taken. ``detail`` completes the text (the limit, the allowed values)."""

    code: ClassVar = ProblemCode.INVALID_FIELD
    path: Path
    fault: FieldFault
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """An id that names nothing in this tenant. Ids of other tenants are not told from unknown ones."""

    code: ClassVar = ProblemCode.NOT_FOUND
    path: Path
    what: str
    """The GraphQL type that was looked for, such as ``Account``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forbidden:
    """The actor lacks a role."""

    code: ClassVar = ProblemCode.FORBIDDEN
    path: Path
    needed: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """The object was changed since ``expectedVersion`` was read; ``current`` is how it is now.

    For a stale acceptance ``current`` is its lead, whose ``acceptance`` then answers with the current one; for stale
    settings it is the tenant that has them.
    """

    code: ClassVar = ProblemCode.STALE
    path: Path
    current: Lead | Account | Contact | Case | Tenant
    current_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyAccepted:
    """Somebody else accepted the lead."""

    code: ClassVar = ProblemCode.ALREADY_ACCEPTED
    path: Path
    lead: Lead
    by: User


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLeadState:
    """The lead's status does not allow the action."""

    code: ClassVar = ProblemCode.WRONG_LEAD_STATE
    path: Path
    lead: Lead
    status: LeadStatus
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldByOther:
    """The acceptance is another user's; a manager can hand it over."""

    code: ClassVar = ProblemCode.HELD_BY_OTHER
    path: Path
    lead: Lead
    holder: User


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsRemain:
    """The commit was asked for before everything was decided."""

    code: ClassVar = ProblemCode.DECISIONS_REMAIN
    path: Path
    lead: Lead
    remaining: tuple[RemainingDecision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesChanged:
    """Records have appeared that the decision had not seen. Decide again, or name them as seen."""

    code: ClassVar = ProblemCode.CANDIDATES_CHANGED
    path: Path
    lead: Lead
    step: StepKind
    kind: RecordKind
    record_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChanged:
    """The chosen record was changed in the decided fields (or is gone, then ``current`` is None) since the decision."""

    code: ClassVar = ProblemCode.RECORD_CHANGED
    path: Path
    lead: Lead
    step: StepKind
    current: Account | Contact | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNotOpen:
    """The case is closed, so no lead can be attached to it."""

    code: ClassVar = ProblemCode.CASE_NOT_OPEN
    path: Path
    case: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class AssigneeInactive:
    """The assignee is not an active user."""

    code: ClassVar = ProblemCode.ASSIGNEE_INACTIVE
    path: Path
    user: User


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyKeyReused:
    """The key was used before with other input."""

    code: ClassVar = ProblemCode.IDEMPOTENCY_KEY_REUSED
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdTaken:
    """Another record of the tenant has this external id."""

    code: ClassVar = ProblemCode.EXTERNAL_ID_TAKEN
    path: Path
    record: Lead | Account | Contact


Problem = (
    InvalidField
    | NotFound
    | Forbidden
    | Stale
    | AlreadyAccepted
    | WrongLeadState
    | HeldByOther
    | DecisionsRemain
    | CandidatesChanged
    | RecordChanged
    | CaseNotOpen
    | AssigneeInactive
    | IdempotencyKeyReused
    | ExternalIdTaken
)


class Refused(Exception):  # noqa: N818
    """A service refuses; nothing was written."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code.value for problem in problems))
        self.problems = problems
