"""Differences between a lead and an existing record, field by field."""

import strawberry

import resolvers.matches
from domain import fields
from schema.field_values import FieldValue
from schema.fields import resolve
from schema.kinds import shows


@strawberry.interface(description="One field of a lead held against the same field of an existing record.")
class FieldDiff:
    """See the description."""

    lead_value: FieldValue | None = resolve(
        resolvers.matches.lead_value, "The lead's value; of a list, only the entries that the existing record lacks."
    )
    existing_value: FieldValue | None = resolve(
        resolvers.matches.existing_value,
        "The existing value; of a list, only the entries that the lead's would replace.",
    )
    status: fields.DiffStatus = strawberry.field(description="How the two relate, and whether there is a decision.")
    similarity: float | None = strawberry.field(description="How alike they are, from 0 to 1; null if one is empty.")
    suggested: fields.Take = strawberry.field(description="The side that is offered first.")
    parts: list[fields.AddressPart] = strawberry.field(
        description="Of a postal address, the parts that differ; empty for any other field."
    )


@strawberry.type(description="One field of a lead's company held against the same field of an account.")
class AccountFieldDiff(FieldDiff):
    """See the description."""

    is_type_of = shows(fields.FieldDiff)
    field: fields.AccountField = strawberry.field(description="The field.")


@strawberry.type(description="One field of a lead's person held against the same field of a contact.")
class ContactFieldDiff(FieldDiff):
    """See the description."""

    is_type_of = shows(fields.FieldDiff)
    field: fields.ContactField = strawberry.field(description="The field.")
