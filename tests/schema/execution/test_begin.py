"""What is executed directly is what was simply admitted; all else goes the way that Strawberry goes."""

from collections.abc import Iterator

import strawberry
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionResult

from schema.build import Schema, build_schema
from schema.execution.context import FastExecution

SCHEMA = build_schema()


@strawberry.type
class Query:
    """Something to ask."""

    @strawberry.field
    def plain(self) -> str:
        """Nothing but a text."""
        return "plain"


async def test_hooks_of_extensions_are_called() -> None:
    """A schema with an extension of its own is executed around its hooks."""
    called: list[str] = []

    class Noting(SchemaExtension):
        def on_execute(self) -> Iterator[None]:
            called.append("execute")
            yield
            called.append("executed")

    schema = Schema(Query, extensions=[Noting], execution_context_class=FastExecution)
    begun = schema.begin("{ plain }", None, None)
    assert not isinstance(begun, ExecutionResult)
    assert (await begun).data == {"plain": "plain"}
    assert called == ["execute", "executed"]


def test_what_was_admitted_is_answered_at_once() -> None:
    """Nothing has to be waited for, so no turn of the loop is taken."""
    begun = SCHEMA.begin("{ __typename }", None, None)

    assert isinstance(begun, ExecutionResult)
    assert begun.data == {"__typename": "Query"}


async def test_faults_of_documents_are_told_as_results() -> None:
    """A field that there is not, and a text that is no GraphQL."""
    for query, said in (("{ nobody }", "Cannot query field 'nobody' on type 'Query'"), ("{", "Syntax Error")):
        begun = SCHEMA.begin(query, None, None)
        assert not isinstance(begun, ExecutionResult)
        result = await begun
        assert result.data is None
        assert result.errors is not None
        assert said in result.errors[0].message
