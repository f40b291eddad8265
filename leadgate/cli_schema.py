"""``leadgate schema``: what is served, as text."""

import click

from schema.build import build_schema, print_sorted


@click.group()
def schema() -> None:
    """Look at the GraphQL schema."""


@schema.command()
def export() -> None:
    """Print the schema, sorted; the repository keeps it as schema.graphql."""
    click.echo(print_sorted(build_schema()), nl=False)
