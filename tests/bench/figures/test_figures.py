"""From the JSON of runs to tables, plots and the page; and what is committed of them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from defusedxml import ElementTree

from bench.figures.__main__ import main
from bench.figures.goals import GOALS
from bench.figures.page import read_blocks, write_blocks
from bench.figures.plots import draw_all
from bench.figures.summary import Summary, from_text, summarise, to_text
from bench.figures.tables import goals_table, names_table, peers_table
from bench.figures.writing import SUMMARY, make_blocks, read_summary
from tests.bench.figures.runs import make_names, make_peer, make_quality, make_set, make_speed

DOCS = Path(__file__).parents[3] / "docs"
MILLION = 1_000_000
VIEWS = ("accounts", "staff", "contacts")
PEERS = [
    make_peer("crm", "accounts", method, recall)
    for method, recall in (("pg_trgm", 0.97), ("Leadgate", 0.96), ("Splink (EM)", 0.9))
]


@pytest.fixture
def summary() -> Summary:
    """Two sizes of the CRM, the larger one with peers on its accounts, a FEBRL set, names, and both engines."""
    febrl = make_set("febrl3", 0, "contacts", recall=0.999)
    quality = [
        make_quality([make_set("crm", 20_000, *VIEWS), febrl]),
        make_quality([make_set("crm", MILLION, *VIEWS, queries=4_000, mates=3_000)], PEERS),
        make_names(),
    ]
    speed = [make_speed(engine, size, 1.5) for engine in ("sqlite", "postgresql") for size in (100_000, MILLION)]
    return summarise(quality, [*speed, make_speed("sqlite", 3 * MILLION, 2.5, has_peer=False)])


def row_of(table: str, *cells: str) -> list[str]:
    """The cells of the row that begins with these."""
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table.splitlines()]
    [row] = [each for each in rows if each[: len(cells)] == list(cells)]
    return row


def test_a_goal_stands_beside_the_figure_and_the_best_peer(summary: Summary) -> None:
    """The product's figure on all leads, the best peer's, and the product's on the leads that the peer had."""
    table = goals_table(summary)

    assert row_of(table, "German CRM, business leads", "recall@1") == [
        "German CRM, business leads",
        "recall@1",
        "≥ 99 %",
        "95.00 %",
        "4,000",
        "97.00 % pg_trgm",
        "Leadgate 96.00 %, n = 60",
        "**no**",
    ]
    assert row_of(table, "FEBRL 3")[3:] == ["99.90 %", "400", "-", "-", "yes"]
    assert row_of(table, "FEBRL 4")[-1] == "not measured"
    assert row_of(table, "SQLite, one lead", "p50")[3:] == ["1.5 ms", "-", "1,000 ms pg_trgm", "-", "yes"]
    assert row_of(table, "name_bench, all, half not looked at")[3:6] == ["87.00 %", "400", "81.00 % logic-v2"]
    assert len(table.splitlines()) == 2 + len(GOALS)


def test_a_goal_is_not_reached_on_a_smaller_base_or_with_fewer_cases(summary: Summary) -> None:
    """What is met there is not shown yet; what is missed there is missed."""
    near = "near misses chosen, EXACT"
    small = summarise([make_quality([make_set("crm", 20_000, *VIEWS)])], [])
    wrong = summarise([make_quality([make_set("crm", 20_000, *VIEWS, wrong=1)])], [])

    assert row_of(goals_table(summary), near)[3:] == ["0", "8,000", "-", "-", "yes"]
    assert row_of(goals_table(small), near)[-1] == "not shown: only at 20,000 accounts, 800 of 2,000 cases"
    assert row_of(goals_table(wrong), near)[-1] == "**no** at 20,000 accounts, 800 of 2,000 cases"
    assert row_of(goals_table(summary), "SQLite, growth")[3:] == [
        "1.67 x",
        "-",
        "-",
        "-",
        "not shown: only at 3,000,000 accounts",
    ]


def test_automatic_choices_are_counted_over_all_views(summary: Summary) -> None:
    """600 right ones of 9,000 true matches; the coverage of EXACT has no goal and is told."""
    table = goals_table(summary)

    assert row_of(table, "automatic choices, EXACT", "wrong")[3:] == [
        "0",
        "600",
        "-",
        "-",
        "not shown: only 600 of 10,000 cases",
    ]
    assert row_of(table, "automatic choices, EXACT", "share of the true matches")[2:5] == ["-", "6.67 %", "9,000"]


