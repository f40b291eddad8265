"""``leadgate token``: tokens for operators and developers."""

import asyncio
from datetime import timedelta

import click

from db import reference
from db.engine import Database
from domain.records import User
from leadgate.cli_options import database_option
from leadgate.secret import MissingSecretError, read_secret
from leadgate.settings import Settings
from leadgate.tokens import Claims, issue_token


@click.command()
@database_option
@click.option("--tenant", type=int, required=True, help="Number of the tenant.")
@click.option("--user", type=int, required=True, help="Number of the user; `leadgate tenant list` shows them.")
@click.option("--hours", type=click.FloatRange(min=0, min_open=True), default=12.0, show_default=True, help="Validity.")
@click.option("--demo", "is_demo", is_flag=True, help="Sign with the demo's secret.")
def token(database: str, tenant: int, user: int, hours: float, *, is_demo: bool) -> None:
    """Print a token that acts as a user, signed with LEADGATE_SECRET."""
    try:
        secret = read_secret(Settings(database=database, is_demo=is_demo))
    except MissingSecretError as error:
        raise click.ClickException(str(error)) from None
    found = asyncio.run(_find(database, tenant, user))
    if found is None or not found.is_active:
        raise click.ClickException(f"Tenant {tenant} has no active user {user}.")
    claims = Claims(tenant_id=found.tenant_id, user_id=found.id, roles=found.roles)
    click.echo(issue_token(secret, claims, timedelta(hours=hours)))


async def _find(url: str, tenant_id: int, user_id: int) -> User | None:
    database = Database(url)
    try:
        async with database.read() as session:
            (user,) = await reference.users_by_id(session, tenant_id, [user_id])
    finally:
        await database.close()
    return user
