"""The generated CRM (``bench.crm``) and its labelled leads.

A business lead asks for the account and, as staff, for the contact there; a private person's lead asks for the contact.
Every situation, every corruption and every near miss is a line of its own. A near miss has no mate and stands near to a
record on purpose, so a threshold has to cut into true matches to keep it out: the lines "all near misses" and "all but
near misses" part the two.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import bench.crm
from bench.crm.generator import Crm
from bench.crm.leads import leads
from bench.crm.model import NEAR_MISSES, GeneratedAccount, GeneratedContact, GeneratedLead
from bench.quality.model import TENANT_ID, LabelledSet, Query, View
from bench.quality.rows import NOW
from domain.records import Account, Contact, Lead

COUNTRY = "DE"
PRIVATES_PER_ACCOUNT = 0.3
_FIRST_ID = 240_000_000_000_000_000
"""As large as the ids of 2025, which take eight bytes."""
_ACCOUNTS_FROM = _FIRST_ID + 1_000_000_000
_STAFF_FROM = _FIRST_ID + 2_000_000_000
_PRIVATES_FROM = _FIRST_ID + 4_000_000_000
_LEADS_FROM = _FIRST_ID + 8_000_000_000
_MOST_STAFF = 8


def load_crm(*, accounts: int, privates: int | None = None, count: int, seed: int) -> LabelledSet:
    """A CRM of so many companies and private persons (None: three for ten companies), and ``count`` leads for it."""
    crm = Crm(seed, accounts, round(accounts * PRIVATES_PER_ACCOUNT) if privates is None else privates)
    return LabelledSet(
        name="crm",
        country=COUNTRY,
        fingerprint=f"{crm} {_digest_of_generator()}",
        accounts=lambda: _accounts(crm),
        contacts=lambda: _contacts(crm),
        queries=[_query(_LEADS_FROM + number, lead) for number, lead in enumerate(leads(crm, count))],
        notes=(f"{crm.companies:,} companies and {crm.privates:,} private persons, seed {seed}",),
    )


def _digest_of_generator() -> str:
    folder = Path(bench.crm.__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in {".py", ".toml", ".csv"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _accounts(crm: Crm) -> Iterator[Account]:
    return (_account(each) for each in crm.accounts())


def _contacts(crm: Crm) -> Iterator[Contact]:
    return (_contact(each) for each in crm.contacts())


def _account(account: GeneratedAccount) -> Account:
    return Account(
        tenant_id=TENANT_ID,
        id=record_id(account.key),
        name=account.name,
        vat_id=account.vat_id,
        website=account.website,
        emails=account.emails,
        phones=account.phones,
        address=account.address,
    )


def _contact(contact: GeneratedContact) -> Contact:
    return Contact(
        tenant_id=TENANT_ID,
        id=record_id(contact.key),
        account_id=0 if contact.account_key is None else record_id(contact.account_key),
        salutation=contact.salutation,
        title=contact.title,
        first_name=contact.first_name,
        last_name=contact.last_name,
        birth_date=contact.birth_date,
        emails=contact.emails,
        phones=contact.phones,
        address=contact.address,
    )


def record_id(key: str) -> int:
    """The id of the record with this key of the generator: ``A12``, ``A12-3`` or ``P7``."""
    number, dash, position = key[1:].partition("-")
    if key.startswith("P"):
        return _PRIVATES_FROM + int(number)
    return _STAFF_FROM + int(number) * _MOST_STAFF + int(position) if dash else _ACCOUNTS_FROM + int(number)


def _mates(key: str | None) -> frozenset[int]:
    return frozenset() if key is None else frozenset({record_id(key)})


def _query(id_: int, lead: GeneratedLead) -> Query:
    truth = lead.truth
    contact, account = _mates(truth.contact_key), _mates(truth.account_key)
    is_near_miss = truth.situation in NEAR_MISSES
    return Query(
        lead=Lead(
            tenant_id=TENANT_ID,
            id=id_,
            type_id=1,
            received_at=NOW,
            company=lead.company,
            person=lead.person,
            emails=lead.emails,
            phones=lead.phones,
            address=lead.address,
        ),
        truth={View.CONTACTS: contact} if truth.is_private else {View.ACCOUNTS: account, View.STAFF: contact},
        near=None if truth.near is None else record_id(truth.near),
        lines=(
            f"{'near miss' if is_near_miss else 'situation'} {truth.situation.value}",
            "all near misses" if is_near_miss else "all but near misses",
            *(f"corruption {name}" for name in lead.corruptions or ("none",)),
        ),
    )
