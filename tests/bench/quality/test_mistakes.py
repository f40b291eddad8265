"""What is told of queries that went wrong."""

import pytest

from bench.quality.base import write_set
from bench.quality.metrics import Answer
from bench.quality.mistakes import Mistake, tell_mistakes
from bench.quality.model import TENANT_ID, LabelledSet, Query, View
from bench.quality.rows import NOW
from db.engine import Database
from domain.matches import Verdict
from domain.records import Account, Company, Lead
from services.backend import Backend


def query(number: int, name: str, *mates: int) -> Query:
    """A lead of a company."""
    lead = Lead(tenant_id=TENANT_ID, id=number, type_id=1, received_at=NOW, company=Company(name=name))
    return Query(lead=lead, truth={View.ACCOUNTS: frozenset(mates)}, lines=("corruption typo",))


QUERIES = [query(11, "Alpa GmbH", 1), query(12, "Beta AG", 1), query(13, "Gamma", 2), query(14, "Delta")]
ANSWERS = [
    Answer(mates=frozenset({1}), found=(1,), score=20.0, verdict=Verdict.EXACT),
    Answer(mates=frozenset({1}), found=(2,), score=30.0, verdict=Verdict.EXACT),
    Answer(mates=frozenset({2}), verdict=Verdict.NONE),
    Answer(found=(2,), score=3.0, verdict=Verdict.SIMILAR),
]


@pytest.fixture
async def backend(database: Database) -> Backend:
    """Two accounts of a tenant."""
    backend = Backend(database=database, secret=b"secret")
    accounts = [Account(tenant_id=TENANT_ID, id=number, name=f"Firma {number}") for number in (1, 2)]
    await write_set(
        backend,
        LabelledSet(name="two", country="DE", fingerprint="two", accounts=lambda: accounts, queries=QUERIES),
    )
    return backend


async def test_wrong_automatic_choices_are_always_told(backend: Backend) -> None:
    """Even where no mistakes were asked for, with what the lead says, what was chosen and what it is."""
    assert await tell_mistakes(backend, QUERIES, {View.ACCOUNTS: ANSWERS}, 0) == [
        Mistake(
            view=View.ACCOUNTS,
            kind="chosen automatically, wrong",
            lead="Beta AG  [corruption typo]",
            found="Firma 2",
            mate="Firma 1",
            score=30.0,
        )
    ]


async def test_so_many_of_every_kind_are_told(backend: Backend) -> None:
    """A query is told of once, under the first kind that fits."""
    mistakes = await tell_mistakes(backend, QUERIES, {View.ACCOUNTS: ANSWERS}, 5)

    assert [(each.kind, each.lead.split()[0], each.found, each.mate) for each in mistakes] == [
        ("chosen automatically, wrong", "Beta", "Firma 2", "Firma 1"),
        ("not found", "Gamma", None, "Firma 2"),
        ("unknown, but found", "Delta", "Firma 2", None),
    ]
