"""Enums of the acceptance."""

from domain.acceptance import AcceptanceStatus, ContactPlacement, DecidedBy, PlannedAction, StepKind, StepState
from schema.enums.describe import describe

describe(
    AcceptanceStatus,
    "Where an acceptance stands.",
    {
        AcceptanceStatus.PREVIEW: "Not accepted: this is what accepting it would ask and write. Nothing is stored.",
        AcceptanceStatus.OPEN: "The lead is accepted, and decisions are being staged; nothing else is written yet.",
        AcceptanceStatus.COMMITTED: "Everything was written in one transaction.",
    },
)
describe(
    StepKind,
    "The steps of an acceptance, in their order.",
    {
        StepKind.LEAD: "Accepting the lead, which is final.",
        StepKind.ACCOUNT: "Choosing the account, or creating one.",
        StepKind.CONTACT: "Choosing the contact, or creating one.",
        StepKind.CASE: "Opening a case or attaching the lead to an open one, which commits the acceptance.",
    },
)
describe(
    StepState,
    "Where a step stands.",
    {
        StepState.WAITING: "An earlier step has to be decided first.",
        StepState.OPEN: "It needs a decision.",
        StepState.DECIDED: "Nothing is left to decide; it is written by the commit.",
        StepState.DONE: "It is written.",
    },
)
describe(
    DecidedBy,
    "Who decided a step.",
    {
        DecidedBy.AUTO: "The rules decided, where they leave nothing to a user; a user may overrule it.",
        DecidedBy.USER: "A user decided.",
    },
)
describe(
    ContactPlacement,
    "What happens when the chosen contact belongs to another account than the chosen one.",
    {
        ContactPlacement.KEEP_ACCOUNT: "The contact stays where it is, and its account becomes the lead's.",
        ContactPlacement.MOVE_CONTACT: "The contact moves to the chosen account; its cases stay with theirs.",
    },
)
describe(
    PlannedAction,
    "What the commit would do to a record.",
    {
        PlannedAction.CREATE: "It would create the record.",
        PlannedAction.UPDATE: "It would change fields of an existing record.",
    },
)
