"""Changing records: what the index costs for each, and how many changes several writers commit at once."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from random import Random

from bench.speed.times import Figures, Series, figures_of
from db import records
from db.engine import WriteSession
from domain.records import Account, Tenant
from domain.values import PhoneKind, PhoneNumber
from leadgate.upkeep import upkeep
from services.backend import Backend
from services.indexing import reindex_account
from services.writing import Writing, change_account

_FOLD_EVERY = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """Milliseconds per changed account: its index alone, and the whole transaction with its commit."""

    index: Figures
    transaction: Figures


async def measure_upkeep(backend: Backend, tenant: Tenant, account_ids: Sequence[int]) -> Upkeep:
    """Change accounts one after another, each in a transaction of its own."""
    index, transaction = Series(), Series()
    rng = Random(1)
    for id_ in account_ids:
        with transaction.once():
            async with backend.database.write(tenant.id, backend.now()) as session:
                before = await _locked(session, id_)
                after = replace(_changed(before, rng), version=before.version + 1)
                await records.update_many(session, Account, [after])
                with index.once():
                    await reindex_account(session, backend.ids, tenant, before, after)
    return Upkeep(index=figures_of(index), transaction=figures_of(transaction))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writers:
    """So many writers at once: commits per second, and milliseconds per commit."""

    writers: int
    per_second: float
    times: Figures


async def measure_writers(
    backend: Backend, tenant: Tenant, account_ids: Sequence[int], writers: int, seconds: float
) -> Writers:
    """Let writers change accounts, each its own ones, by the product's way of changing; frequencies are folded."""
    series = [Series() for _ in range(writers)]
    async with upkeep(backend, _FOLD_EVERY):
        started, cpu = time.perf_counter(), time.process_time()
        deadline = started + seconds
        work = (
            _write_until(backend, tenant, account_ids[place::writers], each, deadline)
            for place, each in enumerate(series)
        )
        await asyncio.gather(*work)
        elapsed, cpu = time.perf_counter() - started, time.process_time() - cpu
    wall = [seconds for each in series for seconds in each.wall]
    # While one waits another one works: only all together have a time of their own.
    times = figures_of(Series(wall=wall, cpu=[cpu / len(wall)]))
    return Writers(writers=writers, per_second=len(wall) / elapsed, times=times)


async def _write_until(
    backend: Backend, tenant: Tenant, account_ids: Sequence[int], series: Series, deadline: float
) -> None:
    rng = Random(account_ids[0])
    for id_ in cycle(account_ids):
        with series.once():

            async def change(session: WriteSession, id_: int = id_) -> None:
                before = await _locked(session, id_)
                await change_account(Writing(session, tenant, backend.ids, None), before, _changed(before, rng))

            await backend.database.transact(tenant.id, backend.now(), change)
        if time.perf_counter() >= deadline:
            return


async def _locked(session: WriteSession, id_: int) -> Account:
    found = await records.get_for_update(session, Account, id_)
    if found is None:
        raise LookupError(f"there is no account {id_}")
    return found


def _changed(account: Account, rng: Random) -> Account:
    """Give the account another name, phone number and house number: about half of its keys."""
    number = PhoneNumber(f"+49 351 {rng.randrange(1_000_000, 10_000_000)}", PhoneKind.LANDLINE, is_primary=True)
    name = f"{account.name.split(' #', 1)[0]} #{rng.randrange(10_000)}"
    address = account.address and replace(account.address, house_number=str(rng.randrange(1, 200)))
    return replace(account, name=name, phones=(number,), address=address)
