"""What goes with every write of a record."""

from dataclasses import replace

from db import records
from db.engine import WriteSession
from db.tables.log import changes, events
from db.tables.records import external_ids, search_terms
from domain.events import EventKind
from domain.records import Account, Case, CaseStatus, Company, Contact, Lead, LeadStatus, RecordKind
from domain.values import ExternalId, PostalAddress
from services.writing import (
    Writing,
    change_account,
    change_case,
    change_contact,
    change_lead,
    create_accounts,
    create_case,
    create_contacts,
    create_leads,
    record_event,
    replace_external_ids,
)
from tests.support.factories import NOW, make_account, make_contact, make_lead
from tests.support.offices import Office

ACCOUNT = make_account(name="Elbe GmbH", address=PostalAddress(city="Dresden"))
CONTACT = make_contact(ACCOUNT, phones=("0351 123456",))


def _writing(office: Office, session: WriteSession, lead_id: int | None = None) -> Writing:
    return Writing(session, office.tenant, office.backend.ids, office.agent.id, lead_id)


async def _words(office: Office, record_id: int) -> list[str]:
    rows = await office.rows(search_terms, "record_id", "term")
    return [term for found, term in rows if found == record_id]


async def test_new_records_come_with_words_changes_and_events(office: Office) -> None:
    """Account and contact, their words, a change row per field and an event each, said to come from the lead."""
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        writing = _writing(office, session, lead_id=77)
        await create_accounts(writing, [ACCOUNT], {ACCOUNT.id: [ExternalId("sap", "1")]})
        await create_contacts(writing, [CONTACT])
    lead, agent = 77, office.agent.id
    columns = ("record_id", "field", "old", "new", "lead_id", "person_id", "user_id")

    assert await _words(office, ACCOUNT.id) == ["dresden", "elbe", "gmbh"]
    assert await _words(office, CONTACT.id) == ["351123456", "49351123456", "katrin", "sommerfeld"]
    assert await office.rows(external_ids, "system", "value", "record_id") == [("sap", "1", ACCOUNT.id)]
    city = {"street": None, "house_number": None, "postcode": None, "city": "Dresden", "region": None, "country": None}
    phone = {"number": "0351 123456", "kind": "landline", "is_primary": True}
    assert (await office.rows(changes, *columns))[-7:] == [
        (ACCOUNT.id, "name", None, "Elbe GmbH", lead, None, agent),
        (ACCOUNT.id, "address", None, city, lead, None, agent),
        (ACCOUNT.id, "external_ids", [], ["sap:1"], lead, None, agent),
        (CONTACT.id, "account_id", None, ACCOUNT.id, lead, CONTACT.id, agent),
        (CONTACT.id, "first_name", None, "Katrin", lead, CONTACT.id, agent),
        (CONTACT.id, "last_name", None, "Sommerfeld", lead, CONTACT.id, agent),
        (CONTACT.id, "phones", None, [phone], lead, CONTACT.id, agent),
    ]
    assert (await office.rows(events, "kind", "record_kind", "record_id", "lead_id", "user_id", "fields"))[-2:] == [
        (EventKind.ACCOUNT_CREATED, RecordKind.ACCOUNT, ACCOUNT.id, lead, agent, []),
        (EventKind.CONTACT_CREATED, RecordKind.CONTACT, CONTACT.id, lead, agent, []),
    ]


async def test_bulk_writes_leave_events_but_no_change_rows(office: Office) -> None:
    """A million imported accounts are not told field by field."""
    before = await office.rows(changes, "id")
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await create_accounts(_writing(office, session), [ACCOUNT], is_logged=False)
        await create_contacts(_writing(office, session), [CONTACT], is_logged=False)
        await create_accounts(_writing(office, session), [], is_logged=False)

    assert await office.rows(changes, "id") == before
    assert [kind for (kind,) in await office.rows(events, "kind")][-2:] == [
        EventKind.ACCOUNT_CREATED,
        EventKind.CONTACT_CREATED,
    ]
    assert await _words(office, ACCOUNT.id) == ["dresden", "elbe", "gmbh"]


async def test_a_changed_account_is_written_with_what_changed(office: Office) -> None:
    """The version counts, old words go, new ones come, and the change is told."""
    await office.give(ACCOUNT)
    after = replace(ACCOUNT, name="Weser GmbH", vat_id="DE123456789")
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        changed = await change_account(_writing(office, session, 77), ACCOUNT, after)
        stored = await records.get(session, Account, office.tenant.id, ACCOUNT.id)

    assert [each.field for each in changed] == ["name", "vat_id"]
    assert stored == replace(after, version=2)
    assert await _words(office, ACCOUNT.id) == ["123456789", "de123456789", "dresden", "gmbh", "weser"]
    assert (await office.rows(changes, "field", "old", "new", "lead_id"))[-2:] == [
        ("name", "Elbe GmbH", "Weser GmbH", 77),
        ("vat_id", None, "DE123456789", 77),
    ]
    assert (await office.rows(events, "kind", "fields"))[-1] == (EventKind.ACCOUNT_UPDATED, ["name", "vat_id"])


