"""The schema as a whole."""

import graphql
import strawberry

import schema.enums  # noqa: F401
from resolvers.errors import ErrorCode
from schema.accounts import Account
from schema.cases import Case
from schema.contacts import Contact
from schema.decisions import DECISIONS
from schema.field_values import FIELD_VALUES
from schema.leads import Lead
from schema.mutation import Mutation
from schema.query import Query
from schema.reference import CaseType, LeadType, RejectReason
from schema.users import User

_NODES = (Lead, Account, Contact, Case, User, LeadType, CaseType, RejectReason)


def build_schema() -> strawberry.Schema:
    """Everything that clients can ask and do."""
    return strawberry.Schema(query=Query, mutation=Mutation, types=[*_NODES, *DECISIONS, *FIELD_VALUES, ErrorCode])


def print_sorted(schema: strawberry.Schema) -> str:
    """The schema's text, sorted, so that it depends on nothing but its content.

    What is served is not sorted itself: sorting rebuilds the enums without what Strawberry knows about them.
    """
    rebuilt = graphql.build_schema(schema.as_str())
    return graphql.print_schema(graphql.lexicographic_sort_schema(rebuilt)) + "\n"
