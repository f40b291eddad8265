"""Accounts."""

import strawberry

import resolvers.accounts
from domain import records
from schema.connections import Connection
from schema.fields import resolve
from schema.kinds import shows
from schema.node import Node
from schema.refs import CaseRef, ContactRef, UserRef
from schema.values import EmailAddress, ExternalId, PhoneNumber, PostalAddress


@strawberry.type(description="A company, or the tenant's one shared account of private customers.")
class Account(Node):
    """See the description."""

    is_type_of = shows(records.Account)
    name: str = strawberry.field(description="The company's name.")
    vat_id: str | None = strawberry.field(description="The VAT identification number.")
    website: str | None = strawberry.field(description="The website; it identifies the company by its domain.")
    emails: list[EmailAddress] = strawberry.field(description="The company's own e-mail addresses.")
    phones: list[PhoneNumber] = strawberry.field(description="The company's own phone numbers.")
    address: PostalAddress | None = strawberry.field(description="The postal address.")
    external_ids: list[ExternalId] = resolve(resolvers.accounts.external_ids, "The account's ids in other systems.")
    owner: UserRef | None = resolve(resolvers.accounts.owner, "The user who owns the account.")
    is_private_customers: bool = strawberry.field(
        description="Whether it is the shared account of private customers, which is never matched or overwritten."
    )
    version: int = strawberry.field(description="Counts the changes of the account; to be given as `expectedVersion`.")
    contacts: Connection[ContactRef] = resolve(resolvers.accounts.contacts, "The people at this account, by last name.")
    cases: Connection[CaseRef] = resolve(resolvers.accounts.cases, "The cases of this account, the newest first.")
