"""ADF: what the specification says, what real files do, and what XML must not do."""

from pathlib import Path

import pytest

from services.importing.adf import open_adf
from services.importing.adf_xml import MAX_PROSPECT
from services.importing.rows import BrokenRow, SourceRow, UnreadableFile

FULL = """<?xml version="1.0" encoding="UTF-8"?>
<?adf version="1.0"?>
<adf>
  <prospect status="new">
    <id sequence="2" source="Portal B">B-1</id>
    <id sequence="1" source="Portal A">A-17</id>
    <requestdate>2026-03-30T15:30:20-08:00</requestdate>
    <vehicle interest="trade-in" status="used">
      <year>2019</year><make>Škoda</make><model>Octavia</model><vin>TMB1</vin>
      <odometer status="original" units="km">80000</odometer>
      <colorcombination><exteriorcolor>red</exteriorcolor><preference>1</preference></colorcombination>
      <comments>Scratched door</comments>
    </vehicle>
    <vehicle interest="buy" status="new">
      <year>2026</year><make>BMW</make><model>320i</model><trim>Touring</trim>
      <price type="quote" currency="EUR">45900</price>
      <finance><method>finance</method><amount type="downpayment" currency="EUR">5000</amount></finance>
    </vehicle>
    <customer>
      <contact>
        <name part="first" type="individual">Jürgen</name>
        <name part="middle">K.</name>
        <name part="last">Weiß</name>
        <name part="suffix">jun.</name>
        <name part="full" type="business">Weiß &amp; Söhne GmbH</name>
        <email>info@weiss.example</email>
        <email preferredcontact="1">j@weiss.example</email>
        <phone type="voice" time="evening">0351 1234567</phone>
        <phone type="cellphone" preferredcontact="1">0172 7654321</phone>
        <phone type="fax">0351 1234568</phone>
        <address type="work">
          <street line="2">Hinterhaus</street>
          <street line="1">Lange Straße 5</street>
          <apartment>3b</apartment>
          <city>Dresden</city><regioncode>SN</regioncode><postalcode>01067</postalcode><country>DE</country>
        </address>
      </contact>
      <timeframe><description>within a month</description><latestdate>2026-04-30</latestdate></timeframe>
      <comments>Please call.</comments>
    </customer>
    <vendor><vendorname>Autohaus Nord</vendorname><contact><name part="full">Nord</name></contact></vendor>
    <provider><name part="full">Car Finder</name></provider>
  </prospect>
</adf>
"""


def read(folder: Path, content: str | bytes) -> list[SourceRow | BrokenRow]:
    """The rows of a file with this content."""
    path = folder / "leads.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with open_adf(path) as source:
        return list(source.rows)


def prospect(content: str) -> str:
    """A file with one prospect."""
    return f"<adf><prospect>{content}</prospect></adf>"


def test_everything_a_prospect_has_is_read(tmp_path: Path) -> None:
    """Ids by sequence, names by part and type, preferred ways first, what has no field in the message."""
    [row] = read(tmp_path, FULL)

    assert row == SourceRow(
        4,
        (
            ("externalId", "A-17"),
            ("source", "Portal A"),
            ("receivedAt", "2026-03-30T15:30:20-08:00"),
            ("subject", "2019 Škoda Octavia"),
            (
                "interest",
                (
                    "trade-in used 2019 Škoda Octavia (VIN TMB1, odometer 80000 km, red); "
                    "buy new 2026 BMW 320i Touring (price 45900 EUR)"
                ),
            ),
            (
                "message",
                (
                    "Please call.\nScratched door\nFinance: finance, downpayment 5000 EUR\n"
                    "Time frame: within a month, until 2026-04-30\nCall 0351 1234567: evening"
                ),
            ),
            ("companyName", "Weiß & Söhne GmbH"),
            ("firstName", "Jürgen K."),
            ("lastName", "Weiß jun."),
            ("email", "j@weiss.example"),
            ("email", "info@weiss.example"),
            ("mobile", "0172 7654321"),
            ("phone", "0351 1234567"),
            ("fax", "0351 1234568"),
            ("street", "Lange Straße 5, Hinterhaus, 3b"),
            ("city", "Dresden"),
            ("region", "SN"),
            ("postcode", "01067"),
            ("country", "DE"),
        ),
    )


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ("<customer><contact><name>Jo Bär</name></contact></customer>", (("fullName", "Jo Bär"),)),
        ("<provider><name>Car Finder</name></provider>", (("source", "Car Finder"),)),
        ("<id>7</id><provider><service>Web</service></provider>", (("externalId", "7"), ("source", "Web"))),
        ('<id sequence="1" source="X"></id>', ()),
        ("<vehicle><make>VW</make></vehicle>", (("subject", "VW"), ("interest", "VW"))),
    ],
)
def test_little_is_enough(tmp_path: Path, content: str, cells: tuple[tuple[str, str], ...]) -> None:
    """Missing and empty elements are no cells; the provider stands in for an id's source."""
    [row] = read(tmp_path, prospect(content))

    assert row == SourceRow(1, cells)


