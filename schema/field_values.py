"""Values of any field."""

from datetime import date, datetime

import strawberry

import resolvers.values
from domain import values
from resolvers.values import Reference, is_date, is_emails, is_phones, is_text
from schema.fields import resolve
from schema.kinds import shows, shows_if
from schema.node import Node
from schema.values import EmailAddress, PhoneNumber, PostalAddress


@strawberry.interface(description="The value of a field of any type.")
class FieldValue:
    """See the description."""

    text: str = resolve(resolvers.values.text, "The value as one line, to be shown.")


@strawberry.type(description="A value that is a text, or is shown as nothing but a text.")
class TextValue(FieldValue):
    """See the description."""

    is_type_of = shows_if(is_text)


@strawberry.type(description="A date without a time.")
class DateValue(FieldValue):
    """See the description."""

    is_type_of = shows_if(is_date)
    date_: date = resolve(resolvers.values.itself, "The date itself.", name="date")


@strawberry.type(description="A moment in time.")
class MomentValue(FieldValue):
    """See the description."""

    is_type_of = shows(datetime)
    moment: datetime = resolve(resolvers.values.itself, "The moment itself.")


@strawberry.type(description="A list of e-mail addresses.")
class EmailsValue(FieldValue):
    """See the description."""

    is_type_of = shows_if(is_emails)
    emails: list[EmailAddress] = resolve(resolvers.values.entries, "The entries of the list.")


@strawberry.type(description="A list of phone numbers.")
class PhonesValue(FieldValue):
    """See the description."""

    is_type_of = shows_if(is_phones)
    phones: list[PhoneNumber] = resolve(resolvers.values.entries, "The entries of the list.")


@strawberry.type(description="A postal address.")
class AddressValue(FieldValue):
    """See the description."""

    is_type_of = shows(values.PostalAddress)
    address: PostalAddress = resolve(resolvers.values.itself, "The address with its parts.")


@strawberry.type(description="A record that the field refers to.")
class NodeValue(FieldValue):
    """See the description."""

    is_type_of = shows(Reference)
    text: str = resolve(resolvers.values.referred_text, "The name of the record, to be shown.")
    node: Node | None = resolve(resolvers.values.referred, "The record itself.")


FIELD_VALUES = (TextValue, DateValue, MomentValue, EmailsValue, PhonesValue, AddressValue, NodeValue)
