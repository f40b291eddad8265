"""The messages of graphql-transport-ws, the WebSocket protocol of npm's graphql-ws (its PROTOCOL.md)."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import orjson

from schema.http.bodies import Operation

PROTOCOL = "graphql-transport-ws"
MAX_MESSAGE = 256 * 1024
"""Characters of a message, as for a body."""


class CloseCode(IntEnum):
    """Why the server closes a socket. Clients come back after the first two and after FORBIDDEN, with a fresh token."""

    GOING_AWAY = 1001
    TRY_AGAIN_LATER = 1013
    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INITIALISATION_TIMEOUT = 4408
    SUBSCRIBER_ALREADY_EXISTS = 4409
    TOO_MANY_INITIALISATIONS = 4429


@dataclass(eq=False)
class SocketClosedError(Exception):
    """The server closes the socket with this code and reason (at most 123 bytes)."""

    code: CloseCode
    reason: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message from the client; ``content`` is all of it."""

    type: str
    content: dict[str, Any]

    @property
    def id(self) -> str:
        """The operation it is about. Raises ``SocketClosedError`` if it names none."""
        id_ = self.content.get("id")
        if not isinstance(id_, str) or not id_:
            raise bad_message(f"'{self.type}' needs an 'id', which has to be a text")
        return id_

    @property
    def payload(self) -> dict[str, Any]:
        """The payload; empty if there is none. Raises ``SocketClosedError`` for what is no object."""
        payload = self.content.get("payload")
        if not isinstance(payload, dict | None):
            raise bad_message(f"the 'payload' of '{self.type}' has to be an object")
        return payload or {}


def bad_message(what: str) -> SocketClosedError:
    """What a client that does not keep to the protocol is told."""
    return SocketClosedError(CloseCode.BAD_REQUEST, f"Invalid message: {what}.")


def read_message(text: str | None) -> Message:
    """The message in a frame. Raises ``SocketClosedError`` for what is none."""
    if text is None or len(text) > MAX_MESSAGE:
        raise bad_message("send texts, of at most 256 KiB")
    try:
        content = orjson.loads(text)
    except ValueError:
        raise bad_message("it is not JSON") from None
    if not isinstance(content, dict) or not isinstance(content.get("type"), str):
        raise bad_message("it has to be an object with a 'type'")
    return Message(content["type"], content)


def read_operation(message: Message) -> Operation:
    """The operation in a ``subscribe``. Raises ``SocketClosedError`` for what is none."""
    payload = message.payload
    query, document_id, name = (payload.get(each) for each in ("query", "documentId", "operationName"))
    variables, extensions = payload.get("variables"), payload.get("extensions")
    if not all(isinstance(each, str | None) for each in (query, document_id, name)):
        raise bad_message("'query', 'documentId' and 'operationName' have to be texts, or null")
    if (query is None) is (document_id is None):
        raise bad_message("it has to have either a 'query' or the 'documentId' of one")
    if not isinstance(variables, dict | None) or not isinstance(extensions, dict | None):
        raise bad_message("'variables' and 'extensions' have to be objects, or null")
    return Operation(query=query, document_id=document_id, variables=variables, name=name or None)


def write_message(type_: str, **content: Any) -> str:  # noqa: ANN401
    """A message to the client."""
    return orjson.dumps({"type": type_, **content}).decode()


def next_wrapper(id_: str) -> tuple[str, str]:
    """What stands before and after a result, JSON, in a message that carries it."""
    return f'{{"id":{orjson.dumps(id_).decode()},"type":"next","payload":', "}"
