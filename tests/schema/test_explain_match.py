"""Explaining a pair over HTTP, in the reader's language."""

import pytest

from db.engine import Database
from tests.support.api import Api, gid
from tests.support.statements import count_statements
from tests.support.world import World, make_world

EXPLAIN = """
query Explain($leadId: ID!, $recordId: ID!) {
  explainMatch(leadId: $leadId, recordId: $recordId) {
    lead { id } record { id }
    rank band absence absenceMessage score prior threshold snapshot settingsVersion
    evidence { kind bits message leadValue existingValue }
    exactness { isExact agreeing contradicting silent failure message }
    sharedKeys { family message value evidence tier frequency weight use useMessage contact { lastName } }
    missing { kind isMissingInLead isMissingInRecord }
  }
}
"""
MATCHES = """
query Matches($leadId: ID!) {
  lead(id: $leadId) {
    accountMatches { edges { rank band score prior evidence { kind bits message leadValue existingValue } } }
  }
}
"""


async def test_a_candidate_is_explained_as_it_was_listed(api: Api, world: World) -> None:
    """Rank, band, score, prior and evidence are the edge's; prior and evidence add up to the score."""
    account = await world.add_account(name="Elbe Maschinenbau GmbH", phones=["0351 123456"])
    lead = await world.add_lead(company="Elbe Maschinenbau", phones=["0351 123456"])
    listed = (await api.ask(MATCHES, {"leadId": gid(lead)}))["lead"]["accountMatches"]["edges"]

    given = {"leadId": gid(lead), "recordId": gid(account)}
    told = (await api.ask(EXPLAIN, given, headers={"Accept-Language": "en"}))["explainMatch"]
    german = (await api.ask(EXPLAIN, given, headers={"Accept-Language": "de"}))["explainMatch"]

    assert (told["lead"], told["record"]) == ({"id": gid(lead)}, {"id": gid(account)})
    assert [{name: german[name] for name in ("rank", "band", "score", "prior", "evidence")}] == listed
    assert told["score"] == pytest.approx(told["prior"] + sum(each["bits"] for each in told["evidence"]))
    assert (told["absence"], told["absenceMessage"]) == (None, None)
    assert (told["exactness"]["isExact"], told["exactness"]["message"]) == (True, None)
    phone = next(each for each in told["sharedKeys"] if each["family"] == "phone")
    assert phone == {
        "family": "phone",
        "message": "The phone number",
        "value": "+49351123456",
        "evidence": "PHONE",
        "tier": 1,
        "frequency": 1,
        "weight": 10.0,
        "use": "USED",
        "useMessage": "Looked for",
        "contact": None,
    }
    assert {each["message"] for each in german["sharedKeys"]} >= {"Die Telefonnummer", "Der ganze Firmenname"}
    assert {"kind": "VAT_ID", "isMissingInLead": True, "isMissingInRecord": True} in told["missing"]


async def test_a_record_that_was_not_proposed_says_why(api: Api, world: World) -> None:
    """In words, in both languages."""
    contact = await world.add_contact(await world.private_customers(), first_name="Otto", last_name="Quandt")
    lead = await world.add_lead(first_name="Katrin", last_name="Sommerfeld")
    given = {"leadId": gid(lead), "recordId": gid(contact)}

    told = (await api.ask(EXPLAIN, given, headers={"Accept-Language": "en"}))["explainMatch"]
    german = (await api.ask(EXPLAIN, given, headers={"Accept-Language": "de"}))["explainMatch"]

    assert (told["rank"], told["band"], told["absence"], told["sharedKeys"]) == (None, None, "NO_SHARED_KEY", [])
    assert told["absenceMessage"] == "The two have nothing in common that records are looked for by."
    assert german["absenceMessage"].startswith("Die beiden haben nichts gemeinsam")
    assert told["exactness"]["failure"] == "CONTRADICTION"
    assert told["exactness"]["message"] == "A detail that both have differs."


async def test_what_the_tenant_lacks_is_null(api: Api, world: World, database: Database) -> None:
    """Foreign and unknown ids, ids of other kinds and texts that are none: null, and no error."""
    foreign = await make_world(database)
    foreign_account = await foreign.add_account()
    foreign_lead = await foreign.add_lead(company="Elbe Maschinenbau")
    account = await world.add_account()
    lead = await world.add_lead(company="Elbe Maschinenbau")

    pairs = [
        (gid(lead), gid(foreign_account)),
        (gid(foreign_lead), gid(account)),
        (gid(account), gid(lead)),
        (gid(lead), gid(lead)),
        (gid(lead), "nonsense"),
        ("account_b", gid(account)),
    ]
    for lead_id, record_id in pairs:
        data = await api.ask(EXPLAIN, {"leadId": lead_id, "recordId": record_id})
        assert data == {"explainMatch": None}
    assert (await api.ask(EXPLAIN, {"leadId": gid(lead), "recordId": gid(account)}))["explainMatch"] is not None


async def test_contacts_of_shared_keys_are_read_together(api: Api, world: World) -> None:
    """However many contacts brought an account up, their names cost one statement."""
    counts = []
    for number in (1, 6):
        account = await world.add_account(name=f"Werk {number} Lohse")
        for each in range(number):
            await world.add_contact(account, first_name="Eva", last_name="Lohse", emails=[f"e{number}{each}@web.de"])
        lead = await world.add_lead(
            company="Ganz Anders", last_name="Lohse", emails=[f"e{number}{each}@web.de" for each in range(number)]
        )
        given = {"leadId": gid(lead), "recordId": gid(account)}
        await api.ask(EXPLAIN, given)
        with count_statements(world.backend.database) as statements:
            told = (await api.ask(EXPLAIN, given))["explainMatch"]
        assert sum(each["family"] == "email" for each in told["sharedKeys"]) == number
        counts.append(len(statements))

    assert counts[0] == counts[1]
