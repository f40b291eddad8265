"""``leadgate db``: the database's tables."""

import click

from db import migrations
from leadgate.cli_options import database_option


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@database_option
def upgrade(database: str) -> None:
    """Bring the tables to the newest version, making them if there are none."""
    migrations.upgrade(database)
