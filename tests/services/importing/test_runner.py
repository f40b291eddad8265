"""Files become records: what is good is written, what is bad is rejected, and twice is as good as once."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from db import external_ids
from domain.records import Account, Contact, RecordKind
from domain.values import EmailAddress, ExternalId, PhoneKind, PhoneNumber, PostalAddress
from services.importing.batches import Tally
from services.importing.rows import UnreadableFile
from services.importing.runner import Order, run_import
from services.tenants import add_user
from tests.services.importing.shop import Log, Shop, counted

ACCOUNTS = RecordKind.ACCOUNT

COMPANIES = (
    "Kundennummer;Firma;USt-IdNr.;Webseite;Straße;PLZ;Ort;Land;Telefon;Handy;E-Mail\r\n"
    'K1;"Müller ""Süd"" GmbH & Co. KG";DE 123456789;mueller.example;Hauptstr. 1;01067;Dresden;Deutschland;'
    '0351 / 123 456;0172 1234567;"info@mueller.example; shop@mueller.example"\r\n'
    "K2;Weiß OHG;;;;08523;Plauen;AT;;;\r\n"
)


async def test_a_spreadsheets_export_is_read(shop: Shop) -> None:
    """Semicolons, Windows-1252, doubled quotes and German headers: every field arrives where it belongs."""
    log = Log([])

    tally = await shop.load(ACCOUNTS, COMPANIES.encode("cp1252"), system="erp", log=log)

    first, second = await shop.all(Account)
    assert tally == Tally(created=2)
    assert replace(first, id=0) == Account(
        tenant_id=shop.tenant.id,
        id=0,
        name='Müller "Süd" GmbH & Co. KG',
        vat_id="DE 123456789",
        website="mueller.example",
        emails=(EmailAddress("info@mueller.example", is_primary=True), EmailAddress("shop@mueller.example")),
        phones=(
            PhoneNumber("0351 / 123 456", PhoneKind.LANDLINE, is_primary=True),
            PhoneNumber("0172 1234567", PhoneKind.MOBILE),
        ),
        address=PostalAddress(street="Hauptstr. 1", postcode="01067", city="Dresden", country="DE"),
    )
    assert replace(second, id=0) == Account(
        tenant_id=shop.tenant.id,
        id=0,
        name="Weiß OHG",
        address=PostalAddress(postcode="08523", city="Plauen", country="AT"),
    )
    assert await shop.external_ids() == {ExternalId("erp", "K1"): first.id, ExternalId("erp", "K2"): second.id}
    assert shop.rejected() == []
    assert "Windows-1252" in log.notes[0]
    assert log.notes[1].startswith("externalId ← Kundennummer, name ← Firma")


@pytest.mark.parametrize("system", ["erp", None])
async def test_the_same_file_again_changes_nothing(shop: Shop, system: str | None) -> None:
    """With external ids of its own or without: no table has a row more, no record another version."""
    text = "externalId,name,city\n" if system else "name,city,zip\n"
    text += "".join(f"{number},Firma {number},Ort\n" for number in range(25))

    first = await shop.load(ACCOUNTS, text, system=system, batch=10)
    records, counts = await shop.all(Account), await shop.row_counts()
    again = await shop.load(ACCOUNTS, text, system=system, batch=7)

    assert (first, again) == (Tally(created=25), Tally(unchanged=25))
    assert await shop.all(Account) == records
    assert await shop.row_counts() == counts


async def test_rows_without_an_id_are_known_by_their_contents(shop: Shop) -> None:
    """Another order of columns and rows, and even a better mapping, meet the same records."""
    await shop.load(ACCOUNTS, "Firma,Ort,XY\nA,Plauen,a@b.de\nB,Köln,\nA,Plauen,a@b.de\n")
    mapping = shop.write('email = "XY"', "map.toml")

    again = await shop.load(ACCOUNTS, "XY;Ort;Firma\n;Köln;B\na@b.de;Plauen;A\n", mapping=mapping)

    assert again == Tally(updated=1, unchanged=1)
    assert {each.name: len(each.emails) for each in await shop.all(Account)} == {"A": 1, "B": 0}


async def test_a_row_with_other_values_updates_its_record(shop: Shop) -> None:
    """The record gets a new version and an event; several rows of one record count each."""
    await shop.load(ACCOUNTS, "externalId,name,city\n1,Alt,Plauen\n2,Bleibt,Köln\n", system="erp")
    counts = await shop.row_counts()

    tally = await shop.load(
        ACCOUNTS, "externalId,name,phone\n1,Neu,\n2,Bleibt,\n1,Neu,0351 1234567\n1,Neu,\n", system="erp"
    )

    assert tally == Tally(updated=2, unchanged=2)
    first, second = await shop.all(Account)
    assert (first.name, first.version, first.address) == ("Neu", 2, PostalAddress(city="Plauen"))
    assert [each.number for each in first.phones] == ["0351 1234567"]
    assert second.version == 1
    assert (await shop.row_counts())["events"] == counts["events"] + 1


async def test_bad_rows_are_listed_and_good_rows_stay(shop: Shop) -> None:
    """Every wrong field is named with its line, in one batch with good rows; unreadable rows as well."""
    text = (
        "Firma,E-Mail,Telefon,Land\n"
        "Gut,a@b.de,0351 1234567,DE\n"
        ",kaputt,12,Atlantis\n"
        "zu,viele,Zellen,DE,hier\n"
        'Gut 2,"x@y.de;kaputt",,\n'
        f"{'x' * 301},,,\n"
        '"nie zu,,,\n'
        "Gut 3,,,\n"
    )

    tally = await shop.load(ACCOUNTS, text)

    assert tally == Tally(created=2, rejected=5)
    assert [each.name for each in await shop.all(Account)] == ["Gut", "Gut 3"]
    assert shop.rejected() == [
        "3,name,name is required.",
        "3,emails.1,address is not an e-mail address.",
        "3,phones.1,number is not a phone number.",
        "3,address.country,country is not a two-letter country code such as DE.",
        '4,,"5 cells, but the header has 4"',
        "5,emails.2,address is not an e-mail address.",
        "6,name,name is too long (at most 300 characters).",
        "7,,a quote is opened here and never closed",
    ]


async def test_a_lenient_import_takes_rows_without_their_bad_values(shop: Shop) -> None:
    """What was left out is listed; rows that lack what is needed are rejected all the same. Again, nothing changes."""
    text = (
        "externalId,Nachname,Geburtsdatum,Telefon,Handy,E-Mail,Land,Firma,companyVatId\n"
        "1,Bär,19450493,0351 1234567 | 12,13 | 0172 1234567,a@b.de;kaputt,Atlantis,X,\n"
        f"2,Weiß,,,,,,Y,{'1' * 50}\n"
        "3,,19450493,,,,,,\n"
        f"{'4' * 201},Groß,,,,,,,\n"
        "5,Ernst,1945-04-09,,,,,,\n"
    )

    first = await shop.load(RecordKind.CONTACT, text, system="erp", is_lenient=True)
    again = await shop.load(RecordKind.CONTACT, text, system="erp", is_lenient=True)

    assert first == Tally(created=3, rejected=2, incomplete=2)
    assert again == Tally(unchanged=3, rejected=2, incomplete=2)
    contact = (await shop.all(Contact))[0]
    assert (contact.birth_date, contact.address) == (None, None)
    assert [each.number for each in contact.phones] == ["0351 1234567", "0172 1234567"]
    assert [each.address for each in contact.emails] == ["a@b.de"]
    listed = [
        (line.split(",")[:2], line.endswith('taken without it."') or "without it." in line) for line in shop.rejected()
    ]
    assert listed == [
        (["2", "birthDate"], True),
        (["2", "emails.2"], True),
        (["2", "phones.2"], True),
        (["2", "phones.3"], True),
        (["2", "address.country"], True),
        (["3", "company.vatId"], True),
        (["4", "birthDate"], False),
        (["5", "externalIds.1"], False),
    ]


async def test_a_clean_import_leaves_no_rejects_file(shop: Shop) -> None:
    """The list of an import before is removed, so that nobody works through old lines."""
    await shop.load(ACCOUNTS, "name,email\nA,kaputt\n")
    assert shop.rejected()

    await shop.load(ACCOUNTS, "name,email\nA,a@b.de\n")

    assert not shop.rejects.exists()


async def test_a_killed_import_is_finished_by_the_next(shop: Shop) -> None:
    """Killed after two of five batches and run again, it comes to what one run comes to."""
    text = "name,city,email\n" + "".join(f"Firma {n},Ort {n},{'kaputt' if n % 7 == 0 else ''}\n" for n in range(50))
    with pytest.raises(KeyboardInterrupt):
        await shop.load(ACCOUNTS, text, batch=10, log=Log([], stop_after=2))
    assert len(await shop.all(Account)) == 17

    tally = await shop.load(ACCOUNTS, text, batch=10)

    assert tally == Tally(created=25, unchanged=17, rejected=8)
    assert [each.name for each in await shop.all(Account)] == [f"Firma {n}" for n in range(50) if n % 7]
    assert len(shop.rejected()) == 8


async def test_new_records_take_a_constant_number_of_statements(shop: Shop) -> None:
    """A batch of 200 rows is written with as many statements as one of 20; so is a batch that changes nothing."""

    def text(first: int, count: int) -> str:
        rows = (f"{n},Firma {n} GmbH,Weg {n},0351 {n:07},a{n}@b{n}.de" for n in range(first, first + count))
        return "\n".join(["externalId,name,street,phone,email", *rows])

    with counted(shop.backend.database) as few:
        await shop.load(ACCOUNTS, text(0, 20), system="erp")
    with counted(shop.backend.database) as many:
        await shop.load(ACCOUNTS, text(1000, 200), system="erp")
    with counted(shop.backend.database) as again:
        await shop.load(ACCOUNTS, text(1000, 200), system="erp")

    assert len(many) == len(few)
    assert len(again) < len(many)


async def test_owners_are_found_by_name_address_and_id(shop: Shop) -> None:
    """An owner that is no user of the tenant is a fault of the row."""
    user = await add_user(shop.backend, shop.tenant, "Ute Bär", "ute@nord.example")

    tally = await shop.load(ACCOUNTS, f"name,owner\nA,ute bär\nB,UTE@nord.example\nC,{user.id}\nD,jemand\n")

    assert tally == Tally(created=3, rejected=1)
    assert {each.owner_id for each in await shop.all(Account)} == {user.id}
    assert shop.rejected() == ["5,owner,owner has a value that is not allowed (jemand)."]


async def test_the_private_customers_account_is_never_overwritten(shop: Shop) -> None:
    """Even if it has an external id, a row for it leaves it alone."""
    private = await shop.private_id()
    async with shop.backend.database.write(shop.tenant.id, shop.backend.now()) as session:
        await external_ids.insert_many(session, ACCOUNTS, [(private, ExternalId("erp", "0"))])

    assert await shop.load(ACCOUNTS, "externalId,name\n0,Übernahme AG\n", system="erp") == Tally(left_alone=1)


@pytest.mark.parametrize(
    ("content", "order", "message"),
    [
        ("externalId,name\n1,A\n", {}, "--system NAME"),
        ("foo,bar\n1,A\n", {}, "none of its columns"),
        ("name\nA\n", {"system": "content"}, "is kept for"),
        ("name\nA\n", {"format": "adf"}, "ADF has leads only"),
        ("", {}, "is empty"),
    ],
)
async def test_what_cannot_be_imported_at_all_is_refused(
    shop: Shop, content: str, order: dict[str, Any], message: str
) -> None:
    """The reason is clear, and nothing was written."""
    with pytest.raises(UnreadableFile, match=message):
        await shop.load(ACCOUNTS, content, **order)

    assert await shop.all(Account) == []


async def test_rejects_never_overwrite_what_is_imported(shop: Shop) -> None:
    """A rejects file of the imported file's own name would destroy it."""
    path = shop.write("name\nA\n")

    with pytest.raises(UnreadableFile, match="cannot go where"):
        await run_import(shop.backend, shop.tenant, Order(path=path, kind=ACCOUNTS, rejects=path), Log([]))

    assert path.read_text() == "name\nA\n"


