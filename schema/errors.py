"""The problems that mutations answer with: expected failures that a user can do something about."""

import strawberry

import resolvers.problems
from domain import problems
from domain.acceptance import StepKind
from domain.records import LeadStatus, Role
from resolvers.changed_fields import ChangedField
from schema.decisions import RemainingDecision
from schema.fields import resolve
from schema.kinds import shows
from schema.node import Node
from schema.refs import CaseRef, LeadRef, UserRef


@strawberry.interface(description="Why a mutation did nothing. All wrong fields are named at once.")
class UserError:
    """See the description."""

    code: problems.ProblemCode = strawberry.field(description="What it is, for programs.")
    message: str = resolve(
        resolvers.problems.message,
        "What it is and the way out, for people: in the language of the request, or else the user's.",
    )
    path: list[str] = strawberry.field(description='Where in the arguments it lies, from `"input"` on.')


@strawberry.type(description="A value that cannot be taken.")
class InvalidFieldError(UserError):
    """See the description."""

    is_type_of = shows(problems.InvalidField)
    fault: problems.FieldFault = strawberry.field(description="What is wrong with the value.")
    detail: str = strawberry.field(description="What completes it, such as the limit that was passed; else empty.")


@strawberry.type(description="An id that names nothing the tenant has.")
class NotFoundError(UserError):
    """See the description."""

    is_type_of = shows(problems.NotFound)
    what: str = strawberry.field(description="The GraphQL type that was looked for, such as `Account`.")


@strawberry.type(description="The user lacks a role.")
class ForbiddenError(UserError):
    """See the description."""

    is_type_of = shows(problems.Forbidden)
    needed: Role = strawberry.field(description="The least role that may do this.")


@strawberry.type(description="The object was changed since `expectedVersion` was read.")
class StaleError(UserError):
    """See the description."""

    is_type_of = shows(problems.Stale)
    current: Node = strawberry.field(description="The object as it is now; of an acceptance, its lead.")
    current_version: int = strawberry.field(description="The version to go on from, once the change was looked at.")


@strawberry.type(description="Somebody has accepted the lead before.")
class AlreadyAcceptedError(UserError):
    """See the description."""

    is_type_of = shows(problems.AlreadyAccepted)
    lead: LeadRef = strawberry.field(description="The lead as it is now.")
    by: UserRef = strawberry.field(description="Who accepted it.")


@strawberry.type(description="The lead's status does not allow this.")
class WrongLeadStateError(UserError):
    """See the description."""

    is_type_of = shows(problems.WrongLeadState)
    lead: LeadRef = strawberry.field(description="The lead as it is now.")
    status: LeadStatus = strawberry.field(description="The status that stands in the way.")


@strawberry.type(description="The acceptance is in another user's hands.")
class HeldByOtherError(UserError):
    """See the description."""

    is_type_of = shows(problems.HeldByOther)
    lead: LeadRef = strawberry.field(description="The lead as it is now.")
    holder: UserRef = strawberry.field(description="The user who holds the acceptance.")


@strawberry.type(description="The commit was asked for before everything was decided.")
class DecisionsRemainError(UserError):
    """See the description."""

    is_type_of = shows(problems.DecisionsRemain)
    lead: LeadRef = strawberry.field(description="The lead as it is now.")
    remaining_decisions: list[RemainingDecision] = resolve(
        resolvers.problems.remaining_decisions, "What is left to decide, with the options."
    )


@strawberry.type(description="Similar records have appeared that the decision had not seen.")
class CandidatesChangedError(UserError):
    """See the description."""

    is_type_of = shows(problems.CandidatesChanged)
    lead: LeadRef = strawberry.field(description="The lead as it is now.")
    step: StepKind = strawberry.field(description="The step that is to be decided again, or confirmed with `seen`.")
    candidates: list[Node | None] = resolve(resolvers.problems.candidates, "The records that have appeared.")


@strawberry.type(description="The chosen record was changed in the decided fields, or is gone.")
class RecordChangedError(UserError):
    """See the description."""

    is_type_of = shows(problems.RecordChanged)
    lead: LeadRef = strawberry.field(description="The lead as it is now.")
    step: StepKind = strawberry.field(description="The step that is to be decided again.")
    current: Node | None = strawberry.field(description="The chosen record as it is now; null if it is gone.")
    fields: list[ChangedField] = resolve(resolvers.problems.changed_fields, "The decided fields that were changed.")


@strawberry.type(description="The case is closed.")
class CaseNotOpenError(UserError):
    """See the description."""

    is_type_of = shows(problems.CaseNotOpen)
    case: CaseRef = strawberry.field(description="The case as it is now.")


@strawberry.type(description="The user cannot be an assignee or owner any more.")
class AssigneeInactiveError(UserError):
    """See the description."""

    is_type_of = shows(problems.AssigneeInactive)
    user: UserRef = strawberry.field(description="The user who is not active.")


@strawberry.type(description="The idempotency key was used before with other input.")
class IdempotencyKeyReusedError(UserError):
    """See the description."""

    is_type_of = shows(problems.IdempotencyKeyReused)


@strawberry.type(description="Another record has this external id.")
class ExternalIdTakenError(UserError):
    """See the description."""

    is_type_of = shows(problems.ExternalIdTaken)
    record: Node = strawberry.field(description="The record that has it.")
