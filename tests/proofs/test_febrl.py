"""FEBRL 4 over HTTP: imported by the command, accepted to the end by a driver that takes what is offered first.

The data are public, the driver never sees the truth, and nothing was tuned to the answers.
"""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from bench.acceptance.evaluation import Way
from bench.acceptance.febrl import COLUMNS, write_files
from bench.acceptance.proof import Scale, prove
from tests.support.databases import sqlite_url
from tests.support.postgres import fresh_postgres


def test_sixty_leads_among_three_hundred_contacts(tmp_path: Path) -> None:
    """Every lead is accepted to its end and is on the right contact; some are automatic, and none of these wrong."""
    run = prove(sqlite_url(tmp_path / "leadgate.sqlite3"), tmp_path, Scale(leads=60, contacts=300))

    assert run.imports["contacts"].startswith("created 300, updated 0, unchanged 0, rejected 0")
    assert run.imports["leads"].startswith("created 60, updated 0, unchanged 0, rejected 0")
    assert run.counts.leads == len(run.acceptances) == 60
    assert run.counts.on_the_right_contact >= 59, run.mistakes
    assert run.counts.right[Way.AUTOMATIC] >= 6
    assert run.counts.wrong[Way.AUTOMATIC] == 0, run.mistakes


@pytest.mark.long
def test_all_of_febrl(tmp_path: Path) -> None:
    """Of 5,000 leads at least 700 are automatic, none of them wrongly, and at least 4,980 are on the right contact."""
    run = prove(sqlite_url(tmp_path / "leadgate.sqlite3"), tmp_path)

    assert run.counts.leads == 5_000
    assert run.counts.wrong[Way.AUTOMATIC] == 0, run.mistakes
    assert run.counts.right[Way.AUTOMATIC] >= 700
    assert run.counts.on_the_right_contact >= 4_980, run.mistakes


@pytest.mark.long
def test_three_hundred_leads_on_postgresql(workshop: Path, tmp_path: Path) -> None:
    """Of 300 leads among 5,000 contacts at least 298 are on the right contact, and no automatic choice is wrong."""
    with fresh_postgres(workshop) as url:
        run = prove(url, tmp_path, Scale(leads=300))

    assert run.counts.leads == 300
    assert run.counts.wrong[Way.AUTOMATIC] == 0, run.mistakes
    assert run.counts.right[Way.AUTOMATIC] >= 30
    assert run.counts.on_the_right_contact >= 298, run.mistakes


def test_the_files_do_not_give_the_truth_away(tmp_path: Path) -> None:
    """Leads are named and ordered apart from their contacts, and no file has the identity number."""
    files = write_files(tmp_path, leads=200, contacts=400)

    contacts, leads = ([*csv.DictReader(path.read_text().splitlines())] for path in (files.contacts, files.leads))
    assert [*contacts[0]] == [*leads[0]] == ["id", *COLUMNS]
    assert {each["id"] for each in leads} == files.truth.keys()
    assert set(files.truth.values()) <= {each["id"] for each in contacts}
    assert "rec-" not in files.leads.read_text()
    assert [files.truth[each["id"]] for each in leads] != [each["id"] for each in contacts][:200]


def test_more_leads_than_contacts_cannot_be_had(tmp_path: Path) -> None:
    """Every lead has its contact, so there are at least as many contacts."""
    with pytest.raises(ValueError, match="11 leads and 10 contacts"):
        write_files(tmp_path, leads=11, contacts=10)


def test_the_driver_never_sees_the_truth() -> None:
    """Nothing that the driver is made of reads the data, the truth or the database."""
    program = "import sys, bench.acceptance.driver; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert "bench.acceptance.decisions" in loaded
    apart = ("bench.acceptance.febrl", "bench.acceptance.evaluation", "recordlinkage", "services", "db", "domain")
    assert [each for each in loaded if each.startswith(apart)] == []
