"""References to types by name, because records refer to each other in circles."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from schema.acceptance import Acceptance
    from schema.accounts import Account
    from schema.cases import Case
    from schema.contacts import Contact
    from schema.dismissals import DismissedMatch
    from schema.history import HistoryEntry
    from schema.leads import Lead
    from schema.matches import AccountMatches, ContactMatches
    from schema.matching_settings import MatchingSettings
    from schema.reference import CaseType, LeadType, RejectReason
    from schema.users import User

AcceptanceRef = Annotated["Acceptance", strawberry.lazy("schema.acceptance")]
AccountRef = Annotated["Account", strawberry.lazy("schema.accounts")]
AccountMatchesRef = Annotated["AccountMatches", strawberry.lazy("schema.matches")]
CaseRef = Annotated["Case", strawberry.lazy("schema.cases")]
CaseTypeRef = Annotated["CaseType", strawberry.lazy("schema.reference")]
ContactRef = Annotated["Contact", strawberry.lazy("schema.contacts")]
ContactMatchesRef = Annotated["ContactMatches", strawberry.lazy("schema.matches")]
DismissedMatchRef = Annotated["DismissedMatch", strawberry.lazy("schema.dismissals")]
HistoryEntryRef = Annotated["HistoryEntry", strawberry.lazy("schema.history")]
LeadRef = Annotated["Lead", strawberry.lazy("schema.leads")]
LeadTypeRef = Annotated["LeadType", strawberry.lazy("schema.reference")]
MatchingSettingsRef = Annotated["MatchingSettings", strawberry.lazy("schema.matching_settings")]
RejectReasonRef = Annotated["RejectReason", strawberry.lazy("schema.reference")]
UserRef = Annotated["User", strawberry.lazy("schema.users")]
