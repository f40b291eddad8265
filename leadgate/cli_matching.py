"""``leadgate matching``: looking after the matching of tenants. Each command lives in a module of its own."""

import click

from leadgate.cli_matching_evaluate import evaluate


@click.group()
def matching() -> None:
    """Look after matching."""


matching.add_command(evaluate)
