"""``python -m bench.demo``: build the demo's tenant in a migrated, empty database."""

import asyncio
import secrets
import time
from datetime import UTC, datetime

import click

from bench.demo.records import SEED, demo_records
from bench.demo.writing import write_demo
from db import reference
from db.engine import Database
from services.backend import Backend


@click.command()
@click.option(
    "--database",
    "url",
    envvar="LEADGATE_DATABASE",
    default="sqlite+aiosqlite:///.demo/leadgate.sqlite3",
    show_default=True,
    help="The database, migrated to the newest version.",
)
@click.option("--seed", default=SEED, show_default=True, help="Another seed gives another CRM.")
def main(url: str, seed: int) -> None:
    """Build the demo: a tenant with 20,000 accounts, 30,000 contacts, and leads for every branch of the flow."""
    started = time.perf_counter()
    asyncio.run(build(url, seed))
    click.echo(f"The demo is ready after {time.perf_counter() - started:.0f} seconds")


async def build(url: str, seed: int) -> None:
    """Build the demo in the database at this URL, as a tenant of its own."""
    database = Database(url)
    try:
        async with database.read() as session:
            tenant_id = await reference.next_tenant_id(session)
        backend = Backend(database=database, secret=secrets.token_bytes())
        demo = demo_records(seed, datetime.now(UTC), tenant_id=tenant_id)
        await write_demo(backend, demo, lambda line: click.echo(f"  {line}"))
    finally:
        await database.close()


if __name__ == "__main__":
    main()
