"""A WebSocket client that costs next to nothing (RFC 6455): it notes when a frame has come, and reads none.

A client library takes longer to read 1,000 frames than the server to send them, and what is measured would be the
client. This one knows just what the measurement needs: texts out, unmasked and unfragmented frames in.
"""

import asyncio
import base64
import json
import os
import struct
import time
from typing import Any, cast
from urllib.parse import urlsplit

PROTOCOL = "graphql-transport-ws"
_SHORT, _LONG = 126, 127
_TEXT, _PONG, _PING = 1, 0xA, 9


class Subscriber(asyncio.Protocol):
    """One socket; ``arrived`` are the moments (``time.monotonic``) at which frames had come, of texts only."""

    def __init__(self, path: str, host: str) -> None:
        self._request = (path, host)
        self._buffer = bytearray()
        self._transport: asyncio.Transport
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting: asyncio.Future[None] | None = None
        self._wanted = 0
        self.arrived: list[float] = []
        self.last = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the socket."""
        self._transport = cast("asyncio.Transport", transport)
        path, host = self._request
        key = base64.b64encode(os.urandom(16)).decode()
        self._transport.write(
            f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Note the moment of every frame that is complete."""
        now = time.monotonic()
        self._buffer += data
        if not self.opened.done():
            head, found, rest = bytes(self._buffer).partition(b"\r\n\r\n")
            if not found:
                return
            self._buffer = bytearray(rest)
            if b" 101 " in head.split(b"\r\n")[0]:
                self.opened.set_result(None)
            else:
                self.opened.set_exception(ConnectionError(head.decode()))
                return
        while (frame := self._take_frame()) is not None:
            kind, self.last = frame
            if kind == _TEXT:
                self.arrived.append(now)
            elif kind == _PING:
                self._send(_PONG, self.last)
        if self._waiting is not None and len(self.arrived) >= self._wanted and not self._waiting.done():
            self._waiting.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever still waits for a frame waits in vain."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionError("the server has closed the socket"))

    def _take_frame(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1] & 0x7F, 2
        if length in {_SHORT, _LONG}:
            size, form = (2, "!H") if length == _SHORT else (8, "!Q")
            if len(buffer) < start + size:
                return None
            length, start = struct.unpack_from(form, buffer, start)[0], start + size
        if len(buffer) < start + length:
            return None
        frame = buffer[0] & 0xF, bytes(buffer[start : start + length])
        del buffer[: start + length]
        return frame

    def send(self, **message: Any) -> None:  # noqa: ANN401
        """Send a message."""
        self._send(_TEXT, json.dumps(message).encode())

    def _send(self, kind: int, content: bytes) -> None:
        # A mask of zeros is a mask: clients have to mask, and nothing says how well.
        short = len(content) < _SHORT
        size = bytes([0x80 | len(content)]) if short else bytes([0x80 | _SHORT]) + struct.pack("!H", len(content))
        self._transport.write(bytes([0x80 | kind]) + size + bytes(4) + content)

    async def wait_for(self, frames: int) -> None:
        """Wait until so many texts have come since the beginning."""
        if len(self.arrived) < frames:
            self._wanted, self._waiting = frames, asyncio.get_running_loop().create_future()
            await self._waiting

    def close(self) -> None:
        """Go away, without a word."""
        self._transport.abort()


async def subscribe(url: str, token: str, query: str, variables: dict[str, Any]) -> Subscriber:
    """A socket that is subscribed, and has been told how things stand."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    _, subscriber = await loop.create_connection(
        lambda: Subscriber("/graphql", parts.netloc), parts.hostname or "", parts.port or 80
    )
    await subscriber.opened
    subscriber.send(type="connection_init", payload={"Authorization": f"Bearer {token}"})
    await subscriber.wait_for(1)
    subscriber.send(type="subscribe", id="1", payload={"query": query, "variables": variables})
    await subscriber.wait_for(2)
    return subscriber
