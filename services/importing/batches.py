"""One batch of valid rows written in one transaction, with a constant number of statements for all that is new."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Generic, TypeVar

from db import leads, records
from db.locks import lock_keys
from domain.events import EventKind
from domain.records import Account, Contact, Lead, LeadStatus, RecordKind
from domain.values import ExternalId
from services.importing.homes import place_contact, resolve_accounts, unknown_account
from services.importing.keys import existing_by_key, find_keys
from services.importing.merging import merge
from services.importing.parsing import Row
from services.importing.rejects import Reject
from services.writing import (
    ExternalIds,
    Writing,
    change_account,
    change_contact,
    change_lead,
    create_accounts,
    create_contacts,
    create_leads,
)

R = TypeVar("R", Account, Contact, Lead)
_LOCK = 0x1EAD1E
"""Held by every batch of the tenant, so that two imports of one file do not make a record twice."""


@dataclass(slots=True)
class Tally:
    """How many rows came to what. ``left_alone``: they met a record that an import does not touch.

    ``incomplete`` rows are among the others: they were taken without their bad values.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: int = 0
    rejected: int = 0
    incomplete: int = 0

    def add(self, other: "Tally") -> None:
        """Count the rows of a further batch."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@dataclass(slots=True)
class Outcome:
    """What became of a batch."""

    tally: Tally
    rejects: list[Reject] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way(Generic[R]):
    """How rows of a kind are written: onto which records, by which change, and through which services."""

    kind: type[R]
    existing: Mapping[ExternalId, R]
    change: Callable[[R, Row[R]], R]
    may_change: Callable[[R], bool]
    create: Callable[[Sequence[R], ExternalIds], Awaitable[None]]
    save: Callable[[R, R], Awaitable[object]]


@dataclass(slots=True)
class _Pending(Generic[R]):
    """A record as it is after the rows that were met so far; ``rows`` are those that changed it."""

    before: R | None
    after: R
    rows: list[Row[R]] = field(default_factory=list)


async def write_accounts(writing: Writing, rows: Sequence[Row[Account]]) -> Outcome:
    """Write a batch of account rows. The private customers' account is left alone."""
    await lock_keys(writing.session, [_LOCK])
    found = await find_keys(writing, RecordKind.ACCOUNT, (row.key for row in rows))
    way = _Way(
        kind=Account,
        existing=await existing_by_key(writing, Account, found),
        change=lambda account, row: merge(account, row.record, writing.tenant.default_country),
        may_change=lambda account: not account.is_private_customers,
        create=partial(create_accounts, writing, is_logged=False),
        save=partial(change_account, writing),
    )
    return Outcome(await _write(writing, rows, way))


async def write_contacts(writing: Writing, rows: Sequence[Row[Contact]], private_id: int) -> Outcome:
    """Write a batch of contact rows, and the accounts that they describe and that are not there yet.

    ``private_id`` is the private customers' account, to which a contact without an account goes.
    """
    await lock_keys(writing.session, [_LOCK])
    found = await find_keys(writing, RecordKind.CONTACT, (row.key for row in rows))
    existing = await existing_by_key(writing, Contact, found)
    accounts = await resolve_accounts(writing, rows, existing, private_id)
    rejects = [unknown_account(row) for row in rows if row.line not in accounts]
    good = [
        replace(row, record=replace(row.record, account_id=accounts[row.line])) for row in rows if row.line in accounts
    ]
    way = _Way(
        kind=Contact,
        existing=existing,
        change=lambda contact, row: place_contact(
            merge(contact, row.record, writing.tenant.default_country), row, private_id
        ),
        may_change=lambda _: True,
        create=partial(create_contacts, writing, is_logged=False),
        save=partial(change_contact, writing),
    )
    tally = await _write(writing, good, way)
    tally.rejected += len(rejects)
    return Outcome(tally, rejects)


async def write_leads(writing: Writing, rows: Sequence[Row[Lead]]) -> Outcome:
    """Write a batch of lead rows. Leads that are not NEW any more are left alone."""
    await lock_keys(writing.session, [_LOCK])
    keys = [(row.key.system, row.key.value) for row in rows]
    known = await leads.by_external_ids(writing.session, writing.tenant.id, keys)
    way = _Way(
        kind=Lead,
        existing={ExternalId(*key): lead for key, lead in known.items()},
        change=partial(_change_lead, country=writing.tenant.default_country),
        may_change=lambda lead: lead.status(writing.session.now) is LeadStatus.NEW,
        create=lambda new, _: create_leads(writing, new, is_logged=False),
        save=lambda before, after: change_lead(writing, before, after, EventKind.LEAD_UPDATED),
    )
    return Outcome(await _write(writing, rows, way))


def _change_lead(lead: Lead, row: Row[Lead], *, country: str) -> Lead:
    after = merge(lead, row.record, country)
    return replace(after, type_id=row.record.type_id) if row.is_typed else after


async def _write(writing: Writing, rows: Sequence[Row[R]], way: _Way[R]) -> Tally:
    tally = Tally()
    pending = _gather(rows, way, tally)
    new = {key: each.after for key, each in pending.items() if each.before is None}
    if new:
        await way.create(list(new.values()), {record.id: (key,) for key, record in new.items()})
    for each in pending.values():
        if each.before is not None and each.rows:
            # Read again and locked: somebody may have changed it since the batch was looked up.
            locked = await records.get_for_update(writing.session, way.kind, each.before.id)
            if locked is not None and way.may_change(locked):
                after = locked
                for row in each.rows:
                    after = way.change(after, row)
                await way.save(locked, after)
    return tally


def _gather(rows: Iterable[Row[R]], way: _Way[R], tally: Tally) -> dict[ExternalId, _Pending[R]]:
    """Let the rows come one after another upon the records as they are; rows of one new record make it together."""
    pending: dict[ExternalId, _Pending[R]] = {}
    for row in rows:
        known = way.existing.get(row.key)
        if known is not None and not way.may_change(known):
            tally.left_alone += 1
        elif known is None and row.key not in pending:
            pending[row.key] = _Pending(None, row.record)
            tally.created += 1
        else:
            place = pending.setdefault(row.key, _Pending(known, known or row.record))
            after = way.change(place.after, row)
            if after == place.after:
                tally.unchanged += 1
            else:
                place.after = after
                place.rows.append(row)
                tally.updated += 1
    return pending
