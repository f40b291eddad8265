"""``python -m bench.conformance``: thousands of requests that schemathesis draws from the schema."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.conformance.running import run_schemathesis


@click.command()
@click.option("--cases", default=100, show_default=True, help="How many requests for each field and round, at most.")
@click.option("--rounds", default=14, show_default=True, help="How many rounds, each with a server of its own.")
@click.option("--seed", default=1, show_default=True, help="The first round's; the others have those after it.")
def main(cases: int, rounds: int, seed: int) -> None:
    """Serve a small tenant and send it generated requests: each has to be answered, or refused for a known reason."""
    sent = 0
    for each in range(seed, seed + rounds):
        with TemporaryDirectory(prefix="leadgate-conformance-") as folder:
            outcome = run_schemathesis(Path(folder), cases_per_field=cases, seed=each)
        sent += outcome.cases
        if not outcome.is_clean:
            print(outcome.report)
            sys.exit(1)
        print(
            f"seed {each}: {outcome.cases} requests to {outcome.operations} fields, clean ({sent} so far)", flush=True
        )


if __name__ == "__main__":
    main()
