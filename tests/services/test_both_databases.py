"""The same answers on SQLite and PostgreSQL, to the last bit: ids, ranks, scores, evidence, bands and verdicts.

The two hold the same world under the same ids, but written in another order, so that whatever depends on the order of
rows shows. In it are the generated CRM with leads of every situation, and crowds of equal records, of which only some
are looked at and only ids can say which.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import make_url

from bench.crm.model import Situation
from bench.postgres import run_outside_transactions
from bench.quality.model import TENANT_ID, LabelledSet
from bench.quality.sets.crm import load_crm
from db.accounts import private_customers
from db.engine import Database
from db.match_candidates import TIER_ONE
from db.reference import get_tenant
from domain.matches import Band, LeadMatches, Verdict
from domain.records import Account, Contact, Lead, Tenant
from services.backend import Backend
from services.candidates import match_leads
from services.ids import IdSource
from services.importing.bulk import write_accounts, write_contacts
from services.indexing import fold_frequencies
from services.tenants import create_tenant
from tests.support.databases import fresh_database
from tests.support.factories import NOW, address_of, make_account, make_contact, make_lead

HERE = address_of("Werftstraße", "12", "01067", "Dresden")
LINES = ["0351 5550101", "0351 7770202"]
MOBILES = ["0171 5556667", "0171 2223334"]
CALLER: dict[str, Any] = {
    "first_name": "Amara",
    "last_name": "Quandt",
    "emails": ["zentrale@elbe.example"],
    "phones": ["0351 3330303"],
    "address": HERE,
}
BATCHES = (1, 7, 64)
Answers = Sequence[LeadMatches]


class World:
    """Records and leads: the CRM, and crowds of equal accounts, of equal people, and of people behind one address."""

    def __init__(self) -> None:
        crm = load_crm(accounts=300, privates=300, count=240, seed=11)
        sites = [make_account(name="Elbe Pumpen GmbH", phones=["0351 123456"], address=HERE) for _ in range(70)]
        people = [make_contact(0, emails=["info@familie-okafor.example"], phones=["0351 99887766"]) for _ in range(70)]
        crowd = [make_contact(sites[0], **CALLER) for _ in range(TIER_ONE.rows_per_key + 400)]
        # Equal in evidence, but the second ones share more keys with the lead: found first, they still come second.
        firms = [make_account(name="Nord Kontor KG", phones=phones) for phones in (LINES[:1], LINES)]
        callers = [make_contact(0, last_name="Lindqvist", phones=phones) for phones in (MOBILES[:1], MOBILES)]
        others = make_account(name="Sieben Raben", phones=LINES[1:]), make_contact(0, phones=MOBILES[1:])
        self.crm: LabelledSet = crm
        self.accounts: list[Account] = [*crm.accounts(), *sites, *firms, others[0]]
        self.contacts: list[Contact] = [*crm.contacts(), *people, *crowd, *callers, others[1]]
        self.crowded: list[Lead] = [
            make_lead(company="Elbe Pumpen GmbH"),
            make_lead(company="Elbe Pumpen GmbH", phones=["0351 123456"], address=HERE, last_name="Quandt"),
            make_lead(first_name="Katrin", last_name="Sommerfeld", emails=["info@familie-okafor.example"]),
            make_lead(**CALLER),
            make_lead(company="Nord Kontor", phones=LINES),
            make_lead(first_name="Katrin", last_name="Lindqvist", phones=MOBILES),
        ]
        self.leads: list[Lead] = [*(each.lead for each in crm.queries if each.lead is not None), *self.crowded]


@pytest.fixture(scope="module")
def world() -> World:
    """One world for both databases: the records have their ids already."""
    return World()


async def answers_on(url: str, world: World, order: Random | None) -> dict[str, Answers]:
    """What is found for all leads, by moment and size of the batches; ``order`` shuffles what is written."""
    database = Database(url)
    try:
        backend = Backend(
            database=database, secret=b"test", ids=IdSource(worker=0, clock=NOW.timestamp), now=lambda: NOW
        )
        tenant = await write_world(backend, world, order)
        fresh = await ask(backend, tenant, world.leads, BATCHES[-1])
        await fold_frequencies(backend, tenant.id)
        folded = {f"folded, in {size}": await ask(backend, tenant, world.leads, size) for size in BATCHES}
    finally:
        await database.close()
    return {"fresh": fresh, **folded}


async def answers_by_other_plans(url: str, world: World) -> Answers:
    """What PostgreSQL answers to the crowds if it may use no index, and so reads rows in the order of writing."""
    name = make_url(url).database
    for each in ("indexscan", "indexonlyscan", "bitmapscan"):
        statement = f'ALTER DATABASE "{name}" SET enable_{each} = off'
        await asyncio.to_thread(run_outside_transactions, url, statement)
    database = Database(url)
    try:
        backend = Backend(database=database, secret=b"test", now=lambda: NOW)
        async with database.read() as session:
            tenant = await get_tenant(session, TENANT_ID)
        assert tenant is not None
        return await ask(backend, tenant, world.crowded, len(world.crowded))
    finally:
        await database.close()


async def write_world(backend: Backend, world: World, order: Random | None) -> Tenant:
    """Write all records, in their order or in any other; the frequencies are not folded."""
    tenant = await create_tenant(backend, "Autohaus Nord", "DE")
    async with backend.database.read() as session:
        private = await private_customers(session, tenant.id)
    accounts, contacts = list(world.accounts), list(world.contacts)
    if order is not None:
        order.shuffle(accounts)
        order.shuffle(contacts)
    await write_accounts(backend, tenant, accounts)
    at_work = (replace(each, account_id=each.account_id or private.id) for each in contacts)
    await write_contacts(backend, tenant, at_work)
    return tenant


async def ask(backend: Backend, tenant: Tenant, leads: Sequence[Lead], size: int) -> Answers:
    """The answers to all leads, asked in batches; without the number of the statistics, which each database counts."""
    found: list[LeadMatches] = []
    for start in range(0, len(leads), size):
        found += await match_leads(backend, tenant, leads[start : start + size])
    return [
        LeadMatches(accounts=replace(each.accounts, snapshot=0), contacts=replace(each.contacts, snapshot=0))
        for each in found
    ]


async def test_both_databases_answer_alike(workshop: Path, world: World) -> None:
    """Whatever the order of writing, the plan and the batches, before and after the frequencies are folded."""
    orders = {"sqlite": None, "postgresql": Random(5)}
    answers: dict[str, dict[str, Answers]] = {}
    for dialect, make_database in fresh_database.items():
        with make_database(workshop) as url:
            answers[dialect] = await answers_on(url, world, orders[dialect])
            if dialect == "postgresql":
                by_other_plans = await answers_by_other_plans(url, world)

    expected = answers["sqlite"][f"folded, in {BATCHES[0]}"]
    for name, found in answers["sqlite"].items():
        assert found == answers["postgresql"][name], name
        assert name == "fresh" or found == expected, name
    assert by_other_plans == expected[-len(world.crowded) :]
    assert_telling(world, expected)


def assert_telling(world: World, answers: Answers) -> None:
    """Make sure that the world has all that could differ: situations, verdicts, bands, tiers, and ties that are cut."""
    lists = [each for answer in answers for each in (answer.accounts, answer.contacts)]
    situations = {query.lines[0].split(" ")[-1] for query in world.crm.queries}

    assert situations == {each.value for each in Situation}
    assert {each.verdict for each in lists} == set(Verdict) - {Verdict.CONFIDENT}
    assert {candidate.band for each in lists for candidate in each.candidates} == set(Band)
    assert {each.tier for each in lists} == {1, 2}
    assert sum(len(each.candidates) > 1 for each in lists) > 20
    sites, at_home, people, crowd, firms, callers = answers[-len(world.crowded) :]
    for tied, number in (
        (sites.accounts, 10),
        (at_home.accounts, 10),
        (people.contacts, 10),
        (crowd.contacts, 10),
        (firms.accounts, 2),
        (callers.contacts, 2),
    ):
        first = tied.candidates[:number]
        assert [each.rank for each in first if each.score == first[0].score] == list(range(1, number + 1))
        assert [each.record_id for each in first] == sorted(each.record_id for each in first)
