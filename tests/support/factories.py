"""Records with sensible values, for tests that care about a few of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from domain.records import Account, Company, Contact, Lead, Person, Tenant
from domain.values import EmailAddress, Language, PhoneNumber, PostalAddress

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TENANT_ID = 1
_numbers = count(1_000)

Strings = Sequence[str]


def next_id() -> int:
    """An id that no other record of the process has."""
    return next(_numbers)


def emails_of(*addresses: str) -> tuple[EmailAddress, ...]:
    """An e-mail list; the first address is primary."""
    return tuple(EmailAddress(each, place == 0) for place, each in enumerate(addresses))


def phones_of(*numbers: str) -> tuple[PhoneNumber, ...]:
    """A phone list of landlines; the first number is primary."""
    return tuple(PhoneNumber(each, is_primary=place == 0) for place, each in enumerate(numbers))


def address_of(street: str, house_number: str, postcode: str, city: str, country: str = "DE") -> PostalAddress:
    """A postal address of all the usual parts."""
    return PostalAddress(street=street, house_number=house_number, postcode=postcode, city=city, country=country)


def make_tenant(**changes: Any) -> Tenant:  # noqa: ANN401
    """A German tenant."""
    tenant = Tenant(id=TENANT_ID, name="Autohaus Nord", default_country="DE", language=Language.DE)
    return replace(tenant, **changes)


def make_account(*, emails: Strings = (), phones: Strings = (), **changes: Any) -> Account:  # noqa: ANN401
    """An account with a name and nothing else; ``emails`` and ``phones`` are plain texts."""
    account = Account(tenant_id=TENANT_ID, id=next_id(), name="Elbe Maschinenbau GmbH")
    return replace(account, emails=emails_of(*emails), phones=phones_of(*phones), **changes)


def make_contact(account: Account | int, *, emails: Strings = (), phones: Strings = (), **changes: Any) -> Contact:  # noqa: ANN401
    """A contact of ``account`` (or of the account with that id) with a name and nothing else."""
    account_id = account if isinstance(account, int) else account.id
    contact = Contact(
        tenant_id=TENANT_ID, id=next_id(), account_id=account_id, first_name="Katrin", last_name="Sommerfeld"
    )
    return replace(contact, emails=emails_of(*emails), phones=phones_of(*phones), **changes)


def make_lead(
    *,
    company: str | Company | None = None,
    first_name: str | None = None,
    last_name: str | None = None,
    emails: Strings = (),
    phones: Strings = (),
    **changes: Any,  # noqa: ANN401
) -> Lead:
    """A new lead of type 1; ``company`` may be just the name. Without ``company`` it is a private person's."""
    lead = Lead(tenant_id=TENANT_ID, id=next_id(), type_id=1, received_at=NOW)
    return replace(
        lead,
        company=company if isinstance(company, Company) else Company(name=company),
        person=Person(first_name=first_name, last_name=last_name),
        emails=emails_of(*emails),
        phones=phones_of(*phones),
        **changes,
    )
