"""What every write of a record goes through, inside an open transaction.

The record itself, its match index, the words it is found by, a change row per field and the event: always together, so
that no way of writing can forget one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from db import external_ids, log, records, search
from db.engine import WriteSession
from domain.events import EventKind, NewChange, NewEvent
from domain.fields import FieldChange
from domain.records import Account, Case, Contact, Lead, RecordKind, Tenant
from domain.values import ExternalId
from services.changes import AnyRecord, changes_between
from services.ids import IdSource
from services.indexing import index_accounts, index_contacts, reindex_account, reindex_contact
from services.search_words import Searchable, search_words

ExternalIds = Mapping[int, Sequence[ExternalId]]
"""External ids by the id of the record that has them."""

_NONE: ExternalIds = MappingProxyType({})
_KINDS: dict[type[AnyRecord], RecordKind] = {
    Lead: RecordKind.LEAD,
    Account: RecordKind.ACCOUNT,
    Contact: RecordKind.CONTACT,
    Case: RecordKind.CASE,
}


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, in which transaction, and from which lead the values come (None: from none)."""

    session: WriteSession
    tenant: Tenant
    ids: IdSource
    user_id: int | None
    lead_id: int | None = None


async def create_accounts(
    writing: Writing, accounts: Sequence[Account], external: ExternalIds = _NONE, *, is_logged: bool = True
) -> None:
    """Write new accounts, with their external ids.

    With ``is_logged=False`` (imports) no change rows are written; there is one event for each in any case.
    """
    await records.insert_many(writing.session, Account, accounts)
    await index_accounts(writing.session, writing.ids, writing.tenant, accounts)
    await _insert_words(writing, RecordKind.ACCOUNT, accounts)
    await _report_new(writing, EventKind.ACCOUNT_CREATED, accounts, external, is_logged=is_logged)


async def create_contacts(
    writing: Writing, contacts: Sequence[Contact], external: ExternalIds = _NONE, *, is_logged: bool = True
) -> None:
    """Write new contacts, with their external ids; otherwise as ``create_accounts``."""
    await records.insert_many(writing.session, Contact, contacts)
    await index_contacts(writing.session, writing.ids, writing.tenant, contacts)
    await _insert_words(writing, RecordKind.CONTACT, contacts)
    await _report_new(writing, EventKind.CONTACT_CREATED, contacts, external, is_logged=is_logged)


async def create_leads(writing: Writing, leads: Sequence[Lead], *, is_logged: bool = True) -> None:
    """Write new leads. They are matched against accounts and contacts, and are not in the match index themselves."""
    await records.insert_many(writing.session, Lead, leads)
    await _insert_words(writing, RecordKind.LEAD, leads)
    await _report_new(writing, EventKind.LEAD_CREATED, leads, _NONE, is_logged=is_logged)


async def create_case(writing: Writing, case: Case) -> None:
    """Write a new case, which has its number already."""
    await records.insert_many(writing.session, Case, [case])
    await _report_new(writing, EventKind.CASE_CREATED, [case], _NONE, is_logged=True)


async def change_account(
    writing: Writing, before: Account, after: Account, also: Sequence[FieldChange] = ()
) -> tuple[FieldChange, ...]:
    """Write an account that the transaction has locked, as version ``before.version + 1``.

    ``also`` are changes that go with it and are written elsewhere (external ids). Returns what changed; if that is
    nothing, nothing is written and the version stays.
    """
    changes = (*changes_between(before, after), *also)
    if changes:
        after = replace(after, version=before.version + 1)
        await records.update_many(writing.session, Account, [after])
        await reindex_account(writing.session, writing.ids, writing.tenant, before, after)
        await _change_words(writing, before, after)
        await _report_changes(writing, EventKind.ACCOUNT_UPDATED, after, changes)
    return changes


async def change_contact(
    writing: Writing, before: Contact, after: Contact, also: Sequence[FieldChange] = ()
) -> tuple[FieldChange, ...]:
    """Write a contact that the transaction has locked; otherwise as ``change_account``.

    A move to another account is an event of its own, besides the one for the other fields.
    """
    changes = (*changes_between(before, after), *also)
    if changes:
        after = replace(after, version=before.version + 1)
        await records.update_many(writing.session, Contact, [after])
        await reindex_contact(writing.session, writing.ids, writing.tenant, before, after)
        await _change_words(writing, before, after)
        moved = tuple(each for each in changes if each.field == "account_id")
        others = tuple(each for each in changes if each.field != "account_id")
        await _report_changes(writing, EventKind.CONTACT_MOVED, after, moved)
        await _report_changes(writing, EventKind.CONTACT_UPDATED, after, others)
    return changes


