"""``leadgate matching estimate``: what evidence is worth, by a tenant's own records and leads."""

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import orjson

from db import reference
from db.engine import Database
from domain.records import Tenant
from leadgate.cli_options import database_option
from services.backend import Backend
from services.estimation import PAIRS, SEED, Estimation, estimate_weights
from services.matching.estimate_weights import Estimate
from services.matching.weights_file import format_weights

_NOTHING = "-"


@click.command()
@database_option
@click.option("--tenant", "tenant_id", type=int, metavar="N", required=True, help="Number of the tenant.")
@click.option(
    "--pairs",
    type=click.IntRange(1_000, 10_000_000),
    default=PAIRS,
    show_default=True,
    help="Random pairs of accounts, and as many of contacts; also the most that each way of looking compares.",
)
@click.option("--seed", default=SEED, show_default=True, help="Another seed draws other records.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the weights here (TOML).")
@click.option("--json", "is_json", is_flag=True, help="Print JSON.")
def estimate(database: str, tenant_id: int, pairs: int, seed: int, out: Path | None, *, is_json: bool) -> None:
    """Estimate the weights from the tenant's records and leads, and print them beside those of the release.

    Nothing is changed: `python -m bench.quality --weights FILE` measures whether they serve better. u is the share of
    random pairs of records that compare so; m the share of true pairs, which are found by expectation maximisation
    among pairs that share an identifying detail. Leads that were converted are left out, since their records have
    taken over what they said.
    """
    found = asyncio.run(_estimate(database, tenant_id, pairs, seed))
    if is_json:
        click.echo(orjson.dumps(_as_json(found), option=orjson.OPT_INDENT_2))
    else:
        click.echo("\n".join(_as_text(found)))
    if out is not None:
        out.write_text(format_weights(found.file), encoding="utf-8")


async def _estimate(url: str, tenant_id: int, pairs: int, seed: int) -> Estimation:
    database = Database(url)
    try:
        # Nothing is written, so nothing is hashed with the secret.
        backend = Backend(database=database, secret=secrets.token_bytes(32))
        return await estimate_weights(backend, await _tenant(database, tenant_id), pairs=pairs, seed=seed)
    except LookupError as error:
        raise click.ClickException(str(error)) from None
    finally:
        await database.close()


async def _tenant(database: Database, tenant_id: int) -> Tenant:
    async with database.read() as session:
        tenant = await reference.get_tenant(session, tenant_id)
    if tenant is None:
        raise LookupError(f"there is no tenant {tenant_id}; `leadgate tenant list` shows them")
    return tenant


def _as_json(found: Estimation) -> dict[str, Any]:
    return {
        "leads": found.leads,
        "accounts": found.accounts,
        "contacts": found.contacts,
        "blocks": [
            {"name": name, "pairs": pairs, "truePairs": round(true, 1)} for name, pairs, true in found.learned.blocks
        ],
        "weights": [_weight_as_json(each) for each in found.learned.estimates],
    }


def _weight_as_json(estimate: Estimate) -> dict[str, Any]:
    content = asdict(estimate)
    return {
        "name": content.pop("name"),
        "isKept": bool(estimate.why_kept),
        "whyKept": content.pop("why_kept"),
    } | content


def _as_text(found: Estimation) -> Iterator[str]:
    yield f"drawn: {found.file.origin}"
    yield ""
    yield f"{'pairs that share a detail':<36}{'pairs':>9}{'true':>9}"
    for name, pairs, true in found.learned.blocks:
        yield f"{name:<36}{pairs:>9,}{round(true):>9,}"
    yield ""
    yield f"{'weight':<22}{'now':>7}{'estimated':>11}{'m':>9}{'u':>11}{'true pairs':>12}"
    for each in found.learned.estimates:
        yield _row(each)


def _row(each: Estimate) -> str:
    m, u, pairs = (_NOTHING if value is None else f"{value:,}" for value in (each.m, each.u, each.pairs))
    bits = _NOTHING if each.why_kept else f"{each.bits:.1f}"
    kept = f"  kept: {each.why_kept}" if each.why_kept else ""
    return f"{each.name:<22}{each.before:>7.2f}{bits:>11}{m:>9}{u:>11}{pairs:>12}{kept}"
