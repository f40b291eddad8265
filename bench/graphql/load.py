"""Load on a server of its own process: what it costs there, how many requests come through, and how fast."""

import asyncio
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket
from statistics import median, quantiles

import orjson

CONNECTIONS = 16
_WARM_UP = 300
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One query at one server: milliseconds of the server's CPU for each request, and what clients see."""

    cpu_ms: float
    per_second: float
    median_ms: float
    p99_ms: float


@contextmanager
def running(command: Sequence[str], port: int, folder: Path) -> Iterator[int]:
    """A server that listens; gives its process id."""
    process = subprocess.Popen([*command, str(port)], cwd=folder)  # noqa: S603 Commands of our own.
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not listen at {port}.")


def cpu_seconds(pid: int) -> float:
    """What a process has used so far, all of its threads together (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def ask_once(port: int, query: str) -> object:
    """The answer to one request. Raises ``RuntimeError`` for anything but data."""
    answer: dict[str, object] = orjson.loads(asyncio.run(_ask_once(port, query)))
    if set(answer) != {"data"}:
        raise RuntimeError(f"The server at {port} answers {answer!r}.")
    return answer["data"]


async def _ask_once(port: int, query: str) -> bytes:
    return (await _client(port, _request(query), iter([0])))[1]


def measure(pid: int, port: int, query: str, requests: int) -> Measured:
    """Ask so many times over 16 connections at once, after a warm-up."""
    asyncio.run(_load(port, query, _WARM_UP))
    before, started = cpu_seconds(pid), time.perf_counter()
    latencies = asyncio.run(_load(port, query, requests))
    seconds, cpu = time.perf_counter() - started, cpu_seconds(pid) - before
    return Measured(
        cpu_ms=cpu / requests * 1000,
        per_second=requests / seconds,
        median_ms=median(latencies) * 1000,
        p99_ms=quantiles(latencies, n=100)[-1] * 1000,
    )


async def _load(port: int, query: str, requests: int) -> list[float]:
    request, left = _request(query), iter(range(requests))
    clients = [_client(port, request, left) for _ in range(CONNECTIONS)]
    return [each for latencies, _ in await asyncio.gather(*clients) for each in latencies]


def _request(query: str) -> bytes:
    body = orjson.dumps({"query": query})
    head = (
        "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _client(port: int, request: bytes, left: Iterator[int]) -> tuple[list[float], bytes]:
    """Send requests over one connection while any are left; the last body as well."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    latencies: list[float] = []
    body = b""
    for _ in left:
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await _read_body(reader, head)
        latencies.append(time.perf_counter() - started)
    writer.close()
    return latencies, body


async def _read_body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    lines = head.decode("latin-1").lower().split("\r\n")
    length = next((each.partition(":")[2] for each in lines if each.startswith("content-length:")), None)
    if length is not None:
        return await reader.readexactly(int(length))
    chunks = []
    while size := int((await reader.readline()).strip(), 16):
        chunks.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(chunks)
