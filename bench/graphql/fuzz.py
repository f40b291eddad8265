"""``python -m bench.graphql.fuzz``: documents drawn from the schema, executed by the stock executor and by ours."""

import asyncio
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click

from bench.graphql.differential import Compared, compare
from bench.graphql.documents import Draw
from bench.graphql.small import open_small_tenant
from schema.build import build_schema

_CHUNK = 500
_SHOWN = 3


@click.command()
@click.option("--documents", type=click.IntRange(1), default=100_000, show_default=True, help="How many.")
@click.option("--seed", default=1, show_default=True, help="Another seed draws other documents.")
def main(documents: int, seed: int) -> None:
    """Compare answers: data with the order of its keys, and errors with messages, paths, locations and extensions."""
    compared = asyncio.run(_run(documents, seed))
    for each in compared.differences[:_SHOWN]:
        click.echo(f"\n{each.request.query}\n{each.request.variables}\nstock: {each.stock!r}\nfast:  {each.fast!r}")
    sys.exit(bool(compared.differences))


async def _run(documents: int, seed: int) -> Compared:
    total = Compared()
    served = build_schema()
    started = time.perf_counter()
    with TemporaryDirectory(prefix="leadgate-fuzz-") as folder:
        async with open_small_tenant(Path(folder)) as small:
            draw = Draw(served._schema, Random(seed), small.ids, small.unknown)  # noqa: SLF001
            for start in range(0, documents, _CHUNK):
                requests = draw.requests(min(_CHUNK, documents - start))
                total.add(await compare(served, small.context, requests))
                click.echo(f"{total.summary()} ({time.perf_counter() - started:.0f} s)", err=True)
                if total.differences:
                    break
    click.echo(total.summary())
    return total


if __name__ == "__main__":
    main()
