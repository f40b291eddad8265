"""Brute force with rapidfuzz: every query's whole record against every reference's, as one text each.

``WRatio`` and ``token_set_ratio`` are the two that are reached for most often. One core.
"""

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from rapidfuzz import fuzz, process, utils

from bench.fields import as_text
from bench.quality.peers.model import MOST, Found, Ranked, Task

_AT_ONCE = 100
"""Queries whose scores are held in memory together."""

Scorer = Callable[..., float]


def rank(task: Task, scorer: Scorer) -> Found:
    """Every query's best references by one scorer."""
    started = time.perf_counter()
    references = [utils.default_process(as_text(each)) for each in task.references]
    ready = time.perf_counter()
    queries = [utils.default_process(as_text(each)) for each in task.queries]
    ranked: list[Ranked] = []
    for start in range(0, len(queries), _AT_ONCE):
        scores = process.cdist(queries[start : start + _AT_ONCE], references, scorer=scorer, dtype=np.float32)
        ranked += [_best(row) for row in scores]
    return Found(ranked=ranked, ready=ready - started, asking=time.perf_counter() - ready)


def _best(scores: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> Ranked:
    order = np.argsort(-scores, kind="stable")[:MOST]
    return [(int(place), float(scores[place])) for place in order]


by_wratio = partial(rank, scorer=fuzz.WRatio)
by_token_set = partial(rank, scorer=fuzz.token_set_ratio)
