"""Node, for tests that run programs written for it."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OLDEST = 20
"""What the audits and the clients that only run need."""
OLDEST_FOR_TOOLS = 23
"""Code generators and linters need 22.15; the one that comes with the Python packages is newer."""


@cache
def node(oldest: int = OLDEST) -> str:
    """The machine's Node if its major version is new enough, else the one that comes with the Python packages."""
    found = shutil.which("node")
    if found:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
        if int(said.removeprefix("v").partition(".")[0]) >= oldest:
            return found
    return str(Path(sys.executable).parent / "node")
