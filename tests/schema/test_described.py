"""Everything in the schema is described, and the exported text is what is served."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
    specified_scalar_types,
)

from schema.build import build_schema as build_served
from schema.build import print_sorted

EXPORTED = Path(__file__).parents[2] / "schema.graphql"
SCHEMA = build_schema(EXPORTED.read_text())
TYPES = [
    each for name, each in SCHEMA.type_map.items() if not name.startswith("__") and name not in specified_scalar_types
]
MIN_LENGTH = 8
CAMEL = re.compile(r"[a-z][a-zA-Z0-9]*")
UPPER = re.compile(r"[A-Z][A-Z0-9_]*")


def _described(type_: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """The type and everything in it, with the descriptions."""
    yield type_.name, type_.description
    if isinstance(type_, GraphQLEnumType):
        yield from ((f"{type_.name}.{name}", value.description) for name, value in type_.values.items())
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in type_.fields.items():
            yield f"{type_.name}.{name}", field.description
            yield from ((f"{type_.name}.{name}({arg})", each.description) for arg, each in field.args.items())
    if isinstance(type_, GraphQLInputObjectType):
        yield from ((f"{type_.name}.{name}", field.description) for name, field in type_.fields.items())


def test_the_exported_schema_is_what_is_served() -> None:
    """schema.graphql is byte-equal to what the code makes; `make schema` writes it."""
    assert EXPORTED.read_bytes() == print_sorted(build_served()).encode()


@pytest.mark.parametrize("type_", TYPES, ids=lambda each: each.name)
def test_everything_is_described(type_: GraphQLNamedType) -> None:
    """Every type, field, argument and enum value has a description that is more than its name."""
    for place, description in _described(type_):
        assert description, place
        assert len(description) >= MIN_LENGTH, place
        assert description.rstrip().endswith((".", ")")), place
        assert description.strip(".").casefold() != place.rpartition(".")[2].casefold(), place


def test_names_follow_the_conventions() -> None:
    """Fields are camelCase, enum values UPPER_CASE, booleans begin with is, can or has."""
    for type_ in TYPES:
        if isinstance(type_, GraphQLEnumType):
            assert all(UPPER.fullmatch(name) for name in type_.values), type_.name
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in type_.fields.items():
                assert CAMEL.fullmatch(name), f"{type_.name}.{name}"
                if str(field.type).strip("!") == "Boolean":
                    assert name.startswith(("is", "can", "has")), f"{type_.name}.{name}"


def test_every_mutation_takes_one_input_and_answers_with_typed_errors() -> None:
    """Each has one required input with an idempotency key, and a payload of nullable records with a union of errors."""
    mutation = SCHEMA.mutation_type
    assert mutation is not None
    for name, field in mutation.fields.items():
        title = name[0].upper() + name[1:]
        assert {key: str(arg.type) for key, arg in field.args.items()} == {"input": f"{title}Input!"}
        input_type = SCHEMA.type_map[f"{title}Input"]
        assert isinstance(input_type, GraphQLInputObjectType)
        assert str(input_type.fields["idempotencyKey"].type) == "String"
        payload = SCHEMA.type_map[f"{title}Payload"]
        assert isinstance(payload, GraphQLObjectType)
        assert str(payload.fields["errors"].type) == f"[{title}Error!]!"
        assert all(not str(each.type).endswith("!") for key, each in payload.fields.items() if key != "errors")


def test_all_errors_of_mutations_are_user_errors() -> None:
    """Every mutation has a union of errors, and so has a preview; every member implements UserError."""
    unions = [each for each in TYPES if each.name.endswith("Error") and hasattr(each, "types")]
    assert SCHEMA.mutation_type is not None
    expected = {f"{name[0].upper()}{name[1:]}Error" for name in SCHEMA.mutation_type.fields}
    assert {each.name for each in unions} == {*expected, "PreviewMatchingSettingsError"}
    for union in unions:
        assert all("UserError" in [face.name for face in member.interfaces] for member in union.types), union.name


def test_the_introspected_schema_has_no_type_of_our_bases() -> None:
    """What payloads share in code is no type of its own."""
    assert not [each.name for each in TYPES if each.name.startswith("Written")]
