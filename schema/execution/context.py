"""How operations are executed: what graphql-core and Strawberry do, with less work.

``FastExecution`` is given to a schema as its ``execution_context_class`` in place of ``StockExecution``; clients see no
difference. What a selection needs is planned once for each document and kept. Attributes that are shown as they are
cost one look at the types of a whole row. Resolvers are called without Strawberry's wrappers where these do nothing.
Only what a resolver gave to be awaited is awaited, all of it together. What is rare goes the stock way, by stock code.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cached_property, partial
from typing import Any, cast

import graphql
from graphql import ExecutionResult, GraphQLError, GraphQLObjectType, GraphQLResolveInfo, Undefined, located_error
from graphql.execution.collect_fields import collect_fields
from graphql.execution.executor import CollectedErrors, invalid_return_type_error, to_nodes
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path
from graphql.pyutils.is_awaitable import is_awaitable as stock_is_awaitable
from graphql.type import GraphQLResolveInfoHelpers
from strawberry import UNSET, Info
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext as StockExecution
from strawberry.types.arguments import convert_arguments

from schema.execution.classes import PLAIN, is_awaitable, is_foreign
from schema.execution.plans import Field, Kind, Planned, Row, Shape, Step, TypeName, Variant, plan, planned_operation
from schema.execution.waiting import Finish, Group, Pending, Place, Waiting
from schema.kinds import Told

__all__ = ["FastExecution", "StockExecution"]

_PREDICATES = {stock_is_awaitable, optimized_is_awaitable}
_CONSTANTS = (str, int, float, bool, type(None), type(UNSET), Enum)


class FastExecution(StockExecution):
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

    # ------------------------------------------------------------------------------------------------ fields

    def _run(self, steps: Sequence[Step], source: Any, out: dict[str, Any], place: "Place | None") -> None:  # noqa: ANN401
        """Put the values of fields into ``out``, now or when what they depend on has been awaited."""
        for step in steps:
            if type(step) is Row:
                try:
                    is_shown = step.show(source, out)
                except Exception:  # noqa: BLE001 It is raised again below, where it is known at which field.
                    is_shown = False
                if not is_shown:
                    self._run(step.fields, source, out, place)
            elif type(step) is Field:
                self._run_field(step, source, out, place)
            elif type(step) is TypeName:
                out[step.key] = step.name

    def _run_field(self, field: Field, source: Any, out: dict[str, Any], place: "Place | None") -> None:  # noqa: ANN401
        here = (place, field.key, field.parent.name, out, field.shape.is_nullable)
        mark = len(self._pending)
        try:
            value = self._resolve(field, source, here)
            if type(value) in PLAIN or not is_awaitable(value):
                out[field.key] = self._complete(field.shape, field, value, here)
            else:
                out[field.key] = None
                self._pending.append((value, self._complete, field.shape, field, here))
        except Exception as error:  # noqa: BLE001
            self._fail(error, field, here, mark)
            out[field.key] = None

    def _resolve(self, field: Field, source: Any, here: Place) -> Any:  # noqa: ANN401
        if field.attribute is not None:
            return getattr(source, field.attribute)
        if field.call is not None:
            info = _LazyInfo(self, field, here) if field.is_told or field.is_given else None
            return field.call(source, info, self._arguments_of(field, info) if field.is_given else {})
        resolve = field.definition.resolve or self.field_resolver
        return resolve(source, self._info(field, here), **(self._arguments_of(field, None) if field.is_given else {}))

    def _arguments_of(self, field: Field, info: Any) -> dict[str, Any]:  # noqa: ANN401
        """The arguments; remembered for the field's other sources if nobody can change them."""
        known = field.arguments if field.is_constant else self._arguments.get(field)
        if known is not None:
            return known
        node, _, of_fragment = field.details[0]
        given = get_argument_values(field.definition, node, self.variable_values, of_fragment, self.hide_suggestions)
        if field.call is not None:
            served = self.schema.extensions["strawberry-definition"]
            registry = served.schema_converter.scalar_registry
            given = convert_arguments(given, field.known.arguments, registry, served.config, info)
        if all(isinstance(each, _CONSTANTS) for each in given.values()):
            if field.is_constant:
                field.arguments = given
            self._arguments[field] = given
        return given

    # ------------------------------------------------------------------------------------------------ values

    def _complete(self, shape: Shape, field: Field, value: Any, place: Place) -> Any:  # noqa: ANN401
        """What is shown of a value; None as well for what will be put at its place later."""
        if type(value) not in PLAIN:
            if isinstance(value, Exception):
                raise value
            if value is None or value is Undefined:
                if shape.is_nullable:
                    return None
                name = field.details[0].node.name.value
                raise TypeError(f"Cannot return null for non-nullable field {field.parent}.{name}.")
        if shape.kind is Kind.LEAF:
            return self._complete_leaf(shape, value)
        if shape.kind is Kind.OBJECT:
            return self._complete_object(shape, field, value, place)
        if shape.kind is Kind.LIST:
            return self._complete_list(shape, field, value, place)
        return self._complete_abstract(shape, field, value, place)

    def _complete_leaf(self, shape: Shape, value: Any) -> Any:  # noqa: ANN401
        convert = shape.conversion(type(value))
        if convert is not None:
            shown = convert(value)
            if shown is not None and shown is not Undefined:
                return shown
        return self.complete_leaf_value(shape.of, value)

    def _complete_list(self, shape: Shape, field: Field, value: Any, place: Place) -> Any:  # noqa: ANN401
        item = shape.item
        if item is None or (type(value) is not list and type(value) is not tuple):
            info = self._info(field, place)
            done = self.complete_list_value(shape.of, field.details, info, _path(place), value, None)
            return self._later(done, _as_it_is, shape, field, place) if is_awaitable(done) else done
        items: list[Any] = []
        show = self._show_items(item, field) if value and item.kind is Kind.OBJECT else None
        for index, each in enumerate(value):
            here = (place, index, None, items, item.is_nullable)
            mark = len(self._pending)
            try:
                if show is not None and type(each) in PLAIN:
                    items.append(show(each, here))
                elif type(each) in PLAIN or not is_awaitable(each):
                    items.append(self._complete(item, field, each, here))
                else:
                    items.append(self._later(each, self._complete, item, field, here))
            except Exception as error:  # noqa: BLE001
                self._fail(error, field, here, mark, value[index + 1 :])
                items.append(None)
        return items

    def _show_items(self, shape: Shape, field: Field) -> Callable[[Any, Place], dict[str, Any]] | None:
        """How objects in a list are shown, with less to do for each; None if there is no such way."""
        check = shape.of.is_type_of
        if check is not None and type(check) is not Told:
            return None
        try:
            steps = self._plan_below(shape.of, field)
        except GraphQLError:
            return None
        if not steps or type(steps[0]) is not Row:
            return None
        first, rest = steps[0], steps[1:]
        show_row, run = first.show, self._run

        def show(value: Any, place: Place) -> dict[str, Any]:  # noqa: ANN401
            if check is not None and not check.of_value(value):
                raise invalid_return_type_error(shape.of, value, field.details)
            out: dict[str, Any] = {}
            try:
                is_shown = show_row(value, out)
            except Exception:  # noqa: BLE001 As in _run.
                is_shown = False
            if not is_shown:
                run(first.fields, value, out, place)
            if rest:
                run(rest, value, out, place)
            return out

        return show

    def _complete_object(self, shape: Shape, field: Field, value: Any, place: Place) -> Any:  # noqa: ANN401
        check = shape.of.is_type_of
        if check is None:
            return self._select(shape.of, field, value, place)
        is_one = check.of_value(value) if type(check) is Told else check(value, self._info(field, place))
        if is_awaitable(is_one):
            return self._later(is_one, partial(self._select_if, shape.of, value), shape, field, place)
        return self._select_if(shape.of, value, shape, field, is_one, place)

    def _complete_abstract(self, shape: Shape, field: Field, value: Any, place: Place) -> Any:  # noqa: ANN401
        if shape.members is not None and (is_foreign(value)):
            for type_, is_shown_of in shape.members:
                if is_shown_of(value):
                    return self._select(type_, field, value, place)
        resolve_type = shape.of.resolve_type or self.type_resolver
        name = resolve_type(value, self._info(field, place), shape.of)
        if is_awaitable(name):
            return self._later(name, partial(self._complete_named, value), shape, field, place)
        return self._complete_named(value, shape, field, name, place)

    def _complete_named(self, value: Any, shape: Shape, field: Field, name: Any, place: Place) -> Any:  # noqa: ANN401
        info = self._info(field, place)
        type_ = self.ensure_valid_runtime_type(name, shape.of, field.details, info, value)
        return self._complete_object(Shape(type_, Kind.OBJECT), field, value, place)

    def _select_if(
        self,
        type_: GraphQLObjectType,
        value: Any,  # noqa: ANN401
        _: Shape,
        field: Field,
        is_one: object,
        place: Place,
    ) -> dict[str, Any]:
        if not is_one:
            raise invalid_return_type_error(type_, value, field.details)
        return self._select(type_, field, value, place)

    def _select(self, type_: GraphQLObjectType, field: Field, value: Any, place: Place) -> dict[str, Any]:  # noqa: ANN401
        out: dict[str, Any] = {}
        self._run(field.below.get(type_) or self._plan_below(type_, field), value, out, place)
        return out

    def _plan_below(self, type_: GraphQLObjectType, field: Field) -> list[Step]:
        if type_ not in field.below:
            grouped = self.collect_subfields(type_, field.details).grouped_field_set
            field.below[type_] = plan(self.schema, type_, grouped)
        return field.below[type_]

    # ------------------------------------------------------------------------------------------------ errors

    def _fail(self, raw: Exception, field: Field, place: Place, mark: int, unseen: Sequence[Any] = ()) -> None:
        """Note an error at its place; raise it if the place may not be null.

        What was found below the place since ``mark`` is settled without being waited for, and so is what was not seen.
        """
        self._abandon(mark, unseen)
        error = located_error(raw, to_nodes(field.details), _path(place).as_list())
        try:
            if not place[4]:
                raise error
            self.collected_errors.add(error, _path(place))
        finally:
            del error, raw

    def _abandon(self, mark: int, unseen: Sequence[Any] = ()) -> None:
        abandoned = [each[0] for each in self._pending[mark:]] + [each for each in unseen if is_awaitable(each)]
        del self._pending[mark:]
        if abandoned:
            self.settle_in_background(abandoned)

    def _reject(self, raw: Exception, field: Field, place: Place, first: Place) -> None:
        """Note an error that came after the places around its own were filled.

        It nulls a place up to ``first`` at once. Beyond that, stock code needs some turns of the loop, and tells what
        else fails there meanwhile; so the error is left falling for now.
        """
        error = located_error(raw, to_nodes(field.details), _path(place).as_list())
        nulled: Any = place
        while nulled is not None and not nulled[4] and nulled is not first:
            nulled = nulled[0]
        if nulled is not None and nulled[4]:
            self.collected_errors.add(error, _path(nulled))
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
            self.collected_errors.add(error, _path(place))
            place[3][place[1]] = None
        waiting.forget(self._is_moot)

    def _is_moot(self, place: Place) -> bool:
        return self.collected_errors.has_nulled_position(_path(place))

    # ---------------------------------------------------------------------------------------------- awaiting

    def _later(self, value: Any, finish: Finish, shape: Shape, field: Field, place: Place) -> Any:  # noqa: ANN401
        """Null for now."""
        self._pending.append((value, finish, shape, field, place))
        return None

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
                for future in await waiting.done():
                    entries = waiting.entries.pop(future)
                    if future in waiting.tasks:
                        future.result()  # Nothing, unless it was cancelled.
                        continue
                    for each, group in entries:
                        self._finish(each, future.result, group.first)
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

    # ------------------------------------------------------------------------------- what resolvers are given

    def _info(self, field: Field, place: Place) -> GraphQLResolveInfo[Any]:
        while isinstance(place[1], int) and place[0] is not None:
            place = place[0]
        return self.build_resolve_info(field.definition, to_nodes(field.details), field.parent, _path(place))

    @property
    def async_helpers(self) -> GraphQLResolveInfoHelpers:
        """Made when asked for: kept, they would hold the execution that holds them."""
        return GraphQLResolveInfoHelpers(gather=self.gather_async_work, track=self.track_async_work)

    @async_helpers.setter
    def async_helpers(self, _: object) -> None:
        """Keep nothing."""


class _LazyInfo(Info[Any, Any]):
    """Strawberry's ``Info``, whose costly part is made when a resolver looks at it; most want the context alone."""

    def __init__(self, execution: FastExecution, field: Field, place: Place) -> None:
        self._of = execution, field, place
        self._field = field.known

    @cached_property
    def _raw_info(self) -> GraphQLResolveInfo[Any]:  # type: ignore[override]
        execution, field, place = self._of
        return execution._info(field, place)  # noqa: SLF001

    @property
    def context(self) -> Any:  # noqa: ANN401
        """The context of the operation."""
        return self._of[0].context_value


def _path(place: "Place | None") -> Path:
    """The place as graphql-core writes it."""
    places: list[Place] = []
    while place is not None:
        places.append(place)
        place = place[0]
    path: Path | None = None
    for _, key, typename, *_ in reversed(places):
        path = Path(path, key, typename)
    return cast("Path", path)


def _as_is(value: Any) -> Any:  # noqa: ANN401
    return value


def _as_it_is(_: Shape, __: Field, value: Any, ___: Place) -> Any:  # noqa: ANN401
    return value


def _fields_of(step: Step) -> Sequence[Step]:
    return step.fields if type(step) is Row else [step]
