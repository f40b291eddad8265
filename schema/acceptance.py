"""The acceptance of a lead: where it stands, what is left to decide, and what its commit would write."""

from datetime import datetime

import strawberry

import resolvers.acceptance
from domain import acceptance as domain_acceptance
from domain import matches, records
from resolvers.changed_fields import ChangedField
from schema.decisions import RemainingDecision
from schema.field_values import FieldValue
from schema.fields import resolve
from schema.node import Node
from schema.refs import AccountRef, ContactRef, LeadRef, UserRef


@strawberry.type(description="One step of an acceptance.")
class Step:
    """See the description."""

    kind: domain_acceptance.StepKind = strawberry.field(description="Which step it is.")
    state: domain_acceptance.StepState = strawberry.field(description="Where it stands.")
    decided_by: domain_acceptance.DecidedBy | None = strawberry.field(
        description="Who decided it; null until it is decided."
    )
    band: matches.Band | None = strawberry.field(
        description="How sure the existing record is that is chosen automatically, also while its fields are still "
        "to be decided; null for a user's choice and for a new record."
    )


@strawberry.type(description="One field that the commit would write.")
class FieldChange:
    """See the description."""

    field: ChangedField = resolve(resolvers.acceptance.change_field, "The field.")
    old_value: FieldValue | None = resolve(resolvers.acceptance.old_value, "The value before; null for an empty one.")
    new_value: FieldValue | None = resolve(resolvers.acceptance.new_value, "The value after; null for an empty one.")


@strawberry.type(description="One record that the commit would write.")
class PlannedChange:
    """See the description."""

    action: domain_acceptance.PlannedAction = strawberry.field(description="Whether it would be created or changed.")
    kind: records.RecordKind = strawberry.field(description="The kind of record.")
    record: Node | None = resolve(
        resolvers.acceptance.planned_record, "The record as it is now; null for one that would be created."
    )
    changes: list[FieldChange] = resolve(resolvers.acceptance.record_changes, "Every field that would be written.")


@strawberry.type(description="The acceptance of a lead, previewed or stored.")
class Acceptance:
    """See the description."""

    lead: LeadRef = strawberry.field(description="The lead that is, or would be, accepted.")
    status: domain_acceptance.AcceptanceStatus = resolve(resolvers.acceptance.status, "Where the acceptance stands.")
    steps: list[Step] = resolve(resolvers.acceptance.steps, "The four steps, in their order.")
    remaining_decisions: list[RemainingDecision] = resolve(
        resolvers.acceptance.remaining_decisions, "What is left to decide, with the options, in the order of the steps."
    )
    planned_changes: list[PlannedChange] = resolve(
        resolvers.acceptance.planned_changes, "Exactly what the commit would write, as far as it is decided."
    )
    account: AccountRef | None = resolve(
        resolvers.acceptance.account, "The existing account that is chosen so far; null for a new one, or none."
    )
    contact: ContactRef | None = resolve(
        resolvers.acceptance.contact, "The existing contact that is chosen so far; null for a new one, or none."
    )
    holder: UserRef | None = resolve(resolvers.acceptance.holder, "The user in whose hands it is; null in a preview.")
    opened_at: datetime | None = resolve(
        resolvers.acceptance.opened_at, "When the lead was accepted; null in a preview."
    )
    committed_at: datetime | None = resolve(
        resolvers.acceptance.committed_at, "When everything was written; null until then."
    )
    version: int | None = resolve(
        resolvers.acceptance.version,
        "Counts the changes of the acceptance; to be given as `expectedVersion`. Null in a preview.",
    )
