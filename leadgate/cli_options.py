"""Options that several commands have."""

import click

from leadgate.settings import DEFAULT_DATABASE

database_option = click.option(
    "--database",
    envvar="LEADGATE_DATABASE",
    default=DEFAULT_DATABASE,
    show_default=True,
    show_envvar=True,
    help="URL of the database: sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME.",
)
