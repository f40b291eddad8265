"""GraphQL over HTTP with every call's time kept. It raises for whatever is no answer."""

import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2

TIMEOUT = 60.0
"""Seconds for one call."""

Answer = dict[str, Any]


class NoAnswerError(Exception):
    """The service answered with an error at the top, or with no GraphQL at all."""


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks. ``seconds`` are those of every call so far, by the operation's name."""

    http: httpx2.AsyncClient
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    async def ask(self, operation: str, document: str, variables: Mapping[str, object]) -> Answer:
        """The data of an operation of a document. Raises ``NoAnswerError``."""
        body = {"query": document, "operationName": operation, "variables": variables}
        started = time.perf_counter()
        response = await self.http.post("/graphql", json=body)
        self.seconds[operation].append(time.perf_counter() - started)
        answer: Answer = response.json() if response.is_success else {"errors": response.text}
        if "errors" in answer:
            raise NoAnswerError(f"{operation}: {response.status_code} {answer['errors']}")
        data: Answer = answer["data"]
        return data


@asynccontextmanager
async def open_client(url: str, token: str) -> AsyncIterator[Client]:
    """A client of the service at this address, acting as the user of the token."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(base_url=url, headers=headers, timeout=TIMEOUT) as http:
        yield Client(http)


async def nodes(client: Client, operation: str, document: str, connection: str) -> AsyncIterator[Answer]:
    """Every node of a list at the top of an operation that takes ``$after``, page by page."""
    after: str | None = None
    while True:
        page = (await client.ask(operation, document, {"after": after}))[connection]
        for node in page["nodes"]:
            yield node
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
