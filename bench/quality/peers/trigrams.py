"""pg_trgm: the whole record as one text, the nearest by trigrams (``bench.trigrams``)."""

import asyncio
import time

from bench.quality.peers.model import Found, Ranked, Task
from bench.trigrams import open_trigrams


def rank(task: Task) -> Found:
    """Every query's best references by trigram similarity."""
    return asyncio.run(_rank(task))


async def _rank(task: Task) -> Found:
    async with open_trigrams([enumerate(task.references)]) as trigrams:
        started = time.perf_counter()
        ranked: list[Ranked] = [await trigrams.nearest(each) for each in task.queries]
        asking = time.perf_counter() - started
        return Found(ranked=ranked, ready=trigrams.write_seconds + trigrams.index_seconds, asking=asking)
