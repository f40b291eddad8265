"""What every operation passes before it is executed, whichever way it came: its document, the limits, its variables."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import Protocol

from graphql import OperationDefinitionNode, OperationType
from starlette.requests import HTTPConnection
from strawberry.types import ExecutionResult

from resolvers.context import RequestContext
from resolvers.errors import ErrorCode
from schema.build import Schema
from schema.http.bodies import Operation
from schema.http.documents import choose_operation
from schema.http.refusals import DocumentRefused
from schema.http.serving import Serving
from schema.http.trusted import TrustedDocuments


class Authenticate(Protocol):
    """Who asks, and the context of their operation. Raises ``RequestRefused``."""

    def __call__(self, request: HTTPConnection, authorization: str | None = None) -> Awaitable[RequestContext]:
        """``authorization`` stands for the header where a client cannot send one (browsers' WebSockets)."""


@dataclass(frozen=True, slots=True)
class Passed:
    """An operation that may be executed: with the text of its document, and which of the document's it is."""

    operation: Operation
    chosen: OperationDefinitionNode

    @property
    def text(self) -> str:
        """The document."""
        return self.operation.query or ""

    @property
    def is_subscription(self) -> bool:
        """Whether it has results for as long as somebody listens."""
        return self.chosen.operation is OperationType.SUBSCRIPTION


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets operations of a schema through, as far as the settings say."""

    schema: Schema
    trusted: TrustedDocuments
    serving: Serving

    async def admit(self, operation: Operation) -> Passed:
        """The operation with its document. Raises ``RequestRefused`` for what is not known, too much, or ambiguous.

        What validation finds is told when the operation is executed, as a result.
        """
        text = await self.trusted.text_of(operation, is_trusted_only=self.serving.is_trusted_only)
        admitted = self.schema.admission.admit(text)
        chosen = choose_operation(admitted.document, operation)
        admitted.check_variables(chosen, operation.variables)
        return Passed(operation if operation.query is text else replace(operation, query=text), chosen)

    async def run(self, passed: Passed, context: RequestContext) -> ExecutionResult:
        """The result of a query or mutation. Raises ``RequestRefused`` if it takes too long."""
        asked = passed.operation
        done = self.schema.begin(passed.text, asked.variables, context, asked.name)
        if isinstance(done, ExecutionResult):
            return done
        limit = self.serving.time_limit
        try:
            async with asyncio.timeout(limit):
                return await done
        except TimeoutError:
            message = f"The operation took longer than {limit:g} seconds and was stopped. Nothing is half-written."
            raise DocumentRefused(503, ErrorCode.TIMED_OUT, message) from None
