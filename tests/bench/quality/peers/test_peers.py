"""Every peer answers the same task; what it cannot do is said."""

from pathlib import Path

import pytest

from bench.quality.measuring import Measured, Plan, measure_set
from bench.quality.model import LabelledSet, View, without_some_mates
from bench.quality.peers.measuring import OURS, PEERS, compare
from bench.quality.peers.plain import shared_fields, to_frame
from bench.quality.sets.febrl import load_febrl

QUERIES = 60
INSTALLED_APART = {"Splink (EM)", "pg_trgm"}
"""Peers that `make peers` brings, as `make test-long` does and `make test` does not."""


@pytest.fixture(scope="module")
def febrl() -> LabelledSet:
    """The first FEBRL set, a fifth of its queries without a mate."""
    return without_some_mates(load_febrl("febrl1"))


@pytest.fixture(scope="module")
def measured(febrl: LabelledSet, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """The product measured on it."""
    folder: Path = tmp_path_factory.mktemp("bases")
    said: list[str] = []
    return measure_set(febrl, Plan(engine="sqlite", folder=folder, limit=QUERIES), said.append)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.long if name in INSTALLED_APART else ()) for name in PEERS],
)
def test_every_peer_finds_most_of_febrl_1(febrl: LabelledSet, measured: Measured, name: str) -> None:
    """Beside the product, on the same queries, with all measures and times: at least nine of ten are first."""
    said: list[str] = []

    ours, peer = compare(febrl, measured, 1_000, said.append, {name: PEERS[name]})

    assert (ours.method, ours.figures) == (OURS, measured.figures[View.CONTACTS])
    assert (peer.method, peer.why) == (name, "")
    assert ours.figures is not None
    assert peer.figures is not None
    assert (peer.figures.queries, peer.figures.mated) == (QUERIES, ours.figures.mated)
    assert peer.figures.recall_at_1 is not None
    assert peer.figures.recall_at_1 >= 0.9
    assert peer.figures.best is not None
    assert peer.milliseconds
    assert len(said) == 1


def test_a_peer_that_is_not_installed_is_named(febrl: LabelledSet, measured: Measured) -> None:
    """It has its row with the reason and the way out, and the others are measured all the same."""
    said: list[str] = []

    peers = {"Nobody": "nobody:rank", "rapidfuzz token_set": PEERS["rapidfuzz token_set"]}

    rows = list(compare(febrl, measured, 10, said.append, peers))

    assert [(each.method, each.figures is None) for each in rows] == [
        (OURS, False),
        ("Nobody", True),
        ("rapidfuzz token_set", False),
    ]
    assert rows[1].why.startswith("not measured: ")
    assert "nobody" in said[0]
    assert "make peers" in said[0]


def test_texts_are_made_comparable_the_plain_way() -> None:
    """Lower case, a phone's last digits, a website's host; and a field that one side lacks is not shared."""
    one = to_frame([{"name": "Alpha GmbH", "phone": "+49 351 1234567", "website": "https://www.Alpha.de/x"}])
    other = to_frame([{"name": "ALPHA", "phone": "0351/1234567", "city": "Dresden"}])

    assert one.loc[0, ["name", "phone", "website"]].tolist() == ["alpha gmbh", "11234567", "alpha.de"]
    assert one.loc[0, "phone"] == other.loc[0, "phone"]
    assert shared_fields(one, other) == ["name", "phone"]
