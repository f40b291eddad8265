"""The same requests executed twice, by the stock executor and by ours: whatever differs is told."""

from asyncio import CancelledError
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
import strawberry
from strawberry.types import ExecutionResult

from bench.graphql.documents import Request
from schema.execution.context import FastExecution, StockExecution


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A request that was answered differently."""

    request: Request
    stock: bytes
    fast: bytes


@dataclass(slots=True)
class Compared:
    """What came of a run."""

    documents: int = 0
    """Documents that were executed by both, or refused by both."""
    with_data: int = 0
    with_errors: int = 0
    unanswered: int = 0
    """Documents that the stock executor gave no answer to."""
    in_other_order: int = 0
    """Documents with the same errors in another order: they depend on which look-up is back first."""
    raced: int = 0
    """Documents where several errors nulled the same place, and not the same of them are told."""
    differences: list[Difference] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    """Documents that were not executed, by reason."""

    def add(self, other: "Compared") -> None:
        """Count what came of another run as well."""
        self.documents += other.documents
        self.with_data += other.with_data
        self.with_errors += other.with_errors
        self.unanswered += other.unanswered
        self.in_other_order += other.in_other_order
        self.raced += other.raced
        self.differences += other.differences
        self.refusals += other.refusals

    def summary(self) -> str:
        """The counts in one line."""
        return (
            f"{self.documents:,} documents: {self.with_data:,} with data, {self.with_errors:,} with errors, "
            f"{self.refusals.total():,} not executed; {len(self.differences):,} answered differently, "
            f"{self.in_other_order:,} with the same errors in another order, "
            f"{self.raced:,} with another of several errors that null the same place; "
            f"{self.unanswered:,} that the stock executor did not answer"
        )


async def compare(
    served: strawberry.Schema, make_context: Callable[[], object], requests: Iterable[Request]
) -> Compared:
    """Execute all requests by both; one schema, so that each document is validated once."""
    compared = Compared()
    for request in requests:
        ours = await _execute(served, FastExecution, request, make_context())
        try:
            theirs = await _execute(served, StockExecution, request, make_context())
        except CancelledError:
            # Where a null spreads, stock code cancels what is awaited beside it: futures of loaders too, and if others
            # await the same key, the whole operation ends without an answer.
            compared.unanswered += 1
        else:
            _note(compared, request, theirs, ours)
    return compared


async def _execute(
    served: strawberry.Schema, execution: type[StockExecution], request: Request, context: object
) -> ExecutionResult:
    served.execution_context_class = execution
    return await served.execute(request.query, request.variables, context_value=context)


def _note(compared: Compared, request: Request, stock: ExecutionResult, fast: ExecutionResult) -> None:
    compared.documents += 1
    compared.with_data += stock.data is not None
    compared.with_errors += bool(stock.errors)
    if stock.data is None and stock.errors and all(each.path is None for each in stock.errors):
        compared.refusals[stock.errors[0].message[:60]] += 1
    # Keys in order, as clients get them.
    if orjson.dumps(_shown(stock)) == orjson.dumps(_shown(fast)):
        return
    if orjson.dumps(stock.data) == orjson.dumps(fast.data) and sorted(_errors(stock)) == sorted(_errors(fast)):
        compared.in_other_order += 1
    elif orjson.dumps(stock.data) == orjson.dumps(fast.data) and _is_race(stock, fast):
        compared.raced += 1
    else:
        texts = [orjson.dumps(_shown(each)) for each in (stock, fast)]
        compared.differences.append(Difference(request=request, stock=texts[0], fast=texts[1]))


def _is_race(stock: ExecutionResult, fast: ExecutionResult) -> bool:
    """Whether each tells why every place is null that the other tells of, and only other ones of several reasons.

    Where two errors null the same place, the first to come is told, and the second only if it comes at the same time
    (the specification asks for one). Which one that is depends on the look-ups.
    """
    return _nulled_by(stock) == _nulled_by(fast)


def _nulled_by(result: ExecutionResult) -> set[str]:
    """The places that are null because of errors."""
    places: set[str] = set()
    for each in result.errors or ():
        value: Any = result.data
        path: list[str | int] = []
        for key in each.path or ():
            if value is None:
                break
            value = value[key]
            path.append(key)
        places.add(repr(path))
    return places


def _shown(result: ExecutionResult) -> dict[str, Any]:
    return {"data": result.data, "errors": _errors(result)}


def _errors(result: ExecutionResult) -> list[str]:
    """Message, place, path and extensions of each error, and the kind of what was raised."""
    return [
        orjson.dumps([each.formatted, each.extensions, type(each.original_error).__name__], default=str).decode()
        for each in result.errors or ()
    ]
