"""``leadgate matching``: looking after the matching of tenants. Each command lives in a module of its own."""

import click

from leadgate.cli_matching_estimate import estimate
from leadgate.cli_matching_evaluate import evaluate
from leadgate.cli_matching_reindex import reindex_command


@click.group()
def matching() -> None:
    """Look after matching."""


matching.add_command(estimate)
matching.add_command(evaluate)
matching.add_command(reindex_command)
