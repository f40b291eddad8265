"""``leadgate serve``: the server."""

import click

from leadgate.app import create_app
from leadgate.cli_options import database_option
from leadgate.collector import tune_collector
from leadgate.secret import MissingSecretError
from leadgate.serving import serve_app
from leadgate.settings import Settings
from leadgate.telemetry import set_up_logging


@click.command()
@database_option
@click.option("--host", envvar="LEADGATE_HOST", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", envvar="LEADGATE_PORT", default=8000, show_default=True, help="Port to listen at.")
@click.option("--demo", "is_demo", is_flag=True, help="Let anybody act as any user of the first tenant.")
def serve(database: str, host: str, port: int, *, is_demo: bool) -> None:
    """Serve GraphQL at /graphql and GraphiQL at /graphiql."""
    settings = Settings(database=database, host=host, port=port, is_demo=is_demo)
    set_up_logging()
    try:
        app = create_app(settings)
    except MissingSecretError as error:
        raise click.ClickException(str(error)) from None
    tune_collector()
    click.echo(f"Leadgate: http://{settings.host}:{settings.port}/graphiql/", err=True)
    serve_app(app, settings.host, settings.port)