async def change_lead(writing: Writing, before: Lead, after: Lead, kind: EventKind) -> tuple[FieldChange, ...]:
    """Write a lead that the transaction has locked, with an event of this kind; otherwise as ``change_account``."""
    changes = changes_between(before, after)
    if changes:
        after = replace(after, version=before.version + 1)
        await records.update_many(writing.session, Lead, [after])
        await _change_words(writing, before, after)
        await _report_changes(writing, kind, after, changes)
    return changes


async def change_case(writing: Writing, before: Case, after: Case, kind: EventKind) -> tuple[FieldChange, ...]:
    """Write a case that the transaction has locked, with an event of this kind; otherwise as ``change_account``."""
    changes = changes_between(before, after)
    if changes:
        after = replace(after, version=before.version + 1)
        await records.update_many(writing.session, Case, [after])
        await _report_changes(writing, kind, after, changes)
    return changes


async def replace_external_ids(
    writing: Writing, record: Account | Contact, old: Sequence[ExternalId], new: Sequence[ExternalId]
) -> tuple[FieldChange, ...]:
    """Let a record have these external ids instead of its old ones.

    Returns the change, to be passed on to ``change_account`` or ``change_contact``; () if nothing differs.
    """
    if set(old) == set(new):
        return ()
    await external_ids.delete_all(writing.session, record.id)
    await external_ids.insert_many(writing.session, _KINDS[type(record)], [(record.id, each) for each in new])
    return (FieldChange(field="external_ids", old=_as_texts(old), new=_as_texts(new)),)


def record_event(writing: Writing, kind: EventKind, record: AnyRecord, fields: Iterable[str] = ()) -> None:
    """Let an event about a record be written with the transaction."""
    writing.session.record(
        NewEvent(
            kind=kind,
            record_kind=_KINDS[type(record)],
            record_id=record.id,
            lead_id=_lead_id(writing, record),
            user_id=writing.user_id,
            fields=tuple(fields),
        )
    )


def _lead_id(writing: Writing, record: AnyRecord) -> int | None:
    return record.id if isinstance(record, Lead) else writing.lead_id


async def _insert_words(writing: Writing, kind: RecordKind, new: Sequence[Searchable]) -> None:
    country = writing.tenant.default_country
    words = ((record.id, word) for record in new for word in search_words(record, country))
    await search.insert_terms(writing.session, kind, words)


async def _change_words(writing: Writing, before: Searchable, after: Searchable) -> None:
    country, kind = writing.tenant.default_country, _KINDS[type(after)]
    old, new = search_words(before, country), search_words(after, country)
    await search.delete_terms(writing.session, kind, after.id, [word for word in old if word not in new])
    await search.insert_terms(writing.session, kind, [(after.id, word) for word in new if word not in old])


async def _report_new(
    writing: Writing, kind: EventKind, new: Sequence[AnyRecord], external: ExternalIds, *, is_logged: bool
) -> None:
    if external:
        pairs = [(record.id, each) for record in new for each in external.get(record.id, ())]
        await external_ids.insert_many(writing.session, _KINDS[type(new[0])], pairs)
    if is_logged:
        rows = [
            _change_row(writing, record, each)
            for record in new
            for each in (*changes_between(None, record), *_new_external_ids(external.get(record.id, ())))
        ]
        await log.insert_changes(writing.session, rows, writing.ids.new_id)
    for record in new:
        record_event(writing, kind, record)


async def _report_changes(writing: Writing, kind: EventKind, record: AnyRecord, changes: Sequence[FieldChange]) -> None:
    if changes:
        rows = [_change_row(writing, record, each) for each in changes]
        await log.insert_changes(writing.session, rows, writing.ids.new_id)
        record_event(writing, kind, record, [each.field for each in changes])


def _change_row(writing: Writing, record: AnyRecord, change: FieldChange) -> NewChange:
    return NewChange(
        record_kind=_KINDS[type(record)],
        record_id=record.id,
        field=change.field,
        old=_plain(change.old),
        new=_plain(change.new),
        lead_id=_lead_id(writing, record),
        person_id=record.id if isinstance(record, Contact) else None,
        user_id=writing.user_id,
    )


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def _new_external_ids(entries: Sequence[ExternalId]) -> tuple[FieldChange, ...]:
    return (FieldChange(field="external_ids", old=(), new=_as_texts(entries)),) if entries else ()


def _as_texts(entries: Sequence[ExternalId]) -> tuple[str, ...]:
    return tuple(f"{each.system}:{each.value}" for each in entries)
