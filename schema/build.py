"""The schema as a whole."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeGuard, cast

import graphql
import strawberry
from graphql import DocumentNode, GraphQLError
from strawberry.execution import optimized_is_awaitable
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.types.base_scalars import DateDefinition, DateTimeDefinition
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.graphql import OperationType
from strawberry.types.scalar import ScalarDefinition

import schema.enums  # noqa: F401
from resolvers.errors import ErrorCode
from schema.accounts import Account
from schema.cases import Case
from schema.contacts import Contact
from schema.decisions import DECISIONS
from schema.execution.context import FastExecution, StockExecution
from schema.field_values import FIELD_VALUES
from schema.http.refusals import DocumentRefused
from schema.leads import Lead
from schema.limits.admission import Admission
from schema.matching_settings import MatchingSettings
from schema.mutation import Mutation
from schema.query import Query
from schema.reference import CaseType, LeadType, RejectReason
from schema.subscription import Subscription
from schema.users import User

_NODES = (Lead, Account, Contact, Case, User, LeadType, CaseType, RejectReason, MatchingSettings)

_SCALARS: dict[object, ScalarDefinition] = {
    date: replace(DateDefinition, description="A date of the calendar, without a time zone, such as `2026-11-23`."),
    datetime: replace(
        DateTimeDefinition,
        description="A moment as ISO 8601 with its offset, such as `2026-11-23T09:30:00+00:00`; "
        "seconds may have a fraction.",
    ),
}
"""Strawberry's own scalars, described so that a client knows what to parse."""

_IS_AWAITABLE = cast("Callable[[Any], TypeGuard[Awaitable[Any]]]", optimized_is_awaitable)
"""What Strawberry gives graphql-core to tell."""


class Schema(strawberry.Schema):
    """Strawberry's schema, which admits documents once; the view logs its errors, if they are unexpected."""

    admission: Admission
    has_suggestions: bool = True

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,  # noqa: ANN401
        root_value: Any | None = None,  # noqa: ANN401
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """The result, as Strawberry has it; most callers want ``begin``."""
        if allowed_operation_types is None and root_value is None and operation_extensions is None:
            done = self.begin(query or "", variable_values, context_value, operation_name)
            return done if isinstance(done, ExecutionResult) else await done
        return await super().execute(
            query,
            variable_values,
            context_value,
            root_value,
            operation_name,
            allowed_operation_types,
            operation_extensions,
        )

    def begin(
        self,
        query: str,
        variables: dict[str, Any] | None,
        context: object,
        operation_name: str | None = None,
    ) -> ExecutionResult | Awaitable[ExecutionResult]:
        """The result of a query or mutation, at once where nothing has to be waited for.

        What was admitted is executed; all else goes the way that Strawberry goes.
        """
        document = self._executable(query, operation_name)
        if document is None:
            return super().execute(query, variables, context, operation_name=operation_name)
        done = graphql.execute(
            self._schema,
            document,
            None,
            context,
            variables,
            operation_name,
            executor_class=FastExecution,
            is_awaitable=_IS_AWAITABLE,
            **self._get_custom_context_kwargs(),
        )
        return _strawberrys(done) if isinstance(done, graphql.ExecutionResult) else _awaited(done)

    def _executable(self, query: str, operation_name: str | None) -> DocumentNode | None:
        """The document, if nothing is to be done but to execute it."""
        if self.execution_context_class is not FastExecution or self.extensions != (AdmittedOnce,) or self.directives:
            return None
        try:
            admitted = self.admission.admit(query)
        except DocumentRefused:
            return None
        operation = graphql.get_operation_ast(admitted.document, operation_name)
        is_executed = operation is not None and operation.operation is not graphql.OperationType.SUBSCRIPTION
        return admitted.document if is_executed and not admitted.errors else None

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing here."""

    def _get_custom_context_kwargs(
        self, operation_extensions: dict[str, Any] | None = None, *, sync: bool = False
    ) -> dict[str, Any]:
        """What graphql-core is told besides: whether faults of variables suggest names, which Strawberry leaves on."""
        told = super()._get_custom_context_kwargs(operation_extensions, sync=sync)
        return {**told, "hide_suggestions": not self.has_suggestions}


def _strawberrys(result: graphql.ExecutionResult) -> ExecutionResult:
    return ExecutionResult(data=result.data, errors=result.errors)


async def _awaited(done: Awaitable[graphql.ExecutionResult]) -> ExecutionResult:
    return _strawberrys(await done)


class AdmittedOnce(SchemaExtension):
    """Lets an operation be executed from the document that was parsed and validated for admitting it."""

    def on_parse(self) -> Iterator[None]:
        """Give the document, and what validation found."""
        served = self.execution_context.schema
        if isinstance(served, Schema):
            admitted = served.admission.admit(self.execution_context.query or "")
            self.execution_context.graphql_document = admitted.document
            self.execution_context.pre_execution_errors = admitted.errors
        yield


def build_schema(
    execution: type[StockExecution] = FastExecution, *, has_introspection: bool = True, has_suggestions: bool = True
) -> Schema:
    """Everything that clients can ask and do, and how much of the schema itself they are told.

    ``execution`` is how it is executed, and makes no difference to them.
    """
    built = Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[*_NODES, *DECISIONS, *FIELD_VALUES, ErrorCode],
        extensions=[AdmittedOnce],
        execution_context_class=execution,
        config=StrawberryConfig(scalar_map=_SCALARS),
    )
    return with_admission(built, has_introspection=has_introspection, has_suggestions=has_suggestions)


def with_admission(built: Schema, *, has_introspection: bool = True, has_suggestions: bool = True) -> Schema:
    """The schema (made with ``AdmittedOnce``) with what admits its documents."""
    built.has_suggestions = has_suggestions
    built.admission = Admission(
        built._schema,  # noqa: SLF001 (Strawberry's own way to graphql-core's schema)
        has_introspection=has_introspection,
        has_suggestions=has_suggestions,
    )
    return built


def print_sorted(served: strawberry.Schema) -> str:
    """The schema's text, sorted, so that it depends on nothing but its content.

    What is served is not sorted itself: sorting rebuilds the enums without what Strawberry knows about them.
    """
    rebuilt = graphql.build_schema(served.as_str())
    return graphql.print_schema(graphql.lexicographic_sort_schema(rebuilt)) + "\n"
