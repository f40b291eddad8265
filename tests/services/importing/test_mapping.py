"""Columns find their fields by their headers, and by a mapping file where they do not."""

from pathlib import Path

import pytest

from domain.records import RecordKind
from services.importing.headers import field_of, fields_of
from services.importing.mapping import ColumnMap, check_columns, read_mapping
from services.importing.rows import UnreadableFile

ACCOUNT, CONTACT, LEAD = RecordKind.ACCOUNT, RecordKind.CONTACT, RecordKind.LEAD


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        (ACCOUNT, "Firma", "name"),
        (ACCOUNT, "Company Name", "name"),
        (ACCOUNT, "USt-IdNr.", "vatId"),
        (ACCOUNT, "Straße und Hausnummer", "street"),
        (ACCOUNT, "STRASSE", "street"),
        (ACCOUNT, "PLZ", "postcode"),
        (ACCOUNT, "zip/postal code", "postcode"),
        (ACCOUNT, "Land", "country"),
        (ACCOUNT, "Bundesland", "region"),
        (ACCOUNT, "E-Mail 2", "email"),
        (ACCOUNT, "Telefon (geschäftlich)", "phone"),
        (ACCOUNT, "Kundennummer", "externalId"),
        (ACCOUNT, "address.city", "city"),
        (CONTACT, "Vorname", "firstName"),
        (CONTACT, "given_name", "firstName"),
        (CONTACT, "surname", "lastName"),
        (CONTACT, "date_of_birth", "birthDate"),
        (CONTACT, "street_number", "houseNumber"),
        (CONTACT, "Handy", "mobile"),
        (CONTACT, "Firma", "companyName"),
        (CONTACT, "Kundennummer", "accountExternalId"),
        (CONTACT, "account.externalId", "accountExternalId"),
        (LEAD, "Name", "fullName"),
        (LEAD, "Nachricht", "message"),
        (LEAD, "person.firstName", "firstName"),
        (LEAD, "company.vatId", "vatId"),
        (LEAD, "Rechtsform", "legalForm"),
        (LEAD, "Eingegangen am", "receivedAt"),
        (LEAD, "Website", "website"),
        (LEAD, "soc_sec_id", None),
        (LEAD, "§$%", None),
    ],
)
def test_headers_name_fields_in_two_languages(kind: RecordKind, header: str, field: str | None) -> None:
    """Natural spellings are known whatever their case, accents and punctuation; what says nothing names nothing."""
    assert field_of(kind, header) == field


@pytest.mark.parametrize("kind", [ACCOUNT, CONTACT, LEAD])
def test_every_field_is_named_by_itself(kind: RecordKind) -> None:
    """A column that is called like the field fills it."""
    assert [field_of(kind, name) for name in fields_of(kind)] == list(fields_of(kind))


def mapping(folder: Path, text: str, kind: RecordKind = ACCOUNT) -> ColumnMap:
    """The mapping that this text makes."""
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, kind)


def test_a_mapping_file_says_what_headers_do_not(tmp_path: Path) -> None:
    """Columns, lists of columns, constants and columns to ignore; headers speak for the rest."""
    columns = mapping(
        tmp_path,
        'name = "KD_BEZ"\nemail = ["Post 1", "Post 2"]\ncountry = { constant = "AT" }\nignore = ["Ort"]\n',
    )

    cells = (("KD_BEZ", "Bär"), ("Firma", "no"), ("Post 1", "a@b.de"), ("Post 2", "c@d.de"), ("Ort", "x"), ("PLZ", "1"))
    assert columns.assign(cells) == {
        "name": ("Bär",),
        "email": ("a@b.de", "c@d.de"),
        "postcode": ("1",),
        "country": ("AT",),
    }


def test_a_constant_gives_way_to_a_value_of_the_row(tmp_path: Path) -> None:
    """The constant is for the rows whose own column is empty."""
    columns = mapping(tmp_path, 'country = { constant = "AT" }')

    assert columns.assign((("Firma", "Bär"), ("Land", "CH")))["country"] == ("CH",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'nmae = "Firma"',
            r'no field of accounts is called "nmae"; did you mean "name"\? known fields: externalId',
        ),
        ('firstName = "Vorname"', r'no field of accounts is called "firstName"; .*known fields: .*postcode'),
        ("name = 7", "name has to be a column"),
        ('name = ["Firma", 7]', "name has to be a column"),
        ("name = []", "name has to be a column"),
        ('country = { const = "DE" }', "country has to look like"),
        ('country = { constant = ["DE"] }', "country has to look like"),
        ('name = "Firma"\nvatId = "Firma"', '"Firma" is given to both name and vatId'),
        ('name = "Firma', "is no TOML"),
    ],
)
def test_mistakes_in_a_mapping_are_named(tmp_path: Path, text: str, message: str) -> None:
    """The wrong key is named, and the known ones."""
    with pytest.raises(UnreadableFile, match=message):
        mapping(tmp_path, text)


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The operating system's reason is passed on."""
    with pytest.raises(UnreadableFile, match="No such file"):
        read_mapping(tmp_path / "map.toml", ACCOUNT)


def test_columns_that_the_file_lacks_are_named(tmp_path: Path) -> None:
    """A mapping to a column that is not there names it, and those that are."""
    columns = mapping(tmp_path, 'name = "Bezeichnung"')

    with pytest.raises(UnreadableFile, match=r'no column "Bezeichnung".*"Firma", "Ort"'):
        check_columns(tmp_path, ["Firma", "Ort"], columns)


def test_a_file_none_of_whose_columns_is_known_is_refused(tmp_path: Path) -> None:
    """The operator learns which columns there are and which fields there could be."""
    with pytest.raises(UnreadableFile, match=r'"foo", "bar".* known fields: externalId, name'):
        check_columns(tmp_path, ["foo", "bar"], ColumnMap(ACCOUNT))


def test_lists_take_several_columns_and_several_values() -> None:
    """Values of one cell are divided; other fields take the first filled column; line breaks become blanks."""
    columns = ColumnMap(LEAD)

    cells = (
        ("E-Mail", "a@b.de; c@d.de,e@f.de"),
        ("E-Mail 2", "g@h.de"),
        ("Telefon", "1 / 2 | 3"),
        ("Firma", "Bär\r\nGmbH"),
        ("Company", "second"),
        ("Nachricht", "one\ntwo"),
        ("Bemerkung", "three"),
        ("Produkt", "A"),
        ("Fahrzeug", "B"),
    )
    assert columns.assign(cells) == {
        "email": ("a@b.de", "c@d.de", "e@f.de", "g@h.de"),
        "phone": ("1 / 2", "3"),
        "companyName": ("Bär GmbH",),
        "message": ("one\ntwo\nthree",),
        "interest": ("A; B",),
    }


def test_what_becomes_of_the_columns_is_told() -> None:
    """Which columns are used for what, and which are not used."""
    told = ColumnMap(ACCOUNT).describe(["Firma", "Mail", "Mail 2", "Umsatz"])

    assert told == "name ← Firma, email ← Mail + Mail 2; not used: Umsatz"
