"""A row's values made into a valid record, or into everything that is wrong with them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypedDict, TypeVar

from domain.drafts import AccountDraft, ContactDraft, EmailDraft, LeadDraft, PhoneDraft
from domain.problems import FieldFault, Problem
from domain.records import Account, Company, Contact, Lead, Person, Tenant
from domain.values import ExternalId, PhoneKind, PostalAddress
from services.importing.mapping import Values
from services.importing.rows import Cells, SourceRow
from services.importing.scalars import DATES, parse_country, parse_date, parse_moment, split_name
from services.validation.lists import external_ids
from services.validation.reading import Reading, start_reading
from services.validation.records import new_account, new_contact, new_lead

CONTENT = "content"
"""The system of external ids that were derived from what a row holds, because it has none of its own."""
DEFAULT_SOURCE = "import"
"""The source of leads that name none."""
_PHONES: Mapping[str, PhoneKind | None] = {"phone": None, "mobile": PhoneKind.MOBILE, "fax": PhoneKind.FAX}
_ADDRESS = ("street", "houseNumber", "postcode", "city", "region", "country")
_ADDRESS_PARTS = ("street", "house_number", "postcode", "city", "region", "country")
_VALID_ID = 1
"""Stands for an id that is found out later."""
_SHORTEST_LIFE = timedelta(seconds=1)
_NO_SYSTEM = "name the system it comes from: --system NAME"

R = TypeVar("R", Account, Contact, Lead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What rows are read against. ``users`` and ``lead_types`` are ids by folded name, e-mail address, code or id.

    ``system`` is where the file's external ids come from, None if that was not said.
    """

    tenant: Tenant
    now: datetime
    new_id: Callable[[], int]
    system: str | None
    users: Mapping[str, int] = field(default_factory=dict)
    lead_types: Mapping[str, int] = field(default_factory=dict)
    lead_type_id: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A contact's account, by its id elsewhere."""

    key: ExternalId


@dataclass(frozen=True, slots=True)
class ById:
    """A contact's account, by its id here."""

    id: int


@dataclass(frozen=True, slots=True)
class Described:
    """A contact's account, by its details; the key is made from them."""

    key: ExternalId
    account: Account


AccountRef = Named | ById | Described


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Generic[R]):
    """A valid row. ``key`` tells the record from all others (for leads: source and external id).

    ``record`` has an id of its own, for the case that it is new. ``is_typed``: the row itself names the lead's type.
    """

    line: int
    key: ExternalId
    record: R
    account: AccountRef | None = None
    is_typed: bool = False


def parse_account(row: SourceRow, values: Values, around: Surroundings) -> Row[Account] | list[Problem]:
    """The account that a row makes."""
    reading = start_reading(around.tenant, around.now)
    draft = AccountDraft(
        name=_one(values, "name"),
        vat_id=_one(values, "vatId"),
        website=_one(values, "website"),
        owner_id=_known(values, "owner", around.users, reading),
        **_reach(values),
    )
    record = new_account(draft, around.new_id(), around.tenant.id, reading)
    key = _key(row, values, around.system, reading)
    return reading.problems or Row(line=row.line, key=key, record=record)


def parse_contact(row: SourceRow, values: Values, around: Surroundings) -> Row[Contact] | list[Problem]:
    """The contact that a row makes, and how it names its account."""
    reading = start_reading(around.tenant, around.now)
    person = _person(values, reading)
    draft = ContactDraft(
        account_id=_VALID_ID,
        salutation=person.salutation,
        title=person.title,
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        owner_id=_known(values, "owner", around.users, reading),
        **_reach(values),
    )
    record = new_contact(draft, around.new_id(), around.tenant.id, reading)
    account = _account_ref(values, around, reading)
    key = _key(row, values, around.system, reading)
    return reading.problems or Row(line=row.line, key=key, record=record, account=account)


def parse_lead(row: SourceRow, values: Values, around: Surroundings) -> Row[Lead] | list[Problem]:
    """The lead that a row makes."""
    reading = start_reading(around.tenant, around.now)
    is_typed = "type" in values
    type_id = _known(values, "type", around.lead_types, reading) if is_typed else around.lead_type_id
    source = _one(values, "source") or around.system
    expires_at = _moment(values, "expiresAt", reading)
    key = _key(row, values, source, reading)
    draft = LeadDraft(
        type_id=type_id or _VALID_ID,
        source=source or DEFAULT_SOURCE,
        external_id=key.value if key.system != CONTENT else f"{CONTENT}:{key.value}",
        received_at=_received_at(_moment(values, "receivedAt", reading), expires_at, around.now),
        expires_at=expires_at,
        subject=_one(values, "subject"),
        message=_one(values, "message"),
        interest=_one(values, "interest"),
        assignee_suggestion_id=_known(values, "assignee", around.users, reading),
        company=Company(
            name=_one(values, "companyName"),
            legal_form=_one(values, "legalForm"),
            vat_id=_one(values, "vatId"),
            website=_one(values, "website"),
        ),
        person=_person(values, reading),
        **_reach(values),
    )
    if type_id is None and not is_typed:
        reading.at("type").refuse(FieldFault.REQUIRED)
    record = new_lead(draft, around.new_id(), around.tenant.id, reading)
    key = ExternalId(record.source or "", record.external_id or "")
    return reading.problems or Row(line=row.line, key=key, record=record, is_typed=is_typed)


