"""GraphQL over WebSocket: our own server of graphql-transport-ws.

The stock one closes the socket for a syntax error in one operation, shares one context between all operations of a
socket, speaks the legacy protocol by default, and lets a client that does not read fill the memory.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import orjson
import structlog
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from resolvers.context import RequestContext
from resolvers.errors import ErrorCode
from schema.http import messages
from schema.http.bodies import Operation
from schema.http.gate import Authenticate, Gate
from schema.http.messages import CloseCode, Message, SocketClosedError, write_message
from schema.http.refusals import RequestRefused
from schema.live.hub import Hub
from schema.live.operations import NotAdmittedError, answer, not_admitted
from schema.live.outbox import Outbox, OutboxFullError
from schema.live.sessions import Delivery, Ending

INIT_SECONDS = 10.0
CLOSE_SECONDS = 5.0
MAX_OPERATIONS = 100
"""Operations of one socket at a time."""

_CODES = {
    Ending.TOO_SLOW: CloseCode.TRY_AGAIN_LATER,
    Ending.FAILED: CloseCode.TRY_AGAIN_LATER,
    Ending.GOING_AWAY: CloseCode.GOING_AWAY,
    Ending.FORBIDDEN: CloseCode.FORBIDDEN,
}

log = structlog.get_logger(__name__)


Renew = Callable[[], Awaitable[RequestContext]]
"""The context of a further operation. Raises ``RequestRefused`` once the token is not good any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLSocket:
    """An ASGI application for sockets of authenticated users."""

    hub: Hub
    gate: Gate
    authenticate: Authenticate
    init_seconds: float = INIT_SECONDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket for as long as it is open."""
        socket = WebSocket(scope, receive, send)
        if not self.gate.serving.origins.admit(socket.headers):
            await socket.close()
            return
        is_spoken = messages.PROTOCOL in socket.scope.get("subprotocols", ())
        await socket.accept(messages.PROTOCOL if is_spoken else None)
        if not is_spoken:
            await socket.close(CloseCode.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
            return
        with suppress(WebSocketDisconnect):
            await self._serve(socket, send)

    async def _serve(self, socket: WebSocket, send: Send) -> None:
        try:
            renew = await self._initialise(socket)
            context = await self._begin(socket, renew)
        except SocketClosedError as closed:
            await socket.close(closed.code, closed.reason)
            return
        session = SocketSession(socket, send, context, self, renew)
        self.hub.join(session)
        try:
            await session.serve()
        finally:
            self.hub.part(session)

    async def _initialise(self, socket: WebSocket) -> Renew:
        try:
            async with asyncio.timeout(self.init_seconds):
                message = await _receive(socket)
                while message.type in {"ping", "pong"}:
                    await _answer_ping(socket, message)
                    message = await _receive(socket)
        except TimeoutError:
            raise SocketClosedError(CloseCode.INITIALISATION_TIMEOUT, "Connection initialisation timeout") from None
        if message.type != "connection_init":
            raise SocketClosedError(CloseCode.UNAUTHORIZED, "Unauthorized")
        return partial(self.authenticate, socket, _authorization(message.payload))

    async def _begin(self, socket: WebSocket, renew: Renew) -> RequestContext:
        try:
            context = await renew()
        except RequestRefused as refused:
            raise SocketClosedError(CloseCode.FORBIDDEN, refused.message) from None
        if self.hub.is_stopping:
            raise SocketClosedError(CloseCode.GOING_AWAY, Ending.GOING_AWAY.value)
        await socket.send_text(write_message("connection_ack"))
        return context


async def _receive(socket: WebSocket) -> Message:
    received = await socket.receive()
    if received["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(received.get("code", 1005))
    return messages.read_message(received.get("text"))


async def _answer_ping(socket: WebSocket, message: Message) -> None:
    if message.type == "ping":
        await socket.send_text(write_message("pong"))


def _authorization(payload: Mapping[str, Any]) -> str | None:
    """The payload's ``Authorization``, in any case; None if it has none, so that the header counts."""
    given = (value for name, value in payload.items() if name.lower() == "authorization")
    value = next(given, None)
    return value if isinstance(value, str) else None


