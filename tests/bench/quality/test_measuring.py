"""A small set from the first record to the figures: through the product's own writing and looking up."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.crm.generator import Crm
from bench.crm.records import record_id
from bench.quality.asking import ask
from bench.quality.base import write_set
from bench.quality.measuring import Plan, measure_set, variants_of
from bench.quality.metrics import count_bands, measure
from bench.quality.model import LabelledSet, View
from bench.quality.sets.crm import load_crm
from bench.quality.sets.febrl import load_febrl
from db.engine import Database
from services.backend import Backend


@pytest.fixture(scope="module")
def crm() -> LabelledSet:
    """A CRM of 120 companies and 40 private persons, and 60 leads."""
    return load_crm(accounts=120, privates=40, count=60, seed=3)


@pytest.fixture(scope="module")
def febrl() -> LabelledSet:
    """The first FEBRL set."""
    return load_febrl("febrl1")


def test_the_generator_s_records_keep_their_ids(crm: LabelledSet) -> None:
    """Every id that the truth names is that of a record, and no two records share one."""
    ids = [each.id for records in (crm.accounts(), crm.contacts()) for each in records]
    mates = {mate for each in crm.queries for mates in each.truth.values() for mate in mates}

    assert len(set(ids)) == len(ids)
    assert mates <= set(ids)
    assert len({record_id(key) for key in ("A1", "A1-0", "A1-1", "A2", "P1")}) == 5


async def test_a_crm_is_measured_in_all_its_views(database: Database, crm: LabelledSet) -> None:
    """Business leads ask for accounts and staff, private ones for contacts; most mates are first, none is wrong."""
    backend = Backend(database=database, secret=b"secret")

    tenant = await write_set(backend, crm)
    asked = await ask(backend, tenant, crm.queries)

    assert set(asked.answers) == set(View)
    assert len(asked.answers[View.ACCOUNTS]) == len(asked.answers[View.STAFF])
    assert len(asked.answers[View.ACCOUNTS]) + len(asked.answers[View.CONTACTS]) == 60
    for view in View:
        figures = measure(asked.answers[view])
        assert figures.recall_at_1 is not None
        assert figures.recall_at_1 >= 0.9
        assert count_bands(asked.answers[view]).exact[1] == 0


def test_a_crm_that_was_written_in_bulk_gives_the_same_answers(crm: LabelledSet, tmp_path: Path) -> None:
    """Whether its records come one by one or all at once makes no difference to what is found."""
    plan = Plan(engine="sqlite", folder=tmp_path)
    bulk = replace(crm, fingerprint="in bulk", bulk=Crm(3, 120, 40))

    one_by_one, at_once = (measure_set(each, plan, lambda _: None) for each in (crm, bulk))

    assert at_once.size == one_by_one.size
    assert at_once.answers == one_by_one.answers


async def test_a_query_that_was_refused_finds_nothing(database: Database, febrl: LabelledSet) -> None:
    """It is counted among the queries all the same, and as a miss."""
    backend = Backend(database=database, secret=b"secret")
    contacts = list(febrl.contacts())[:20]
    kept = {each.id for each in contacts}
    queries = [each for each in febrl.queries if each.truth[View.CONTACTS] <= kept]
    queries[0] = replace(queries[0], lead=None)

    tenant = await write_set(backend, replace(febrl, contacts=lambda: contacts))
    asked = await ask(backend, tenant, queries)

    refused, *others = asked.answers[View.CONTACTS]
    assert (refused.mates, refused.found) == (queries[0].truth[View.CONTACTS], ())
    assert all(each.is_right for each in others)


def test_a_database_that_was_kept_is_taken_again(tmp_path: Path, febrl: LabelledSet) -> None:
    """The second run builds nothing and finds the same; other records are built anew."""
    plan = Plan(engine="sqlite", folder=tmp_path, limit=50)
    said: list[str] = []

    first, second = (measure_set(febrl, plan, said.append) for _ in range(2))
    third = measure_set(replace(febrl, fingerprint="other records"), plan, said.append)

    assert (first.is_kept, second.is_kept, third.is_kept) == (False, True, False)
    assert first.figures == second.figures
    assert first.figures[View.CONTACTS].queries == 50
    assert len(said) == 6


def test_a_database_that_was_not_finished_is_built_anew(tmp_path: Path, febrl: LabelledSet) -> None:
    """What an interrupted run left behind is not taken for a base."""
    plan = Plan(engine="sqlite", folder=tmp_path, limit=10)
    said: list[str] = []
    measure_set(febrl, plan, said.append)
    [done] = tmp_path.glob("*/built.json")
    done.unlink()

    again = measure_set(febrl, plan, said.append)

    assert not again.is_kept
    assert again.figures[View.CONTACTS].recall_at_1 == 1.0


def test_a_set_whose_queries_all_have_mates_is_measured_twice(febrl: LabelledSet, crm: LabelledSet) -> None:
    """Whole, and without a fifth of the mates; the CRM has unknown leads of its own."""
    whole, rest = variants_of(febrl)

    assert whole is febrl
    assert sum(not each.truth[View.CONTACTS] for each in rest.queries) == 100
    assert variants_of(crm) == [crm]


def test_febrl_hides_the_identity_number(febrl: LabelledSet) -> None:
    """500 originals are contacts and 500 duplicates are leads; no detail holds the number that would decide alone."""
    contacts = list(febrl.contacts())

    assert (len(contacts), len(febrl.queries), list(febrl.accounts())) == (500, 500, [])
    assert not any(each.phones or each.emails for each in contacts)
    assert all(len(each.truth[View.CONTACTS]) == 1 for each in febrl.queries)
