"""Subscriptions as operations: admitted once, then executed for every event with a context and loaders of its own.

A subscription is admitted by the schema's own pipeline (parsing, limits, validation, variables, arguments), whose
stream of events is left empty: its resolver only says what is to be watched. Events are executed apart from that
stream, since the stock one gives all of them one context, and so the loaders of the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import orjson
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLError,
    NameNode,
    Node,
    OperationDefinitionNode,
    VariableNode,
)
from graphql.execution import ExecutionResult, Executor, execute_subscription_event
from graphql.execution.executor_throwing_on_incremental import ExecutorThrowingOnIncremental
from strawberry.types.execution import PreExecutionError

from domain.live import LiveEvent
from resolvers.context import RequestContext
from resolvers.errors import ErrorCode
from resolvers.loaders import Loaders
from schema.build import Schema
from schema.http.answers import show_errors
from schema.http.bodies import Operation
from schema.http.documents import choose_operation
from schema.http.gate import Gate, Passed
from schema.http.refusals import RequestRefused
from schema.limits.admission import CACHED_DOCUMENTS, parse_document
from services.live.topics import Watch

PERSONAL_FIELDS = frozenset({"acceptance"})
"""Fields whose value depends on who asks, beyond their roles: a previewed case is for the user who would accept."""


@dataclass(eq=False)
class NotAdmittedError(Exception):
    """A subscription cannot be begun, or not go on; ``errors`` are what the client is told."""

    errors: list[dict[str, Any]]


def not_admitted(code: ErrorCode, message: str) -> NotAdmittedError:
    """The refusal with one error."""
    return NotAdmittedError([{"message": message, "extensions": {"code": code.name}}])


async def answer(gate: Gate, passed: Passed, context: RequestContext) -> dict[str, Any]:
    """The result of a query or mutation. Raises ``NotAdmittedError`` if nothing is executed, or it takes too long."""
    try:
        result = await gate.run(passed, context)
    except RequestRefused as refused:
        raise not_admitted(refused.code, refused.message) from None
    if isinstance(result, PreExecutionError):
        raise NotAdmittedError(show_errors(result.errors or (), ErrorCode.INVALID_DOCUMENT))
    return _shown(result.data, result.errors)


async def admit(schema: Schema, operation: Operation, context: RequestContext) -> Watch:
    """What the subscription watches. Raises ``NotAdmittedError``."""
    results = await schema.subscribe(
        operation.query or "",
        variable_values=operation.variables,
        context_value=context,
        operation_name=operation.name,
    )
    async for result in results:
        errors = result.errors or ()
        # The stock stream has one kind of result for both.
        are_of_variables = _messages(_build(schema, operation, context)) == _messages(errors)
        code = ErrorCode.INVALID_VARIABLES if are_of_variables else ErrorCode.INVALID_DOCUMENT
        raise NotAdmittedError(show_errors(errors, code))
    return context.watches[-1]


def _messages(errors: object) -> list[str]:
    return [each.message for each in errors] if isinstance(errors, list | tuple) else []


def _build(
    schema: Schema, operation: Operation, context: RequestContext, event: LiveEvent | None = None
) -> Executor[Any] | list[GraphQLError]:
    """What executes the operation; errors if the variables do not fit it."""
    make = schema.execution_context_class or ExecutorThrowingOnIncremental
    return make.build(
        schema._schema,  # noqa: SLF001 (Strawberry has no other way to its graphql-core schema)
        schema.admission.admit(operation.query or "").document,
        event,
        context,
        operation.variables,
        operation.name,
    )


async def execute(schema: Schema, operation: Operation, context: RequestContext, event: LiveEvent) -> dict[str, Any]:
    """The result for one event, as of now."""
    fresh = replace(context, now=context.backend.now(), loaders=Loaders(), watches=[])
    executor = _build(schema, operation, fresh, event)
    if isinstance(executor, list):
        return {"errors": show_errors(executor, ErrorCode.INVALID_VARIABLES)}
    result = execute_subscription_event(executor)
    done = result if isinstance(result, ExecutionResult) else await result
    return _shown(done.data, done.errors)


def _shown(data: object, errors: Sequence[GraphQLError] | None) -> dict[str, Any]:
    if errors:
        return {"errors": show_errors(errors, ErrorCode.INVALID_VARIABLES), "data": data}
    return {"data": data}


def sharing_key(operation: Operation, context: RequestContext) -> tuple[object, ...]:
    """What two subscriptions have equal if every event has the same result for both.

    Where they begin (``after``) makes no difference, if it comes from a variable that is used for nothing else.
    """
    traits = _traits(operation.query or "", operation.name)
    variables = {name: each for name, each in (operation.variables or {}).items() if name != traits.after}
    actor = context.actor
    return (
        actor.tenant_id,
        actor.roles,
        actor.language,
        actor.user_id if traits.is_personal else None,
        operation.query,
        operation.name,
        orjson.dumps(variables, option=orjson.OPT_SORT_KEYS),
    )


def for_all(operation: Operation, context: RequestContext) -> RequestContext:
    """The context that all of one sharing key have: nobody's own, unless the operation asks for what is personal."""
    if _traits(operation.query or "", operation.name).is_personal:
        return context
    return replace(context, actor=replace(context.actor, user_id=0))


@dataclass(frozen=True, slots=True)
class _Traits:
    """What sharing has to know of a document; ``after`` is the variable that holds nothing but the position."""

    is_personal: bool
    after: str | None


@lru_cache(maxsize=CACHED_DOCUMENTS)
def _traits(query: str, name: str | None) -> _Traits:
    document = parse_document(query)
    chosen = choose_operation(document, Operation(query=query, name=name))
    nodes = list(_walk(document))
    names = {each.name.value for each in nodes if isinstance(each, FieldNode)}
    return _Traits(bool(names & PERSONAL_FIELDS), _position_variable(chosen, nodes))


def _position_variable(operation: OperationDefinitionNode, nodes: list[Node]) -> str | None:
    roots = [each for each in operation.selection_set.selections if isinstance(each, FieldNode)]
    given = [each.value for root in roots for each in root.arguments or () if _is_after(each)]
    variables = [each.name.value for each in given if isinstance(each, VariableNode)]
    used = [each.name.value for each in nodes if isinstance(each, VariableNode)]
    # Once where it is declared, and once where it is used.
    return next((each for each in variables if used.count(each) == 2), None)  # noqa: PLR2004


def _is_after(argument: ArgumentNode) -> bool:
    return argument.name.value == "after"


def _walk(document: DocumentNode) -> Iterator[Node]:
    """Every node of the document but names, without recursion: values may nest deeply."""
    waiting: list[Node] = [document]
    while waiting:
        node = waiting.pop()
        yield node
        for key in node.keys:
            value = getattr(node, key, None)
            found = value if isinstance(value, list | tuple) else (value,)
            waiting += [each for each in found if isinstance(each, Node) and not isinstance(each, NameNode)]
