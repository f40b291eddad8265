"""The schema as a whole."""

import graphql
import strawberry
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension, ValidationCache
from strawberry.extensions.runner import SchemaExtensionsRunner
from strawberry.types import ExecutionContext

import schema.enums  # noqa: F401
from resolvers.errors import ErrorCode
from schema.accounts import Account
from schema.cases import Case
from schema.contacts import Contact
from schema.decisions import DECISIONS
from schema.execution.context import FastExecution, StockExecution
from schema.execution.hooks import HooksInUse
from schema.field_values import FIELD_VALUES
from schema.http.documents import CACHED_DOCUMENTS, ParsedOnce
from schema.leads import Lead
from schema.matching_settings import MatchingSettings
from schema.mutation import Mutation
from schema.query import Query
from schema.reference import CaseType, LeadType, RejectReason
from schema.users import User

_NODES = (Lead, Account, Contact, Case, User, LeadType, CaseType, RejectReason, MatchingSettings)


class Schema(strawberry.Schema):
    """Strawberry's schema, whose errors are logged by the view: only the unexpected ones, with an id."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing here."""

    def create_extensions_runner(
        self, execution_context: ExecutionContext, extensions: list[SchemaExtension]
    ) -> SchemaExtensionsRunner:
        """What calls the hooks of the extensions."""
        return HooksInUse(execution_context, extensions)


def cached_validation() -> ValidationCache:
    """The extension that validates each document once."""
    return ValidationCache(maxsize=CACHED_DOCUMENTS)


def build_schema(execution: type[StockExecution] = FastExecution) -> Schema:
    """Everything that clients can ask and do; ``execution`` is how it is executed, and makes no difference to them."""
    return Schema(
        query=Query,
        mutation=Mutation,
        types=[*_NODES, *DECISIONS, *FIELD_VALUES, ErrorCode],
        extensions=[ParsedOnce, cached_validation],
        execution_context_class=execution,
    )


def print_sorted(served: strawberry.Schema) -> str:
    """The schema's text, sorted, so that it depends on nothing but its content.

    What is served is not sorted itself: sorting rebuilds the enums without what Strawberry knows about them.
    """
    rebuilt = graphql.build_schema(served.as_str())
    return graphql.print_schema(graphql.lexicographic_sort_schema(rebuilt)) + "\n"
