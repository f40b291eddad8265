"""GraphQL over server-sent events: the "distinct connections" mode of npm's graphql-sse (its PROTOCOL.md).

The request is the same as for one JSON answer, with ``Accept: text/event-stream``; each result is a ``next``, and
``complete`` ends the stream. A stream that ends without it was interrupted, and clients come back.
"""

import asyncio
from contextlib import suppress

import orjson
import structlog
from starlette.types import Receive, Send

from resolvers.context import RequestContext
from resolvers.errors import ErrorCode
from schema.http.gate import Gate, Passed
from schema.http.refusals import RequestRefused
from schema.live.hub import Hub
from schema.live.operations import NotAdmittedError, answer
from schema.live.outbox import Outbox, OutboxFullError
from schema.live.sessions import Delivery, Ending

EVENT_STREAM = "text/event-stream"
KEEP_ALIVE_SECONDS = 12.0
_COMPLETE = "event: complete\ndata:\n\n"
_KEEP_ALIVE = ":\n\n"
_HEADERS = {
    "content-type": f"{EVENT_STREAM}; charset=utf-8",
    "cache-control": "no-cache, no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
}

log = structlog.get_logger(__name__)


def is_stream_taken(accept: str) -> bool:
    """Whether the client takes results as events, perhaps beside other ways."""
    return EVENT_STREAM in (each.split(";")[0].strip().lower() for each in accept.split(","))


def refuse_subscription(passed: Passed) -> None:
    """Raise ``RequestRefused`` for a subscription, which has more results than one answer."""
    if passed.is_subscription:
        message = f"Subscribe over WebSocket (graphql-transport-ws), or accept '{EVENT_STREAM}'."
        raise RequestRefused(406, ErrorCode.NEEDS_STREAM, message)


def _as_event(result: str) -> str:
    return f"event: next\ndata: {result}\n\n"


class EventStream:
    """The answer to one request: the results of its operation, one after another."""

    def __init__(
        self, hub: Hub, gate: Gate, passed: Passed, context: RequestContext, keep_alive: float = KEEP_ALIVE_SECONDS
    ) -> None:
        self.context = context
        self.outbox = Outbox()
        self._hub = hub
        self._gate = gate
        self._passed = passed
        self._keep_alive = keep_alive
        self._ended = asyncio.Event()

    def end(self, ending: Ending) -> None:  # noqa: ARG002 (a stream ends without saying why)
        """Interrupt the stream."""
        self._ended.set()

    async def send(self, receive: Receive, send: Send) -> None:
        """Send events until the operation is complete, the client is gone, or the stream is ended."""
        headers = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        self._hub.join(self)
        tasks = [asyncio.create_task(each) for each in (self._send(send), self._perform(), _gone(receive))]
        tasks.append(asyncio.create_task(_wait(self._ended)))
        try:
            if self._hub.is_stopping:
                return
            sending, performing, *_ = tasks
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if performing.done() and not sending.done():
                await asyncio.wait({sending, *tasks[2:]}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.part(self)
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(1):
                    await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send(self, send: Send) -> None:
        """Send what comes in, and something now and then, so that nobody between takes the connection for dead."""
        while True:
            try:
                async with asyncio.timeout(self._keep_alive):
                    frames = await self.outbox.take()
            except TimeoutError:
                frames = [_KEEP_ALIVE]
            await send({"type": "http.response.body", "body": "".join(frames).encode(), "more_body": True})
            if frames[-1] is _COMPLETE:
                return

    async def _perform(self) -> None:
        try:
            await self._tell()
        except NotAdmittedError as refused:
            self._put(_as_event(orjson.dumps({"errors": refused.errors}).decode()))
        except Exception:
            log.exception("an operation failed")
            self._ended.set()
            return
        self._put(_COMPLETE)

    async def _tell(self) -> None:
        if self._passed.is_subscription:
            async with self._hub.subscribed(self._passed.operation, self.context, Delivery(self, _as_event)):
                await asyncio.Event().wait()
        result = await asyncio.shield(answer(self._gate, self._passed, self.context))
        self._put(_as_event(orjson.dumps(result).decode()))

    def _put(self, frame: str) -> None:
        try:
            self.outbox.put(frame)
        except OutboxFullError:
            self._ended.set()


async def _wait(event: asyncio.Event) -> None:
    await event.wait()


async def _gone(receive: Receive) -> None:
    """Wait until the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
