"""Contacts."""

from datetime import date

import strawberry

import resolvers.contacts
from domain import records
from schema.connections import Connection
from schema.fields import resolve
from schema.kinds import shows
from schema.node import Node
from schema.refs import AccountRef, CaseRef, UserRef
from schema.values import EmailAddress, ExternalId, PhoneNumber, PostalAddress


@strawberry.type(description="A person, at one account.")
class Contact(Node):
    """See the description."""

    is_type_of = shows(records.Contact)
    account: AccountRef = resolve(resolvers.contacts.account, "The account the person belongs to.")
    salutation: str | None = strawberry.field(description="How the person is addressed, such as Frau or Mr.")
    title: str | None = strawberry.field(description="The academic title.")
    first_name: str | None = strawberry.field(description="The first name or names.")
    last_name: str | None = strawberry.field(description="The last name.")
    birth_date: date | None = strawberry.field(description="The date of birth.")
    emails: list[EmailAddress] = strawberry.field(description="The person's e-mail addresses.")
    phones: list[PhoneNumber] = strawberry.field(description="The person's phone numbers.")
    address: PostalAddress | None = strawberry.field(description="The person's own postal address.")
    external_ids: list[ExternalId] = resolve(resolvers.contacts.external_ids, "The contact's ids in other systems.")
    owner: UserRef | None = resolve(resolvers.contacts.owner, "The user who owns the contact.")
    version: int = strawberry.field(description="Counts the changes of the contact; to be given as `expectedVersion`.")
    cases: Connection[CaseRef] = resolve(resolvers.contacts.cases, "The cases of this contact, the newest first.")
