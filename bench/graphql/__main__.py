"""``python -m bench.graphql``: what a request costs, beside peers with the same schema in the same run."""

import json
import os
import sys
from contextlib import ExitStack, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bench.figures.page import read_blocks, write_blocks
from bench.graphql.acceptance import SEED, measure_page
from bench.graphql.load import Measured, ask_once, free_port, measure, running
from bench.graphql.report import Run, blocks, goals_table, servers_table, to_json
from bench.graphql.served import APPS, QUERIES
from bench.kept import folder_of_crm

_ROOT = Path(__file__).parents[2]
_PEERS = Path(__file__).parent / "peers"
_REQUESTS = {"hello": 3_000, "list": 600, "loaders": 600}
_COMMANDS = {name: [sys.executable, "-m", "bench.graphql.served", name] for name in APPS}
_NODE_COMMANDS = {name: ["node", str(_PEERS / f"{name}.mjs")] for name in ("apollo", "yoga")}


@click.command()
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="The best of so many is shown.")
@click.option("--accounts", type=click.IntRange(0), default=20_000, show_default=True, help="Of the acceptance page.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep its database here, and reuse it.")
@click.option("--json", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures here as well.")
@click.option("--page", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Write them into this page.")
def main(rounds: int, accounts: int, keep: Path | None, path: Path | None, page: Path | None) -> None:
    """Measure CPU of the server's process for each request, throughput and latency, at 16 connections (Linux).

    Apollo Server and GraphQL Yoga take part if their packages are there; ``make bench-graphql`` installs them.
    """
    commands = _COMMANDS | (_NODE_COMMANDS if (_PEERS / "node_modules").exists() else {})
    with TemporaryDirectory(prefix="leadgate-graphql-") if keep is None else nullcontext(keep) as name:
        folder = folder_of_crm(Path(name).resolve(), "sqlite", accounts, SEED)
        acceptance = measure_page(folder, accounts, 4 * rounds, _say) if accounts else None
    run = Run(servers=_measure_servers(commands, rounds), page=acceptance)
    click.echo(f"{servers_table(run)}\n\n{goals_table(run)}")
    if path is not None:
        path.write_text(json.dumps(to_json(run), indent=2) + "\n")
    if page is not None:
        text = page.read_text(encoding="utf-8")
        page.write_text(write_blocks(text, {**read_blocks(text), **blocks(run)}), encoding="utf-8")


def _say(line: str) -> None:
    click.echo(line, err=True)


def _measure_servers(commands: dict[str, list[str]], rounds: int) -> dict[str, dict[str, Measured]]:
    """All servers run at once and are asked in turn, round by round, so that a busy machine is so for all of them."""
    os.environ["NODE_ENV"] = "production"
    best: dict[str, dict[str, Measured]] = {name: {} for name in commands}
    expected: dict[str, object] = {}
    with ExitStack() as stack:
        ports = {name: free_port() for name in commands}
        pids = {name: stack.enter_context(running(command, ports[name], _ROOT)) for name, command in commands.items()}
        for number in range(rounds):
            _say(f"round {number + 1} of {rounds}")
            for query, text in QUERIES.items():
                for name, port in ports.items():
                    if ask_once(port, text) != expected.setdefault(query, ask_once(port, text)):
                        raise RuntimeError(f"{name} answers {query} differently.")
                    found = measure(pids[name], port, text, _REQUESTS[query])
                    if query not in best[name] or found.cpu_ms < best[name][query].cpu_ms:
                        best[name][query] = found
    return best


if __name__ == "__main__":
    main()
