"""Requests as they go over the wire, written by hand where no client would send them."""

import json
import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import pytest

from bench.acceptance.office import Office, Server

MEGABYTE = 1024 * 1024
PATIENCE = 60
"""Seconds."""


def _send(
    server: Server, office: Office, headers: Iterable[str], chunks: Iterable[bytes]
) -> tuple[int, dict[str, Any]]:
    """The status and the JSON that a request is answered with, whose head and body are written as they are given."""
    address = urlsplit(server.url)
    lines = ["POST /graphql HTTP/1.1", "Host: leadgate", f"Authorization: Bearer {office.token()}", *headers, "", ""]
    with socket.create_connection((str(address.hostname), int(address.port or 0)), PATIENCE) as connection:
        connection.sendall("\r\n".join(lines).encode())
        for chunk in chunks:
            connection.sendall(chunk)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


JSON = "Content-Type: application/json"


@pytest.mark.parametrize("megabytes", [1, 30])
def test_a_large_body_is_refused(office: Office, server: Server, megabytes: int) -> None:
    """Whoever sends it comes to read why, and the server's memory never holds it."""
    before = server.usage().memory or 0
    length = f"Content-Length: {megabytes * MEGABYTE}"
    status, body = _send(server, office, [JSON, length], (b" " * MEGABYTE for _ in range(megabytes)))

    assert status == 413
    assert body["errors"][0]["extensions"] == {"code": "BODY_TOO_LARGE"}
    assert (server.usage().memory or 0) - before < 10


def test_a_large_body_that_does_not_say_its_length_is_refused(office: Office, server: Server) -> None:
    """Chunks are counted as they come."""
    chunks = [b"%x\r\n%b\r\n" % (len(each), each) for each in [b" " * 60_000] * 8]
    status, body = _send(server, office, [JSON, "Transfer-Encoding: chunked"], [*chunks, b"0\r\n\r\n"])

    assert status == 413
    assert body["errors"][0]["extensions"] == {"code": "BODY_TOO_LARGE"}


def test_a_body_in_chunks_is_read(office: Office, server: Server) -> None:
    """One that stays within the limit is answered like any other."""
    text = b'{"query": "{ __typename }"}'
    chunks = [b"1\r\n%c\r\n" % each for each in text]
    headers = [JSON, "Transfer-Encoding: chunked", "Connection: close"]

    assert _send(server, office, headers, [*chunks, b"0\r\n\r\n"]) == (200, {"data": {"__typename": "Query"}})


def test_a_client_that_goes_away_harms_nobody(office: Office, server: Server) -> None:
    """The connection ends in the middle of a body; the next request is answered."""
    address = urlsplit(server.url)
    with socket.create_connection((str(address.hostname), int(address.port or 0)), PATIENCE) as connection:
        head = f"POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {office.token()}\r\n{JSON}\r\n"
        connection.sendall(f'{head}Content-Length: 1000\r\n\r\n{{"query"'.encode())
    text = b'{"query": "{ __typename }"}'
    headers = [JSON, f"Content-Length: {len(text)}", "Connection: close"]

    assert _send(server, office, headers, [text])[0] == 200
