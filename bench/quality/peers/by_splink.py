"""Splink (Ministry of Justice, UK) on DuckDB: a Fellegi-Sunter model trained by EM on the data itself, no labels.

Comparisons are those of its comparison library for names, dates of birth, e-mails and postcodes, with term frequencies
for names; u from random pairs, m by EM in the blocks of several rules; the candidates of a query are the pairs of all
blocking rules, by match weight. It gets all queries at once, which is what it is made for.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pandas as pd
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.internals.blocking_rule_creator import BlockingRuleCreator
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.exceptions import EMTrainingException

from bench.quality.peers.model import MOST, Found, NotMeasured, Ranked, Task
from bench.quality.peers.plain import shared_fields, to_frame

_SEED = 1
_U_PAIRS = 1e6
_DETERMINISTIC_RECALL = 0.7
_COMPARISONS: Mapping[str, Callable[[], ComparisonCreator]] = {
    "name": lambda: cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.7]).configure(term_frequency_adjustments=True),
    "first_name": lambda: cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
    "last_name": lambda: cl.NameComparison("last_name").configure(term_frequency_adjustments=True),
    "birth_date": lambda: cl.DateOfBirthComparison("birth_date", input_is_string=True),
    "email": lambda: cl.EmailComparison("email"),
    "phone": lambda: cl.ExactMatch("phone"),
    "vat_id": lambda: cl.ExactMatch("vat_id"),
    "website": lambda: cl.ExactMatch("website"),
    "street": lambda: cl.JaroWinklerAtThresholds("street", [0.92, 0.8]),
    "house_number": lambda: cl.ExactMatch("house_number"),
    "postcode": lambda: cl.ExactMatch("postcode"),
    "city": lambda: cl.JaroWinklerAtThresholds("city", [0.92]).configure(term_frequency_adjustments=True),
}
_RULES = (
    ("name",),
    ("first_name", "last_name"),
    ("birth_date",),
    ("email",),
    ("phone",),
    ("vat_id",),
    ("website",),
    ("last_name", "postcode"),
    ("last_name", "city"),
    ("first_name", "postcode"),
    ("street", "house_number"),
    ("postcode", "house_number"),
    ("street", "postcode"),
    ("substr(name, 1, 4)", "postcode"),
    ("substr(name, 1, 6)", "city"),
    ("substr(last_name, 1, 3)", "substr(first_name, 1, 2)", "substr(postcode, 1, 3)"),
)
"""Blocks whose pairs are scored; the first ones are also those that EM trains in and that set the prior."""
_TRAINING_RULES = 9


def rank(task: Task) -> Found:
    """Every query's best references. Raises ``NotMeasured`` if no training session succeeded."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    started = time.perf_counter()
    references, queries = to_frame(task.references), to_frame(task.queries)
    fields = shared_fields(references, queries)
    linker = _linker(references, queries, fields)
    _train(linker, fields)
    ready = time.perf_counter()
    pairs = linker.inference.predict(threshold_match_weight=-20).as_record_list()
    ranked = _ranked(pairs, len(task.queries))
    return Found(ranked=ranked, ready=ready - started, asking=time.perf_counter() - ready)


def _linker(references: pd.DataFrame, queries: pd.DataFrame, fields: Sequence[str]) -> Linker:
    api = DuckDBAPI()
    tables = [
        api.register(frame[list(fields)].rename_axis("unique_id").reset_index(), dataset_display_name=name)
        for name, frame in (("a_queries", queries), ("b_references", references))
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[_COMPARISONS[each]() for each in fields],
        blocking_rules_to_generate_predictions=[block_on(*each) for each in _rules_for(fields)],
        retain_matching_columns=False,
    )
    return Linker(tables, settings, log_level=logging.ERROR)


def _rules_for(fields: Sequence[str], rules: Sequence[tuple[str, ...]] = _RULES) -> list[tuple[str, ...]]:
    known = set(fields)
    return [rule for rule in rules if {_field_of(part) for part in rule} <= known]


def _field_of(part: str) -> str:
    """The field of a rule's part: ``name`` of ``substr(name, 1, 4)``."""
    return part.removeprefix("substr(").split(",")[0]


def _train(linker: Linker, fields: Sequence[str]) -> None:
    rules: list[str | BlockingRuleCreator] = [block_on(*each) for each in _rules_for(fields, _RULES[:_TRAINING_RULES])]
    linker.training.estimate_probability_two_random_records_match(rules, recall=_DETERMINISTIC_RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=_U_PAIRS, seed=_SEED)
    trained = 0
    for rule in rules:
        # A rule in whose blocks nothing varies, or some level never occurs, teaches nothing; the others do.
        with suppress(EMTrainingException, ValueError):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
            trained += 1
    if not trained:
        raise NotMeasured("EM could not be trained on any of the blocking rules")


def _ranked(pairs: Iterable[Mapping[str, Any]], queries: int) -> list[Ranked]:
    ranked: list[list[tuple[int, float]]] = [[] for _ in range(queries)]
    for pair in sorted(pairs, key=lambda each: (-each["match_weight"], each["unique_id_r"])):
        if len(ranked[pair["unique_id_l"]]) < MOST:
            ranked[pair["unique_id_l"]].append((pair["unique_id_r"], pair["match_weight"]))
    return list(ranked)
