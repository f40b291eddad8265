"""The page that a sales team works on: leads with their candidates, each with evidence and differences, over HTTP."""

import asyncio
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from starlette.types import Message

from bench.bulk import TENANT, Say, build, crm_of
from bench.crm.parts import make_leads
from bench.engines import ENGINES
from db import migrations, records
from db.engine import Database
from domain.records import Lead, Role
from leadgate.auth import Authenticator
from leadgate.collector import tune_collector
from leadgate.tokens import Claims, issue_token
from schema.build import Schema, build_schema
from schema.execution.context import FastExecution, StockExecution
from schema.http.gate import Gate
from schema.http.serving import Serving
from schema.http.trusted import TrustedDocuments
from schema.http.view import GraphQLView
from schema.live.hub import Hub
from services.backend import Backend
from services.candidates import match_leads
from services.tenants import add_lead_type, add_user

SEED = 1
"""Of the generated CRM."""
LEADS = 50
CANDIDATES = 5
POOL = 2_000
"""Leads of which those with the most candidates are shown: most leads have one or two."""
_BATCH = 100
_MATCHES = f"""(first: {CANDIDATES}) {{ verdict totalCount edges {{
  rank score band
  evidence {{ kind code message bits similarity leadValue existingValue }}
  diffs {{ field status similarity leadValue {{ text }} existingValue {{ text }} }}
  node {{ id %s version owner {{ name }} }}
}} }}"""
PAGE = f"""{{ leads(first: {LEADS}) {{ pageInfo {{ hasNextPage endCursor }} nodes {{
  id status subject receivedAt version type {{ name }}
  company {{ name vatId website }} person {{ salutation title firstName lastName }}
  emails {{ address isPrimary }} phones {{ number kind }} address {{ street houseNumber postcode city country }}
  accountMatches{_MATCHES % "name vatId website"}
  contactMatches{_MATCHES % "firstName lastName account { name }"}
}} }} }}"""
_EXECUTIONS = {"fast": FastExecution, "stock": StockExecution}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one page costs, in milliseconds: of the process's CPU, all its threads together, and by the clock."""

    accounts: int
    candidates: int
    kilobytes: float
    cpu_ms: dict[str, float]
    """By executor, the median of the rounds."""
    clock_ms: dict[str, float]


def measure_page(folder: Path, accounts: int, rounds: int, say: Say) -> Page:
    """Build the base if the folder has none, and ask for the page by both executors in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    with ENGINES["sqlite"](folder) as url:
        migrations.upgrade(url)
        return asyncio.run(_measure(url, accounts, rounds, say))


async def _measure(url: str, accounts: int, rounds: int, say: Say) -> Page:
    database = Database(url)
    secret = secrets.token_bytes()
    try:
        backend = Backend(database=database, secret=secret)
        crm = crm_of(accounts, SEED)
        built = await build(backend, crm, say)
        leads = await _with_most_candidates(backend, make_leads(crm, POOL, seed=21))
        token = await _add_office(backend, secret, leads)
        views = {name: _view(build_schema(execution), backend, secret) for name, execution in _EXECUTIONS.items()}
        tune_collector()
        return await _ask_in_turn(views, token, rounds, built.accounts)
    finally:
        await database.close()


def _view(schema: Schema, backend: Backend, secret: bytes) -> GraphQLView:
    gate = Gate(schema, TrustedDocuments(backend), Serving())
    return GraphQLView(gate, Authenticator(backend, secret), Hub(schema, backend))


async def _with_most_candidates(backend: Backend, pool: list[Lead]) -> list[Lead]:
    counts: dict[int, int] = {}
    for start in range(0, len(pool), _BATCH):
        leads = pool[start : start + _BATCH]
        for lead, found in zip(leads, await match_leads(backend, TENANT, leads), strict=True):
            counts[lead.id] = sum(min(len(each.candidates), CANDIDATES) for each in (found.accounts, found.contacts))
    return sorted(pool, key=lambda lead: counts[lead.id], reverse=True)[:LEADS]


async def _add_office(backend: Backend, secret: bytes, leads: list[Lead]) -> str:
    """A user and new leads in the base; gives the user's token."""
    mark = secrets.token_hex(4)
    user = await add_user(backend, TENANT, "Jana Vogt", f"jana-{mark}@example.com")
    lead_type = await add_lead_type(backend, TENANT, f"enquiry-{mark}", "Enquiry")
    now = backend.now()
    new = [replace(each, id=backend.ids.new_id(), type_id=lead_type.id, received_at=now) for each in leads]
    async with backend.database.write(TENANT.id, now) as session:
        await records.insert_many(session, Lead, new)
    claims = Claims(tenant_id=TENANT.id, user_id=user.id, roles=frozenset({Role.AGENT}))
    return issue_token(secret, claims, timedelta(hours=12))


async def _ask_in_turn(views: dict[str, GraphQLView], token: str, rounds: int, accounts: int) -> Page:
    cpu: dict[str, list[float]] = {name: [] for name in views}
    clock: dict[str, list[float]] = {name: [] for name in views}
    answers: dict[str, bytes] = {}
    for number in range(rounds + 1):
        for name, view in views.items():
            with _timed(cpu[name], clock[name]):
                answers[name] = await _ask(view, token)
            if number == 0:
                cpu[name].clear()
                clock[name].clear()
    fast, stock = (orjson.loads(answers[name]) for name in ("fast", "stock"))
    if fast != stock or "errors" in fast:
        raise RuntimeError("The two executors answer differently, or with errors.")
    return Page(
        accounts=accounts,
        candidates=sum(_candidates(each) for each in fast["data"]["leads"]["nodes"]),
        kilobytes=len(answers["fast"]) / 1000,
        cpu_ms={name: median(each) for name, each in cpu.items()},
        clock_ms={name: median(each) for name, each in clock.items()},
    )


def _candidates(lead: dict[str, Any]) -> int:
    return len(lead["accountMatches"]["edges"]) + len(lead["contactMatches"]["edges"])


@contextmanager
def _timed(cpu: list[float], clock: list[float]) -> Iterator[None]:
    started = time.process_time(), time.perf_counter()
    yield
    cpu.append((time.process_time() - started[0]) * 1000)
    clock.append((time.perf_counter() - started[1]) * 1000)


async def _ask(view: GraphQLView, token: str) -> bytes:
    """The body of the answer to one request, as the ASGI server would pass it on."""
    body = orjson.dumps({"query": PAGE})
    parts: list[bytes] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        parts.append(message.get("body", b""))

    headers = [
        (b"authorization", b"Bearer " + token.encode()),
        (b"content-type", b"application/json"),
        (b"accept", b"application/json"),
    ]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "headers": headers}
    await view(scope, receive, send)
    return b"".join(parts)
