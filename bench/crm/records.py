"""The generated CRM as the product's records, with ids that follow from its keys."""

from datetime import UTC, datetime

from bench.crm.model import GeneratedAccount, GeneratedContact, GeneratedLead
from domain.records import Account, Contact, Lead

TENANT_ID = 1
PRIVATE_CUSTOMERS_ID = 240_000_000_000_000_000
"""As large as the ids of 2025, which take eight bytes."""
_ACCOUNTS_FROM = PRIVATE_CUSTOMERS_ID + 1_000_000_000
_STAFF_FROM = PRIVATE_CUSTOMERS_ID + 2_000_000_000
_PRIVATES_FROM = PRIVATE_CUSTOMERS_ID + 4_000_000_000
_LEADS_FROM = PRIVATE_CUSTOMERS_ID + 8_000_000_000
_MOST_STAFF = 8
_RECEIVED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def account_id(index: int) -> int:
    """The id of the company with this index in the CRM."""
    return _ACCOUNTS_FROM + index


def record_id(key: str) -> int:
    """The id of the record with this key of the generator: ``A12``, ``A12-3`` or ``P7``."""
    number, dash, position = key[1:].partition("-")
    if key.startswith("P"):
        return _PRIVATES_FROM + int(number)
    return _STAFF_FROM + int(number) * _MOST_STAFF + int(position) if dash else account_id(int(number))


def to_account(account: GeneratedAccount, *, tenant_id: int = TENANT_ID, id_: int | None = None) -> Account:
    """The record of a company."""
    return Account(
        tenant_id=tenant_id,
        id=record_id(account.key) if id_ is None else id_,
        name=account.name,
        vat_id=account.vat_id,
        website=account.website,
        emails=account.emails,
        phones=account.phones,
        address=account.address,
    )


def to_contact(
    contact: GeneratedContact,
    *,
    private_customers_id: int = PRIVATE_CUSTOMERS_ID,
    account_id: int | None = None,
    tenant_id: int = TENANT_ID,
    id_: int | None = None,
) -> Contact:
    """The record of a person; private persons belong to the account of private customers, unless one is given."""
    if account_id is None:
        account_id = private_customers_id if contact.account_key is None else record_id(contact.account_key)
    return Contact(
        tenant_id=tenant_id,
        id=record_id(contact.key) if id_ is None else id_,
        account_id=account_id,
        salutation=contact.salutation,
        title=contact.title,
        first_name=contact.first_name,
        last_name=contact.last_name,
        birth_date=contact.birth_date,
        emails=contact.emails,
        phones=contact.phones,
        address=contact.address,
    )


def to_lead(place: int, lead: GeneratedLead) -> Lead:
    """The lead with this place among all that are asked for."""
    return Lead(
        tenant_id=TENANT_ID,
        id=_LEADS_FROM + place,
        type_id=1,
        received_at=_RECEIVED,
        company=lead.company,
        person=lead.person,
        emails=lead.emails,
        phones=lead.phones,
        address=lead.address,
    )
