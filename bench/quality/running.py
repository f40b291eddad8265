"""A run over several sets, one after the other."""

from collections.abc import Sequence

from bench.quality.measuring import Measured, Plan, Say, measure_set, variants_of
from bench.quality.names import load_name_bench, measure_names, score_pairs
from bench.quality.peers.measuring import Compared, compare
from bench.quality.report import Run
from bench.quality.sources import NAMES, Sources


def measure(sources: Sources, names: Sequence[str], plan: Plan, peer_queries: int, say: Say) -> Run:
    """Measure the sets with these names one after the other, and the peers on some queries of each (0: no peers)."""
    loaders = sources.loaders()
    measured: list[Measured] = []
    compared: list[Compared] = []
    for name in names:
        for variant in variants_of(loaders[name]()) if name in loaders else []:
            measured.append(measure_set(variant, plan, say))
            if peer_queries:
                compared += compare(variant, measured[-1], peer_queries, say)
    folder = sources.names_folder() if NAMES in names else None
    if folder is None:
        return Run(measured=measured, compared=compared)
    pairs = load_name_bench(folder)
    scores = score_pairs(pairs, plan.weights)
    figures = measure_names(pairs, scores)
    return Run(measured=measured, compared=compared, names=figures, microseconds=scores.microseconds)
