"""A car dealer's day: an ADF file of five prospects, imported by the command and accepted over HTTP to the end.

``dealer.adf.xml`` was written after the public specification (ADF 1.0, April 2000, adfxml.info). The dealer knows two
of the people; one of them under a short name and another phone number.
"""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bench.acceptance.client import Answer, nodes, open_client
from bench.acceptance.driver import accept_all
from bench.acceptance.office import CommandError, open_office, run, serve
from tests.support.databases import sqlite_url

ADF = Path(__file__).with_name("dealer.adf.xml")
CONTACTS = """id,first name,last name,email,mobile,phone,street,house number,zip,city,state,country
77,Marisol,Trevino,Marisol.Trevino@gmail.com,+1 206 523 0142,,Burke Avenue North,4118,98103,Seattle,WA,US
78,Jon,Reyes,jon.reyes@yahoo.com,,425-555-0100,Lakeview Drive,77,98004,Bellevue,WA,US
"""
RESULTS = """
query Results($after: String) {
  leads(filter: { statuses: [CONVERTED] }, first: 100, after: $after) {
    nodes {
      externalId source subject interest message
      acceptance { steps { kind decidedBy } }
      result {
        account { name isPrivateCustomers address { street city } phones { number kind } }
        contact { id firstName lastName phones { number kind } externalIds { value } }
        case { status number }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""


async def accept(url: str, token: str) -> dict[str, Answer]:
    """Accept every lead; returns the converted ones by their external ids."""
    async with open_client(url, token) as client:
        await accept_all(client)
        return {lead["externalId"]: lead async for lead in nodes(client, "Results", RESULTS, "leads")}


def way(lead: Answer) -> tuple[Any, ...]:
    """Who decided about the account and the contact."""
    deciders = {step["kind"]: step["decidedBy"] for step in lead["acceptance"]["steps"]}
    return deciders["ACCOUNT"], deciders["CONTACT"]


def test_prospects_become_cases(tmp_path: Path) -> None:
    """The known people are found, the others created, once each, and every prospect has a case of its own."""
    (tmp_path / "contacts.csv").write_text(CONTACTS)
    office = open_office(sqlite_url(tmp_path / "leadgate.sqlite3"), "Northgate Motors", country="US")
    imported = [
        office.import_file("contacts", tmp_path / "contacts.csv", "--system", "dms"),
        office.import_file("leads", ADF, "--rejects", str(tmp_path / "rejects.csv")),
    ]
    with serve(office, tmp_path / "server.log") as server:
        leads = asyncio.run(accept(server.url, office.token()))

    assert imported == [
        "created 2, updated 0, unchanged 0, rejected 0",
        "created 5, updated 0, unchanged 0, rejected 0",
    ]
    assert leads.keys() == {"CS-20417", "CS-20418", "W-881", "W-882", "CS-20431"}
    assert sorted(lead["result"]["case"]["number"] for lead in leads.values()) == [1, 2, 3, 4, 5]
    assert {lead["result"]["case"]["status"] for lead in leads.values()} == {"OPEN"}
    known, firm, similar, once, again = (leads[id_] for id_ in ("CS-20417", "CS-20418", "W-881", "W-882", "CS-20431"))

    assert way(known) == ("AUTO", "AUTO")
    assert known["result"]["contact"]["externalIds"] == [{"value": "77"}]
    assert known["result"]["account"]["isPrivateCustomers"]
    assert known["subject"] == "2023 Honda CR-V"
    assert known["interest"].startswith("buy used 2023 Honda CR-V (VIN 2HKRS4H72PH400123, stock no. U5512")
    assert known["message"].startswith("Is it still available?")

    assert way(firm) == ("AUTO", "AUTO")
    assert firm["result"]["account"]["name"] == "Cascade Plumbing & Heating LLC"
    assert firm["result"]["contact"]["lastName"] == "Okafor"
    assert "Finance: lease, downpayment 4000 USD" in firm["message"]

    assert way(similar) == ("AUTO", "USER")
    assert similar["result"]["contact"]["externalIds"] == [{"value": "78"}]

    assert once["result"]["contact"]["id"] == again["result"]["contact"]["id"]
    assert once["result"]["contact"]["firstName"] == "Priya"
    assert (once["source"], again["source"]) == ("northgate-web", "carsearch.example")


def test_commands_that_fail_say_why() -> None:
    """The proof stops at a command that does not do what it was asked to, with what that said."""
    with pytest.raises(CommandError, match=r"(?s)leadgate fly ended with 2.*No such command"):
        run("fly")
