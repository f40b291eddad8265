"""The people who work for a tenant."""

import strawberry

import resolvers.users
from domain import records
from domain.values import Language
from schema.fields import resolve
from schema.kinds import shows
from schema.node import Node


@strawberry.type(description="A person who works for the tenant.")
class User(Node):
    """See the description."""

    is_type_of = shows(records.User)
    name: str = strawberry.field(description="The full name.")
    email: str = strawberry.field(description="The e-mail address.")
    language: Language = strawberry.field(description="The language of messages if a request does not name one.")
    roles: list[records.Role] = resolve(resolvers.users.roles, "What the user may do.")
    is_active: bool = strawberry.field(description="Whether the user still works here and can be an assignee.")