class SocketSession:
    """A socket after its initialisation: one task reads, one sends, and every operation has its own."""

    def __init__(
        self, socket: WebSocket, send: Send, context: RequestContext, served: GraphQLSocket, renew: Renew
    ) -> None:
        self.context = context
        self.outbox = Outbox()
        self._socket = socket
        self._send_raw = send
        self._hub = served.hub
        self._gate = served.gate
        self._renew = renew
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing: asyncio.Future[SocketClosedError] = asyncio.get_running_loop().create_future()

    def end(self, ending: Ending) -> None:
        """Close the socket."""
        self._close(SocketClosedError(_CODES[ending], ending.value))

    def _close(self, closed: SocketClosedError) -> None:
        if not self._closing.done():
            self._closing.set_result(closed)

    async def serve(self) -> None:
        """Read, send and run operations until either side closes the socket."""
        reading, sending = asyncio.create_task(self._read()), asyncio.create_task(self._send())
        try:
            ends: set[asyncio.Future[Any]] = {reading, sending, self._closing}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            tasks = [reading, sending, *self._tasks]
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if self._closing.done():
            closed = self._closing.result()
            # A client that does not read does not let itself be told so either.
            with suppress(TimeoutError, RuntimeError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await self._socket.close(closed.code, closed.reason)

    async def _send(self) -> None:
        while True:
            for frame in await self.outbox.take():
                # Past Starlette's own checks, which cost as much as framing what is sent to a thousand clients.
                await self._send_raw({"type": "websocket.send", "text": frame})

    async def _read(self) -> None:
        with suppress(WebSocketDisconnect):
            while True:
                try:
                    self._handle(await _receive(self._socket))
                except SocketClosedError as closed:
                    self._close(closed)
                    return

    def _handle(self, message: Message) -> None:
        match message.type:
            case "ping":
                self._put(write_message("pong"))
            case "pong":
                pass
            case "subscribe":
                self._start(message.id, messages.read_operation(message))
            case "complete":
                task = self._operations.pop(message.id, None)
                if task is not None:
                    task.cancel()
            case "connection_init":
                raise SocketClosedError(CloseCode.TOO_MANY_INITIALISATIONS, "Too many initialisation requests")
            case _:
                raise messages.bad_message("its 'type' is unknown")

    def _start(self, id_: str, operation: Operation) -> None:
        if id_ in self._operations:
            raise SocketClosedError(CloseCode.SUBSCRIBER_ALREADY_EXISTS, f"Subscriber for {id_[:40]} already exists")
        if len(self._operations) >= MAX_OPERATIONS:
            message = f"At most {MAX_OPERATIONS} operations run on a socket at once."
            self._put(_error(id_, not_admitted(ErrorCode.TOO_MANY_OPERATIONS, message)))
            return
        task = self._operations[id_] = asyncio.create_task(self._run(id_, operation))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, id_: str, operation: Operation) -> None:
        try:
            last = await self._perform(id_, operation)
        except NotAdmittedError as refused:
            last = _error(id_, refused)
        except RequestRefused as refused:
            if refused.code is ErrorCode.UNAUTHENTICATED:
                self.end(Ending.FORBIDDEN)
                return
            last = _error(id_, not_admitted(refused.code, refused.message))
        except Exception:
            log.exception("an operation failed")
            self.end(Ending.FAILED)
            return
        # From here on the client may use the id again. Whoever was cancelled has given it up before.
        del self._operations[id_]
        self._put(last)

    async def _perform(self, id_: str, operation: Operation) -> str:
        """Tell the results of an operation; what ends it."""
        before, after = messages.next_wrapper(id_)
        passed = await self._gate.admit(operation)
        context = await asyncio.shield(self._renew())
        if passed.is_subscription:
            delivery = Delivery(self, lambda result: f"{before}{result}{after}")
            async with self._hub.subscribed(passed.operation, context, delivery):
                await asyncio.Event().wait()
        # A mutation is not given up because its client is gone: it may have been committed already.
        result = await asyncio.shield(answer(self._gate, passed, context))
        self._put(f"{before}{orjson.dumps(result).decode()}{after}")
        return write_message("complete", id=id_)

    def _put(self, frame: str) -> None:
        try:
            self.outbox.put(frame)
        except OutboxFullError:
            self.end(Ending.TOO_SLOW)


def _error(id_: str, refused: NotAdmittedError) -> str:
    return write_message("error", id=id_, payload=refused.errors)
