"""The folder that one run of the suite works in, shared by its workers."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

VARIABLE = "LEADGATE_TEST_WORKSHOP"
"""Names the folder to the workers, which inherit it from the process that starts them."""


def open_workshop() -> Path | None:
    """Make the run's folder, or give None to a process that has inherited one (a worker)."""
    if VARIABLE in os.environ:
        return None
    folder = Path(mkdtemp(prefix="leadgate-tests-"))
    os.environ[VARIABLE] = str(folder)
    return folder


def current_workshop() -> Path:
    """Give the run's folder, in whichever process of the run. Raises ``KeyError`` outside of one."""
    return Path(os.environ[VARIABLE])


def close_workshop(folder: Path) -> None:
    """Remove the run's folder."""
    del os.environ[VARIABLE]
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def made_once(workshop: Path, name: str) -> Iterator[Path | None]:
    """Let one process of the run make a thing that all of them use.

    The first to come gets the path to make it at, and whoever comes meanwhile waits; all others get None. What was not
    finished (the block was left by an exception) is tried again by the next.
    """
    done = workshop / f"{name}.done"
    with (workshop / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if done.exists():
            yield None
        else:
            yield workshop / name
            done.touch()


def apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function in a thread of its own, where it may run an event loop whatever this thread is doing."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(function, *args, **kwargs).result()
