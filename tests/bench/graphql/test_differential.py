"""Documents drawn from the schema are answered alike by both executors; a sample of what the command does."""

from pathlib import Path
from random import Random

import pytest

from bench.graphql.differential import Compared, Difference, compare
from bench.graphql.documents import Draw, Request
from bench.graphql.small import open_small_tenant
from schema.build import build_schema


@pytest.mark.parametrize("seed", [11])
async def test_a_sample_is_answered_alike(tmp_path: Path, seed: int) -> None:
    """Data with the order of its keys and errors with all they say; and nothing is written meanwhile."""
    served = build_schema()
    async with open_small_tenant(tmp_path) as small:
        draw = Draw(served._schema, Random(seed), small.ids, small.unknown)
        compared = await compare(served, small.context, draw.requests(250))

    assert compared.differences == []
    assert compared.documents + compared.unanswered == 250
    assert compared.with_data > 150
    assert compared.with_errors > 20
    assert compared.refusals.total() < 25


def test_the_same_seed_draws_the_same_documents() -> None:
    """So that a difference can be looked at again."""
    schema = build_schema()._schema
    first, second = (list(Draw(schema, Random(3), ["lead_b"], ["x"]).requests(20)) for _ in range(2))

    assert first == second
    assert len({each.query for each in first}) == 20


def test_runs_are_added_up() -> None:
    """Counts and differences of all parts of a run are told together."""
    total = Compared(documents=2, with_data=1)
    total.add(Compared(documents=3, differences=[Difference(request=Request("{ a }", {}), stock=b"1", fast=b"2")]))

    assert (total.documents, total.with_data, len(total.differences)) == (5, 1, 1)
    assert total.summary().startswith("5 documents: 1 with data")
