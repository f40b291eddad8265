"""The command, from its options to its tables and its JSON."""

import json
import math
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from bench.figures.summary import summarise
from bench.quality.__main__ import main
from leadgate.cli import main as leadgate
from services.matching.weights_file import SHIPPED, WeightLine, format_weights

RECORDS = "id,name,city\n" + "".join(f"r{number},Firma {word},Bonn\n" for number, word in enumerate(("Adler", "Busch")))
QUERIES = "id,name,city\nq1,Firma Adler,Bonn\nq2,Firma Ulme,Kiel\n"


def own_files(folder: Path) -> list[str]:
    """The options that name somebody's own files, which are written into the folder."""
    texts = {
        "reference": RECORDS,
        "queries": QUERIES,
        "truth": "query,reference\nq1,r0\n",
        "mapping": 'country = "DE"\n[accounts]\n',
    }
    options = []
    for name, text in texts.items():
        path = folder / f"{name}.{'toml' if name == 'mapping' else 'csv'}"
        path.write_text(text)
        options += [f"--{name}", str(path)]
    return options


def test_own_files_are_measured(tmp_path: Path) -> None:
    """One of two queries has a mate, which is found; the table shows it and the JSON holds it."""
    path = tmp_path / "figures.json"

    result = CliRunner().invoke(main, [*own_files(tmp_path), "--json", str(path), "--mistakes", "1"])

    assert result.exit_code == 0, result.output
    assert "files" in result.stdout
    figures = json.loads(path.read_text())
    assert figures["engine"] == "sqlite"
    [measured] = figures["sets"]
    accounts = measured["views"]["accounts"]
    assert (accounts["queries"], accounts["mates"], accounts["recallAt1"], accounts["f1"]) == (2, 1, 1.0, 1.0)
    assert accounts["bands"]["none"] == {"right": 1, "wrong": 0}
    assert (measured["accounts"], measured["contacts"]) == (2, 0)
    assert accounts["curve"][0][:2] == [1.0, 1.0]
    [finding] = summarise([figures], []).findings
    assert (finding.set, finding.view, finding.values["recallAt1"], finding.values["noneRight"]) == (
        "files",
        "accounts",
        1,
        1,
    )


def test_an_example_is_told_with_all_its_evidence(tmp_path: Path) -> None:
    """Its prior and its bits add up to its score, and every piece of evidence has words."""
    path = tmp_path / "figures.json"

    CliRunner().invoke(main, [*own_files(tmp_path), "--json", str(path)])

    [measured] = json.loads(path.read_text())["sets"]
    example = measured["example"]
    assert (example["view"], example["record"]) == ("accounts", "Firma Adler · Bonn")
    assert example["evidence"][0]["words"] == "Same name"
    assert math.isclose(example["prior"] + sum(each["bits"] for each in example["evidence"]), example["score"])


def test_sets_that_are_not_there_are_refused(tmp_path: Path) -> None:
    """A wrong name is met with those that there are; sets of a folder need the folder."""
    result = CliRunner().invoke(main, ["--sets", "historical"])

    assert result.exit_code == 2
    assert "No set is called historical; there are: febrl1, febrl2, febrl3, febrl4, crm." in result.output


def test_own_files_come_together(tmp_path: Path) -> None:
    """One of the four alone says nothing."""
    path = tmp_path / "r.csv"
    path.write_text(RECORDS)

    result = CliRunner().invoke(main, ["--reference", str(path)])

    assert result.exit_code == 2
    assert "--truth" in result.output


def test_files_that_cannot_be_used_end_the_command_with_a_sentence(tmp_path: Path) -> None:
    """No traceback: what is wrong, and in which file."""
    options = own_files(tmp_path)
    (tmp_path / "mapping.toml").write_text('country = "DE"\n[accounts]\nname = "Firma"\n')

    result = CliRunner().invoke(main, options)

    assert result.exit_code == 1
    assert 'has no column "Firma"' in result.output


def test_other_weights_are_measured_with(tmp_path: Path) -> None:
    """A name that may speak for nothing finds nobody."""
    path, weights = tmp_path / "figures.json", tmp_path / "weights.toml"
    dumb = replace(SHIPPED, lines={**SHIPPED.lines, **dict.fromkeys(("name_most", "acronym"), WeightLine(bits=0.0))})
    weights.write_text(format_weights(dumb))

    result = CliRunner().invoke(main, [*own_files(tmp_path), "--json", str(path), "--weights", str(weights)])

    assert result.exit_code == 0, result.output
    [measured] = json.loads(path.read_text())["sets"]
    assert measured["views"]["accounts"]["bands"]["none"] == {"right": 1, "wrong": 1}


def test_broken_weights_end_the_command_with_their_lines(tmp_path: Path) -> None:
    """Before anything is built."""
    weights = tmp_path / "weights.toml"
    weights.write_text(format_weights(SHIPPED).replace("name_most = ", "name_mist = "))

    result = CliRunner().invoke(main, [*own_files(tmp_path), "--weights", str(weights)])

    assert result.exit_code == 1
    assert "name_mist is no weight" in result.output
    assert "name_most is missing" in result.output


def test_queries_are_written_as_leads_to_estimate_from(tmp_path: Path) -> None:
    """Into a base of their own, which looks the same to those who measure."""
    keep = tmp_path / "keep"

    result = CliRunner().invoke(main, [*own_files(tmp_path), "--keep", str(keep), "--with-leads"])

    assert result.exit_code == 0, result.output
    [base] = [each for each in keep.iterdir() if each.name.endswith("-leads")]
    estimating = ["matching", "estimate", "--database", f"sqlite+aiosqlite:///{base}/leadgate.sqlite3", "--tenant", "1"]
    estimated = CliRunner().invoke(leadgate, [*estimating, "--pairs", "1000", "--json"])
    assert json.loads(estimated.output)["leads"] == 2
