"""Which account an imported contact is at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from db import records
from domain.records import Account, Contact, RecordKind
from domain.values import ExternalId
from services.importing.keys import Keys, find_keys
from services.importing.parsing import ById, Described, Named, Row
from services.importing.rejects import Reject
from services.writing import Writing, create_accounts

_Known = Mapping[ExternalId, Contact]


async def resolve_accounts(
    writing: Writing, rows: Sequence[Row[Contact]], existing: _Known, private_id: int
) -> dict[int, int]:
    """The account's id of each row, by line; rows that name an account that is not there are missing.

    Accounts that rows describe are made where a contact needs one: it is new, or at the private customers' so far.
    """
    named = (row.account.key for row in rows if isinstance(row.account, Named | Described))
    keys = await find_keys(writing, RecordKind.ACCOUNT, named)
    await _make_described(writing, rows, existing, private_id, keys)
    present = await _present(writing, (row.account.id for row in rows if isinstance(row.account, ById)))
    return {row.line: id_ for row in rows if (id_ := _account_id(row, keys, present, private_id)) is not None}


async def _make_described(
    writing: Writing, rows: Sequence[Row[Contact]], existing: _Known, private_id: int, keys: Keys
) -> None:
    new: dict[ExternalId, Account] = {}
    for row in rows:
        contact = existing.get(row.key)
        is_homeless = contact is None or contact.account_id == private_id
        if is_homeless and isinstance(row.account, Described) and row.account.key not in keys:
            new.setdefault(row.account.key, row.account.account)
    if new:
        external = {account.id: (key,) for key, account in new.items()}
        await create_accounts(writing, list(new.values()), external, is_logged=False)
        keys.update({key: account.id for key, account in new.items()})


async def _present(writing: Writing, ids: Iterable[int]) -> set[int]:
    asked = list(ids)
    known = await records.get_many(writing.session, Account, writing.tenant.id, asked) if asked else []
    return {each.id for each in known if each is not None}


def _account_id(row: Row[Contact], keys: Keys, present: set[int], private_id: int) -> int | None:
    if isinstance(row.account, ById):
        return row.account.id if row.account.id in present else None
    if isinstance(row.account, Named):
        return keys.get(row.account.key)
    return private_id if row.account is None else keys.get(row.account.key, private_id)


def place_contact(contact: Contact, row: Row[Contact], private_id: int) -> Contact:
    """The contact where the row wants it.

    An account that is named by an id moves it there; one that is only described is a home for who has none, because a
    user may have moved the contact since.
    """
    is_named = isinstance(row.account, Named | ById)
    if is_named or contact.account_id == private_id:
        return replace(contact, account_id=row.record.account_id)
    return contact


def unknown_account(row: Row[Contact]) -> Reject:
    """Why a row that names an account that is not there is rejected."""
    if isinstance(row.account, Named):
        key = row.account.key
        return Reject(row.line, "accountExternalId", f"No account has the external id {key.value} in {key.system}.")
    return Reject(row.line, "accountId", "No account has this id.")
