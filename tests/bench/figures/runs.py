"""Small runs as the benchmarks write them: what ``bench.quality`` and ``bench.speed`` would have found."""

from typing import Any

CURVE = [[0.5, 1.0, 30.0], [0.9, 0.95, 12.0], [0.96, 0.8, 3.0]]


def make_figures(*, recall: float = 0.95, wrong: int = 0, queries: int = 400, mates: int = 300) -> dict[str, Any]:
    """The measures of some queries."""
    bands = {"right": 200, "wrong": wrong}
    return {
        "queries": queries,
        "mates": mates,
        "recallAt1": recall,
        "recallAt10": 0.99,
        "f1": 0.92,
        "threshold": 12.0,
        "precision": 0.95,
        "recall": 0.9,
        "recallAtP99": 0.5,
        "bands": {"exact": bands, "confident": bands, "none": {"right": 50, "wrong": 1}, "nearMissesChosen": 0},
    }


def make_set(name: str, accounts: int, *views: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """A set as measured in these views; near misses and unknown people have lines of their own."""
    lines = {line: make_figures(**changes) for line in ("all near misses", "situation unknown_private")}
    return {
        "set": name,
        "notes": [],
        "accounts": accounts,
        "contacts": 2 * accounts,
        "millisecondsPerQuery": 2.5,
        "buildSeconds": 10.0,
        "isBaseKept": False,
        "mistakes": [],
        "example": make_example(),
        "views": {
            view: {**make_figures(**changes), "curve": CURVE, "lines": lines if name == "crm" else {}} for view in views
        },
    }


def make_example() -> dict[str, Any]:
    """A match with evidence for and against it; one of its texts would not be XML if it were not escaped."""
    pieces = (("Same name", "adler & busch", "adler & busch", 18.25), ("Different address", "bonn", "kiel", -4.0))
    return {
        "view": "accounts",
        "lead": "Adler & Busch · Bonn  [situation known]",
        "record": "Adler & Busch GmbH · Kiel",
        "prior": -10.0,
        "score": 4.25,
        "evidence": [
            {"words": words, "lead_value": lead, "existing_value": existing, "bits": bits}
            for words, lead, existing, bits in pieces
        ],
    }


def make_peer(name: str, view: str, method: str, recall: float) -> dict[str, Any]:
    """A way of finding on some of a set's queries."""
    return {
        "set": name,
        "view": view,
        "method": method,
        "notMeasured": None,
        "millisecondsPerQuery": 7.0,
        "secondsUntilReady": 1.0,
        "figures": {**make_figures(recall=recall, queries=60, mates=50), "bands": None, "curve": CURVE},
    }


def make_quality(sets: list[dict[str, Any]], peers: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A run of ``bench.quality`` without pairs of names."""
    return {"engine": "sqlite", "sets": sets, "peers": peers or [], "names": None}


def make_names() -> dict[str, Any]:
    """A run of ``bench.quality`` over pairs of names only."""
    figures = [
        {
            "names": "all",
            "half": half,
            "score": score,
            "pairs": 400,
            "same": 200,
            "f1": f1,
            "blind": {"f1": f1 - 0.01} if half == "held out" else None,
        }
        for score, f1 in (("similarity", 0.85), ("bits", 0.88), ("logic-v2", 0.82))
        for half in ("looked at", "held out", "both")
    ]
    return {**make_quality([]), "names": {"microsecondsPerPair": 12.0, "figures": figures}}


def make_speed(engine: str, accounts: int, milliseconds: float, *, has_peer: bool = True) -> dict[str, Any]:
    """A run of ``bench.speed``."""
    times = {"count": 100, "p50": milliseconds, "p95": 2 * milliseconds, "p99": 3 * milliseconds, "cpu": milliseconds}
    peer = {"index_seconds": 60.0, "times": {**times, "p50": 1_000.0, "p95": 2_000.0}, "size": 200 * accounts}
    return {
        "engine": engine,
        "built": {"accounts": accounts + 1, "contacts": 2 * accounts, "index_seconds": 100.0, "index_cpu": 150.0},
        "lookups": [
            {"size": size, "times": times, "statements": 3.0, "most_statements": 6, "parts": {"keys": 0.5, "SQL": 1.0}}
            for size in (1, 32, 100)
        ],
        "upkeep": {"index": times, "transaction": times},
        "writers": [{"writers": each, "per_second": 500.0, "times": times} for each in (1, 8)],
        "sizes": {"tables": {}, "all_tables": 0},
        "trigrams": peer if has_peer else None,
        "bytes_per_account": {"index": 850.0, "all": 2_000.0},
    }
