"""Exactly once: a mutation that is sent again with its key has one effect and answers the same.

The key is claimed by the first statement of the transaction, so parallel sends wait for the one that came first. Only
successes are kept, as ids and versions and a keyed hash of the input, for 48 hours.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from db import idempotency
from db.engine import WriteSession
from db.idempotency import IdempotencyScope, KeptAnswer
from domain.actors import Actor
from domain.problems import FieldFault, IdempotencyKeyReused, InvalidField, Refused
from domain.receipts import Receipt, RecordRef
from domain.records import RecordKind
from services.backend import Backend

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

KEEP_FOR = timedelta(hours=48)
MAX_KEY_LENGTH = 200
_PATH = ("input", "idempotencyKey")
Prepared = TypeVar("Prepared")


@dataclass(frozen=True, slots=True)
class Call:
    """One mutation as it was sent: its name, its input as a dataclass, and the client's key, if it gave one."""

    mutation: str
    input: "DataclassInstance"
    idempotency_key: str | None = None


async def write_once(
    backend: Backend, actor: Actor, call: Call, write: Callable[[WriteSession], Awaitable[Receipt]]
) -> Receipt:
    """Run ``write`` in one transaction, or answer as it was answered before. Raises ``Refused``, keeping nothing."""

    async def prepare() -> None:
        return None

    return await prepare_and_write_once(backend, actor, call, prepare, lambda session, _: write(session))


async def prepare_and_write_once(
    backend: Backend,
    actor: Actor,
    call: Call,
    prepare: Callable[[], Awaitable[Prepared]],
    write: Callable[[WriteSession, Prepared], Awaitable[Receipt]],
) -> Receipt:
    """As ``write_once``, with work that is done before the transaction is opened (matching, most of all)."""
    try:
        return await _claim_and_write(backend, actor, call, await prepare(), write)
    except Refused:
        # Whoever was first may have committed meanwhile, and what we were refused for is its effect.
        kept = await _find(backend, actor, call)
        if kept is None:
            raise
        return kept


async def _claim_and_write(
    backend: Backend,
    actor: Actor,
    call: Call,
    prepared: Prepared,
    write: Callable[[WriteSession, Prepared], Awaitable[Receipt]],
) -> Receipt:
    async def claim_and_write(session: WriteSession) -> Receipt:
        if call.idempotency_key is None:
            return await write(session, prepared)
        scope = _scope(actor, call)
        input_hash = _hash(backend, call)
        kept = await idempotency.claim(session, scope, input_hash)
        if kept is not None:
            return _replay(kept, input_hash)
        receipt = await write(session, prepared)
        await idempotency.keep(session, scope, _to_json(receipt))
        return receipt

    return await backend.database.transact(actor.tenant_id, backend.now(), claim_and_write)


async def _find(backend: Backend, actor: Actor, call: Call) -> Receipt | None:
    if call.idempotency_key is None:
        return None
    async with backend.database.read() as session:
        kept = await idempotency.find(session, actor.tenant_id, _scope(actor, call))
    return None if kept is None else _replay(kept, _hash(backend, call))


def _scope(actor: Actor, call: Call) -> IdempotencyScope:
    key = call.idempotency_key or ""
    if not key or len(key) > MAX_KEY_LENGTH or not key.isprintable():
        fault = FieldFault.TOO_LONG if len(key) > MAX_KEY_LENGTH else FieldFault.BAD_TEXT
        raise Refused(InvalidField(path=_PATH, fault=fault, detail=str(MAX_KEY_LENGTH)))
    return IdempotencyScope(user_id=actor.user_id, mutation=call.mutation, key=key)


def _hash(backend: Backend, call: Call) -> bytes:
    # ASCII escapes, because a client may send lone surrogates, which no encoding takes; validation refuses them later.
    encoded = json.dumps(asdict(call.input), sort_keys=True, default=str).encode()
    return hashlib.blake2b(encoded, key=backend.secret, digest_size=32).digest()


def _replay(kept: KeptAnswer, input_hash: bytes) -> Receipt:
    if kept.input_hash != input_hash:
        raise Refused(IdempotencyKeyReused(path=_PATH))
    return Receipt(tuple(RecordRef(RecordKind(kind), id_, version) for kind, id_, version in kept.result["records"]))


def _to_json(receipt: Receipt) -> dict[str, object]:
    return {"records": [[each.kind.value, each.id, each.version] for each in receipt.records]}


async def forget_old_answers(backend: Backend, tenant_id: int) -> int:
    """Delete answers that are older than ``KEEP_FOR``; returns how many."""
    now = backend.now()
    async with backend.database.write(tenant_id, now) as session:
        return await idempotency.forget_before(session, now - KEEP_FOR)
