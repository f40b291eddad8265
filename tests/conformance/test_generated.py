"""Requests that schemathesis draws from the schema are answered, or refused for a known reason."""

from pathlib import Path

from bench.conformance.running import run_schemathesis

CASES = 5
"""For each field; ``python -m bench.conformance`` sends fifty thousand requests in all."""


def test_generated_requests_are_answered(tmp_path: Path) -> None:
    """Every field of Query and Mutation is asked for, with ids that there are and with others; no answer is a bug."""
    outcome = run_schemathesis(tmp_path, cases_per_field=CASES, seed=1)

    assert outcome.is_clean, outcome.report
    assert outcome.operations >= 36
    assert outcome.cases >= 30 * CASES
