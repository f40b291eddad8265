"""Why a record is, or is not, among what a lead may belong to."""

from collections.abc import Awaitable
from typing import Annotated

import strawberry

from domain import records, texts
from domain.explanations import ExactJudgement, MatchExplanation, SharedKey
from domain.records import Contact
from resolvers.context import Info
from resolvers.global_ids import decode, decode_as
from services import lookups
from services.explaining import explain_match

LeadId = Annotated[strawberry.ID, strawberry.argument(description="The lead's global id.")]
RecordId = Annotated[strawberry.ID, strawberry.argument(description="The global id of an account or a contact.")]
Root = strawberry.Parent[MatchExplanation]


def explanation(info: Info, lead_id: LeadId, record_id: RecordId) -> Awaitable[MatchExplanation | None] | None:
    """Everything about the pair; None if the tenant has no such lead, account or contact."""
    lead, record = decode_as(records.Lead, lead_id), decode(record_id)
    if lead is None or record is None:
        return None
    kind, id_ = record
    context = info.context
    if kind is records.Account:
        return explain_match(context.backend, context.tenant, lead, records.Account, id_)
    if kind is records.Contact:
        return explain_match(context.backend, context.tenant, lead, records.Contact, id_)
    return None


def absence_message(root: Root, info: Info) -> str | None:
    """Why the record is no candidate, in words."""
    return None if root.absence is None else texts.absence_text(root.absence, info.context.language)


def is_exact(root: strawberry.Parent[ExactJudgement]) -> bool:
    """Whether the pair is a 100 % match."""
    return root.failure is None


def failure_message(root: strawberry.Parent[ExactJudgement], info: Info) -> str | None:
    """Why the pair is no 100 % match, in words."""
    return None if root.failure is None else texts.exact_failure_text(root.failure, info.context.language)


def key_message(root: strawberry.Parent[SharedKey], info: Info) -> str:
    """What the key is made of, in words."""
    return texts.key_text(root.family, info.context.language)


def key_use_message(root: strawberry.Parent[SharedKey], info: Info) -> str:
    """What became of the key, in words."""
    return texts.key_use_text(root.use, info.context.language)


def key_contact(root: strawberry.Parent[SharedKey], info: Info) -> Awaitable[Contact | None] | None:
    """The account's contact who carries the key."""
    return info.context.load_if(lookups.contacts_by_id, root.contact_id)
