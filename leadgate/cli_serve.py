"""``leadgate serve``: the server."""

from typing import Any

import click
from pydantic import ValidationError

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
@click.option(
    "--production",
    "is_production",
    envvar="LEADGATE_IS_PRODUCTION",
    is_flag=True,
    show_envvar=True,
    help="Show no schema, no suggestions and no GraphiQL, and limit rates.",
)
@click.option(
    "--trusted-only",
    "is_trusted_only",
    envvar="LEADGATE_IS_TRUSTED_ONLY",
    is_flag=True,
    show_envvar=True,
    help="Serve nothing but registered documents.",
)
@click.option(
    "--allow-origin",
    "allowed_origins",
    envvar="LEADGATE_ALLOWED_ORIGINS",
    multiple=True,
    show_envvar=True,
    help="Let pages of this origin use the API, such as http://localhost:5173. May be repeated.",
)
def serve(**options: Any) -> None:  # noqa: ANN401 (the settings check them)
    """Serve GraphQL at /graphql and GraphiQL at /graphiql. docs/operating.md lists all that can be set."""
    set_up_logging()
    try:
        settings = Settings(**options)
        app = create_app(settings)
    except MissingSecretError as error:
        raise click.ClickException(str(error)) from None
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, each['loc']))} {each['msg']}".strip() for each in error.errors()]
        raise click.ClickException("; ".join(faults)) from None
    tune_collector()
    page = "graphiql/" if settings.serves_graphiql else "graphql"
    click.echo(f"Leadgate: http://{settings.host}:{settings.port}/{page}", err=True)
    serve_app(app, settings.host, settings.port)
