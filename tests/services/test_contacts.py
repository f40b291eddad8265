"""Creating, changing and moving contacts."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from db.tables.log import changes, events
from db.tables.records import contacts
from domain.drafts import ContactDraft, ContactPatch, EmailDraft, PhoneDraft
from domain.events import EventKind
from domain.problems import AssigneeInactive, ExternalIdTaken, NotFound, Stale
from domain.receipts import Receipt, RecordRef
from domain.records import Account, Contact, RecordKind
from domain.values import EmailAddress, ExternalId, PhoneKind, PhoneNumber, PostalAddress
from services.contacts import CreateContact, UpdateContact, create_contact, update_contact
from services.lookups import cases_by_id, contacts_by_id, external_ids_by_record, private_account
from tests.support.factories import make_account
from tests.support.offices import Office
from tests.support.refusals import faults, refusal


@pytest.fixture
async def account(office: Office) -> Account:
    """Give an account of the tenant."""
    account = replace(make_account(), tenant_id=office.tenant.id)
    await office.give(account)
    return account


def _draft(account: Account) -> ContactDraft:
    return ContactDraft(
        account_id=account.id,
        salutation="Frau",
        title="Dr.",
        first_name="Eva",
        last_name="Müller",
        birth_date=date(1980, 2, 29),
        emails=(EmailDraft("eva@mueller.example"),),
        phones=(PhoneDraft("0171 2345678"),),
        address=PostalAddress(city="Dresden"),
        external_ids=(ExternalId("sap", "1"),),
    )


async def _create(office: Office, draft: ContactDraft, key: str | None = None) -> Receipt:
    return await create_contact(office.backend, office.actor, CreateContact(contact=draft), key)


async def _update(office: Office, contact_id: int, patch: ContactPatch, version: int | None = None) -> Receipt:
    command = UpdateContact(contact_id=contact_id, contact=patch, expected_version=version)
    return await update_contact(office.backend, office.actor, command)


async def _stored(office: Office, receipt: Receipt) -> Contact:
    contact_id = receipt.id_of(RecordKind.CONTACT)
    assert contact_id is not None
    (contact,) = await contacts_by_id(office.backend, office.tenant.id, [contact_id])
    assert contact is not None
    return contact


async def test_a_contact_is_created(office: Office, account: Account) -> None:
    """It is stored as given, with its external ids; its change rows are about the person."""
    receipt = await _create(office, replace(_draft(account), owner_id=office.agent.id))
    contact = await _stored(office, receipt)

    assert receipt == Receipt((RecordRef(RecordKind.CONTACT, contact.id, 1),))
    assert contact == Contact(
        tenant_id=office.tenant.id,
        id=contact.id,
        account_id=account.id,
        salutation="Frau",
        title="Dr.",
        first_name="Eva",
        last_name="Müller",
        birth_date=date(1980, 2, 29),
        emails=(EmailAddress("eva@mueller.example", is_primary=True),),
        phones=(PhoneNumber("0171 2345678", PhoneKind.MOBILE, is_primary=True),),
        address=PostalAddress(city="Dresden"),
        owner_id=office.agent.id,
    )
    assert await external_ids_by_record(office.backend, office.tenant.id, [contact.id]) == [(ExternalId("sap", "1"),)]
    told = await office.rows(changes, "field", "new", "person_id", kind=RecordKind.CONTACT)
    assert ("birth_date", "1980-02-29", contact.id) in told
    assert ("external_ids", ["sap:1"], contact.id) in told


async def test_private_customers_have_contacts(office: Office) -> None:
    """The shared account is an account like others for its contacts."""
    private = await private_account(office.backend, office.tenant.id)
    contact = await _stored(office, await _create(office, _draft(private)))

    assert contact.account_id == private.id


@pytest.mark.parametrize("id_", [404, 0, -1, 1 << 63])
async def test_a_contact_needs_an_account_that_is_there(office: Office, id_: int) -> None:
    """Unknown and impossible accounts are told with whatever else is wrong."""
    draft = ContactDraft(account_id=id_, last_name="\x00")
    wrong = await faults(_create(office, draft))

    assert wrong.pop("input.contact.lastName") == "bad_text"
    assert wrong == {"input.contact.accountId": "not_found" if id_ == 404 else "bad_id"}
    assert await office.rows(contacts, "id") == []


async def test_accounts_and_users_of_others_are_unknown(office: Office, foreign_office: Office) -> None:
    """An id of another tenant is not told from one that never was."""
    foreign = await private_account(foreign_office.backend, foreign_office.tenant.id)
    draft = replace(_draft(foreign), owner_id=foreign_office.agent.id)

    assert await faults(_create(office, draft)) == {
        "input.contact.accountId": "not_found",
        "input.contact.ownerId": "not_found",
    }


async def test_a_contact_of_nobody_is_refused(office: Office, account: Account) -> None:
    """A name, an e-mail address or a phone number is needed."""
    assert await faults(_create(office, ContactDraft(account_id=account.id))) == {"input.contact": "required"}


async def test_an_owner_is_active(office: Office, account: Account) -> None:
    """Nobody who has left becomes the owner."""
    draft = replace(_draft(account), owner_id=office.retired.id)

    assert await refusal(_create(office, draft)) == (
        AssigneeInactive(path=("input", "contact", "ownerId"), user=office.retired),
    )


async def test_external_ids_belong_to_one_contact(office: Office, account: Account) -> None:
    """The contact that has one is named; an account may have the same one."""
    first = await _stored(office, await _create(office, _draft(account)))

    assert await refusal(_create(office, _draft(account))) == (
        ExternalIdTaken(path=("input", "contact", "externalIds", "0"), record=first),
    )


async def test_a_repeated_send_has_one_effect(office: Office, account: Account) -> None:
    """Parallel sends with one key create one contact."""
    receipts = await asyncio.gather(*(_create(office, _draft(account), "key") for _ in range(10)))

    assert len(set(receipts)) == 1
    assert len(await office.rows(contacts, "id")) == 1


async def test_a_contact_is_changed(office: Office, account: Account) -> None:
    """What is given changes, the rest stays, the version counts."""
    contact = await _stored(office, await _create(office, _draft(account)))
    receipt = await _update(office, contact.id, ContactPatch(last_name="Meier", birth_date=None, emails=None), 1)

    assert receipt == Receipt((RecordRef(RecordKind.CONTACT, contact.id, 2),))
    assert await _stored(office, receipt) == replace(contact, last_name="Meier", birth_date=None, emails=(), version=2)
    assert (await office.rows(events, "kind", "fields"))[-1] == (
        EventKind.CONTACT_UPDATED,
        ["last_name", "birth_date", "emails"],
    )


async def test_a_contact_moves_and_its_cases_stay(office: Office, account: Account) -> None:
    """Another account id moves the contact; what was opened at the old account stays there."""
    contact = await _stored(office, await _create(office, _draft(account)))
    case = office.case_for(contact, 1)
    other = replace(make_account(name="Weser GmbH"), tenant_id=office.tenant.id)
    await office.give(case, other)
    receipt = await _update(office, contact.id, ContactPatch(account_id=other.id))

    assert await _stored(office, receipt) == replace(contact, account_id=other.id, version=2)
    assert await cases_by_id(office.backend, office.tenant.id, [case.id]) == [case]
    assert (await office.rows(events, "kind", "fields"))[-1] == (EventKind.CONTACT_MOVED, ["account_id"])


async def test_a_contact_moves_nowhere_unknown(office: Office, foreign_office: Office, account: Account) -> None:
    """A foreign tenant's account is unknown, and a contact has to be somewhere."""
    contact = await _stored(office, await _create(office, _draft(account)))
    foreign = await private_account(foreign_office.backend, foreign_office.tenant.id)

    assert await refusal(_update(office, contact.id, ContactPatch(account_id=foreign.id))) == (
        NotFound(path=("input", "contact", "accountId"), what="Account"),
    )
    assert await faults(_update(office, contact.id, ContactPatch(account_id=None))) == {
        "input.contact.accountId": "required"
    }


async def test_an_older_version_is_stale(office: Office, account: Account) -> None:
    """The problem carries the contact as it is now."""
    contact = await _stored(office, await _create(office, _draft(account)))
    current = await _stored(office, await _update(office, contact.id, ContactPatch(title=None)))

    assert await refusal(_update(office, contact.id, ContactPatch(title="Prof."), version=1)) == (
        Stale(path=("input", "expectedVersion"), current=current, current_version=2),
    )


async def test_contacts_of_others_are_unknown(office: Office, foreign_office: Office) -> None:
    """An id of another tenant is not told from one that never was."""
    private = await private_account(foreign_office.backend, foreign_office.tenant.id)
    contact = await _stored(foreign_office, await _create(foreign_office, _draft(private)))

    for id_ in (contact.id, 404, 0, 1 << 63):
        assert await refusal(_update(office, id_, ContactPatch(title="Prof."))) == (
            NotFound(path=("input", "contactId"), what="Contact"),
        )
