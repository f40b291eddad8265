"""The load generator against servers of the benchmark itself."""

import sys
from pathlib import Path

import pytest

from bench.graphql.load import ask_once, free_port, measure, running
from bench.graphql.served import ITEMS, QUERIES

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", ["leadgate", "strawberry", "starlette"])
def test_every_python_server_gives_the_same_answers(name: str) -> None:
    """Leadgate's stack, Strawberry as it comes, and the answers that are made by hand; their CPU is counted."""
    port = free_port()
    with running([sys.executable, "-m", "bench.graphql.served", name], port, ROOT) as pid:
        answers = {query: ask_once(port, text) for query, text in QUERIES.items()}
        measured = measure(pid, port, QUERIES["list"], 64)

    assert answers["hello"] == {"hello": "world"}
    for query in ("list", "loaders"):
        items = answers[query]["items"]  # type: ignore[index]
        assert len(items) == ITEMS
        assert items[7] | {"owner": None} == {
            "id": "item_7",
            "name": "Item 7",
            "code": "C-7",
            "note": None,
            "town": "Dresden",
            "count": 7,
            "weight": 3.5,
            "isNew": False,
            "colour": "RED",
            "street": "Hauptstraße 7",
            "owner": None,
        }
    assert answers["loaders"]["items"][7]["owner"] == {"id": "owner_7", "name": "Owner 7"}  # type: ignore[index]
    assert measured.per_second > 0
    assert measured.cpu_ms >= 0
