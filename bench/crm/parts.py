"""The generated CRM's records in parts, which can be made anywhere: their ids follow from their places."""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

from bench.crm.generator import Crm
from bench.crm.leads import leads
from bench.crm.records import PRIVATE_CUSTOMERS_ID, TENANT_ID, to_account, to_contact, to_lead
from domain.records import Account, Contact, Lead

_CHUNK = 4_000


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
    accounts = [to_account(part.crm.account(index)) for index in part.companies]
    contacts = [to_contact(each) for index in part.companies for each in part.crm.staff_of(index)]
    contacts += [to_contact(part.crm.private_contact(index)) for index in part.privates]
    return accounts, contacts


def private_customers() -> Account:
    """The account that private persons belong to."""
    return Account(tenant_id=TENANT_ID, id=PRIVATE_CUSTOMERS_ID, name="Privatkunden", is_private_customers=True)


def make_leads(crm: Crm, count: int, seed: int) -> list[Lead]:
    """So many leads of the usual mix; another seed gives other ones."""
    return [to_lead(place, each) for place, each in enumerate(leads(crm, count, seed=seed))]


def _chunk(start: int, end: int) -> range:
    return range(start, min(start + _CHUNK, end))
