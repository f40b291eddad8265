"""The command line. Each command lives in a module of its own, which is imported when the command is called."""

from importlib import import_module

import click

COMMANDS = {
    "db": "leadgate.cli_db:db",
    "documents": "leadgate.cli_documents:documents",
    "import": "leadgate.cli_import:import_command",
    "matching": "leadgate.cli_matching:matching",
    "schema": "leadgate.cli_schema:schema",
    "serve": "leadgate.cli_serve:serve",
    "tenant": "leadgate.cli_tenant:tenant",
    "token": "leadgate.cli_token:token",
}
"""Where each command is: module and name."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that starting stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command with this name, or None."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyGroup)
@click.version_option(package_name="leadgate")
def main() -> None:
    """Leadgate: the GraphQL service behind the moment a sales team accepts a lead."""
