"""Creating and changing accounts."""

import asyncio
from dataclasses import replace

import pytest

from db.tables.log import changes, events
from db.tables.records import accounts, external_ids
from domain.drafts import AccountDraft, AccountPatch, EmailDraft, PhoneDraft
from domain.events import EventKind
from domain.problems import AssigneeInactive, ExternalIdTaken, NotFound, Refused, Stale
from domain.receipts import Receipt, RecordRef
from domain.records import Account, RecordKind
from domain.values import EmailAddress, ExternalId, PhoneNumber, PostalAddress
from services.accounts import CreateAccount, UpdateAccount, create_account, update_account
from services.lookups import accounts_by_id, external_ids_by_record, private_account
from tests.support.offices import Office
from tests.support.refusals import faults, refusal

DRAFT = AccountDraft(
    name="Müller & Söhne GmbH",
    vat_id="DE 123456789",
    website="www.mueller.example",
    emails=(EmailDraft("info@mueller.example"),),
    phones=(PhoneDraft("0351 123456"),),
    address=PostalAddress(street="Hauptstraße", house_number="1", postcode="01067", city="Dresden", country="de"),
    external_ids=(ExternalId("sap", "1"),),
)


async def _create(office: Office, draft: AccountDraft, key: str | None = None) -> Receipt:
    return await create_account(office.backend, office.actor, CreateAccount(account=draft), key)


async def _update(office: Office, account_id: int, patch: AccountPatch, version: int | None = None) -> Receipt:
    command = UpdateAccount(account_id=account_id, account=patch, expected_version=version)
    return await update_account(office.backend, office.actor, command)


async def _stored(office: Office, receipt: Receipt) -> Account:
    account_id = receipt.id_of(RecordKind.ACCOUNT)
    assert account_id is not None
    (account,) = await accounts_by_id(office.backend, office.tenant.id, [account_id])
    assert account is not None
    return account


async def test_an_account_is_created(office: Office) -> None:
    """It is stored as given, with its external ids, and the receipt names it."""
    receipt = await _create(office, replace(DRAFT, owner_id=office.agent.id))
    account = await _stored(office, receipt)

    assert receipt == Receipt((RecordRef(RecordKind.ACCOUNT, account.id, 1),))
    assert account == Account(
        tenant_id=office.tenant.id,
        id=account.id,
        name="Müller & Söhne GmbH",
        vat_id="DE 123456789",
        website="www.mueller.example",
        emails=(EmailAddress("info@mueller.example", is_primary=True),),
        phones=(PhoneNumber("0351 123456", is_primary=True),),
        address=PostalAddress(street="Hauptstraße", house_number="1", postcode="01067", city="Dresden", country="DE"),
        owner_id=office.agent.id,
    )
    assert await external_ids_by_record(office.backend, office.tenant.id, [account.id]) == [(ExternalId("sap", "1"),)]
    assert (await office.rows(events, "kind", "record_id"))[-1] == (EventKind.ACCOUNT_CREATED, account.id)


async def test_a_twin_may_be_created(office: Office) -> None:
    """Outside of an acceptance nobody is asked about similar accounts."""
    first = await _create(office, replace(DRAFT, external_ids=()))
    second = await _create(office, replace(DRAFT, external_ids=()))

    assert first != second


async def test_wrong_fields_and_owners_are_named_at_once(office: Office, foreign_office: Office) -> None:
    """Nothing is written when anything is wrong."""
    before = await office.rows(accounts, "id")
    draft = replace(DRAFT, name="", website="nowhere", emails=(EmailDraft("x"),), owner_id=foreign_office.agent.id)

    assert await faults(_create(office, draft)) == {
        "input.account.name": "required",
        "input.account.website": "bad_value",
        "input.account.emails.0.address": "bad_email",
        "input.account.ownerId": "not_found",
    }
    assert await office.rows(accounts, "id") == before


async def test_an_owner_is_active(office: Office) -> None:
    """Nobody who has left becomes the owner, neither of a new account nor of a changed one."""
    problem = AssigneeInactive(path=("input", "account", "ownerId"), user=office.retired)
    account = await _stored(office, await _create(office, DRAFT))

    assert await refusal(_create(office, replace(DRAFT, owner_id=office.retired.id))) == (problem,)
    assert await refusal(_update(office, account.id, AccountPatch(owner_id=office.retired.id))) == (problem,)


async def test_an_owner_who_has_left_does_not_stand_in_the_way(office: Office) -> None:
    """An account can be changed while its owner is one who has left, even if the client sends the owner again."""
    account = Account(
        tenant_id=office.tenant.id, id=office.backend.ids.new_id(), name="Elbe GmbH", owner_id=office.retired.id
    )
    await office.give(account)
    receipt = await _update(office, account.id, AccountPatch(name="Weser GmbH", owner_id=office.retired.id))

    assert (await _stored(office, receipt)).name == "Weser GmbH"