def _one(values: Values, name: str) -> str | None:
    found = values.get(name)
    return found[0] if found else None


class _Reach(TypedDict):
    emails: tuple[EmailDraft, ...]
    phones: tuple[PhoneDraft, ...]
    address: PostalAddress | None


def _reach(values: Values) -> _Reach:
    phones = (PhoneDraft(number, kind) for name, kind in _PHONES.items() for number in values.get(name, ()))
    emails = tuple(EmailDraft(each) for each in values.get("email", ()))
    return {"emails": emails, "phones": tuple(phones), "address": _address(values, _ADDRESS)}


def _address(values: Values, names: tuple[str, ...]) -> PostalAddress | None:
    if not any(name in values for name in names):
        return None
    parts = {part: _one(values, name) for part, name in zip(_ADDRESS_PARTS, names, strict=True)}
    country = parts["country"]
    return PostalAddress(**{**parts, "country": None if country is None else parse_country(country)})


def _person(values: Values, reading: Reading) -> Person:
    name = _one(values, "fullName")
    is_split = name is not None and "firstName" not in values and "lastName" not in values
    parts = split_name(name) if is_split and name is not None else {}
    birth_date = _one(values, "birthDate")
    day = None if birth_date is None else parse_date(birth_date)
    if birth_date is not None and day is None:
        reading.at("birthDate").refuse(FieldFault.BAD_DATE, DATES)
    return Person(
        salutation=_one(values, "salutation") or parts.get("salutation"),
        title=_one(values, "title") or parts.get("title"),
        first_name=_one(values, "firstName") or parts.get("firstName"),
        last_name=_one(values, "lastName") or parts.get("lastName"),
        birth_date=day,
    )


def _received_at(given: datetime | None, expires_at: datetime | None, now: datetime) -> datetime | None:
    """When the lead was received; None for now.

    A row that does not say it, but has expired since it was imported first, must not turn into a bad one.
    """
    has_expired = given is None and expires_at is not None and expires_at <= now
    return expires_at - _SHORTEST_LIFE if has_expired and expires_at is not None else given


def _moment(values: Values, name: str, reading: Reading) -> datetime | None:
    text = _one(values, name)
    moment = None if text is None else parse_moment(text)
    if text is not None and moment is None:
        reading.at(name).refuse(FieldFault.BAD_DATE, DATES)
    return moment


def _known(values: Values, name: str, known: Mapping[str, int], reading: Reading) -> int | None:
    text = _one(values, name)
    found = None if text is None else known.get(text.casefold())
    if text is not None and found is None:
        reading.at(name).refuse(FieldFault.BAD_VALUE, text[:100])
    return found


def _key(row: SourceRow, values: Values, system: str | None, reading: Reading) -> ExternalId:
    """The row's own external id, or one made from all that the row holds, whatever columns it fills which field with.

    So a file that is imported again with a better mapping updates its records.
    """
    own = _one(values, "externalId")
    if own is None:
        return ExternalId(CONTENT, digest(row.cells))
    if system is None:
        reading.at("externalId").refuse(FieldFault.NOT_ALLOWED, _NO_SYSTEM)
    return _valid_id(ExternalId(system or CONTENT, own), reading)


def _valid_id(given: ExternalId, reading: Reading) -> ExternalId:
    return next(iter(external_ids((given,), reading.at("externalIds"))))


def digest(cells: Cells) -> str:
    """32 letters and digits that stand for the contents of these cells, in whatever order."""
    text = "\x1e".join(sorted(f"{column}\x1f{value}" for column, value in cells))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_COMPANY = {"companyName": "name", "companyVatId": "vatId", "companyWebsite": "website"}
_COMPANY_ADDRESS = tuple(f"company{name[0].upper()}{name[1:]}" for name in _ADDRESS)


def _account_ref(values: Values, around: Surroundings, reading: Reading) -> AccountRef | None:
    own = _one(values, "accountId")
    elsewhere = _one(values, "accountExternalId")
    if own is not None:
        if not own.isdecimal() or int(own) >= 1 << 63:
            reading.at("accountId").refuse(FieldFault.BAD_ID)
            return None
        return ById(int(own))
    if elsewhere is not None:
        if around.system is None:
            reading.at("accountExternalId").refuse(FieldFault.NOT_ALLOWED, _NO_SYSTEM)
        return Named(_valid_id(ExternalId(around.system or CONTENT, elsewhere), reading))
    return _described(values, around, reading) if "companyName" in values else None


def _described(values: Values, around: Surroundings, reading: Reading) -> Described:
    draft = AccountDraft(
        name=_one(values, "companyName"),
        vat_id=_one(values, "companyVatId"),
        website=_one(values, "companyWebsite"),
        address=_address(values, _COMPANY_ADDRESS),
    )
    account = new_account(draft, around.new_id(), around.tenant.id, reading.at("company"))
    names = (*_COMPANY, *_COMPANY_ADDRESS)
    cells = tuple((name, " ".join(text.casefold().split())) for name in names if (text := _one(values, name)))
    return Described(ExternalId(CONTENT, digest(cells)), account)