async def test_json_lines_are_imported(shop: Shop) -> None:
    """Nested objects, lists with kinds, a line that is no JSON; an id without a system is a fault of its row."""
    text = (
        '{"name": "Bär", "address": {"street": "Weg", "city": "Plauen"}, "emails": ["a@b.de"], '
        '"phones": [{"number": "0351 1234567", "kind": "FAX"}], "turnover": 5}\n'
        "kaputt\n"
        '{"name": "B", "externalId": "7"}\n'
    )
    log = Log([])

    tally = await shop.load(ACCOUNTS, text, "file.jsonl", log=log)

    [account] = await shop.all(Account)
    assert tally == Tally(created=1, rejected=2)
    assert account.address == PostalAddress(street="Weg", city="Plauen")
    assert account.phones == (PhoneNumber("0351 1234567", PhoneKind.FAX, is_primary=True),)
    assert "not used: turnover" in log.notes[0]
    assert shop.rejected()[-1] == (
        "3,externalId,externalId cannot be given here (name the system it comes from: --system NAME)."
    )


async def test_all_contacts_of_the_private_customers_are_found_again(shop: Shop) -> None:
    """Contacts that name no account go to the private customers' account, once."""
    text = "Vorname,Nachname,Geburtsdatum\nJo,Bär,31.12.1980\nUte,Weiß,1981-01-01\n"

    first = await shop.load(RecordKind.CONTACT, text)
    again = await shop.load(RecordKind.CONTACT, text)

    private = await shop.private_id()
    assert (first, again) == (Tally(created=2), Tally(unchanged=2))
    assert [each.account_id for each in await shop.all(Contact)] == [private, private]


async def test_two_imports_of_one_file_make_each_record_once(shop: Shop) -> None:
    """They take turns batch by batch, and each meets what the other has written."""
    text = "Nachname,Firma\n" + "".join(f"Bär {n},Firma {n % 5}\n" for n in range(60))
    other = replace(shop, folder=shop.folder / "other")
    other.folder.mkdir()

    tallies = await asyncio.gather(*(each.load(RecordKind.CONTACT, text, batch=10) for each in (shop, other)))

    assert sum(each.created for each in tallies) == 60
    assert sum(each.unchanged for each in tallies) == 60
    assert (len(await shop.all(Contact)), len(await shop.all(Account))) == (60, 5)
