"""The demo's tenant in a database: written through the services, and its leads find what they are there to find."""

from datetime import UTC, datetime

from bench.demo.model import Branch, DemoTenant
from bench.demo.records import demo_records
from bench.demo.writing import write_demo
from db import accounts, cases, contacts, leads, reference
from db.engine import Database
from domain.filters import CaseFilter, ContactFilter, LeadFilter
from domain.matches import Verdict
from domain.records import LeadStatus
from services.backend import Backend
from services.candidates import match_leads

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EXACT, SIMILAR, NONE = Verdict.EXACT, Verdict.SIMILAR, Verdict.NONE
SEVERAL, PRIVATE = Verdict.SEVERAL_EXACT, Verdict.PRIVATE_PERSON

Found = tuple[Verdict, Verdict]
"""What is found for the account and for the contact."""

EXPECTED: dict[Branch, tuple[set[Found], set[Found]]] = {
    Branch.EXACT: ({(EXACT, EXACT)}, set()),
    Branch.SIMILAR: ({(SIMILAR, EXACT), (SIMILAR, SIMILAR)}, {(EXACT, SIMILAR)}),
    Branch.NONE: ({(NONE, NONE)}, {(NONE, SIMILAR), (SIMILAR, NONE)}),
    Branch.SEVERAL_EXACT: ({(SEVERAL, EXACT), (EXACT, SEVERAL)}, set()),
    Branch.PRIVATE_KNOWN: ({(PRIVATE, EXACT), (PRIVATE, SIMILAR)}, set()),
    Branch.PRIVATE_NEW: ({(PRIVATE, NONE)}, {(PRIVATE, SIMILAR)}),
    Branch.CONTACT_DIFFERENCES: ({(EXACT, SIMILAR)}, {(SIMILAR, EXACT), (SIMILAR, SIMILAR)}),
    Branch.CONTACT_ELSEWHERE: ({(EXACT, EXACT)}, set()),
    Branch.OPEN_CASE: ({(EXACT, EXACT)}, set()),
    Branch.EXPIRED: ({(EXACT, EXACT)}, set()),
    Branch.SPARSE: ({(SIMILAR, NONE)}, {(PRIVATE, NONE), (PRIVATE, SIMILAR)}),
}
"""For each branch, what has to occur, and what may occur besides."""


async def written(database: Database, said: list[str]) -> tuple[Backend, DemoTenant]:
    """Write a small demo."""
    backend = Backend(database=database, secret=b"secret", now=lambda: NOW)
    demo = demo_records(7, NOW, companies=600, privates=200)
    await write_demo(backend, demo, said.append)
    return backend, demo


async def test_everything_of_the_demo_is_written(database: Database) -> None:
    """Tenant, users, lists and records are there, and what was written is reported line by line."""
    said: list[str] = []

    _, demo = await written(database, said)

    async with database.read() as session:
        id_ = demo.tenant.id
        assert await reference.get_tenant(session, id_) == demo.tenant
        assert await reference.count_users(session, id_, is_active=True) == len(demo.users)
        assert await accounts.count(session, id_, []) == len(demo.accounts)
        assert await contacts.count(session, id_, ContactFilter()) == len(demo.contacts)
        assert await cases.count(session, id_, CaseFilter()) == len(demo.cases)
        assert await leads.count(session, id_, LeadFilter(statuses=frozenset(LeadStatus)), NOW) == len(demo.leads)
        assert (await accounts.private_customers(session, id_)).is_private_customers
    assert [line.split()[1] for line in said] == ["accounts", "contacts", "cases", "leads"]


async def test_every_lead_finds_what_its_branch_is_about(database: Database) -> None:
    """The verdicts about account and contact are those of the branch, so the demo shows what it says."""
    backend, demo = await written(database, [])

    found = await match_leads(backend, demo.tenant, [each.lead for each in demo.leads])

    for branch, (always, besides) in EXPECTED.items():
        verdicts = {
            (matches.accounts.verdict, matches.contacts.verdict)
            for each, matches in zip(demo.leads, found, strict=True)
            if each.branch is branch
        }
        assert (branch, always - verdicts, verdicts - always - besides) == (branch, set(), set())
