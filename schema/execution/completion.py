"""Fields and values, as far as they are there: how they are resolved, completed, and put at their places."""

from collections.abc import Sequence
from enum import Enum
from functools import cached_property, partial
from typing import Any

from graphql import GraphQLObjectType, GraphQLResolveInfo, Undefined, located_error
from graphql.execution.executor import invalid_return_type_error, to_nodes
from graphql.execution.values import get_argument_values
from graphql.type import GraphQLResolveInfoHelpers
from strawberry import UNSET, Info
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext as StockExecution
from strawberry.types.arguments import convert_arguments

from schema.execution.classes import PLAIN, are_plain, is_awaitable, is_foreign
from schema.execution.plans import Field, Row, Step, TypeName, plan
from schema.execution.shapes import Kind, Shape
from schema.execution.waiting import Finish, Pending, Place, path_of
from schema.kinds import Told

_CONSTANTS = (str, int, float, bool, type(None), type(UNSET), Enum)


class Completion(StockExecution):
    """The part of an execution that never waits. What has to be awaited is left pending."""

    _pending: list[Pending]
    _arguments: dict[Field, dict[str, Any]]

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
            done = self.complete_list_value(shape.of, field.details, info, path_of(place), value, None)
            return self._later(done, _as_it_is, shape, field, place) if is_awaitable(done) else done
        items: list[Any] = []
        shown = self._show_items(item, field, value) if len(value) > 1 and item.kind is Kind.OBJECT else None
        rest = field.below[item.of][1:] if shown else []
        if shown and not rest:
            return shown
        for index, each in enumerate(value):
            here = (place, index, None, items, item.is_nullable)
            mark = len(self._pending)
            try:
                if shown is not None:
                    self._run(rest, each, shown[index], here)
                    items.append(shown[index])
                elif type(each) in PLAIN or not is_awaitable(each):
                    items.append(self._complete(item, field, each, here))
                else:
                    items.append(self._later(each, self._complete, item, field, here))
            except Exception as error:  # noqa: BLE001
                self._fail(error, field, here, mark, value[index + 1 :])
                items.append(None)
        return items

    def _show_items(self, shape: Shape, field: Field, items: Sequence[Any]) -> list[dict[str, Any]] | None:
        """The first row of all items, if all of them are objects of which it is simply shown."""
        check = shape.of.is_type_of
        if check is not None and type(check) is not Told:
            return None
        try:
            steps = self._plan_below(shape.of, field)
            if not steps or type(steps[0]) is not Row or not are_plain(items):
                return None
            return steps[0].show_all(items) if check is None or all(map(check.of_value, items)) else None
        except Exception:  # noqa: BLE001 It is raised again, where it is known of which item.
            return None

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
        error = located_error(raw, to_nodes(field.details), path_of(place).as_list())
        try:
            if not place[4]:
                raise error
            self.collected_errors.add(error, path_of(place))
        finally:
            del error, raw

    def _abandon(self, mark: int, unseen: Sequence[Any] = ()) -> None:
        abandoned = [each[0] for each in self._pending[mark:]] + [each for each in unseen if is_awaitable(each)]
        del self._pending[mark:]
        if abandoned:
            self.settle_in_background(abandoned)

    def _later(self, value: Any, finish: Finish, shape: Shape, field: Field, place: Place) -> Any:  # noqa: ANN401
        """Null for now."""
        self._pending.append((value, finish, shape, field, place))
        return None

    # ------------------------------------------------------------------------------- what resolvers are given

    def _info(self, field: Field, place: Place) -> GraphQLResolveInfo[Any]:
        while isinstance(place[1], int) and place[0] is not None:
            place = place[0]
        return self.build_resolve_info(field.definition, to_nodes(field.details), field.parent, path_of(place))

    @property
    def async_helpers(self) -> GraphQLResolveInfoHelpers:
        """Made when asked for: kept, they would hold the execution that holds them."""
        return GraphQLResolveInfoHelpers(gather=self.gather_async_work, track=self.track_async_work)

    @async_helpers.setter
    def async_helpers(self, _: object) -> None:
        """Keep nothing."""


class _LazyInfo(Info[Any, Any]):
    """Strawberry's ``Info``, whose costly part is made when a resolver looks at it; most want the context alone."""

    def __init__(self, execution: Completion, field: Field, place: Place) -> None:
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


def _as_it_is(_: Shape, __: Field, value: Any, ___: Place) -> Any:  # noqa: ANN401
    return value
