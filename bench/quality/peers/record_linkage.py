"""The package ``recordlinkage``: blocks, compares field by field, and sums the similarities up, as its guide does.

Pairs share at least one of a few blocks. Names, streets and towns are compared by Jaro-Winkler, all else exactly; the
score of a pair is the sum over all fields.
"""

import time
from itertools import combinations

import pandas as pd
import recordlinkage

from bench.quality.peers.model import MOST, Found, Ranked, Task
from bench.quality.peers.plain import shared_fields, to_frame

_FUZZY = frozenset({"name", "first_name", "last_name", "street", "city"})
_ALONE = frozenset({"name", "last_name", "birth_date", "email", "phone", "vat_id", "website"})
"""Fields that make a block by themselves."""
_TOGETHER = ("first_name", "postcode", "street", "city", "house_number")
"""Fields of which two make a block together."""


def rank(task: Task) -> Found:
    """Every query's best references."""
    started = time.perf_counter()
    references, queries = to_frame(task.references), to_frame(task.queries)
    fields = shared_fields(references, queries)
    indexer, comparer = _indexer(fields), _comparer(fields)
    ready = time.perf_counter()
    pairs = indexer.index(queries, references)
    scores = comparer.compute(pairs, queries, references).sum(axis=1)
    ranked = _ranked(scores, len(queries))
    return Found(ranked=ranked, ready=ready - started, asking=time.perf_counter() - ready)


def _indexer(fields: list[str]) -> recordlinkage.Index:
    indexer = recordlinkage.Index()
    for each in fields:
        if each in _ALONE:
            indexer.block(each)
    for pair in combinations([each for each in _TOGETHER if each in fields], 2):
        indexer.block(list(pair))
    return indexer


def _comparer(fields: list[str]) -> recordlinkage.Compare:
    comparer = recordlinkage.Compare()
    for each in fields:
        if each in _FUZZY:
            comparer.string(each, each, method="jarowinkler", label=each)
        else:
            comparer.exact(each, each, label=each)
    return comparer


def _ranked(scores: "pd.Series[float]", queries: int) -> list[Ranked]:
    ranked: list[list[tuple[int, float]]] = [[] for _ in range(queries)]
    for (query, reference), score in scores.sort_values(ascending=False, kind="stable").items():
        if len(ranked[query]) < MOST:
            ranked[query].append((reference, float(score)))
    return list(ranked)
