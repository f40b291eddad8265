"""``python -m bench.admission``: the CPU that admitting or refusing a document takes, for the corpus and at random."""

import sys

import click

from bench.admission.corpus import FAMILIES, MAX_LENGTH, documents_of
from bench.admission.drawing import draw_document
from bench.admission.measuring import Admitted, measure
from schema.build import Schema, build_schema

CEILING = 50.0
"""Milliseconds of CPU."""


@click.command()
@click.option("--drawn", default=200, show_default=True, help="How many documents to draw at random besides.")
@click.option("--seed", default=0, show_default=True, help="The first document's seed; the others have those after it.")
def main(drawn: int, seed: int) -> None:
    """Print the CPU that each hostile document takes to be admitted or refused; ends with 1 if one takes too long."""
    schema = build_schema()
    measure(schema, "{ __typename }")
    print(f"{'worst of its sizes':40} {'length':>7} {'ms':>6}  verdict")
    worst = 0.0
    for name, family in FAMILIES.items():
        worst = max(worst, _report(name, *_worst(schema, documents_of(family))))
    seeds = range(seed, seed + drawn)
    texts = [draw_document(schema._schema, each, MAX_LENGTH) for each in seeds]  # noqa: SLF001 (graphql-core's schema)
    if texts:
        worst = max(worst, _report(f"{drawn} drawn at random", *_worst(schema, texts)))
        told = [measure(schema, each, tries=1) for each in texts]
        print(f"of these, {sum(not each.refusal for each in told)} were admitted")
    print(f"{worst:.1f} ms at most, {CEILING:g} are allowed")
    sys.exit(worst > CEILING)


def _worst(schema: Schema, documents: list[str]) -> tuple[str, Admitted]:
    measured = [(each, measure(schema, each)) for each in documents]
    return max(measured, key=lambda each: each[1].milliseconds)


def _report(name: str, document: str, found: Admitted) -> float:
    print(f"{name:40} {len(document):7} {found.milliseconds:6.1f}  {found.refusal[:80] or 'admitted'}")
    return found.milliseconds


if __name__ == "__main__":
    main()
