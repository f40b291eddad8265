"""Leads, accounts, contacts and cases as such, created and changed over HTTP."""

from tests.support.api import Api, gid
from tests.support.world import World


async def test_a_lead_is_taken_in_and_corrected(api: Api, world: World) -> None:
    """Everything that was given comes back; a change leaves what is left out, and null clears."""
    given = {
        "typeId": gid(world.general),
        "source": "portal",
        "externalId": "p-1",
        "receivedAt": "2026-11-01T10:00:00+01:00",
        "expiresAt": "2026-12-01T00:00:00Z",
        "subject": "Test drive",
        "message": "Hello\nthere",
        "interest": "Roadster",
        "assigneeSuggestionId": gid(world.inactive),
        "company": {"name": "Nordlicht", "legalForm": "GmbH", "vatId": "DE811907980", "website": "nordlicht.example"},
        "person": {"salutation": "Frau", "firstName": "Ida", "lastName": "Falk", "birthDate": "1990-05-06"},
        "emails": [{"address": "ida@nordlicht.example"}],
        "phones": [{"number": "0171 1234567", "isPrimary": True}, {"number": "0351 998877", "kind": "FAX"}],
        "address": {"street": "Ring", "houseNumber": "1 a", "postcode": "01067", "city": "Dresden", "country": "DE"},
    }
    inactive = await api.run("createLead", {"lead": given})
    assert [each["code"] for each in inactive["errors"]] == ["ASSIGNEE_INACTIVE"]

    fields = """
    lead {
      id version source externalId receivedAt expiresAt subject message interest assigneeSuggestion { name }
      company { name legalForm vatId website } person { salutation title firstName lastName birthDate }
      emails { address isPrimary } phones { number kind isPrimary }
      address { street houseNumber postcode city region country }
    }
    """
    created = await api.run("createLead", {"lead": {**given, "assigneeSuggestionId": None}}, fields)
    assert created["errors"] == []
    lead = created["lead"]
    assert lead["receivedAt"] == "2026-11-01T09:00:00+00:00"
    assert lead["emails"] == [{"address": "ida@nordlicht.example", "isPrimary": True}]
    assert lead["phones"] == [
        {"number": "0171 1234567", "kind": "MOBILE", "isPrimary": True},
        {"number": "0351 998877", "kind": "FAX", "isPrimary": False},
    ]
    assert lead["company"] == given["company"]
    assert lead["person"] == {**given["person"], "title": None}  # type: ignore[dict-item]

    twin = await api.run("createLead", {"lead": {**given, "assigneeSuggestionId": None}})
    assert [(each["code"], each["path"]) for each in twin["errors"]] == [
        ("EXTERNAL_ID_TAKEN", ["input", "lead", "externalId"])
    ]
    patch: dict[str, object] = {"subject": None, "company": {"website": None}, "person": {"title": "Dr."}, "emails": []}
    changed = await api.run("updateLead", {"leadId": lead["id"], "expectedVersion": 1, "lead": patch}, fields)
    assert changed["errors"] == []
    assert changed["lead"] == {
        **lead,
        "version": 2,
        "subject": None,
        "company": {**lead["company"], "website": None},
        "person": {**lead["person"], "title": "Dr."},
        "emails": [],
    }


async def test_accounts_and_contacts_are_created_and_changed(api: Api, world: World) -> None:
    """With external ids and owners; a contact moves with a new account; stale changes are refused."""
    external = [{"system": "erp", "value": "7"}]
    draft = {"name": "Nordlicht GmbH", "externalIds": external, "emails": [{"address": "info@nordlicht.example"}]}
    fields = "account { id name version externalIds { system value } owner { name } vatId }"
    made = await api.run("createAccount", {"account": draft}, fields)
    assert made["account"]["externalIds"] == external
    id_ = made["account"]["id"]

    user = (await api.ask("{ viewer { user { id } } }"))["viewer"]["user"]["id"]
    patch = {"accountId": id_, "account": {"vatId": "DE811907980", "ownerId": user, "externalIds": []}}
    changed = await api.run("updateAccount", {**patch, "expectedVersion": 1}, fields)
    assert changed["account"] == {
        **made["account"],
        "version": 2,
        "vatId": "DE811907980",
        "owner": {"name": "Jana Vogt"},
        "externalIds": [],
    }
    stale = await api.run("updateAccount", {**patch, "expectedVersion": 1}, fields)
    assert [each["code"] for each in stale["errors"]] == ["STALE"]

    person = {"accountId": id_, "firstName": "Ida", "lastName": "Falk", "birthDate": "1990-05-06"}
    contact = await api.run("createContact", {"contact": person}, "contact { id birthDate account { name } }")
    assert contact["contact"]["birthDate"] == "1990-05-06"
    other = await world.add_account(name="Oder Werft")
    moved = await api.run(
        "updateContact",
        {"contactId": contact["contact"]["id"], "contact": {"accountId": gid(other)}},
        "contact { firstName account { name } }",
    )
    assert moved["contact"] == {"firstName": "Ida", "account": {"name": "Oder Werft"}}


async def test_a_case_is_closed_once(api: Api, world: World) -> None:
    """As won or lost; a closed one is answered with itself."""
    case = await world.add_case(await world.add_contact(await world.add_account()))
    closed = await api.run("closeCase", {"caseId": gid(case), "status": "WON"}, "case { status closedAt }")
    assert closed["case"]["status"] == "WON"
    assert closed["case"]["closedAt"] is not None
    query = """
    mutation Close($id: ID!) { closeCase(input: {caseId: $id, status: LOST}) {
      case { id } errors { ... on CaseNotOpenError { message case { status } } }
    } }
    """
    again = await api.ask(query, {"id": gid(case)}, headers={"Accept-Language": "de"})
    assert again["closeCase"] == {
        "case": None,
        "errors": [
            {
                "message": f"Vorgang {case.number} ist geschlossen; nur ein offener Vorgang nimmt Leads auf "
                "oder kann geschlossen werden.",
                "case": {"status": "WON"},
            }
        ],
    }


async def test_the_same_key_with_other_input_is_a_problem(api: Api) -> None:
    """A key stands for one input; sent again with it, it answers with the first account."""
    first = {"account": {"name": "Alpha"}, "idempotencyKey": "one"}
    made = await api.run("createAccount", first, "account { id }")
    same = await api.run("createAccount", first, "account { id }")
    other = await api.run("createAccount", {**first, "account": {"name": "Beta"}}, "account { id }")

    assert same == made
    assert [each["code"] for each in other["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]


async def test_messages_come_in_the_language_of_the_request_or_the_user(api: Api) -> None:
    """Accept-Language wins; without one that we know, the user's own language does (here German)."""

    async def message(accept_language: str) -> str:
        answer = await api.run("acceptLead", {"leadId": "lead_b"}, headers={"Accept-Language": accept_language})
        text: str = answer["errors"][0]["message"]
        return text

    assert await message("en") == "No lead has this id."
    assert await message("de-CH") == await message("fr") == "Keine Daten mit dieser ID: Lead."
