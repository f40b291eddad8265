"""Every hostile document is admitted or refused with little work: what ``bench.admission`` measures in milliseconds."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.admission.corpus import FAMILIES, MAX_LENGTH, documents_of
from bench.admission.drawing import draw_document
from bench.admission.measuring import count_steps, measure
from schema.build import build_schema

SCHEMA = build_schema()
MAX_STEPS = 250_000
"""Some 50 ms at 0.2 µs; most take less (``count_steps``). What is measured exactly is up to the bench."""


def _is_quick(document: str, variables: Mapping[str, Any] | None = None) -> bool:
    return count_steps(SCHEMA, document, variables) <= MAX_STEPS


@pytest.mark.parametrize("name", FAMILIES)
def test_hostile_documents_are_decided_upon_quickly(name: str) -> None:
    """However long they are, up to 10,000 characters."""
    for document in documents_of(FAMILIES[name]):
        assert len(document) <= MAX_LENGTH
        assert _is_quick(document)


@given(seed=st.integers(0, 2**32))
def test_documents_at_random_are_decided_upon_quickly(seed: int) -> None:
    """Those that nobody has thought of, made of the schema's own names."""
    document = draw_document(SCHEMA._schema, seed, MAX_LENGTH)

    assert _is_quick(document, {"n": 100})


@given(text=st.text('{}()[]:!$@."#,\n aF1', max_size=2_000))
def test_what_is_hardly_graphql_is_decided_upon_quickly(text: str) -> None:
    """Brackets, quotes and names in any order."""
    assert _is_quick(text)


@pytest.mark.parametrize("variables", [{"v": ["x"] * 20_000}, {"v": [[["x"]]] * 20_000}, {"v": {"a": "x" * 200_000}}])
def test_huge_variables_are_decided_upon_quickly(variables: dict[str, object]) -> None:
    """As large as a body may be."""
    document = "query Q($v: [ID!]!) { nodes(ids: $v) { id } }"

    assert _is_quick(document, variables)


def test_documents_drawn_at_random_are_of_every_fate() -> None:
    """Else they would say little: some are admitted, some are faulty, some pass a ceiling."""
    fates = [measure(SCHEMA, draw_document(SCHEMA._schema, each, 3_000), tries=1).refusal for each in range(100)]

    assert 10 <= sum(not each for each in fates) <= 80
    assert len(set(fates)) > 10
