"""Node, for tests that run programs written for it."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OLDEST = 20


@cache
def node() -> str:
    """The machine's Node if it is new enough, else the one that comes with the Python packages."""
    found = shutil.which("node")
    if found:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
        if int(said.removeprefix("v").partition(".")[0]) >= OLDEST:
            return found
    return str(Path(sys.executable).parent / "node")
