"""The inputs about a lead and one record that it may belong to."""

import strawberry

from domain import records
from domain.records import RecordKind
from schema.inputs.given import UNKNOWN_ID, Optional, optional, optional_id, record_id, required, value
from schema.inputs.mutations import KEY
from services.acceptance.dismissing import DismissMatchCommand, RestoreMatchCommand

_LEAD = "The lead, which has to be NEW or ACCEPTED; whoever holds it."


@strawberry.input(one_of=True, description="Which record: exactly one of these.")
class MatchCandidateInput:
    """See the description."""

    account_id: strawberry.Maybe[strawberry.ID] = optional("This account, proposed or not.")
    contact_id: strawberry.Maybe[strawberry.ID] = optional("This contact, proposed or not.")

    def record(self) -> tuple[RecordKind, int]:
        """The kind of record, and its id."""
        account_id = optional_id(records.Account, value(self.account_id))
        if account_id is not None:
            return RecordKind.ACCOUNT, account_id
        contact_id = optional_id(records.Contact, value(self.contact_id))
        return RecordKind.CONTACT, UNKNOWN_ID if contact_id is None else contact_id


@strawberry.input(description="Which record a lead is not.")
class DismissMatchInput:
    """See the description."""

    lead_id: strawberry.ID = required(_LEAD)
    candidate: MatchCandidateInput = required("The record that the lead is not.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> DismissMatchCommand:
        """What the service is told."""
        kind, id_ = self.candidate.record()
        return DismissMatchCommand(lead_id=record_id(records.Lead, self.lead_id), record_kind=kind, record_id=id_)


@strawberry.input(description="Which record a lead may be after all.")
class RestoreMatchInput:
    """See the description."""

    lead_id: strawberry.ID = required(_LEAD)
    candidate: MatchCandidateInput = required("The record that was dismissed.")
    idempotency_key: Optional[str] = optional(KEY)

    def command(self) -> RestoreMatchCommand:
        """What the service is told."""
        kind, id_ = self.candidate.record()
        return RestoreMatchCommand(lead_id=record_id(records.Lead, self.lead_id), record_kind=kind, record_id=id_)
