"""Writing the match index with the records."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Table, select

from db.engine import Database
from db.tables.matching import match_documents, match_frequencies, match_frequency_deltas, match_keys, match_snapshots
from domain.records import Account, Contact
from services.indexing import (
    fold_frequencies,
    index_accounts,
    reindex_account,
    reindex_contact,
    start_tenant,
    strong_key_records,
)
from services.matching.documents import account_document
from services.matching.strong_keys import account_strong_keys
from tests.support.factories import NOW, address_of, make_account, make_contact
from tests.support.offices import Office
from tests.support.statements import count_statements

HERE = address_of("Werftstraße", "12", "01067", "Dresden")
THERE = address_of("Kaiserallee", "7a", "76133", "Karlsruhe")
ACCOUNT = make_account(
    name="Elbe Maschinenbau GmbH",
    phones=["0351 123456"],
    emails=["info@elbe-mb.de"],
    vat_id="DE136695976",
    address=HERE,
)
OTHER = make_account(name="Quandt Armaturen AG", website="www.quandt.de", address=THERE)
CONTACT = make_contact(ACCOUNT, phones=["0171 5556667"], emails=["k.sommerfeld@elbe-mb.de"], address=HERE)


async def rows_of(office: Office, table: Table, *left_out: str) -> list[tuple[Any, ...]]:
    """The tenant's rows of a table in order, without the tenant and some columns."""
    columns = [each for each in table.c if each.key not in {"tenant_id", *left_out}]
    async with office.backend.database.read() as session:
        rows = await session.execute(select(*columns).where(table.c.tenant_id == office.tenant.id))
    return sorted(tuple(row) for row in rows)


async def index_of(office: Office) -> list[list[tuple[Any, ...]]]:
    """The tenant's whole index, folded, without what counts how often something was done."""
    await fold_frequencies(office.backend, office.tenant.id)
    return [
        await rows_of(office, match_keys),
        await rows_of(office, match_documents, "record_version"),
        await rows_of(office, match_frequencies),
        await rows_of(office, match_snapshots, "snapshot"),
    ]


@pytest.mark.parametrize(
    "after",
    [
        replace(ACCOUNT, name="Elbe Anlagenbau AG"),
        replace(ACCOUNT, emails=(), phones=(), vat_id=None, address=None),
        replace(ACCOUNT, address=THERE, website="https://www.elbe-anlagen.de"),
        replace(ACCOUNT, owner_id=None),
        replace(OTHER, id=ACCOUNT.id),
    ],
    ids=["renamed", "emptied", "moved", "unchanged", "another"],
)
async def test_a_changed_account_leaves_no_trace_of_what_it_was(
    office: Office, foreign_office: Office, after: Account
) -> None:
    """Keys, document and frequencies are as if the account had always been what it is now."""
    await office.give(ACCOUNT)
    await fold_frequencies(office.backend, office.tenant.id)
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await reindex_account(session, office.backend.ids, office.tenant, ACCOUNT, after)
    await foreign_office.give(replace(after, tenant_id=foreign_office.tenant.id))

    assert await index_of(office) == await index_of(foreign_office)


@pytest.mark.parametrize(
    "after",
    [
        replace(CONTACT, last_name="Sommerfeld-Brandt", phones=()),
        replace(CONTACT, account_id=OTHER.id),
        replace(CONTACT, account_id=OTHER.id, first_name="Katharina", address=THERE),
    ],
    ids=["renamed", "moved", "moved and renamed"],
)
async def test_a_changed_contact_leaves_no_trace_of_what_it_was(
    office: Office, foreign_office: Office, after: Contact
) -> None:
    """Keys, document and frequencies are as if the contact had always been what and where it is now."""
    await office.give(ACCOUNT, OTHER, CONTACT)
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await reindex_contact(session, office.backend.ids, office.tenant, CONTACT, after)
    here = foreign_office.tenant.id
    await foreign_office.give(*(replace(each, tenant_id=here) for each in (ACCOUNT, OTHER, after)))

    assert await index_of(office) == await index_of(foreign_office)


async def test_the_private_customers_account_is_not_indexed(office: Office) -> None:
    """Neither when it is made nor when it is changed; it was made with the tenant."""
    private = replace(ACCOUNT, is_private_customers=True)

    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await index_accounts(session, office.backend.ids, office.tenant, [private])
        await reindex_account(session, office.backend.ids, office.tenant, private, replace(private, name="Other"))

    assert (await index_of(office))[:3] == [[], [], []]


async def test_many_records_take_as_many_statements_as_one(office: Office) -> None:
    """A batch of an import is written by a fixed number of statements."""
    counts = []
    for size in (1, 50):
        accounts = [make_account(name=f"Elbe {number} GmbH") for number in range(size)]
        async with office.backend.database.write(office.tenant.id, NOW) as session:
            with count_statements(office.backend.database) as statements:
                await index_accounts(session, office.backend.ids, office.tenant, accounts)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 5


