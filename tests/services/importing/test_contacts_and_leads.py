"""Contacts find their accounts; leads are touched only while they are new."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.events import EventKind
from domain.records import Account, Company, Contact, Lead, LeadStatus, Person, RecordKind
from domain.values import EmailAddress, ExternalId, PhoneKind, PhoneNumber, PostalAddress
from services.importing.batches import Tally
from services.importing.rows import UnreadableFile
from services.tenants import add_lead_type, create_tenant
from services.writing import Writing, change_contact, change_lead
from tests.services.importing.shop import Shop, counted
from tests.services.importing.test_adf import FULL
from tests.support.factories import NOW

ACCOUNTS, CONTACTS, LEADS = RecordKind.ACCOUNT, RecordKind.CONTACT, RecordKind.LEAD


async def homes(shop: Shop) -> dict[str | None, str]:
    """The name of each contact's account, by the contact's last name."""
    names = {each.id: each.name for each in await shop.all(Account)} | {await shop.private_id(): "private"}
    return {each.last_name: names[each.account_id] for each in await shop.all(Contact)}


async def test_contacts_name_their_account_in_every_way(shop: Shop) -> None:
    """By its id elsewhere, by its id here, by its name, or not at all; unknown ones are rejected."""
    await shop.load(ACCOUNTS, "Kundennummer,Firma\nK1,Eins\nK2,Zwei\n", system="erp")
    second = (await shop.external_ids())[ExternalId("erp", "K2")]
    text = (
        "externalId,Nachname,accountExternalId,accountId,Firma,Firma Ort\n"
        "1,Adler,K1,,,\n"
        f"2,Bär,,{second},,\n"
        "3,Conrad,,,Drei GmbH,Plauen\n"
        "4,Dorn,,, DREI  gmbh,plauen\n"
        "5,Ernst,,,,\n"
        "6,Falk,K9,,,\n"
        "7,Groß,,99,,\n"
        "8,Haas,,x,,\n"
    )

    tally = await shop.load(CONTACTS, text, system="erp")

    assert tally == Tally(created=5, rejected=3)
    assert await homes(shop) == {
        "Adler": "Eins",
        "Bär": "Zwei",
        "Conrad": "Drei GmbH",
        "Dorn": "Drei GmbH",
        "Ernst": "private",
    }
    assert shop.rejected() == [
        "7,accountExternalId,No account has the external id K9 in erp.",
        "8,accountId,No account has this id.",
        "9,accountId,accountId is not an id of the right kind.",
    ]
    assert (await shop.all(Account))[-1].address == PostalAddress(city="Plauen")


async def test_the_same_contacts_again_change_nothing(shop: Shop) -> None:
    """Neither contacts nor the accounts that they describe come twice."""
    text = "Vorname,Nachname,Firma,E-Mail\n" + "".join(f"Jo,Bär {n},Firma {n % 3},a{n}@b.de\n" for n in range(20))

    first = await shop.load(CONTACTS, text, batch=6)
    counts = await shop.row_counts()
    again = await shop.load(CONTACTS, text)

    assert (first, again) == (Tally(created=20), Tally(unchanged=20))
    assert len(await shop.all(Account)) == 3
    assert await shop.row_counts() == counts


async def test_a_contact_of_another_tenants_account_is_rejected(shop: Shop) -> None:
    """Ids of other tenants are unknown ones."""
    other = await create_tenant(shop.backend, "Autohaus Süd")
    stranger = replace(shop, tenant=other)
    await stranger.load(ACCOUNTS, "name\nFremd\n")
    [account] = await shop.all(Account)

    assert await shop.load(CONTACTS, f"Nachname,accountId\nBär,{account.id}\n") == Tally(rejected=1)


async def test_a_description_does_not_move_a_contact_back(shop: Shop) -> None:
    """A user has moved the contact; the file that described its first account leaves it where it is, an id does not."""
    await shop.load(ACCOUNTS, "Kundennummer,Firma\nK1,Eins\n", system="erp")
    text = "externalId,Nachname,Firma\n1,Bär,Zwei\n"
    await shop.load(CONTACTS, text, system="erp")
    [contact] = await shop.all(Contact)
    private = await shop.private_id()
    first = (await shop.external_ids())[ExternalId("erp", "K1")]
    async with shop.backend.database.write(shop.tenant.id, NOW) as session:
        writing = Writing(session, shop.tenant, shop.backend.ids, None)
        await change_contact(writing, contact, replace(contact, account_id=first))

    assert await shop.load(CONTACTS, text, system="erp") == Tally(unchanged=1)
    assert await homes(shop) == {"Bär": "Eins"}
    await shop.load(CONTACTS, f"externalId,Nachname,accountId\n1,Bär,{private}\n", system="erp")
    assert await homes(shop) == {"Bär": "private"}
    await shop.load(CONTACTS, text, system="erp")
    assert await homes(shop) == {"Bär": "Zwei"}


async def test_a_contacts_details_are_read(shop: Shop) -> None:
    """Salutation, title and names out of one column, the birth date, and a private address."""
    await shop.load(
        CONTACTS, "Ansprechpartner,Geb.,Strasse,Hausnr,PLZ,Ort\nFrau Dr. Ute von Ow,1.2.1980,Weg,7a,01067,X\n"
    )

    [contact] = await shop.all(Contact)
    assert (contact.salutation, contact.title, contact.first_name, contact.last_name) == (
        "Frau",
        "Dr.",
        "Ute",
        "von Ow",
    )
    assert contact.birth_date is not None
    assert contact.birth_date.isoformat() == "1980-02-01"
    assert contact.address == PostalAddress(street="Weg", house_number="7a", postcode="01067", city="X")


async def test_new_contacts_take_a_constant_number_of_statements(shop: Shop) -> None:
    """Whatever the number of contacts, and of accounts that they describe."""

    def text(first: int, count: int) -> str:
        return "Nachname,Firma\n" + "".join(f"Bär {n},Firma {n}\n" for n in range(first, first + count))

    with counted(shop.backend.database) as few:
        await shop.load(CONTACTS, text(0, 10))
    with counted(shop.backend.database) as many:
        await shop.load(CONTACTS, text(100, 100))

    assert len(many) == len(few)


async def test_an_adf_file_becomes_a_lead(shop: Shop) -> None:
    """Everything that the format says arrives at the lead, and again it changes nothing."""
    first = await shop.load(LEADS, FULL, "leads.xml")
    again = await shop.load(LEADS, FULL, "leads.xml")

    [lead] = await shop.all(Lead)
    assert (first, again) == (Tally(created=1), Tally(unchanged=1))
    assert lead.message is not None
    assert lead.interest is not None
    assert replace(lead, id=0, message=None, interest=None) == Lead(
        tenant_id=shop.tenant.id,
        id=0,
        type_id=shop.lead_type.id,
        received_at=datetime(2026, 3, 30, 23, 30, 20, tzinfo=UTC),
        source="Portal A",
        external_id="A-17",
        subject="2019 Škoda Octavia",
        company=Company(name="Weiß & Söhne GmbH"),
        person=Person(first_name="Jürgen K.", last_name="Weiß jun."),
        emails=(EmailAddress("j@weiss.example", is_primary=True), EmailAddress("info@weiss.example")),
        phones=(
            PhoneNumber("0351 1234567", PhoneKind.LANDLINE, is_primary=True),
            PhoneNumber("0172 7654321", PhoneKind.MOBILE),
            PhoneNumber("0351 1234568", PhoneKind.FAX),
        ),
        address=PostalAddress(
            street="Lange Straße 5, Hinterhaus, 3b", postcode="01067", city="Dresden", region="SN", country="DE"
        ),
    )


async def test_broken_adf_keeps_what_came_before(shop: Shop) -> None:
    """Prospects before the break are leads, a prospect that names nobody is rejected, and so is the break."""
    text = (
        "<adf>\n<prospect><customer><contact><name>Jo Bär</name></contact></customer></prospect>\n"
        "<prospect><id>7</id></prospect>\n<prospect></adf>"
    )

    assert await shop.load(LEADS, text, "leads.adf") == Tally(created=1, rejected=2)
    fields = [line.split(",")[:2] for line in shop.rejected()]
    assert fields[0][0] == "3"
    assert fields[-1] == ["4", ""]


async def test_xml_bombs_write_nothing(shop: Shop) -> None:
    """A document type is refused before anything is written."""
    bomb = '<!DOCTYPE adf [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><adf><prospect><id>&b;</id></prospect></adf>'

    with pytest.raises(UnreadableFile, match="refused for safety"):
        await shop.load(LEADS, bomb, "leads.xml")

    assert await shop.all(Lead) == []


async def test_new_leads_are_updated_and_others_left_alone(shop: Shop) -> None:
    """A lead that somebody has accepted, or that has expired, is not touched, and counted."""
    text = "externalId,Nachname,expiresAt,Betreff\n1,Bär,,{0}\n2,Weiß,,{0}\n3,Groß,2026-11-02T09:00:01Z,{0}\n"
    await shop.load(LEADS, text.format("alt"), system="web")
    accepted = (await shop.all(Lead))[1]
    async with shop.backend.database.write(shop.tenant.id, NOW) as session:
        writing = Writing(session, shop.tenant, shop.backend.ids, None)
        after = replace(accepted, stored_status=LeadStatus.ACCEPTED)
        await change_lead(writing, accepted, after, EventKind.LEAD_ACCEPTED)
    later = replace(shop, backend=replace(shop.backend, now=lambda: NOW + timedelta(hours=1)))

    tally = await later.load(LEADS, text.format("neu"), system="web")

    assert tally == Tally(updated=1, left_alone=2)
    assert [each.subject for each in await shop.all(Lead)] == ["neu", "alt", "alt"]


async def test_leads_without_ids_come_once(shop: Shop) -> None:
    """Also without a source and a date, which would be another one each time."""
    text = "Name,E-Mail,Nachricht\nJo Bär,jo@b.de,Hallo\nJo Bär,jo@b.de,Noch was\n"

    first = await shop.load(LEADS, text)
    later = replace(shop, backend=replace(shop.backend, now=lambda: NOW + timedelta(days=3)))
    again = await later.load(LEADS, text)

    assert (first, again) == (Tally(created=2), Tally(unchanged=2))
    assert [(each.source, each.received_at) for each in await shop.all(Lead)] == [("import", NOW), ("import", NOW)]


async def test_ids_are_those_of_their_source(shop: Shop) -> None:
    """The same id from two sources is two leads; the row's own source counts before the operator's word."""
    text = "externalId,Nachname,Quelle\n1,Bär,Messe\n1,Weiß,\n1,Bär,Messe\n"

    assert await shop.load(LEADS, text, system="web") == Tally(created=2, unchanged=1)
    assert {each.source for each in await shop.all(Lead)} == {"Messe", "web"}


async def test_lead_types_are_found_by_code_and_name(shop: Shop) -> None:
    """The row's type counts, else the one that was asked for; without either, a row is rejected."""
    drive = await add_lead_type(shop.backend, shop.tenant, "drive", "Probefahrt")
    text = "Nachname,Typ\nBär,Probefahrt\nWeiß,WEB\nGroß,\nAdler,Nichts\n"

    assert await shop.load(LEADS, text) == Tally(created=2, rejected=2)
    assert [line.split(",")[:2] for line in shop.rejected()] == [["4", "type"], ["5", "type"]]
    assert await shop.load(LEADS, text, lead_type="drive") == Tally(created=1, unchanged=2, rejected=1)
    assert [each.type_id for each in await shop.all(Lead)] == [drive.id, shop.lead_type.id, drive.id]
    with pytest.raises(UnreadableFile, match='no lead type is called "none"'):
        await shop.load(LEADS, text, lead_type="none")


async def test_a_mapping_gives_constants_to_every_row(shop: Shop) -> None:
    """Source and type come from the mapping, the columns from both."""
    mapping = shop.write('source = { constant = "Messe" }\ntype = { constant = "web" }\nlastName = "Wer"', "map.toml")

    assert await shop.load(LEADS, "ID,Wer\n1,Bär\n", mapping=mapping) == Tally(created=1)

    [lead] = await shop.all(Lead)
    assert (lead.source, lead.external_id, lead.person.last_name) == ("Messe", "1", "Bär")


async def test_dates_that_are_unclear_reject_their_row(shop: Shop) -> None:
    """The spellings that are read are named."""
    assert await shop.load(LEADS, "Nachname,Datum\nBär,02/03/2026\n") == Tally(rejected=1)
    assert shop.rejected() == ['2,receivedAt,"receivedAt is not a possible date (2026-01-31, 20260131, 31.01.2026)."']
