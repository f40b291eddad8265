"""Fields of records as one closed enum, and enums of the domain in the schema."""

from dataclasses import fields

import pytest
from graphql import GraphQLEnumType

from domain.records import Account, Case, Contact, Lead
from resolvers.changed_fields import ChangedField, changed_field
from schema.build import build_schema
from services.changes import changes_between
from tests.support.factories import NOW

_EXTRA = {"external_ids", "status"}


@pytest.mark.parametrize("kind", [Lead, Account, Contact, Case])
def test_every_field_that_can_change_has_its_name(kind: type) -> None:
    """Whatever a change row may be about is in the enum."""
    names = {each.name for each in fields(kind)} - {"tenant_id", "id", "version", "company", "person"}

    assert all(isinstance(changed_field(name), ChangedField) for name in names)


def test_changes_of_a_lead_have_names_for_the_nested_details_too() -> None:
    """A lead's details are named with their part: company.name is COMPANY_NAME."""
    lead = Lead(tenant_id=1, id=1, type_id=1, received_at=NOW)
    changes = changes_between(None, lead)

    assert [changed_field(each.field) for each in changes] == [
        ChangedField.TYPE,
        ChangedField.RECEIVED_AT,
        ChangedField.STATUS,
    ]
    assert changed_field("company.name") is ChangedField.COMPANY_NAME


def test_an_unknown_field_is_a_bug() -> None:
    """A name that no record has is refused loudly."""
    with pytest.raises(ValueError, match="nonsense"):
        changed_field("nonsense")


def test_domain_enums_keep_their_descriptions() -> None:
    """Trap 14: values of enums that are defined elsewhere carry the descriptions given in schema.enums."""
    described = build_schema()._schema.type_map["LeadStatus"]

    assert isinstance(described, GraphQLEnumType)
    assert all(value.description for value in described.values.values())