async def test_external_ids_belong_to_one_account(office: Office, foreign_office: Office) -> None:
    """Each one that is taken is named with the account that has it; other tenants are free."""
    first = await _stored(office, await _create(office, DRAFT))
    draft = replace(DRAFT, external_ids=(ExternalId("sap", "2"), ExternalId("sap", "1")))

    assert await refusal(_create(office, draft)) == (
        ExternalIdTaken(path=("input", "account", "externalIds", "1"), record=first),
    )
    await _create(foreign_office, DRAFT)


async def test_one_external_id_sent_at_once_makes_one_account(office: Office) -> None:
    """Twenty parallel sends: one account, nineteen typed refusals, no database error."""
    answers = await asyncio.gather(*(_create(office, DRAFT) for _ in range(20)), return_exceptions=True)

    assert sum(isinstance(each, Receipt) for each in answers) == 1
    assert sum(isinstance(each, Refused) for each in answers) == 19


async def test_a_repeated_send_has_one_effect(office: Office) -> None:
    """Parallel sends with one key create one account, though its external id is then taken."""
    receipts = await asyncio.gather(*(_create(office, DRAFT, "key") for _ in range(10)))

    assert len(set(receipts)) == 1
    assert await office.rows(external_ids, "value") == [("1",)]


async def test_an_account_is_changed(office: Office) -> None:
    """What is given changes, the rest stays, the version counts."""
    account = await _stored(office, await _create(office, DRAFT))
    patch = AccountPatch(vat_id=None, phones=(PhoneDraft("0351 654321"),), owner_id=office.manager.id)
    receipt = await _update(office, account.id, patch, version=1)

    assert receipt == Receipt((RecordRef(RecordKind.ACCOUNT, account.id, 2),))
    assert await _stored(office, receipt) == replace(
        account,
        vat_id=None,
        phones=(PhoneNumber("0351 654321", is_primary=True),),
        owner_id=office.manager.id,
        version=2,
    )
    assert (await office.rows(events, "kind", "fields"))[-1] == (
        EventKind.ACCOUNT_UPDATED,
        ["vat_id", "phones", "owner_id"],
    )


async def test_external_ids_are_replaced(office: Office) -> None:
    """The list that is given is the new one; its own ids are not taken; the same list again is no change."""
    account = await _stored(office, await _create(office, DRAFT))
    new = (ExternalId("dms", "7"), ExternalId("sap", "1"))
    receipt = await _update(office, account.id, AccountPatch(external_ids=new))
    again = await _update(office, account.id, AccountPatch(external_ids=new[::-1]))

    assert receipt == again == Receipt((RecordRef(RecordKind.ACCOUNT, account.id, 2),))
    assert await external_ids_by_record(office.backend, office.tenant.id, [account.id]) == [new]
    assert (await office.rows(changes, "field", "old", "new"))[-1] == ("external_ids", ["sap:1"], ["dms:7", "sap:1"])
    await _update(office, account.id, AccountPatch(external_ids=None))
    assert await external_ids_by_record(office.backend, office.tenant.id, [account.id]) == [()]


async def test_an_older_version_is_stale(office: Office) -> None:
    """The problem carries the account as it is now."""
    account = await _stored(office, await _create(office, DRAFT))
    current = await _stored(office, await _update(office, account.id, AccountPatch(name="Neu")))

    assert await refusal(_update(office, account.id, AccountPatch(name="Anders"), version=1)) == (
        Stale(path=("input", "expectedVersion"), current=current, current_version=2),
    )


async def test_of_two_changes_of_one_version_one_is_made(office: Office) -> None:
    """Ten clients that have read version 1 send at once: one wins, nine are told."""
    account = await _stored(office, await _create(office, DRAFT))
    calls = (_update(office, account.id, AccountPatch(name=f"Name {number}"), version=1) for number in range(10))
    answers = await asyncio.gather(*calls, return_exceptions=True)

    assert sum(isinstance(each, Receipt) for each in answers) == 1
    assert all(isinstance(each, Receipt | Refused) for each in answers)
    assert (await _stored(office, Receipt((RecordRef(RecordKind.ACCOUNT, account.id, 2),)))).version == 2


async def test_the_private_customers_are_never_changed(office: Office) -> None:
    """Nobody renames the shared account."""
    private = await private_account(office.backend, office.tenant.id)

    assert await faults(_update(office, private.id, AccountPatch(name="Müller"))) == {"input.accountId": "not_allowed"}
    assert await private_account(office.backend, office.tenant.id) == private


@pytest.mark.parametrize("id_", [404, 0, -1, 1 << 63])
async def test_unknown_accounts_are_not_found(office: Office, id_: int) -> None:
    """Whatever the number."""
    assert await refusal(_update(office, id_, AccountPatch())) == (
        NotFound(path=("input", "accountId"), what="Account"),
    )


async def test_accounts_of_others_are_unknown(office: Office, foreign_office: Office) -> None:
    """An id of another tenant is not told from one that never was."""
    account = await _stored(foreign_office, await _create(foreign_office, DRAFT))

    assert await faults(_update(office, account.id, AccountPatch(name="Neu"))) == {"input.accountId": "not_found"}