async def test_what_does_not_differ_is_not_written(office: Office) -> None:
    """No version, no change row, no event: nothing happened."""
    lead = make_lead(last_name="Müller", type_id=office.lead_type.id)
    case = office.case_for(CONTACT, 1)
    await office.give(ACCOUNT, CONTACT, lead, case)
    before = await office.rows(changes, "id"), await office.rows(events, "position")
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        writing = _writing(office, session)
        assert await change_account(writing, ACCOUNT, replace(ACCOUNT, version=9)) == ()
        assert await change_contact(writing, CONTACT, CONTACT) == ()
        assert await change_lead(writing, lead, lead, EventKind.LEAD_UPDATED) == ()
        assert await change_case(writing, case, case, EventKind.CASE_CLOSED) == ()
        assert await replace_external_ids(writing, ACCOUNT, [ExternalId("a", "1")], [ExternalId("a", "1")]) == ()
        assert await records.get(session, Account, office.tenant.id, ACCOUNT.id) == ACCOUNT

    assert (await office.rows(changes, "id"), await office.rows(events, "position")) == before


async def test_a_move_is_an_event_of_its_own(office: Office) -> None:
    """A contact that moves and changes at once leaves one event for each, and one version."""
    other = make_account(name="Weser GmbH")
    await office.give(ACCOUNT, other, CONTACT)
    after = replace(CONTACT, account_id=other.id, title="Dr.")
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await change_contact(_writing(office, session), CONTACT, after)
        assert await records.get(session, Contact, office.tenant.id, CONTACT.id) == replace(after, version=2)

    assert (await office.rows(events, "kind", "fields"))[-2:] == [
        (EventKind.CONTACT_MOVED, ["account_id"]),
        (EventKind.CONTACT_UPDATED, ["title"]),
    ]
    assert (await office.rows(changes, "field", "person_id"))[-2:] == [
        ("account_id", CONTACT.id),
        ("title", CONTACT.id),
    ]


async def test_what_happens_to_a_lead_is_in_its_history(office: Office) -> None:
    """A lead's own events and change rows name it, whoever writes them."""
    lead = make_lead(company="Alt GmbH", last_name="Müller", type_id=office.lead_type.id)
    after = replace(lead, company=Company(), stored_status=LeadStatus.REJECTED, rejected_at=NOW)
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await create_leads(_writing(office, session), [lead])
        await change_lead(_writing(office, session), lead, after, EventKind.LEAD_REJECTED)
        assert await records.get(session, Lead, office.tenant.id, lead.id) == replace(after, version=2)

    assert await _words(office, lead.id) == ["muller"]
    assert (await office.rows(events, "kind", "lead_id", "fields"))[-2:] == [
        (EventKind.LEAD_CREATED, lead.id, []),
        (EventKind.LEAD_REJECTED, lead.id, ["company.name", "stored_status", "rejected_at"]),
    ]
    assert (await office.rows(changes, "field", "old", "new", "lead_id"))[-3:] == [
        ("company.name", "Alt GmbH", None, lead.id),
        ("stored_status", "new", "rejected", lead.id),
        ("rejected_at", None, NOW.isoformat(), lead.id),
    ]


async def test_cases_are_told_like_other_records(office: Office) -> None:
    """A case is created and changed with change rows and events; other events about it can be added."""
    await office.give(ACCOUNT, CONTACT)
    case = office.case_for(CONTACT, 1)
    after = replace(case, status=CaseStatus.WON, closed_at=NOW)
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        writing = _writing(office, session, 77)
        await create_case(writing, case)
        record_event(writing, EventKind.CASE_LEAD_ATTACHED, case, ["lead_id"])
        await change_case(writing, case, after, EventKind.CASE_CLOSED)
        assert await records.get(session, Case, office.tenant.id, case.id) == replace(after, version=2)

    assert (await office.rows(events, "kind", "record_id", "lead_id", "fields"))[-3:] == [
        (EventKind.CASE_CREATED, case.id, 77, []),
        (EventKind.CASE_LEAD_ATTACHED, case.id, 77, ["lead_id"]),
        (EventKind.CASE_CLOSED, case.id, 77, ["status", "closed_at"]),
    ]
    assert ("status", None, "open") in await office.rows(changes, "field", "old", "new")
    assert ("status", "open", "won") in await office.rows(changes, "field", "old", "new")


async def test_replaced_external_ids_make_a_new_version(office: Office) -> None:
    """They are not the record's own columns, but a change of it all the same."""
    await office.give(ACCOUNT)
    new = [ExternalId("sap", "2"), ExternalId("dms", "3")]
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        writing = _writing(office, session)
        also = await replace_external_ids(writing, ACCOUNT, [], new)
        await change_account(writing, ACCOUNT, ACCOUNT, also)
        stored = await records.get(session, Account, office.tenant.id, ACCOUNT.id)

    assert stored == replace(ACCOUNT, version=2)
    assert await office.rows(external_ids, "system", "value") == [("dms", "3"), ("sap", "2")]
    assert (await office.rows(changes, "field", "old", "new"))[-1] == ("external_ids", [], ["sap:2", "dms:3"])
