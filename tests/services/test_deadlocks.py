"""Transactions that PostgreSQL ends because they stand in each other's way. SQLite has one writer and no such thing."""

import asyncio
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from db import records
from db.engine import TransactionLostError, WriteSession
from domain.receipts import Receipt, RecordRef
from domain.records import Contact, RecordKind
from services.idempotency import Call, write_once
from tests.support.factories import make_account, make_contact
from tests.support.offices import Office

pytestmark = pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)

_LOSE = text("DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = 'serialization_failure'; END $$")


@dataclass(frozen=True, slots=True)
class Command:
    """Some input."""

    name: str


async def test_two_mutations_that_deadlock_both_succeed(office: Office) -> None:
    """The one that the database ends is done again, and nobody hears of it."""
    account = make_account(tenant_id=office.tenant.id)
    contacts = [make_contact(account, tenant_id=office.tenant.id) for _ in range(2)]
    await office.give(account, *contacts)
    both_hold_one = asyncio.Barrier(2)
    tries: list[str] = []

    async def lock_both(name: str, order: list[Contact]) -> Receipt:
        async def write(session: WriteSession) -> Receipt:
            tries.append(name)
            await records.get_for_update(session, Contact, order[0].id)
            if tries.count(name) == 1:
                await both_hold_one.wait()
            await records.get_for_update(session, Contact, order[1].id)
            return Receipt((RecordRef(RecordKind.CONTACT, order[1].id, 1),))

        return await write_once(office.backend, office.actor, Call("lockBoth", Command(name), name), write)

    receipts = await asyncio.gather(lock_both("one", contacts), lock_both("other", contacts[::-1]))
    assert [each.id_of(RecordKind.CONTACT) for each in receipts] == [contacts[1].id, contacts[0].id]
    assert len(tries) == 3


async def test_a_mutation_that_always_loses_gives_up(office: Office) -> None:
    """It is tried three times, and keeps nothing."""
    tries: list[int] = []

    async def write(session: WriteSession) -> Receipt:
        tries.append(1)
        await session.execute(_LOSE)
        raise AssertionError("the statement fails")

    with pytest.raises(TransactionLostError):
        await write_once(office.backend, office.actor, Call("lose", Command("all"), "key"), write)
    assert len(tries) == 3
