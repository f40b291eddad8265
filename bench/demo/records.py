"""The demo's tenant, put together: a generated CRM, its cases, and the leads of every branch."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from random import Random

from bench.crm.generator import Crm
from bench.crm.model import GeneratedAccount, GeneratedContact, GeneratedLead
from bench.crm.records import to_account, to_contact
from bench.demo.branches import Cast, compose, open_cast
from bench.demo.model import Branch, DemoLead, DemoTenant
from bench.demo.people import WRITTEN_BY_HAND
from bench.demo.reference import Reference, make_reference
from bench.demo.texts import SOURCES, TEXTS
from domain.records import Account, Case, CaseStatus, Contact, Lead, Tenant, User
from domain.values import ExternalId, Language
from services.ids import IdSource

SEED = 2026
COMPANIES, PRIVATES = 20_000, 4_000
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_SYSTEM = "demo"


@dataclass(frozen=True, slots=True)
class _Making:
    """What every record is made with. Ids count from a fixed moment, so that they are the same in every demo."""

    tenant: Tenant
    reference: Reference
    rng: Random
    now: datetime
    new_id: Callable[[], int]

    def maybe_owner(self) -> int | None:
        return self.rng.choice((*(user.id for user in self.reference.users), None, None))


def demo_records(
    seed: int, now: datetime, *, tenant_id: int = 1, companies: int = COMPANIES, privates: int = PRIVATES
) -> DemoTenant:
    """The demo's tenant as of ``now``, to which its dates are relative; all else depends on the seed and the size."""
    tenant = Tenant(id=tenant_id, name="Nordring Mobility", default_country="DE", language=Language.DE)
    new_id = IdSource(worker=0, clock=_EPOCH.timestamp).new_id
    make = _Making(tenant, make_reference(tenant, new_id), Random(seed), now, new_id)
    crm = Crm(seed, companies, privates)
    cast = open_cast(crm, make.rng)
    composed = compose(cast)
    accounts = _accounts(make, crm, cast)
    contacts = _contacts(make, crm, cast, {key: account.id for key, account in accounts.items()})
    return DemoTenant(
        tenant=tenant,
        users=make.reference.users,
        case_types=tuple(make.reference.case_types.values()),
        lead_types=tuple(make.reference.lead_types.values()),
        allowed=make.reference.allowed,
        reject_reasons=make.reference.reject_reasons,
        accounts=tuple(accounts.values()),
        contacts=tuple(contacts.values()),
        cases=tuple(_cases(make, contacts, cast.with_open_case)),
        leads=tuple(_leads(make, composed)),
        external=_external_ids(accounts) | _external_ids(contacts),
    )


def _accounts(make: _Making, crm: Crm, cast: Cast) -> dict[str, Account]:
    twins = (twin for twin in cast.twins if isinstance(twin, GeneratedAccount))
    generated: Iterable[GeneratedAccount] = chain((pair.account for pair in WRITTEN_BY_HAND), crm.accounts(), twins)
    private = Account(tenant_id=make.tenant.id, id=make.new_id(), name="Privatkunden", is_private_customers=True)
    return {"private": private} | {each.key: _account(make, each) for each in generated}


def _account(make: _Making, account: GeneratedAccount) -> Account:
    made = to_account(account, tenant_id=make.tenant.id, id_=make.new_id())
    return replace(made, owner_id=make.maybe_owner())


def _contacts(make: _Making, crm: Crm, cast: Cast, account_ids: Mapping[str, int]) -> dict[str, Contact]:
    twins = (twin for twin in cast.twins if isinstance(twin, GeneratedContact))
    generated: Iterable[GeneratedContact] = chain((pair.contact for pair in WRITTEN_BY_HAND), crm.contacts(), twins)
    return {each.key: _contact(make, each, account_ids[each.account_key or "private"]) for each in generated}


def _contact(make: _Making, contact: GeneratedContact, account_id: int) -> Contact:
    made = to_contact(contact, account_id=account_id, tenant_id=make.tenant.id, id_=make.new_id())
    return replace(made, owner_id=make.maybe_owner())


def _external_ids(records: Mapping[str, Account] | Mapping[str, Contact]) -> dict[int, tuple[ExternalId, ...]]:
    return {record.id: (ExternalId(_SYSTEM, key),) for key, record in records.items()}


def _cases(make: _Making, contacts: Mapping[str, Contact], with_open_case: Sequence[str]) -> Iterable[Case]:
    must_be_open = set(with_open_case)
    for key, contact in contacts.items():
        if key in must_be_open:
            yield _case(make, contact, CaseStatus.OPEN)
        elif make.rng.random() < 0.12 and not key.startswith("D"):
            yield _case(make, contact, make.rng.choice(tuple(CaseStatus)))


def _case(make: _Making, contact: Contact, status: CaseStatus) -> Case:
    is_open = status is CaseStatus.OPEN
    opened = make.now - timedelta(days=make.rng.randint(1, 60) if is_open else make.rng.randint(90, 900))
    types = tuple(make.reference.case_types.values())
    return Case(
        tenant_id=make.tenant.id,
        id=make.new_id(),
        number=0,
        type_id=make.rng.choice(types).id,
        account_id=contact.account_id,
        contact_id=contact.id,
        assignee_id=make.rng.choice(make.reference.users).id,
        status=status,
        opened_at=opened,
        closed_at=None if is_open else opened + timedelta(days=make.rng.randint(1, 80)),
    )


def _leads(make: _Making, composed: Sequence[tuple[Branch, GeneratedLead]]) -> Iterable[DemoLead]:
    order = make.rng.sample(composed, len(composed))
    agents = make.reference.users[:2]
    for position, (branch, lead) in enumerate(order):
        yield DemoLead(branch=branch, lead=_lead(make, position, branch, lead, agents))


def _lead(make: _Making, position: int, branch: Branch, lead: GeneratedLead, agents: Sequence[User]) -> Lead:
    code = tuple(TEXTS)[position % len(TEXTS)]
    text = TEXTS[code][position // len(TEXTS) % len(TEXTS[code])]
    received = make.now - timedelta(hours=5 * position + 1, minutes=position * 13 % 60)
    expires = make.now - timedelta(hours=position + 1) if branch is Branch.EXPIRED else make.now + timedelta(days=30)
    return Lead(
        tenant_id=make.tenant.id,
        id=make.new_id(),
        type_id=make.reference.lead_types[code].id,
        received_at=min(received, expires - timedelta(days=3)),
        source=SOURCES[position % len(SOURCES)],
        external_id=f"{_SYSTEM}-{position + 1}",
        expires_at=expires,
        subject=text.subject,
        message=text.message,
        interest=text.interest,
        assignee_suggestion_id=agents[position % 2].id if position % 3 == 0 else None,
        company=lead.company,
        person=lead.person,
        emails=lead.emails,
        phones=lead.phones,
        address=lead.address,
    )
