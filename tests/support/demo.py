"""The demo as a newcomer gets it: built by its command and served by the real server."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.acceptance.office import Server, run, serve_with


@contextmanager
def demo_server(folder: Path) -> Iterator[Server]:
    """Build the demo in a folder, which takes most of a minute, and serve it for as long as the block lasts."""
    url = f"sqlite+aiosqlite:///{folder}/demo.sqlite3"
    run("db", "upgrade", "--database", url)
    subprocess.run([sys.executable, "-m", "bench.demo", "--database", url], check=True, capture_output=True)
    with serve_with("--demo", "--database", url, log=folder / "server.log") as server:
        yield server