def test_the_best_of_the_peers_is_in_bold_whosesoever_it_is(summary: Summary) -> None:
    """On the same queries; a peer that could not be measured says why, in one cell."""
    [sick] = [each for each in summary.findings if each.method == "Splink (EM)"]
    others = [each for each in summary.findings if each is not sick]
    table = peers_table(replace(summary, findings=[*others, replace(sick, values={}, why="not measured: a | b\nc")]))

    assert row_of(table, "CRM, 1,000,000 accounts", "accounts", "pg_trgm")[4] == "**0.9700**"
    assert row_of(table, "CRM, 1,000,000 accounts", "accounts", "Leadgate")[4] == "0.9600"
    assert row_of(table, "CRM, 1,000,000 accounts", "accounts", "Splink (EM)")[3] == "not measured: a / b c"


def test_pairs_of_names_are_told_of_the_half_that_was_not_looked_at(summary: Summary) -> None:
    """Every score, at its own best threshold and at the one that suited the other half."""
    assert row_of(names_table(summary), "all", "Leadgate") == ["all", "Leadgate", "400", "200", "0.8800", "0.8700"]
    assert row_of(names_table(summary), "all", "logic-v2")[-1] == "0.8100"


def test_a_summary_is_read_as_it_was_written(summary: Summary) -> None:
    """Nothing that tables and plots are made of is lost, and equal runs give equal bytes."""
    assert from_text(to_text(summary)) == summary
    assert to_text(from_text(to_text(summary))) == to_text(summary)


def test_every_plot_is_a_picture_that_says_what_it_shows(summary: Summary) -> None:
    """Four of them, each well-formed, drawn alike every time, with its series or its evidence in words."""
    drawn = draw_all(summary)
    texts = {
        name: " ".join(each.text or "" for each in ElementTree.fromstring(picture).iter() if each.tag.endswith("}text"))
        for name, picture in drawn.items()
    }

    assert draw_all(from_text(to_text(summary))) == drawn
    assert all(len(picture.encode()) < 60_000 for picture in drawn.values())
    assert "CRM 1,000,000, accounts (n = 60)" in texts["precision-recall.svg"]
    assert "Splink (EM)" in texts["precision-recall.svg"]
    assert "private persons" in texts["recall-by-size.svg"]
    assert "PostgreSQL p95" in texts["time-by-size.svg"]
    assert "Lead: Adler & Busch · Bonn Record: Adler & Busch GmbH · Kiel" in texts["waterfall.svg"]
    assert "Same name adler & busch +18.2" in texts["waterfall.svg"]
    assert len(drawn) == 4


def test_what_was_not_measured_is_not_drawn() -> None:
    """No empty plots and no empty tables."""
    assert draw_all(Summary()) == {}
    assert set(make_blocks(Summary(), "figures").values()) == {""}


def test_the_command_writes_the_page_and_draws_again_from_its_summary(tmp_path: Path) -> None:
    """The first call reads runs; the second has only what the first one kept, and gives the same bytes."""
    page, out = tmp_path / "page.md", tmp_path / "figures"
    page.write_text("".join(f"<!-- measured: {name} -->\n<!-- /measured -->\n" for name in make_blocks(Summary(), "")))
    runs = {"quality": make_quality([make_set("crm", 500, *VIEWS)]), "speed": make_speed("sqlite", 500, 2.0)}
    options = ["--out", str(out), "--page", str(page)]
    named = []
    for name, run in runs.items():
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(run))
        named += [f"--{name}", str(path)]

    without = CliRunner().invoke(main, options)
    first = CliRunner().invoke(main, [*options, *named], catch_exceptions=False)
    files = {path: path.read_bytes() for path in (page, *out.iterdir())}
    again = CliRunner().invoke(main, options, catch_exceptions=False)

    assert (without.exit_code, first.exit_code, again.exit_code) == (2, 0, 0)
    assert {path: path.read_bytes() for path in (page, *out.iterdir())} == files
    assert "![" in read_blocks(page.read_text())["plots"]
    assert "(figures/waterfall.svg)" in page.read_text()


def test_a_page_with_other_blocks_is_refused() -> None:
    """A table that would not be shown, or a block that nobody fills, is a mistake."""
    page = "before\n<!-- measured: goals -->\nold\n<!-- /measured -->\nafter\n"

    assert write_blocks(page, {"goals": "new"}) == page.replace("old\n", "\nnew\n\n")
    with pytest.raises(ValueError, match="speed"):
        write_blocks(page, {"goals": "", "speed": ""})


def test_the_documentation_shows_what_its_summary_says() -> None:
    """Tables and plots are those that the summary beside them gives; before the first full run there are none."""
    folder = DOCS / "figures"
    summary = read_summary(folder) or Summary()
    drawn = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.svg")}

    assert read_blocks((DOCS / "matching.md").read_text(encoding="utf-8")) == make_blocks(summary, folder.name)
    assert drawn == draw_all(summary)
    assert not drawn or (folder / SUMMARY).exists()
