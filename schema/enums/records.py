"""Enums of the records."""

from domain.filters import LeadOrder
from domain.records import CaseStatus, LeadStatus, RecordKind, Role
from domain.values import Language, PhoneKind
from schema.enums.describe import describe

describe(
    LeadStatus,
    "Where a lead stands between coming in and being worked on.",
    {
        LeadStatus.NEW: "Nobody has decided about it yet; it can be accepted, rejected or edited.",
        LeadStatus.ACCEPTED: "A user has accepted it and is joining it to an account, a contact and a case.",
        LeadStatus.CONVERTED: "Its acceptance was committed: it belongs to an account, a contact and a case now.",
        LeadStatus.REJECTED: "A user has turned it down; a manager can reopen it.",
        LeadStatus.EXPIRED: "Nobody decided before `expiresAt`; lists hide it unless asked. Managers can reopen it.",
    },
)
describe(
    CaseStatus,
    "Where a case stands.",
    {
        CaseStatus.OPEN: "It is being worked on and takes further leads.",
        CaseStatus.WON: "It was closed with success.",
        CaseStatus.LOST: "It was closed without success.",
    },
)
describe(
    RecordKind,
    "The kinds of record that carry a history.",
    {
        RecordKind.LEAD: "A lead, as it came in.",
        RecordKind.ACCOUNT: "An account: a company, or the shared one of private customers.",
        RecordKind.CONTACT: "A contact: a person at an account.",
        RecordKind.CASE: "A case: work for one contact.",
        RecordKind.TENANT: "The tenant itself, whose settings changed.",
    },
)
describe(
    Role,
    "What a user may do.",
    {
        Role.AGENT: "Works leads: accepts or rejects them, and commits acceptances.",
        Role.MANAGER: "May also reopen leads and hand acceptances over.",
        Role.ADMIN: "May also configure the tenant.",
    },
)
describe(
    Language,
    "The languages that messages come in.",
    {Language.EN: "Messages in English.", Language.DE: "Messages in German."},
)
describe(
    PhoneKind,
    "What kind of line a phone number is.",
    {
        PhoneKind.LANDLINE: "A fixed line.",
        PhoneKind.MOBILE: "A mobile phone.",
        PhoneKind.FAX: "A fax machine.",
    },
)
describe(
    LeadOrder,
    "Orders of the list of leads.",
    {
        LeadOrder.NEWEST_FIRST: "By the moment they were received, the latest first.",
        LeadOrder.OLDEST_FIRST: "By the moment they were received, the earliest first.",
    },
)
