"""Work that goes on in other processes while its results are used here."""

import asyncio
import gc
import os
import signal
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import TypeVar

_YOUNG = 200_000
"""Objects that a worker makes before any are looked at again."""

Given = TypeVar("Given")
Made = TypeVar("Made")


async def pipeline(
    items: AsyncIterator[Given], work: Callable[[Given], Made], *, executor: Executor | None, ahead: int
) -> AsyncIterator[tuple[Given, Made]]:
    """Each item with what ``work`` makes of it, in order; so many are worked on before the first is asked for.

    Without an executor the work is done by threads.
    """
    loop = asyncio.get_running_loop()
    under_way: deque[tuple[Given, asyncio.Future[Made]]] = deque()
    try:
        async for item in items:
            under_way.append((item, loop.run_in_executor(executor, work, item)))
            if len(under_way) > ahead:
                given, made = under_way.popleft()
                yield given, await made
        while under_way:
            given, made = under_way.popleft()
            yield given, await made
    finally:
        for _, made in under_way:
            made.cancel()


async def each_of(items: Iterable[Given]) -> AsyncIterator[Given]:
    """The items, one after another, for whoever waits for them."""
    for item in items:
        yield item


def processes(count: int) -> ProcessPoolExecutor:
    """A pool of so many processes, for a ``with`` block; they end with this one, however it ends.

    They are started afresh, whatever threads this one has.
    """
    return ProcessPoolExecutor(max_workers=count, mp_context=get_context("spawn"), initializer=_become_worker)


def _become_worker() -> None:
    # What is made here is given away at once and holds itself in no cycle; looking for some took a third of the time.
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 50)
    # Ctrl-C reaches every process of a terminal; the one that gives the work decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
