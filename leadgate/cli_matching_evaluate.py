"""``leadgate matching evaluate``: how well matching served a tenant's users, by their own decisions."""

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click
import orjson

from db import reference
from db.engine import Database
from domain.records import Tenant
from leadgate.cli_options import database_option
from services.backend import Backend
from services.evaluation import Evaluation, evaluate_decisions
from services.matching.evaluation import DUPLICATE_COSTS, AtThreshold, KindEvaluation

_ROWS = 12
_HEADINGS = ("bits", "found", "missed", "needless", "in vain", "precision", "recall", "first right", "first wrong")


@click.command()
@database_option
@click.option("--tenant", "tenant_id", type=int, metavar="N", help="Number of the tenant; all of them, if left out.")
@click.option(
    "--duplicate-costs",
    type=click.FloatRange(min=0),
    default=DUPLICATE_COSTS,
    show_default=True,
    help="How many needless candidates are as bad as a record that is not shown, and created a second time.",
)
@click.option("--all", "has_outdated", is_flag=True, help="Also decisions under earlier settings or normalisers.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON, with every threshold.")
def evaluate(
    database: str, tenant_id: int | None, duplicate_costs: float, *, has_outdated: bool, is_json: bool
) -> None:
    """Measure today's matching on what users chose, created and dismissed, and find the threshold that serves best.

    A step is what was shown for one lead among accounts, or among contacts. Steps where nothing was similar and a
    record was created automatically leave no trace here. What a lower threshold would have shown is not known.
    """
    found = asyncio.run(_evaluate(database, tenant_id, duplicate_costs, has_outdated=has_outdated))
    if is_json:
        content = [{"tenant": tenant.id, "name": tenant.name, **_as_json(each)} for tenant, each in found]
        click.echo(orjson.dumps(content, option=orjson.OPT_INDENT_2))
        return
    for tenant, each in found:
        click.echo("\n".join(_as_text(tenant, each, duplicate_costs)))


async def _evaluate(
    url: str, tenant_id: int | None, duplicate_costs: float, *, has_outdated: bool
) -> list[tuple[Tenant, Evaluation]]:
    database = Database(url)
    try:
        # Nothing is written, so nothing is hashed with the secret.
        backend = Backend(database=database, secret=secrets.token_bytes(32))
        async with database.read() as session:
            tenants = [each for each in await reference.list_tenants(session) if tenant_id in {None, each.id}]
        if not tenants:
            raise click.ClickException("there is no tenant" if tenant_id is None else f"there is no tenant {tenant_id}")
        return [
            (each, await evaluate_decisions(backend, each, duplicate_costs, has_outdated=has_outdated))
            for each in tenants
        ]
    finally:
        await database.close()


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "pairs": evaluation.pairs,
        "outdated": evaluation.outdated,
        "accounts": _kind_as_json(evaluation.accounts),
        "contacts": _kind_as_json(evaluation.contacts),
    }


def _kind_as_json(kind: KindEvaluation) -> dict[str, Any]:
    return {
        "decisions": {decision.value: count for decision, count in kind.decisions.items()},
        "ranks": asdict(kind.ranks),
        "automatic": asdict(kind.automatic),
        "current": _row_as_json(kind.current),
        "best": _row_as_json(kind.best),
        "always_right_from": kind.always_right_from,
        "thresholds": [_row_as_json(each) for each in kind.thresholds],
    }


def _row_as_json(row: AtThreshold) -> dict[str, float]:
    return {**asdict(row), "precision": round(row.precision, 4), "recall": round(row.recall, 4)}


def _as_text(tenant: Tenant, evaluation: Evaluation, duplicate_costs: float) -> Iterator[str]:
    left_out = f"; {evaluation.outdated} under earlier settings left out (--all)" if evaluation.outdated else ""
    yield f"{tenant.id}  {tenant.name}: {evaluation.pairs} pairs{left_out}"
    for title, kind in (("Accounts", evaluation.accounts), ("Contacts", evaluation.contacts)):
        yield f"\n{title}"
        yield from _kind_as_text(kind, duplicate_costs)
    yield ""


def _kind_as_text(kind: KindEvaluation, duplicate_costs: float) -> Iterator[str]:
    if not any(kind.decisions.values()):
        yield "  nothing was decided yet"
        return
    ranks, automatic = kind.ranks, kind.automatic
    decided = ", ".join(f"{each.value} {count}" for each, count in kind.decisions.items() if count)
    yield f"  decisions    {decided}"
    yield (
        f"  chosen       {ranks.chosen}: rank 1 {_share(ranks.first, ranks.chosen)}, 2-3 {ranks.second_or_third}, "
        f"4-10 {ranks.later}, not shown {ranks.searched}"
    )
    yield (
        f"  automatic    kept {automatic.kept}, confirmed {automatic.confirmed}, overruled {automatic.overruled}; "
        f"found where one would have been created {automatic.overruled_new}"
    )
    if kind.always_right_from is not None:
        yield f"  from {kind.always_right_from:.2f} bits on the first candidate was always right"
    yield from _table(_shortened(kind))
    yield f"  {_advice(kind, duplicate_costs)}"


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"


def _shortened(kind: KindEvaluation) -> list[AtThreshold]:
    """Today's threshold, the best, and some between and above."""
    every = max(1, -(-len(kind.thresholds) // _ROWS))
    return [each for place, each in enumerate(kind.thresholds) if place % every == 0 or each == kind.best]


def _table(rows: Sequence[AtThreshold]) -> Iterator[str]:
    yield "  " + "  ".join(f"{each:>9}" if each != "bits" else f"{each:>6}" for each in _HEADINGS)
    for row in rows:
        counts = (row.found, row.missed, row.needless, row.vain_lists)
        cells = [*(f"{each:>9}" for each in counts), f"{row.precision:>9.3f}", f"{row.recall:>9.3f}"]
        firsts = [f"{each:>11}" for each in (row.first_right, row.first_wrong)]
        yield "  ".join([f"  {row.threshold:>6.1f}", *cells, *firsts])


def _advice(kind: KindEvaluation, duplicate_costs: float) -> str:
    current, best = kind.current, kind.best
    if best == current:
        return f"today's threshold of {current.threshold:.1f} bits serves best"
    return (
        f"{best.threshold:.1f} bits would have served better than {current.threshold:.1f}: "
        f"{current.needless - best.needless} needless candidates and {current.vain_lists - best.vain_lists} lists "
        f"in vain fewer, {best.missed - current.missed} chosen records not shown more "
        f"(one of these counts as {duplicate_costs:g} candidates)"
    )
