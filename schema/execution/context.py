"""How operations are executed: what graphql-core and Strawberry do, with less work.

``FastExecution`` is given to a schema as its ``execution_context_class`` in place of ``StockExecution``; clients see no
difference. What a selection needs is planned once for each document and kept. Attributes that are shown as they are
cost one look at the types of a whole row. Resolvers are called without Strawberry's wrappers where these do nothing.
Only what a resolver gave to be awaited is awaited, all of it together. What is rare goes the stock way, by stock code.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import graphql
from graphql import ExecutionResult, GraphQLError, located_error
from graphql.execution.collect_fields import collect_fields
from graphql.execution.executor import CollectedErrors, to_nodes
from graphql.pyutils.is_awaitable import is_awaitable as stock_is_awaitable
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext as StockExecution

from schema.execution.completion import Completion
from schema.execution.plans import Field, Planned, Row, Step, Variant, plan, planned_operation
from schema.execution.shapes import Kind, Shape
from schema.execution.waiting import Group, Pending, Place, Settled, Waiting, path_of

__all__ = ["FastExecution", "StockExecution"]

_PREDICATES = {stock_is_awaitable, optimized_is_awaitable}


class FastExecution(Completion):
    """The execution of one operation."""

    def execute_operation(self, serially: bool | None = None) -> Any:  # noqa: ANN401, FBT001
        """The result, or an awaitable of it."""
        steps = self._plan_operation()
        if steps is None:
            return super().execute_operation(serially)
        self._pending: list[Pending] = []
        self._falling: list[tuple[GraphQLError, Place]] = []
        self._arguments: dict[Field, dict[str, Any]] = {}
        is_serial = self.operation.operation is graphql.OperationType.MUTATION if serially is None else serially
        turns = [[each] for step in steps for each in _fields_of(step)] if is_serial else [steps]
        out: dict[str, Any] = {}
        try:
            while turns and not self._pending:
                self._run(turns.pop(0), self.root_value, out, None)
        except GraphQLError as error:
            self._abandon(0)
            return self._answer(None, error)
        return self._go_on(turns, out) if self._pending else self._answer(out)

    async def _go_on(self, turns: list[list[Step]], out: dict[str, Any]) -> ExecutionResult:
        try:
            await self._settle()
            for each in turns:
                self._run(each, self.root_value, out, None)
                await self._settle()
        except GraphQLError as error:
            self._abandon(0)
            return self._answer(None, error)
        return self._answer(out)

    def _answer(self, data: dict[str, Any] | None, error: GraphQLError | None = None) -> ExecutionResult:
        if error is not None:
            self.collected_errors.add(error, None)
        errors = self.collected_errors.errors
        # Errors hold the frames they came through, and these hold the execution: let it not hold the errors.
        self.collected_errors = CollectedErrors()
        return ExecutionResult(data, errors or None)

    def _plan_operation(self) -> list[Step] | None:
        """What to do at the root; None if the stock code shall do it, or say why it cannot be done."""
        resolvers = self.middleware_manager and self.middleware_manager._middleware_resolvers  # noqa: SLF001
        if resolvers or self.abort_signal or self.hooks or self.is_awaitable not in _PREDICATES:
            return None
        planned = planned_operation(self.schema, self.operation, self.fragment_definitions)
        variant = planned.variant(self.variable_values.coerced)
        if variant is None:
            return None
        if variant not in planned.variants:
            self._plan_root(planned, variant)
        return planned.variants.get(variant)

    def _plan_root(self, planned: Planned, variant: Variant) -> None:
        root = self.schema.get_root_type(self.operation.operation)
        if root is None:
            return
        try:
            grouped, *_ = collect_fields(
                self.schema, self.fragments, self.variable_values, root, self.operation, self.hide_suggestions
            )
        except (GraphQLError, RecursionError):
            return
        planned.keep(variant, plan(self.schema, root, grouped))

    def _reject(self, raw: Exception, field: Field, place: Place, first: Place) -> None:
        """Note an error that came after the places around its own were filled.

        It nulls a place up to ``first`` at once. Beyond that, stock code needs some turns of the loop, and tells what
        else fails there meanwhile; so the error is left falling for now.
        """
        error = located_error(raw, to_nodes(field.details), path_of(place).as_list())
        nulled: Any = place
        while nulled is not None and not nulled[4] and nulled is not first:
            nulled = nulled[0]
        if nulled is not None and nulled[4]:
            self.collected_errors.add(error, path_of(nulled))
            nulled[3][nulled[1]] = None
        else:
            self._falling.append((error, place))

    def _land(self, waiting: Waiting) -> None:
        """Null what has to be null for the errors that fell. Raises one that falls through."""
        falling, self._falling = self._falling, []
        for error, fell_from in falling:
            place: Any = fell_from
            while place is not None and not place[4]:
                place = place[0]
            if place is None:
                raise error
            self.collected_errors.add(error, path_of(place))
            place[3][place[1]] = None
        waiting.forget(self._is_moot)

    def _is_moot(self, place: Place) -> bool:
        return self.collected_errors.has_nulled_position(path_of(place))

    # ---------------------------------------------------------------------------------------------- awaiting

    async def _settle(self) -> None:
        """Await everything that was given to be awaited, and what comes of it."""
        waiting = Waiting(self._follow)
        try:
            while self._pending or waiting.entries or self._falling:
                found, self._pending = self._pending, []
                if len(found) == 1 and not waiting.entries:
                    await self._follow(found[0], Group(found, None).first(found[0][4]), waiting)
                else:
                    waiting.start(found)
                if self._falling and not await waiting.goes_on():
                    self._land(waiting)
                self._finish_all(waiting.take(await waiting.done()))
        finally:
            self._falling.clear()
            await waiting.close()

    async def _follow(self, entry: Pending, first: Place, waiting: Waiting) -> None:
        """Await one thing, and go on with what comes of it: here while that is one thing again."""
        following = [entry]
        while len(following) == 1:
            awaitable, _, _, field, place = following[0]
            try:
                value = await awaitable
            except Exception as error:  # noqa: BLE001
                self._reject(error, field, place, first)
                return
            mark = len(self._pending)
            self._finish(following[0], partial(_as_is, value), lambda _: first)
            following = self._pending[mark:]
            del self._pending[mark:]
        waiting.start(following, first)

    def _finish_all(self, settled: list[Settled]) -> None:
        for _, alike in groupby(settled, key=lambda each: each[0][3]):
            entries = list(alike)
            shape, field = entries[0][0][2:4]
            shown = None
            if len(entries) > 1 and shape.kind is Kind.OBJECT and not self.collected_errors.errors:
                shown = self._show_alike(shape, field, entries)
            rest = field.below[shape.of][1:] if shown else []
            for number, (entry, future, group) in enumerate(entries):
                if shown and not rest:
                    entry[4][3][entry[4][1]] = shown[number]
                    continue
                finish = partial(self._complete_rest, shown[number], rest) if shown else entry[1]
                self._finish((entry[0], finish, *entry[2:]), future.result, group.first)

    def _show_alike(self, shape: Shape, field: Field, settled: list[Settled]) -> list[dict[str, Any]] | None:
        """The first row of what was awaited for one field at many places, if all of it is simply shown."""
        if any(entry[1] != self._complete for entry, _, _ in settled):
            return None
        try:
            values = [future.result() for _, future, _ in settled]
        except Exception:  # noqa: BLE001 It is raised again, where it is known for which place.
            return None
        return self._show_items(shape, field, values)

    def _complete_rest(
        self,
        shown: dict[str, Any],
        rest: Sequence[Step],
        _: Shape,
        __: Field,
        value: Any,  # noqa: ANN401
        place: Place,
    ) -> dict[str, Any]:
        self._run(rest, value, shown, place)
        return shown

    def _finish(self, entry: Pending, get: Callable[[], Any], first: Callable[[Place], Place]) -> None:
        _, finish, shape, field, place = entry
        if self.collected_errors.errors and self._is_moot(place):
            return
        mark = len(self._pending)
        try:
            place[3][place[1]] = finish(shape, field, get(), place)
        except Exception as error:  # noqa: BLE001
            self._abandon(mark)
            self._reject(error, field, place, first(place))


def _as_is(value: Any) -> Any:  # noqa: ANN401
    return value


def _fields_of(step: Step) -> Sequence[Step]:
    return step.fields if type(step) is Row else [step]