@pytest.mark.parametrize(
    "prolog",
    [
        '<?ADF VERSION="1.0"?>\n<?XML VERSION="1.0"?>\n',
        '<?adf version="1.0"?><?xml version="1.0" encoding="ISO-8859-1"?>\n\n',
        '\n<?xml version="1.0" encoding="windows-1252"?>\n',
        "",
    ],
)
def test_prologs_of_real_files_are_put_up_with(tmp_path: Path, prolog: str) -> None:
    """The specification's own example is no XML: its prolog is read all the same, in Windows-1252 if need be."""
    content = f"{prolog}<ADF><Prospect><Customer><Contact><Name>Bär</Name></Contact></Customer></Prospect></ADF>"

    [row] = read(tmp_path, content.encode("cp1252"))

    assert row == SourceRow(prolog.count("\n") + 1, (("fullName", "Bär"),))


def test_what_stands_before_a_break_is_kept(tmp_path: Path) -> None:
    """Prospects before broken XML are rows; the break is a row of its own, with its line."""
    rows = read(tmp_path, "<adf>\n<prospect><id>1</id></prospect>\n<prospect><id>2</prospect>\n</adf>")

    assert rows[0] == SourceRow(2, (("externalId", "1"),))
    assert isinstance(rows[1], BrokenRow)
    assert rows[1].line == 3
    assert "mismatched tag" in rows[1].reason


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "prolog",
    [
        f'<!DOCTYPE adf [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE adf [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE adf [<!ENTITY % l9 SYSTEM "http://127.0.0.1/x.dtd"> %l9;]>',
        '<!DOCTYPE adf SYSTEM "adf.dtd">',
        "<!DOCTYPE adf []>",
    ],
    ids=["billion laughs", "external entity", "parameter entity", "external DTD", "empty DTD"],
)
def test_document_types_and_entities_are_refused(tmp_path: Path, prolog: str) -> None:
    """Nothing is expanded, nothing is fetched, and the reason is clear."""
    with pytest.raises(UnreadableFile, match="refused for safety"):
        read(tmp_path, f'<?xml version="1.0"?>{prolog}<adf><prospect><id>&l9;</id></prospect></adf>')


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("hello", "no ADF that can be read"),
        ("<adf><prospect>", "no ADF that can be read"),
        ("<html><prospect/></html>", "the root is <html>"),
        ("<adf></adf>", "has no <prospect>"),
        ("<adf><prospect>&auml;</prospect></adf>", "undefined entity"),
        ('<?xml version="1.0" encoding="klingon"?><adf/>', "no ADF that can be read"),
        (prospect("<a>" * 200_000), "nested too deep"),
        (prospect("x" * 3 * MAX_PROSPECT), "larger than a megabyte"),
        (f'<adf a="{"x" * 3 * MAX_PROSPECT}"/>', "larger than a megabyte"),
    ],
)
def test_what_is_no_adf_is_refused(tmp_path: Path, content: str, message: str) -> None:
    """A file without a prospect to be had says why, and is never kept in memory whole."""
    with pytest.raises(UnreadableFile, match=message):
        read(tmp_path, content)


def test_vehicles_beyond_the_interest_go_into_the_message(tmp_path: Path) -> None:
    """Nothing is cut off: what the interest cannot hold is told in the message."""
    vehicles = "".join(f"<vehicle><make>{'x' * 300}{number}</make></vehicle>" for number in range(5))

    [row] = read(tmp_path, prospect(vehicles))

    assert isinstance(row, SourceRow)
    cells = dict(row.cells)
    assert cells["interest"].count("xx0") + cells["interest"].count("xx1") == 2
    assert cells["message"].splitlines() == ["x" * 300 + "3", "x" * 300 + "4"]
