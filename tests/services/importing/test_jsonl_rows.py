"""JSON Lines: nested objects and lists as columns, broken lines by number."""

from pathlib import Path

import pytest

from services.importing.jsonl_rows import open_jsonl
from services.importing.rows import BrokenRow, SourceRow, UnreadableFile


def read(folder: Path, *lines: str) -> list[SourceRow | BrokenRow]:
    """The rows of a file of these lines."""
    path = folder / "file.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with open_jsonl(path) as source:
        return list(source.rows)


def test_values_of_every_kind_become_text(tmp_path: Path) -> None:
    """Texts lose the blanks around them; null and blank text are no cells; numbers stay as they are written."""
    [row] = read(tmp_path, '{"name": " Bär ", "city": null, "note": " ", "postcode": 4109, "active": true}')

    assert row == SourceRow(1, (("name", "Bär"), ("postcode", "4109"), ("active", "true")))


def test_nested_objects_become_dotted_columns(tmp_path: Path) -> None:
    """An address inside a record is read as well as one beside it."""
    [row] = read(tmp_path, '{"name": "Bär", "address": {"city": "Plauen", "postcode": "08523"}}')

    assert row == SourceRow(1, (("name", "Bär"), ("address.city", "Plauen"), ("address.postcode", "08523")))


def test_lists_become_numbered_columns_primary_first(tmp_path: Path) -> None:
    """Entries are texts or objects; the kind of a phone number names its column."""
    [row] = read(
        tmp_path,
        '{"emails": ["a@b.de", "c@d.de"], "phones": [{"number": "1", "kind": "LANDLINE"}, '
        '{"number": "2", "kind": "MOBILE", "isPrimary": true}, {"number": "3", "kind": "FAX"}]}',
    )

    assert row == SourceRow(
        1, (("emails.1", "a@b.de"), ("emails.2", "c@d.de"), ("mobile.1", "2"), ("phones.2", "1"), ("fax.3", "3"))
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"name": "Bär"', "no JSON"),
        ('{"name": NaN}', "no JSON"),
        ('{"name": "\\ud800"}', "no JSON"),
        ("[1, 2]", "no JSON object"),
        ('"text"', "no JSON object"),
        ("[" * 100_000, "no JSON"),
        ('{"a":' * 50 + "1" + "}" * 50, "nested too deep"),
        ("x" * 2_000_000, "too long"),
    ],
)
def test_a_broken_line_costs_only_itself(tmp_path: Path, line: str, reason: str) -> None:
    """The line is named with its number and what is wrong; the lines around it are read."""
    rows = read(tmp_path, '{"name": "A"}', line, "", '{"name": "B"}')

    assert rows[0] == SourceRow(1, (("name", "A"),))
    assert isinstance(rows[1], BrokenRow)
    assert rows[1].line == 2
    assert reason in rows[1].reason
    assert rows[2:] == [SourceRow(4, (("name", "B"),))]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """Nothing to import is said, not passed over."""
    with pytest.raises(UnreadableFile, match="is empty"):
        read(tmp_path, "")
