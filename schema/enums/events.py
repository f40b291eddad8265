"""Enums of the history."""

from domain.events import EventKind
from schema.enums.describe import describe

describe(
    EventKind,
    "What happened to a record.",
    {
        EventKind.LEAD_CREATED: "The lead came in.",
        EventKind.LEAD_UPDATED: "Details of the lead were edited.",
        EventKind.LEAD_ACCEPTED: "A user accepted the lead.",
        EventKind.LEAD_REJECTED: "A user rejected the lead.",
        EventKind.LEAD_REOPENED: "A manager reopened the lead.",
        EventKind.LEAD_CONVERTED: "The lead's acceptance was committed.",
        EventKind.ACCEPTANCE_HANDED_OVER: "The acceptance was handed to another user.",
        EventKind.ACCOUNT_CHOSEN: "A decision about the account was staged.",
        EventKind.CONTACT_CHOSEN: "A decision about the contact was staged.",
        EventKind.MATCH_DISMISSED: "A user said that the lead is not this record, which is no longer proposed.",
        EventKind.MATCH_RESTORED: "That the lead is not this record was taken back.",
        EventKind.ACCOUNT_CREATED: "An account was created.",
        EventKind.ACCOUNT_UPDATED: "Fields of an account were changed.",
        EventKind.CONTACT_CREATED: "A contact was created.",
        EventKind.CONTACT_UPDATED: "Fields of a contact were changed.",
        EventKind.CONTACT_MOVED: "A contact moved to another account.",
        EventKind.CASE_CREATED: "A case was opened.",
        EventKind.CASE_LEAD_ATTACHED: "The lead was attached to a case that was open already.",
        EventKind.CASE_CLOSED: "A case was closed.",
        EventKind.MATCHING_SETTINGS_SAVED: "An administrator changed how the tenant's leads are matched.",
    },
)
