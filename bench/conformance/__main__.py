"""``python -m bench.conformance``: thousands of requests that schemathesis draws from the schema."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.conformance.running import run_schemathesis


@click.command()
@click.option("--cases", default=1400, show_default=True, help="How many requests for each field, at most.")
@click.option("--seed", default=1, show_default=True, help="What is drawn depends on it.")
def main(cases: int, seed: int) -> None:
    """Serve a small tenant and send it generated requests: each has to be answered, or refused for a known reason."""
    with TemporaryDirectory(prefix="leadgate-conformance-") as folder:
        outcome = run_schemathesis(Path(folder), cases_per_field=cases, seed=seed)
    if not outcome.is_clean:
        print(outcome.report)
    print(f"{outcome.cases} requests to {outcome.operations} fields: {'clean' if outcome.is_clean else 'NOT clean'}")
    sys.exit(not outcome.is_clean)


if __name__ == "__main__":
    main()
