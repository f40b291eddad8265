"""What a document may ask for, and what is said when it asks for more."""

import sys
from typing import Any

from graphql import DocumentNode, ValidationRule, parse, validate
from strawberry.extensions.max_aliases import create_validator
from strawberry.schema.schema import validate_document

from bench.admission.corpus import FAMILIES
from schema.build import build_schema
from schema.http.refusals import DocumentRefused
from schema.limits import ceilings
from schema.limits.admission import RULES
from schema.limits.rule import WithinLimits

SCHEMA = build_schema()


def _code(document: str) -> str:
    """The code that the document is refused with; empty if it is admitted."""
    try:
        errors = SCHEMA.admission.admit(document).errors
    except DocumentRefused as refused:
        return refused.code.name
    return str((errors[-1].extensions or {}).get("code", "INVALID_DOCUMENT")) if errors else ""


def _many(count: int, part: str) -> str:
    return "".join(part.replace("#", str(n)) for n in range(count))


def test_aliases_have_a_ceiling() -> None:
    """At it a document is admitted, beyond it not; those of a fragment count wherever it is spread."""
    most = ceilings.MAX_ALIASES
    fragment = f"fragment F on User {{ {_many(20, 'a#: name ')} }}"
    spread = "{ " + _many(most // 21 + 1, "b#: viewer { user { ...F } } ") + "} " + fragment

    assert _code(f"{{ {_many(most, 'a#: __typename ')} }}") == ""
    assert _code(f"{{ {_many(most + 1, 'a#: __typename ')} }}") == "TOO_COMPLEX"
    assert _code(spread) == "TOO_COMPLEX"


def test_fragments_and_operations_have_ceilings() -> None:
    """At them a document is admitted, beyond them not."""
    most = ceilings.MAX_FRAGMENTS
    for count, code in ((most, ""), (most + 1, "TOO_COMPLEX")):
        fragments = _many(count, "fragment F# on Query { a#: __typename } ")
        assert _code(f"{{ {_many(count, '...F# ')} }} {fragments}") == code
    for count, code in ((ceilings.MAX_OPERATIONS, ""), (ceilings.MAX_OPERATIONS + 1, "TOO_COMPLEX")):
        assert _code(_many(count, "query Q# { __typename } ")) == code


def test_directives_have_a_ceiling() -> None:
    """Wherever they stand: at fields, at spreads and at inline fragments."""
    most = ceilings.MAX_DIRECTIVES
    for part in ("viewer { user { name @include(if: true) } } ", "... @skip(if: false) { __typename } "):
        assert _code("{ " + part * 40 + "}") == ""
    fragment = f"fragment F on User {{ {'... @skip(if: false) { name } ' * 40} }}"
    document = "{ " + _many(most // 40 + 1, "a#: viewer { user { ...F } } ") + "} " + fragment
    assert _code(document) == "TOO_COMPLEX"


def test_depth_has_a_ceiling() -> None:
    """Fields within each other, counted through fragments."""

    def nested(levels: int) -> str:
        return (
            "{ node(id: 1) { ... on Case "
            + "{ account { cases(first: 1) { nodes " * levels
            + "{ id }"
            + " } } }" * levels
            + " } }"
        )

    assert _code(nested(7)) == ""
    assert _code(nested(9)) == "TOO_DEEP"
    chain = "{ ...F0 } " + _many(30, "fragment F# on Query { ...G# } fragment G# on Query { __typename } ")
    assert _code(chain) != "TOO_DEEP"


def test_tokens_and_characters_have_ceilings() -> None:
    """They are counted before anything is looked at. graphql-core says the first by a message only."""
    assert _code("{ " + "a " * ceilings.MAX_TOKENS + "}") == "TOO_COMPLEX"
    assert _code("{ __typename } #" + "x" * ceilings.MAX_CHARACTERS) == "TOO_COMPLEX"


def test_fields_of_one_name_have_a_ceiling() -> None:
    """Validation compares each with each; ninety in one place are too many, and so they are through fragments."""
    assert _code("{ viewer { user { " + "name " * 80 + "} } }") == ""
    assert _code("{ viewer { user { " + "name " * 100 + "} } }") == "TOO_COMPLEX"
    assert _code(FAMILIES["fragments side by side"](50)) == ""
    assert _code(FAMILIES["fragments side by side"](95)) == "TOO_COMPLEX"


def test_fragments_that_double_are_refused_by_what_they_come_to() -> None:
    """A hundred lines that would be executed for years."""
    assert _code(FAMILIES["fragments that double"](60)) == "TOO_COMPLEX"


def _calls(rule: type[ValidationRule], document: DocumentNode) -> int:
    """How many functions are called while the document is validated with the rule alone."""
    count = 0

    def note(frame: object, event: str, _: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        validate(SCHEMA._schema, document, [rule])
    finally:
        sys.setprofile(before)
    return count


def _doubling(levels: int) -> DocumentNode:
    return parse(FAMILIES["fragments that double"](levels))


def test_the_work_is_linear_in_nested_fragments() -> None:
    """Twice as many fragments are twice the work, where Strawberry's own limiter doubles it for each one more."""
    stock: Any = create_validator(1000)

    assert _calls(stock, _doubling(16)) > 10 * _calls(stock, _doubling(12))
    assert _calls(WithinLimits, _doubling(80)) < 3 * _calls(WithinLimits, _doubling(40))


def test_the_rules_are_constant() -> None:
    """Caches of validations know them again: a rule made anew for each request would never be found."""
    document = parse("{ __typename }")

    assert isinstance(WithinLimits, type)
    assert hash(RULES) == hash(tuple(RULES))
    assert validate_document(SCHEMA._schema, document, RULES) == []
    assert build_schema().admission._rules is SCHEMA.admission._rules is RULES


def test_the_ceiling_is_what_is_told() -> None:
    """A document that passes one is told so and nothing else, since nothing else has looked at it."""
    document = "{ " + _many(300, "a#: nothingThatIsThere ") + "}"
    [error] = SCHEMA.admission.admit(document).errors

    assert error.message == f"The document has more than {ceilings.MAX_ALIASES} aliases."


def test_a_document_is_admitted_once() -> None:
    """The second time it is found by its text."""
    SCHEMA.admission.admit.cache_clear()
    first = SCHEMA.admission.admit("{ __typename }")

    assert SCHEMA.admission.admit("{ __typename }") is first
