"""For each mutation, the problems it may answer with; every union has the four that any of them may."""

from typing import Annotated

import strawberry

from schema.errors import (
    AlreadyAcceptedError,
    AssigneeInactiveError,
    CandidatesChangedError,
    CaseNotOpenError,
    DecisionsRemainError,
    ExternalIdTakenError,
    ForbiddenError,
    HeldByOtherError,
    IdempotencyKeyReusedError,
    InvalidFieldError,
    NotFoundError,
    RecordChangedError,
    StaleError,
    WrongLeadStateError,
)

CreateLeadError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | AssigneeInactiveError
    | ExternalIdTakenError,
    strawberry.union("CreateLeadError", description="What may stand in the way of taking in a lead."),
]
UpdateLeadError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | WrongLeadStateError
    | AssigneeInactiveError
    | ExternalIdTakenError,
    strawberry.union("UpdateLeadError", description="What may stand in the way of correcting a lead."),
]
AcceptLeadError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | AlreadyAcceptedError
    | WrongLeadStateError,
    strawberry.union("AcceptLeadError", description="What may stand in the way of accepting a lead."),
]
RejectLeadError = Annotated[
    InvalidFieldError | NotFoundError | ForbiddenError | IdempotencyKeyReusedError | StaleError | WrongLeadStateError,
    strawberry.union("RejectLeadError", description="What may stand in the way of rejecting a lead."),
]
ReopenLeadError = Annotated[
    InvalidFieldError | NotFoundError | ForbiddenError | IdempotencyKeyReusedError | StaleError | WrongLeadStateError,
    strawberry.union("ReopenLeadError", description="What may stand in the way of reopening a lead."),
]
ChooseAccountError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | WrongLeadStateError
    | HeldByOtherError
    | RecordChangedError
    | CandidatesChangedError,
    strawberry.union("ChooseAccountError", description="What may stand in the way of choosing the account."),
]
ChooseContactError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | WrongLeadStateError
    | HeldByOtherError
    | RecordChangedError
    | CandidatesChangedError,
    strawberry.union("ChooseContactError", description="What may stand in the way of choosing the contact."),
]
DismissMatchError = Annotated[
    InvalidFieldError | NotFoundError | ForbiddenError | IdempotencyKeyReusedError | WrongLeadStateError,
    strawberry.union("DismissMatchError", description="What may stand in the way of dismissing a candidate."),
]
RestoreMatchError = Annotated[
    InvalidFieldError | NotFoundError | ForbiddenError | IdempotencyKeyReusedError | WrongLeadStateError,
    strawberry.union("RestoreMatchError", description="What may stand in the way of restoring a candidate."),
]
CreateCaseError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | WrongLeadStateError
    | HeldByOtherError
    | DecisionsRemainError
    | CandidatesChangedError
    | RecordChangedError
    | AssigneeInactiveError,
    strawberry.union("CreateCaseError", description="What may stand in the way of committing with a new case."),
]
AttachToCaseError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | WrongLeadStateError
    | HeldByOtherError
    | DecisionsRemainError
    | CandidatesChangedError
    | RecordChangedError
    | CaseNotOpenError,
    strawberry.union("AttachToCaseError", description="What may stand in the way of committing with an open case."),
]
HandOverAcceptanceError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | WrongLeadStateError
    | HeldByOtherError
    | AssigneeInactiveError,
    strawberry.union("HandOverAcceptanceError", description="What may stand in the way of handing an acceptance over."),
]
CreateAccountError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | AssigneeInactiveError
    | ExternalIdTakenError,
    strawberry.union("CreateAccountError", description="What may stand in the way of creating an account."),
]
UpdateAccountError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | AssigneeInactiveError
    | ExternalIdTakenError,
    strawberry.union("UpdateAccountError", description="What may stand in the way of changing an account."),
]
CreateContactError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | AssigneeInactiveError
    | ExternalIdTakenError,
    strawberry.union("CreateContactError", description="What may stand in the way of creating a contact."),
]
UpdateContactError = Annotated[
    InvalidFieldError
    | NotFoundError
    | ForbiddenError
    | IdempotencyKeyReusedError
    | StaleError
    | AssigneeInactiveError
    | ExternalIdTakenError,
    strawberry.union("UpdateContactError", description="What may stand in the way of changing a contact."),
]
CloseCaseError = Annotated[
    InvalidFieldError | NotFoundError | ForbiddenError | IdempotencyKeyReusedError | StaleError | CaseNotOpenError,
    strawberry.union("CloseCaseError", description="What may stand in the way of closing a case."),
]
SaveMatchingSettingsError = Annotated[
    InvalidFieldError | NotFoundError | ForbiddenError | IdempotencyKeyReusedError | StaleError,
    strawberry.union(
        "SaveMatchingSettingsError", description="What may stand in the way of changing the matching settings."
    ),
]
PreviewMatchingSettingsError = Annotated[
    InvalidFieldError | ForbiddenError,
    strawberry.union(
        "PreviewMatchingSettingsError", description="What may stand in the way of trying matching settings out."
    ),
]
