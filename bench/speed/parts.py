"""Where the time of a look-up goes: the steps of ``services.candidates``, each with a clock around it.

The steps are called a few times per batch, so the clocks cost nothing that shows; all the same they run in rounds of
their own, apart from the ones whose times are reported.
"""

import inspect
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from services import candidates
from services.statistics import StatisticsCache

STEPS: tuple[tuple[str, Any, str], ...] = (
    ("keys", candidates, "_first_questions"),
    ("keys", candidates, "_second_question"),
    ("SQL: candidates", candidates, "fetch_candidates"),
    ("SQL: documents", candidates, "fetch_documents"),
    ("documents", candidates, "_prepare"),
    ("frequencies", StatisticsCache, "get"),
    ("scoring", candidates, "_score_all"),
)
"""Which part each step of the service belongs to: name, and where the step is."""


@contextmanager
def timed_parts() -> Iterator[dict[str, float]]:
    """Collect the seconds that the parts take by the clock, while the block lasts.

    Raises ``AttributeError`` where the service no longer has a step of that name.
    """
    seconds = {name: 0.0 for name, _, _ in STEPS}
    originals = [(place, step, getattr(place, step)) for _, place, step in STEPS]
    try:
        for (name, _, _), (place, step, original) in zip(STEPS, originals, strict=True):
            setattr(place, step, _timed(original, name, seconds))
        yield seconds
    finally:
        for place, step, original in originals:
            setattr(place, step, original)


def _timed(step: Callable[..., Any], name: str, seconds: dict[str, float]) -> Callable[..., Any]:
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        started = time.perf_counter()
        try:
            return step(*args, **kwargs)
        finally:
            seconds[name] += time.perf_counter() - started

    async def run_async(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        started = time.perf_counter()
        try:
            return await step(*args, **kwargs)
        finally:
            seconds[name] += time.perf_counter() - started

    return run_async if inspect.iscoroutinefunction(step) else run
