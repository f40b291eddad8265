"""Anybody's labelled files: read by the code of the import, and nothing dropped in silence."""

from pathlib import Path

import pytest

from bench.quality.model import LabelledSet, View
from bench.quality.sets.files import Files, load_files
from services.importing.rows import UnreadableFile

REFERENCE = """Nr;KD_BEZ;Telefon;Ort
r1;Autohaus Schmidt GmbH;0351 123456;Dresden
r2;Bäckerei Krüger;abc;Leipzig
r3;;0341 998877;Leipzig
"""
QUERIES = """qid,firma,tel,ort
q1,Autohaus Schmidt,+49 351 123456,Dresden
q2,Krüger Bäckerei,,Leipzig
q3,Wer auch immer,0341 998877,Leipzig
q4,Neu AG,,Berlin
q5,,,
"""
TRUTH = "query,reference\nq1,r1\nq2,r2\nq3,r3\nq5,r1\n"
MAPPING = """country = "DE"
[accounts]
externalId = "Nr"
name = "KD_BEZ"
[queries]
externalId = "qid"
"""


def write(folder: Path, *, mapping: str = MAPPING, truth: str = TRUTH) -> Files:
    """Write the four files."""
    texts = {"reference.csv": REFERENCE, "queries.csv": QUERIES, "truth.csv": truth, "mapping.toml": mapping}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Files(*(folder / name for name in texts))


def by_company(labelled: LabelledSet) -> dict[str | None, frozenset[int]]:
    """The mates of every query by the company that it names."""
    return {
        each.lead.company.name if each.lead else "(refused)": each.truth[View.ACCOUNTS] for each in labelled.queries
    }


def test_rows_become_accounts_and_leads(tmp_path: Path) -> None:
    """Columns are told by the mapping or their headers; a phone that is none is left out of its row."""
    labelled = load_files(write(tmp_path))

    accounts = list(labelled.accounts())
    assert [(each.name, [phone.number for phone in each.phones]) for each in accounts] == [
        ("Autohaus Schmidt GmbH", ["0351 123456"]),
        ("Bäckerei Krüger", []),
    ]
    assert labelled.country == "DE"
    [lead] = [each.lead for each in labelled.queries if each.lead and each.lead.company.name == "Autohaus Schmidt"]
    assert lead.address is not None
    assert (lead.address.city, lead.phones[0].number) == ("Dresden", "+49 351 123456")


def test_what_the_import_refuses_counts_as_never_found(tmp_path: Path) -> None:
    """A reference without a name stays a mate that nobody finds; an empty query stays one that finds nothing."""
    labelled = load_files(write(tmp_path))

    first, second = labelled.accounts()
    mates = by_company(labelled)
    assert mates["Autohaus Schmidt"] == {first.id}
    assert mates["Krüger Bäckerei"] == {second.id}
    assert mates["Neu AG"] == set()
    assert len(mates["Wer auch immer"] - {first.id, second.id}) == 1
    assert mates["(refused)"] == {first.id}
    assert labelled.notes == ("1 references refused by the import", "1 queries refused by the import")


def test_a_query_may_have_several_mates(tmp_path: Path) -> None:
    """All that the truth names for it, each in a row of its own."""
    labelled = load_files(write(tmp_path, truth="query,reference\nq1,r1\nq1,r2\n"))

    assert by_company(labelled)["Autohaus Schmidt"] == {each.id for each in labelled.accounts()}


def test_contacts_come_with_the_companies_they_describe(tmp_path: Path) -> None:
    """Two contacts of one described company are at one account; one without is a private customer."""
    files = write(tmp_path, mapping='country = "DE"\n[contacts]\nexternalId = "qid"\nlastName = "tel"\n')
    people = "qid,tel,firma\nr1,Vogt,Alpha GmbH\nr2,Kern,Alpha GmbH\nr3,Ernst,\n"
    files.references.write_text(people)
    files.queries.write_text(people.replace("\nr", "\nq"))

    labelled = load_files(files)

    [account] = labelled.accounts()
    assert account.name == "Alpha GmbH"
    assert [each.account_id for each in labelled.contacts()] == [account.id, account.id, 0]
    assert {each.lead.company.name for each in labelled.queries if each.lead} == {"Alpha GmbH", None}


@pytest.mark.parametrize(
    ("mapping", "truth", "said"),
    [
        ("[accounts]\n", TRUTH, 'needs country = "..."'),
        ('country = "DE"\n', TRUTH, "one of the sections"),
        ('country = "DE"\n[accounts]\nname = "KD_BEZ"\n', TRUTH, "externalId"),
        ('country = "DE"\n[accounts]\nnane = "KD_BEZ"\n', TRUTH, 'did you mean "name"'),
        ("country = ", TRUTH, "is no TOML"),
        (MAPPING, "query\nq1\n", "needs a query's id"),
    ],
    ids=["no country", "no kind", "no id", "unknown field", "no toml", "no pairs"],
)
def test_files_that_cannot_be_used_say_why(tmp_path: Path, mapping: str, truth: str, said: str) -> None:
    """What is wrong with the mapping or the truth is named, before anything is measured."""
    with pytest.raises(UnreadableFile, match=said):
        load_files(write(tmp_path, mapping=mapping, truth=truth))