async def test_an_account_of_many_contacts_changes_like_any_other(office: Office) -> None:
    """Its contacts' rows are neither read nor written: the same statements, and the same keys of contacts as before."""
    await office.give(ACCOUNT, *(make_contact(ACCOUNT, last_name=f"Sommer{number}") for number in range(200)))
    before = await rows_of(office, match_keys)

    async with office.backend.database.write(office.tenant.id, NOW) as session:
        with count_statements(office.backend.database) as statements:
            await reindex_account(
                session, office.backend.ids, office.tenant, ACCOUNT, replace(ACCOUNT, name="Quandt Armaturen")
            )

    of_contacts = [each for each in before if each[-1]]
    assert [each for each in await rows_of(office, match_keys) if each[-1]] == of_contacts
    assert len(statements) <= 8


async def test_folding_counts_every_term_once(office: Office) -> None:
    """After folding, the frequencies are those of the records' keys and name tokens, and no delta is left."""
    accounts = [make_account(name=f"Elbe Werft{number % 3} GmbH", phones=["0351 123456"]) for number in range(20)]
    await office.give(*accounts)

    await fold_frequencies(office.backend, office.tenant.id)

    keys = Counter(row[1] for row in await rows_of(office, match_keys))
    frequencies = {term: count for _, term, count in await rows_of(office, match_frequencies)}
    assert {key: frequencies[key] for key in keys} == keys
    assert max(frequencies.values()) == 20
    assert await rows_of(office, match_frequency_deltas) == []
    assert await rows_of(office, match_snapshots, "version", "snapshot") == [(20, 0, 1)]


async def test_folding_again_changes_nothing(office: Office) -> None:
    """Where nothing was written since, the snapshot keeps its number."""
    await office.give(ACCOUNT)
    first = await fold_frequencies(office.backend, office.tenant.id)
    index = await index_of(office)

    assert await fold_frequencies(office.backend, office.tenant.id) == first
    assert await index_of(office) == index

    await office.give(OTHER)
    assert await fold_frequencies(office.backend, office.tenant.id) == first + 1


async def test_many_may_fold_while_others_write(office: Office, foreign_office: Office) -> None:
    """Whatever the interleaving, every delta is folded exactly once."""
    accounts = [make_account(name=f"Elbe Werft{number % 5} GmbH", phones=["0351 123456"]) for number in range(40)]
    writes = [office.give(*accounts[start : start + 4]) for start in range(0, 40, 4)]
    folds = [fold_frequencies(office.backend, office.tenant.id) for _ in range(8)]
    await foreign_office.give(*(replace(each, tenant_id=foreign_office.tenant.id) for each in accounts))

    await asyncio.gather(*(each for pair in zip(writes, folds, strict=False) for each in pair), *writes[8:])

    assert await index_of(office) == await index_of(foreign_office)


async def test_strong_keys_name_who_carries_them(office: Office) -> None:
    """Accounts are named with contact 0, contacts with their account; those without the key are not named."""
    await office.give(ACCOUNT, OTHER, replace(CONTACT, phones=ACCOUNT.phones))
    keys = account_strong_keys(account_document(make_account(phones=["+49 351 123456"]), "DE"))

    async with office.backend.database.read() as session:
        found = await strong_key_records(session, office.tenant.id, keys)
        nothing = await strong_key_records(session, office.tenant.id, [])

    assert found == {(ACCOUNT.id, 0), (ACCOUNT.id, CONTACT.id)}
    assert nothing == frozenset()


async def test_a_value_that_everybody_has_makes_no_twins(office: Office) -> None:
    """A strong key of more than a hundred records is passed over; up to that, all are named."""
    keys = account_strong_keys(account_document(make_account(name="", phones=["0351 123456"]), "DE"))
    accounts = [make_account(name=f"Elbe Werft{number} GmbH", phones=["0351 123456"]) for number in range(101)]
    await office.give(*accounts[:100])

    async with office.backend.database.read() as session:
        assert len(await strong_key_records(session, office.tenant.id, keys)) == 100
    await office.give(accounts[100])
    async with office.backend.database.read() as session:
        assert await strong_key_records(session, office.tenant.id, keys) == frozenset()


async def test_a_tenant_without_an_index_is_an_error(database: Database, office: Office) -> None:
    """A tenant that was made past ``start_tenant`` is told apart from one that has no records."""
    strange = replace(office.tenant, id=77)

    with pytest.raises(LookupError, match="tenant 77 has no match index"):
        async with database.write(77, NOW) as session:
            await index_accounts(session, office.backend.ids, strange, [replace(ACCOUNT, tenant_id=77)])
    with pytest.raises(LookupError, match="tenant 77 has no match index"):
        await fold_frequencies(office.backend, 77)
    with pytest.raises(ValueError, match="writes for tenant 77"):
        async with database.write(77, NOW) as session:
            await start_tenant(session, 78)
