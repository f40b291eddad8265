"""The generated CRM as records with ids that follow from their places, so that any part can be made anywhere."""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.crm.generator import Crm
from bench.crm.leads import leads
from bench.crm.model import GeneratedAccount, GeneratedContact, GeneratedLead
from domain.records import Account, Contact, Lead

TENANT_ID = 1
PRIVATE_CUSTOMERS_ID = 240_000_000_000_000_000
"""As large as the ids of 2025, which take eight bytes."""
_ACCOUNTS_FROM = PRIVATE_CUSTOMERS_ID + 1_000_000_000
_CONTACTS_FROM = PRIVATE_CUSTOMERS_ID + 2_000_000_000
_PRIVATES_FROM = PRIVATE_CUSTOMERS_ID + 4_000_000_000
_LEADS_FROM = PRIVATE_CUSTOMERS_ID + 8_000_000_000
_MOST_STAFF = 8
_CHUNK = 4_000
_RECEIVED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some companies, and some private persons, by their indexes in the CRM."""

    crm: Crm
    companies: range
    privates: range


def parts_of(crm: Crm) -> list[Part]:
    """Divide a CRM into parts that are generated in a few seconds each."""
    companies = range(0, crm.companies, _CHUNK)
    privates = range(0, crm.privates, _CHUNK)
    nothing = range(0)
    return [
        *(Part(crm=crm, companies=_chunk(start, crm.companies), privates=nothing) for start in companies),
        *(Part(crm=crm, companies=nothing, privates=_chunk(start, crm.privates)) for start in privates),
    ]


def generate(executor: Executor, crm: Crm) -> Iterator[tuple[list[Account], list[Contact]]]:
    """The CRM's records, part by part in order; contacts come with or after their accounts."""
    return iter(executor.map(make_part, parts_of(crm)))


def make_part(part: Part) -> tuple[list[Account], list[Contact]]:
    """The records of a part."""
    accounts = [_account(index, part.crm.account(index)) for index in part.companies]
    contacts = [
        _contact(_CONTACTS_FROM + index * _MOST_STAFF + place, _ACCOUNTS_FROM + index, each)
        for index in part.companies
        for place, each in enumerate(part.crm.staff_of(index))
    ]
    contacts += [
        _contact(_PRIVATES_FROM + index, PRIVATE_CUSTOMERS_ID, part.crm.private_contact(index))
        for index in part.privates
    ]
    return accounts, contacts


def private_customers() -> Account:
    """The account that private persons belong to."""
    return Account(tenant_id=TENANT_ID, id=PRIVATE_CUSTOMERS_ID, name="Privatkunden", is_private_customers=True)


def account_id(index: int) -> int:
    """The id of the company with this index in the CRM."""
    return _ACCOUNTS_FROM + index


def make_leads(crm: Crm, count: int, seed: int) -> list[Lead]:
    """So many leads of the usual mix; another seed gives other ones."""
    return [_lead(_LEADS_FROM + place, each) for place, each in enumerate(leads(crm, count, seed=seed))]


def _chunk(start: int, end: int) -> range:
    return range(start, min(start + _CHUNK, end))


def _account(index: int, account: GeneratedAccount) -> Account:
    return Account(
        tenant_id=TENANT_ID,
        id=account_id(index),
        name=account.name,
        vat_id=account.vat_id,
        website=account.website,
        emails=account.emails,
        phones=account.phones,
        address=account.address,
    )


def _contact(id_: int, of_account: int, contact: GeneratedContact) -> Contact:
    return Contact(
        tenant_id=TENANT_ID,
        id=id_,
        account_id=of_account,
        salutation=contact.salutation,
        title=contact.title,
        first_name=contact.first_name,
        last_name=contact.last_name,
        birth_date=contact.birth_date,
        emails=contact.emails,
        phones=contact.phones,
        address=contact.address,
    )


def _lead(id_: int, lead: GeneratedLead) -> Lead:
    return Lead(
        tenant_id=TENANT_ID,
        id=id_,
        type_id=1,
        received_at=_RECEIVED,
        company=lead.company,
        person=lead.person,
        emails=lead.emails,
        phones=lead.phones,
        address=lead.address,
    )
