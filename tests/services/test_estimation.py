"""Estimating the weights from what a tenant has."""

from pathlib import Path

import pytest
from sqlalchemy import update

from bench.quality.base import write_queries, write_set
from bench.quality.model import LabelledSet
from bench.quality.sets.crm import load_crm
from db.engine import Database
from db.tables.records import leads
from domain.records import LeadStatus, Tenant
from services.backend import Backend
from services.estimation import Estimation, estimate_weights
from services.matching.weights_file import SHIPPED
from tests.support.databases import fresh_database
from tests.support.indexes import age_index
from tests.support.statements import count_statements

PAIRS = 4_000


@pytest.fixture(scope="module")
def crm() -> LabelledSet:
    """Give a CRM of 150 companies and 60 private persons, and 150 leads."""
    return load_crm(accounts=150, privates=60, count=150, seed=5)


async def fill(database: Database, crm: LabelledSet) -> tuple[Backend, Tenant]:
    """Write the set with its leads."""
    backend = Backend(database=database, secret=b"secret")
    tenant = await write_set(backend, crm)
    await write_queries(backend, tenant, crm)
    return backend, tenant


async def convert(backend: Backend, tenant: Tenant, lead_ids: list[int]) -> None:
    """Let these leads be converted."""
    async with backend.database.write(tenant.id, backend.now()) as session:
        await session.execute(update(leads).where(leads.c.id.in_(lead_ids)).values(status=LeadStatus.CONVERTED))


async def estimate(url: str, crm: LabelledSet, *, times: int = 1) -> list[Estimation]:
    """What is estimated in a fresh database, so many times."""
    database = Database(url)
    try:
        backend, tenant = await fill(database, crm)
        return [await estimate_weights(backend, tenant, pairs=PAIRS) for _ in range(times)]
    finally:
        await database.close()


async def test_both_databases_say_the_same_every_time(workshop: Path, crm: LabelledSet) -> None:
    """To the last digit: every count, every weight, and the file."""
    with fresh_database["sqlite"](workshop) as first, fresh_database["postgresql"](workshop) as second:
        one, again = await estimate(first, crm, times=2)
        [other] = await estimate(second, crm)

    assert one == again
    assert one == other


async def test_a_small_tenant_s_pairs_are_told_from_strangers(database: Database, crm: LabelledSet) -> None:
    """Leads find true pairs by several ways, and the weights that enough pairs speak of are estimated."""
    backend, tenant = await fill(database, crm)

    found = await estimate_weights(backend, tenant, pairs=PAIRS)

    assert (found.leads, found.accounts) == (150, len(list(crm.accounts())))
    true_pairs = {name: true for name, _, true in found.learned.blocks}
    mates = [mates for each in crm.queries for view, mates in each.truth.items() if mates]
    assert 20 < true_pairs["accounts, leads by name"] <= len(mates)
    by_name = {each.name: each for each in found.learned.estimates}
    assert by_name["postcode.disagree"].bits < 0 < by_name["postcode.agree"].bits
    assert by_name["postcode.agree"].why_kept == ""
    assert by_name["vat_id.disagree"].bits == by_name["vat_id.disagree"].before
    assert found.file.version == SHIPPED.version + 1


async def test_another_seed_draws_other_pairs(database: Database, crm: LabelledSet) -> None:
    """And the file says which one it was."""
    backend, tenant = await fill(database, crm)

    found = await estimate_weights(backend, tenant, pairs=PAIRS, seed=2)

    assert found.file.origin.endswith("seed 2")
    assert found.learned != (await estimate_weights(backend, tenant, pairs=PAIRS, seed=1)).learned


async def test_converted_leads_say_nothing(database: Database, crm: LabelledSet) -> None:
    """Their records have taken over what they said, and would agree with them in everything."""
    backend, tenant = await fill(database, crm)
    await convert(backend, tenant, [each.lead.id for each in crm.queries if each.lead is not None])

    found = await estimate_weights(backend, tenant, pairs=PAIRS)

    assert found.leads == 0
    assert all(name.partition(", ")[2].startswith("records") for name, *_ in found.learned.blocks)


async def test_statements_depend_on_batches_not_on_leads(database: Database, crm: LabelledSet) -> None:
    """A batch of 150 leads takes as many statements as one of ten."""
    backend, tenant = await fill(database, crm)
    with count_statements(database) as for_all:
        await estimate_weights(backend, tenant, pairs=1_000)
    await convert(backend, tenant, [each.lead.id for each in crm.queries[10:] if each.lead is not None])
    with count_statements(database) as for_few:
        found = await estimate_weights(backend, tenant, pairs=1_000)

    assert found.leads == 10
    assert len(for_all) == len(for_few)


async def test_an_index_of_another_release_is_refused(database: Database, crm: LabelledSet) -> None:
    """Its keys would meet nobody; the error says what to do."""
    backend, tenant = await fill(database, crm)
    await age_index(backend, tenant)

    with pytest.raises(LookupError, match="leadgate matching reindex"):
        await estimate_weights(backend, tenant, pairs=PAIRS)
