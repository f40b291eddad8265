"""A tenant set up and served by the real commands, each in a process of its own, as an operator would do it."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx2

from domain.records import Role
from leadgate.tokens import Claims, issue_token

STARTS_WITHIN = 60.0
"""Seconds."""
STOPS_WITHIN = 30.0
"""Seconds."""
_TOKEN_LASTS = timedelta(days=1)
_COMMAND = (sys.executable, "-m", "leadgate")


class CommandError(Exception):
    """A command did not do what it was asked to; carries what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A tenant in a migrated database, and the user who works there."""

    database: str
    tenant_id: int
    user_id: int
    secret: str = field(repr=False)

    def import_file(self, kind: str, path: Path, *options: str) -> str:
        """Import a file with ``leadgate import``; returns the line that it ends with. Raises ``CommandError``."""
        return run("import", kind, str(path), "--database", self.database, "--tenant", str(self.tenant_id), *options)

    def token(self) -> str:
        """A token that acts as the office's user."""
        claims = Claims(tenant_id=self.tenant_id, user_id=self.user_id, roles=frozenset(Role))
        return issue_token(self.secret.encode(), claims, _TOKEN_LASTS)


def open_office(database: str, name: str, *, country: str) -> Office:
    """Migrate the database at this URL and make a tenant in it. Raises ``CommandError``."""
    run("db", "upgrade", "--database", database)
    admin = ("--admin", "Alex Winter", "alex@office.example")
    made = run("tenant", "create", name, "--database", database, "--country", country, "--language", "en", *admin)
    tenant_id, user_id = (int(each.split()[1]) for each in made.split(", "))
    return Office(database=database, tenant_id=tenant_id, user_id=user_id, secret=secrets.token_hex())


def run(*arguments: str) -> str:
    """Run a ``leadgate`` command; returns what it printed. Raises ``CommandError``."""
    done = subprocess.run([*_COMMAND, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 (our own)
    if done.returncode:
        raise CommandError(f"leadgate {arguments[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout.strip()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used so far, as far as the system tells: seconds of CPU, and memory at most, in MB."""

    cpu: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    url: str
    process_id: int

    def usage(self) -> Usage:
        """What the server has used so far; Linux tells."""
        folder = Path("/proc") / str(self.process_id)
        if not folder.is_dir():
            return Usage()
        # proc(5): the 14th and 15th field are clock ticks; the second one, in brackets, may hold anything.
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        return Usage(ticks / os.sysconf("SC_CLK_TCK"), int(status["VmHWM"].split()[0]) / 1024)


@contextmanager
def serve(office: Office, log: Path) -> Iterator[Server]:
    """Serve the office's database for as long as the block lasts, logging into a file. Raises ``CommandError``."""
    with serve_with("--database", office.database, log=log, LEADGATE_SECRET=office.secret) as server:
        yield server


@contextmanager
def serve_with(*options: str, log: Path, port: int = 0, **settings: str) -> Iterator[Server]:
    """Run ``leadgate serve`` with these options and environment, on a free port unless one is named; else ``serve``."""
    port = port or _free_port()
    command = [*_COMMAND, "serve", *options, "--port", str(port)]
    environment: Mapping[str, str] = {**os.environ, **settings}
    with log.open("wb") as output, subprocess.Popen(command, env=environment, stdout=output, stderr=output) as process:  # noqa: S603 (our own)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, url, log)
            yield Server(url, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(f"{url}/health").is_success:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise CommandError(f"the server did not start: {log.read_text()[-2_000:]}")
