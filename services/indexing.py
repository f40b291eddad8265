"""The match index of the records: keys, documents and frequencies, written in the record's own transaction.

A contact has one key that names its account as well; when the account is renamed, its contacts keep the key they have,
so that an account with 300,000 contacts is as quickly renamed as any other.
"""

from collections.abc import Iterator, Sequence

from db import records
from db.engine import ReadSession, WriteSession
from db.frequencies import append_delta, fold_some
from db.match_candidates import fetch_holders
from db.match_index import entries_of_record, insert_entries, replace_entry
from db.match_versions import add_version, current_number, versions_to_write
from domain.records import Account, Contact, Tenant
from services.backend import Backend
from services.ids import IdSource
from services.index_building import companies_of
from services.index_entries import (
    Companies,
    Indexed,
    delta_of_change,
    delta_of_new,
    index_of_account,
    index_of_contact,
)
from services.matching.documents import account_document
from services.matching.model import NORMALISER_VERSION


async def start_tenant(session: WriteSession, tenant_id: int) -> None:
    """Give a new tenant its empty, complete index. The session is one that writes for this tenant."""
    if session.tenant_id != tenant_id:
        raise ValueError(f"the transaction writes for tenant {session.tenant_id}, not {tenant_id}")
    await add_version(session, NORMALISER_VERSION, is_complete=True)


async def index_accounts(session: WriteSession, ids: IdSource, tenant: Tenant, accounts: Sequence[Account]) -> None:
    """Let new accounts be found, all but the private customers'. A constant number of statements."""
    found = [index_of_account(each, tenant.default_country) for each in accounts if not each.is_private_customers]
    if found:
        await insert_indexed(session, ids, found, await versions_to_write(session))


async def index_contacts(session: WriteSession, ids: IdSource, tenant: Tenant, contacts: Sequence[Contact]) -> None:
    """Let new contacts be found. A constant number of statements."""
    if contacts:
        versions = await versions_to_write(session)
        companies = await _companies_of(session, tenant, versions, contacts)
        found = [index_of_contact(each, companies, tenant.default_country) for each in contacts]
        await insert_indexed(session, ids, found, versions)


async def reindex_account(
    session: WriteSession, ids: IdSource, tenant: Tenant, before: Account, after: Account
) -> None:
    """Let a changed account be found by what it is now, and no longer by what it was."""
    if after.is_private_customers:
        return
    versions = await versions_to_write(session)
    country = tenant.default_country
    await _replace(session, ids, index_of_account(before, country), index_of_account(after, country), versions)


async def reindex_contact(
    session: WriteSession, ids: IdSource, tenant: Tenant, before: Contact, after: Contact
) -> None:
    """Let a changed contact be found by what it is now (its account as well), and no longer by what it was."""
    versions = await versions_to_write(session)
    companies = await _companies_of(session, tenant, versions, [before, after])
    old, new = (index_of_contact(each, companies, tenant.default_country) for each in (before, after))
    await _replace(session, ids, old, new, versions)


async def fold_frequencies(backend: Backend, tenant_id: int) -> int:
    """Fold what was written since into the next snapshots of the frequencies; returns the current one's number.

    The step of a background writer, in short transactions; several at once do no harm. Where there is nothing to fold,
    there is no new snapshot.
    """
    has_more = True
    while has_more:
        async with backend.database.write(tenant_id, backend.now()) as session:
            has_more = await fold_some(session)
    backend.statistics.forget(tenant_id)
    async with backend.database.read() as session:
        return await current_number(session, tenant_id)


async def strong_key_records(session: ReadSession, tenant_id: int, keys: Sequence[int]) -> frozenset[tuple[int, int]]:
    """Account id and contact id (0 for the account itself) of every record that carries one of these strong keys.

    A key of more than a hundred records (the phone of a portal that sends all leads) makes nobody a twin: it is passed
    over. At most one statement.
    """
    return await fetch_holders(session, tenant_id, keys) if keys else frozenset()


async def _companies_of(
    session: WriteSession, tenant: Tenant, versions: Sequence[int], contacts: Sequence[Contact]
) -> Companies:
    """The documents of the contacts' accounts. One statement."""
    if len(versions) == 1:
        return await companies_of(session, tenant.id, versions[0], contacts)
    # The version that is being built does not have every account yet, and the old one has them in their old form.
    accounts = await records.get_many(session, Account, tenant.id, [each.account_id for each in contacts])
    found = (each for each in accounts if each is not None and not each.is_private_customers)
    return {each.id: account_document(each, tenant.default_country) for each in found}


async def insert_indexed(
    session: WriteSession, ids: IdSource, found: Sequence[Indexed], versions: Sequence[int]
) -> None:
    """Write records, normalised already, to these versions. Three statements for each."""
    for version in versions:
        await insert_entries(session, version, [each.entry for each in found])
        await append_delta(session, version, _new_ids(ids), delta_of_new(found))


async def _replace(
    session: WriteSession, ids: IdSource, before: Indexed, after: Indexed, versions: Sequence[int]
) -> None:
    stored = await entries_of_record(session, session.tenant_id, after.entry.record_id, versions)
    for version in versions:
        entry = stored.get(version)
        if entry is None:
            await insert_indexed(session, ids, [after], [version])
        else:
            await replace_entry(session, version, entry, after.entry, is_building=version != versions[0])
            delta = delta_of_change(entry.keys + before.tokens, after.terms)
            await append_delta(session, version, _new_ids(ids), delta)


def _new_ids(ids: IdSource) -> Iterator[int]:
    while True:
        yield ids.new_id()
