"""``python -m bench.acceptance``: the proof on real data."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.acceptance.driver import CLIENTS
from bench.acceptance.febrl import SIZE
from bench.acceptance.proof import Scale, prove
from bench.acceptance.report import to_json, to_table


@click.command()
@click.option("--data", type=click.Choice(["febrl4"]), required=True, help="The data to import and accept.")
@click.option("--leads", type=click.IntRange(1, SIZE), default=SIZE, show_default=True, help="How many leads.")
@click.option("--contacts", type=click.IntRange(1, SIZE), default=SIZE, show_default=True, help="How many contacts.")
@click.option("--clients", type=click.IntRange(1, 100), default=CLIENTS, show_default=True, help="Clients at once.")
@click.option("--database", help="URL of the database, which gets a new tenant.  [default: a SQLite file for the run]")
@click.option("--json", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here as well.")
def main(data: str, leads: int, contacts: int, clients: int, database: str | None, path: Path | None) -> None:
    """Import contacts and leads, accept all leads over HTTP taking what is offered first, and count what is right."""
    with TemporaryDirectory(prefix="leadgate-proof-") as name:
        folder = Path(name)
        url = database or f"sqlite+aiosqlite:///{folder / 'leadgate.sqlite3'}"
        scale = Scale(leads=leads, contacts=contacts, clients=clients)
        run = prove(url, folder, scale, lambda line: click.echo(f"  {line}", err=True))
    click.echo(to_table(run))
    if path is not None:
        path.write_text(json.dumps({"data": data, **to_json(run)}, indent=2) + "\n")


if __name__ == "__main__":
    main()
