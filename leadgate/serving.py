"""The server: uvicorn, told how to treat sockets, and to let streams end before it waits for them."""

import socket

import uvicorn
from starlette.applications import Starlette

from schema.http.messages import MAX_MESSAGE

GRACE_SECONDS = 20
"""How long requests that are under way may go on when the server stops."""


class Server(uvicorn.Server):
    """A server that, when it is to stop, ends all subscriptions first: their clients go on with another process.

    uvicorn would wait for event streams, which have no end of their own, and close sockets with a code of its choice.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, as soon as what is under way is answered."""
        app = self.config.app
        if isinstance(app, Starlette):
            await app.state.hub.drain()
        await super().shutdown(sockets)


def serve_app(app: Starlette, host: str, port: int) -> None:
    """Serve until the process is told to stop."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        ws="websockets-sansio",
        # A frame that 1,000 clients get would be compressed 1,000 times, each with 64 KiB of state kept for it.
        ws_per_message_deflate=False,
        ws_max_size=4 * MAX_MESSAGE,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    Server(config).run()
