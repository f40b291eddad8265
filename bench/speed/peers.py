"""pg_trgm beside it (``bench.trigrams``): accounts and contacts in one table, asked for the same leads.

One query for the ten nearest is what a look-up does, without evidence and without a decision.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from bench.crm.generator import Crm
from bench.crm.parts import generate
from bench.fields import Fields, account_fields, contact_fields, lead_account_fields, lead_contact_fields
from bench.speed.times import Figures, Series, figures_of
from bench.trigrams import Texts, open_trigrams
from domain.records import Account, Contact, Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerTimes:
    """Seconds to build pg_trgm's index, milliseconds per lead, and bytes of table and index."""

    index_seconds: float
    times: Figures
    size: int


def measure_trigrams(executor: Executor, crm: Crm, leads: Sequence[Lead]) -> PeerTimes:
    """Write the CRM's records into a server of its own, and ask for each lead."""
    return asyncio.run(_measure((_texts(*each) for each in generate(executor, crm)), leads))


async def _measure(batches: Iterable[Texts], leads: Sequence[Lead]) -> PeerTimes:
    async with open_trigrams(batches) as trigrams:
        series = Series()
        for lead in leads:
            with series.once():
                await trigrams.nearest(lead_fields(lead))
        size = await trigrams.size()
        return PeerTimes(index_seconds=trigrams.index_seconds, times=figures_of(series), size=size)


def _texts(accounts: Sequence[Account], contacts: Sequence[Contact]) -> Iterator[tuple[int, Fields]]:
    names = {each.id: each.name for each in accounts}
    yield from ((each.id, account_fields(each)) for each in accounts)
    yield from ((each.id, contact_fields(each, names.get(each.account_id))) for each in contacts)


def lead_fields(lead: Lead) -> Fields:
    """What a lead says of its company and of its person."""
    return {**lead_account_fields(lead), **lead_contact_fields(lead)}
