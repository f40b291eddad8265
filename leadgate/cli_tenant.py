"""``leadgate tenant``: tenants and their first users."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

import click

from db import reference
from db.engine import Database
from domain.paging import PageRequest
from domain.records import Role, Tenant
from domain.values import Language
from leadgate.cli_options import database_option
from services.backend import Backend
from services.listing import page_of_users
from services.tenants import add_case_type, add_lead_type, add_reject_reason, add_user, create_tenant

_LISTS = {
    Language.EN: ("Enquiry", "Sale", "Not reachable", "No interest", "Spam"),
    Language.DE: ("Anfrage", "Verkauf", "Nicht erreichbar", "Kein Interesse", "Spam"),
}


@click.group()
def tenant() -> None:
    """Look after tenants."""


@tenant.command()
@database_option
@click.argument("name")
@click.option("--country", default="DE", show_default=True, help="Where phone numbers without country code belong.")
@click.option("--language", type=click.Choice([each.value for each in Language]), default="de", show_default=True)
@click.option("--admin", nargs=2, metavar="NAME EMAIL", required=True, help="The first user, an administrator.")
def create(database: str, name: str, country: str, language: str, admin: tuple[str, str]) -> None:
    """Make a tenant with one administrator, one lead type, one case type and three reasons for rejecting."""

    async def make(backend: Backend) -> None:
        made = await create_tenant(backend, name, country.upper(), Language(language))
        user = await add_user(backend, made, *admin, roles=Role)
        await _add_lists(backend, made)
        click.echo(f"tenant {made.id}, user {user.id}")

    _run(database, make)


async def _add_lists(backend: Backend, made: Tenant) -> None:
    lead_type, case_type, *reasons = _LISTS[made.language]
    await add_case_type(backend, made, "sale", case_type)
    await add_lead_type(backend, made, "enquiry", lead_type)
    for code, text in zip(("not_reachable", "no_interest", "spam"), reasons, strict=True):
        await add_reject_reason(backend, made, code, text)


@tenant.command("list")
@database_option
def list_tenants(database: str) -> None:
    """List the tenants and their users, with their numbers."""
    _run(database, _list)


async def _list(backend: Backend) -> None:
    async with backend.database.read() as session:
        tenants = await reference.list_tenants(session)
    for each in tenants:
        click.echo(f"{each.id}  {each.name}")
        for user in (await page_of_users(backend, each.id, PageRequest(size=1000))).items:
            roles = ", ".join(sorted(role.value for role in user.roles))
            click.echo(f"   {user.id}  {user.name} <{user.email}> ({roles}{'' if user.is_active else '; not active'})")


def _run(url: str, work: Callable[[Backend], Awaitable[None]]) -> None:
    async def run() -> None:
        database = Database(url)
        try:
            # Nothing that is written here is hashed with the secret: it lives as long as the process.
            await work(Backend(database=database, secret=secrets.token_bytes(32)))
        finally:
            await database.close()

    asyncio.run(run())
