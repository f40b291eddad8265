"""CSV: delimiters and encodings told from the file, and broken rows that cost nothing but themselves."""

from pathlib import Path

import pytest

from services.importing.csv_rows import MAX_RECORD_LINES, open_csv, sniff_delimiter
from services.importing.rows import BrokenRow, SourceRow, UnreadableFile

PEOPLE = "Name;Ort;Bemerkung\nMüller;Köln;groß\nBär & Söhne;Plauen;\n"
READ = [
    SourceRow(2, (("Name", "Müller"), ("Ort", "Köln"), ("Bemerkung", "groß"))),
    SourceRow(3, (("Name", "Bär & Söhne"), ("Ort", "Plauen"))),
]


def read(path: Path, content: str | bytes, encoding: str = "utf-8") -> list[SourceRow | BrokenRow]:
    """The rows of a file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    with open_csv(path) as source:
        return list(source.rows)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a file to be written."""
    return tmp_path / "file.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_umlauts_are_read_in_every_encoding(path: Path, encoding: str) -> None:
    """UTF-8 with and without its mark, what Excel calls Unicode, and Windows-1252 give the same rows."""
    assert read(path, PEOPLE, encoding) == READ


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_are_told_from_the_file(path: Path, delimiter: str) -> None:
    """Comma, semicolon and tab are each recognised by what they do to the records."""
    assert read(path, PEOPLE.replace(";", delimiter)) == READ


@pytest.mark.parametrize(
    ("lines", "delimiter"),
    [
        (["Name;Umsatz", "Meyer, Schulze;1,5", "Bär;2,0"], ";"),
        (["Name,Note", "Meyer;Schulze,x", "Bär,y"], ","),
        (['"a;b;c",Note', '"d;e;f",x'], ","),
        (["Name", "Meyer"], ","),
        (["Name\tOrt", "Müller, Hans\tKöln; Porz"], "\t"),
    ],
)
def test_delimiters_inside_values_do_not_mislead(lines: list[str], delimiter: str) -> None:
    """What counts is that the records are as wide as the header, not how often a character occurs."""
    assert sniff_delimiter(lines) == delimiter


def test_a_declared_delimiter_is_no_header(path: Path) -> None:
    """Excel's first line ``sep=;`` is believed and passed over; line numbers still count it."""
    assert [row.line for row in read(path, f"sep=;\n{PEOPLE}")] == [3, 4]


def test_windows_1252_is_noted(path: Path) -> None:
    """The operator is told that the encoding was guessed, and what to do if the guess was wrong."""
    path.write_bytes(PEOPLE.encode("cp1252"))
    with open_csv(path) as source:
        assert source.notes == (
            "the file is not UTF-8 and was read as Windows-1252; if letters look wrong, save it as UTF-8",
        )


def test_a_broken_byte_does_not_turn_a_utf8_file_into_another(path: Path) -> None:
    """One byte that is no UTF-8 costs its row; the umlauts of the others stay what they are."""
    rows = read(path, "Name,Ort\nMüller,Köln\n".encode() + b"B\xe4r,Plauen\n" + "Weiß,Görlitz\n".encode())

    assert rows == [
        SourceRow(2, (("Name", "Müller"), ("Ort", "Köln"))),
        BrokenRow(3, "bytes that are no text in the encoding of the file"),
        SourceRow(4, (("Name", "Weiß"), ("Ort", "Görlitz"))),
    ]


def test_quoted_values_keep_delimiters_quotes_and_line_breaks(path: Path) -> None:
    """What stands between quotes is taken as it is; the row's line is the one it begins on."""
    rows = read(path, 'Name;Text\n"Müller; Söhne";"sagt ""ja""\nund geht"\nLast;x\n')

    assert rows == [
        SourceRow(2, (("Name", "Müller; Söhne"), ("Text", 'sagt "ja"\nund geht'))),
        SourceRow(4, (("Name", "Last"), ("Text", "x"))),
    ]


@pytest.mark.parametrize("record", ["one", "one,two,three"])
def test_ragged_rows_are_broken(path: Path, record: str) -> None:
    """A row with more or fewer cells than the header is not guessed at; the next one is read."""
    rows = read(path, f"Name,Ort\n{record}\nMüller,Köln\n")

    assert rows[0] == BrokenRow(2, f"{record.count(',') + 1} cells, but the header has 2")
    assert rows[1:] == [SourceRow(3, (("Name", "Müller"), ("Ort", "Köln")))]


def test_an_unclosed_quote_costs_its_own_row_only(path: Path) -> None:
    """The rows below a quote that is never closed are all read."""
    lines = [f"Name {number},Ort {number}" for number in range(2 * MAX_RECORD_LINES)]
    rows = read(path, "\n".join(["Name,Ort", "before,x", '"never closed,y', *lines]))

    assert rows[1] == BrokenRow(3, "a quote is opened here and never closed")
    assert rows[2:] == [
        SourceRow(4 + number, (("Name", f"Name {number}"), ("Ort", f"Ort {number}"))) for number in range(len(lines))
    ]


def test_a_quote_in_the_wrong_place_costs_its_own_row_only(path: Path) -> None:
    """A quote that is closed by the next row's quote does not take that row with it."""
    rows = read(path, 'Name,Ort\n"Müller,Köln\n"Bär",Plauen\n')

    assert isinstance(rows[0], BrokenRow)
    assert rows[0].reason.startswith("a quote stands where none may")
    assert rows[1:] == [SourceRow(3, (("Name", "Bär"), ("Ort", "Plauen")))]


def test_an_endless_line_is_not_kept(path: Path) -> None:
    """A line of many megabytes is one broken row, and reading goes on below it."""
    rows = read(path, "Name,Ort\n" + "x" * 5_000_000 + ",y\nMüller,Köln\n")

    assert isinstance(rows[0], BrokenRow)
    assert rows[1:] == [SourceRow(3, (("Name", "Müller"), ("Ort", "Köln")))]


def test_blank_lines_are_passed_over(path: Path) -> None:
    """Empty lines and lines of delimiters only are no rows."""
    assert [row.line for row in read(path, "\nName,Ort\n\n,\nMüller,Köln\r\n\r\n")] == [5]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n \n", "is empty"),
        (b"PK\x03\x04\x14\x00", "save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "save the sheet as CSV"),
        (b"\x1f\x8b\x08", "unpack it first"),
        (b"a\x00b\x00c", "not a text file"),
        (b'"Name,Ort\n', "the header line cannot be read"),
        (b",,,\n,,,\n", "has no header line"),
    ],
)
def test_what_is_no_csv_is_refused(path: Path, content: bytes, message: str) -> None:
    """A file that cannot be read at all says what it is and what to do."""
    with pytest.raises(UnreadableFile, match=message):
        read(path, content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The operating system's reason is passed on, with the name."""
    with pytest.raises(UnreadableFile, match=r"nowhere\.csv: No such file"), open_csv(tmp_path / "nowhere.csv"):
        pass
