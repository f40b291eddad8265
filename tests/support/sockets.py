"""A client of graphql-transport-ws without a network, which sees every message and how the socket was closed."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Message

PROTOCOL = "graphql-transport-ws"


class Socket:
    """One socket, from the client's side. With ``pause`` it reads nothing, as a slow client does."""

    def __init__(self) -> None:
        self.to_server: asyncio.Queue[Message] = asyncio.Queue()
        self.from_server: asyncio.Queue[Message] = asyncio.Queue()
        self.is_reading = asyncio.Event()
        self.is_reading.set()

    async def send_to_client(self, message: Message) -> None:
        """The server's side of sending: waits while the client does not read."""
        await self.is_reading.wait()
        self.from_server.put_nowait(message)

    def pause(self) -> None:
        """Read nothing from now on."""
        self.is_reading.clear()

    def resume(self) -> None:
        """Read again."""
        self.is_reading.set()

    def send_text(self, text: str) -> None:
        """Send a frame."""
        self.to_server.put_nowait({"type": "websocket.receive", "text": text})

    def send(self, type_: str, **content: Any) -> None:  # noqa: ANN401
        """Send a message."""
        self.send_text(json.dumps({"type": type_, **content}))

    def subscribe(self, id_: str, query: str, variables: Mapping[str, Any] | None = None) -> None:
        """Begin an operation."""
        self.send("subscribe", id=id_, payload={"query": query, "variables": variables})

    async def receive(self) -> Any:  # noqa: ANN401
        """The next message."""
        message = await asyncio.wait_for(self.from_server.get(), 20)
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def data(self, id_: str) -> Any:  # noqa: ANN401
        """The data of the next message, which has to be a result of this operation without errors."""
        message = await self.receive()
        assert (message["type"], message["id"]) == ("next", id_), message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def closed(self) -> int:
        """The code that the server closes the socket with; what it sends before is passed over."""
        while True:
            message = await asyncio.wait_for(self.from_server.get(), 20)
            if message["type"] == "websocket.close":
                return int(message.get("code", 1000))

    def is_silent(self) -> bool:
        """Whether the server has sent nothing that was not received."""
        return self.from_server.empty()


@asynccontextmanager
async def open_socket(
    app: ASGIApp, *, protocols: tuple[str, ...] = (PROTOCOL,), headers: Mapping[str, str] | None = None
) -> AsyncIterator[Socket]:
    """A socket whose handshake is done, or was refused; closed by the client at the end."""
    socket = Socket()
    given = {"host": "leadgate.test", **(headers or {})}
    scope = {
        "type": "websocket",
        "path": "/graphql",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "query_string": b"",
        "subprotocols": list(protocols),
    }
    socket.to_server.put_nowait({"type": "websocket.connect"})
    serving = asyncio.create_task(_serve(app, scope, socket))
    first = await socket.from_server.get()
    if first["type"] != "websocket.accept":
        socket.from_server.put_nowait(first)
    try:
        yield socket
    finally:
        socket.resume()
        socket.to_server.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(serving, 20)


async def _serve(app: ASGIApp, scope: dict[str, Any], socket: Socket) -> None:
    await app(scope, socket.to_server.get, socket.send_to_client)
