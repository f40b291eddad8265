"""What a run found, as tables, and the page that shows them."""

import json
from pathlib import Path

from bench.figures.page import read_blocks
from bench.graphql.acceptance import Page
from bench.graphql.load import Measured
from bench.graphql.report import GOALS, NAMES, Run, blocks, goals_table, servers_table, to_json

PAGE = Path(__file__).parents[3] / "docs/performance.md"


def _measured(cpu_ms: float) -> Measured:
    return Measured(cpu_ms=cpu_ms, per_second=1000.0, median_ms=1.0, p99_ms=9.4)


RUN = Run(
    servers={name: {query: _measured(place + 1.0) for query in GOALS} for place, name in enumerate(NAMES)},
    page=Page(accounts=20_001, candidates=180, kilobytes=90.5, cpu_ms={"fast": 140.4, "stock": 280.8}, clock_ms={}),
)


def test_ratios_are_held_against_their_peers() -> None:
    """Leadgate's CPU as a multiple of the peer's that the goal names."""
    assert [RUN.ratio(query) for query in ("hello", "list", "loaders")] == [1 / 4, 1 / 6, 1 / 6]
    assert json.loads(json.dumps(to_json(RUN)))["ratios"] == {"hello": 1 / 4, "list": 1 / 6, "loaders": 1 / 6}


def test_tables_have_a_line_for_each_server_and_goal() -> None:
    """Milliseconds, requests a second and the slowest percent; goals beside what was measured."""
    assert servers_table(RUN).count("\n") == 1 + len(NAMES)
    assert "| Leadgate | **1.00** (1,000/s, 9 ms)" in servers_table(RUN)
    assert (
        "| `hello` | ≤ 0.15 ms | 1.00 ms | ≤ 2.7 times Starlette and orjson, no GraphQL | 0.25 times |"
        in goals_table(RUN)
    )
    assert "| ≤ 150 ms | 140 ms | | stock executor 281 ms (2.0 times), 180 candidates |" in goals_table(RUN)


def test_without_node_its_goals_are_left_out() -> None:
    """A run on a machine without the peers' packages has a table all the same."""
    run = Run(servers={name: RUN.servers[name] for name in ("leadgate", "starlette")})

    assert "Yoga" not in goals_table(run)
    assert to_json(run)["ratios"] == {"hello": 1 / 4}


def test_the_page_has_the_blocks_of_a_run() -> None:
    """What is written into docs/performance.md stands there, and was measured."""
    shown = read_blocks(PAGE.read_text(encoding="utf-8"))

    assert shown.keys() == blocks(RUN).keys() | {"live"}
    assert all(name in shown["servers"] for name in NAMES.values())
    assert "acceptance page" in shown["goals"]
    assert "ms from request, p99" in shown["live"]
