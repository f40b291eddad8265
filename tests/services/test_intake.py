"""Taking leads in, and correcting them."""

import asyncio
from dataclasses import replace

import pytest

from db.tables.log import changes, events
from db.tables.records import leads
from domain.drafts import CompanyPatch, EmailDraft, LeadDraft, LeadPatch, PhoneDraft
from domain.events import EventKind
from domain.problems import (
    AssigneeInactive,
    ExternalIdTaken,
    IdempotencyKeyReused,
    NotFound,
    Refused,
)
from domain.receipts import Receipt, RecordRef
from domain.records import Company, Lead, Person, RecordKind
from domain.values import EmailAddress, PhoneKind, PhoneNumber, PostalAddress
from services.intake import CreateLead, UpdateLead, create_lead, update_lead
from services.lookups import leads_by_id
from tests.support.factories import NOW
from tests.support.offices import Office
from tests.support.refusals import faults, refusal

ODD_TEXTS = [
    "שלום עולם",
    "\u202bسلم\u202c",
    "👩‍👩‍👧‍👦 🚀",
    "Z\u0351\u036b\u0343\u036a\u0302a\u0329\u0359l\u0321go",
    "e\u0301\u0323",
    "\ufffe\uffff\U0010ffff",
    "'; DROP TABLE leads; -- \" \\ %s {} \\u0000",
    "北京汽车",
    "ﷺ ﬁ ẞ İ",
]
LONG, ZALGO = "x" * 1_000_000, "\u0301" * 1_000_000


def _draft(office: Office, text: str = "Müller") -> LeadDraft:
    return LeadDraft(
        type_id=office.lead_type.id,
        source="portal",
        external_id="4711",
        subject=text,
        message=text,
        interest=text,
        assignee_suggestion_id=office.agent.id,
        company=Company(name=text),
        person=Person(first_name=text, last_name=text),
        emails=(EmailDraft("eva@mueller.example"),),
        phones=(PhoneDraft("0171 2345678"),),
        address=PostalAddress(city=text),
    )


async def _create(office: Office, draft: LeadDraft, key: str | None = None) -> Receipt:
    return await create_lead(office.backend, office.actor, CreateLead(lead=draft), key)


async def _update(office: Office, lead_id: int, patch: LeadPatch, version: int | None = None) -> Receipt:
    command = UpdateLead(lead_id=lead_id, lead=patch, expected_version=version)
    return await update_lead(office.backend, office.actor, command)


async def _stored(office: Office, receipt: Receipt) -> Lead:
    lead_id = receipt.id_of(RecordKind.LEAD)
    assert lead_id is not None
    lead = (await leads_by_id(office.backend, office.tenant.id, [lead_id]))[0]
    assert lead is not None
    return lead


async def test_a_lead_is_taken_in(office: Office) -> None:
    """It is stored as given, new, received now, with an event; the receipt names it."""
    receipt = await _create(office, _draft(office))
    lead = await _stored(office, receipt)

    assert receipt == Receipt((RecordRef(RecordKind.LEAD, lead.id, 1),))
    assert lead == Lead(
        tenant_id=office.tenant.id,
        id=lead.id,
        type_id=office.lead_type.id,
        source="portal",
        external_id="4711",
        received_at=NOW,
        subject="Müller",
        message="Müller",
        interest="Müller",
        assignee_suggestion_id=office.agent.id,
        company=Company(name="Müller"),
        person=Person(first_name="Müller", last_name="Müller"),
        emails=(EmailAddress("eva@mueller.example", is_primary=True),),
        phones=(PhoneNumber("0171 2345678", PhoneKind.MOBILE, is_primary=True),),
        address=PostalAddress(city="Müller"),
    )
    assert (await office.rows(events, "kind", "record_id", "lead_id", "user_id"))[-1] == (
        EventKind.LEAD_CREATED,
        lead.id,
        lead.id,
        office.agent.id,
    )
    assert ("company.name", "Müller", lead.id) in await office.rows(changes, "field", "new", "lead_id")


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
async def test_odd_text_comes_back_as_it_was_given(office: Office, text: str) -> None:
    """Right-to-left, combining, astral and hostile text goes through both databases unchanged."""
    lead = await _stored(office, await _create(office, _draft(office, text)))
    given = lead.subject

    assert given is not None
    assert (lead.message, lead.interest, lead.company.name, lead.person.last_name) == (given,) * 4
    assert lead.address == PostalAddress(city=given)
    await _update(office, lead.id, LeadPatch(subject=given + "x", company=CompanyPatch(name=given)))
    (stored,) = await leads_by_id(office.backend, office.tenant.id, [lead.id])
    assert stored == replace(lead, subject=given + "x", version=2)


@pytest.mark.parametrize(
    "text", ["a\x00b", "\ud800", "a\x1bb", LONG, ZALGO], ids=["NUL", "surrogate", "escape", "long", "zalgo"]
)
async def test_text_that_cannot_be_stored_is_named_everywhere(office: Office, text: str) -> None:
    """NUL, lone surrogates and a megabyte of text get a typed answer, with or without a key; nothing is written."""
    draft = replace(
        _draft(office, text),
        source=text,
        external_id=text,
        emails=(EmailDraft(text),),
        phones=(PhoneDraft(text),),
    )
    wrong = await faults(_create(office, draft, "key"))
    assert await faults(_create(office, draft)) == wrong

    assert set(wrong) == {
        f"input.lead.{path}"
        for path in (
            "source",
            "externalId",
            "subject",
            "message",
            "interest",
            "company.name",
            "person.firstName",
            "person.lastName",
            "emails.0.address",
            "phones.0.number",
            "address.city",
        )
    }
    assert set(wrong.values()) <= {"bad_text", "too_long"}
    assert await office.rows(leads, "id") == []


async def test_unknown_references_are_named_with_everything_else(office: Office, foreign_office: Office) -> None:
    """A foreign tenant's type and user are as unknown as any other, and told together with wrong fields."""
    draft = replace(
        _draft(office),
        type_id=foreign_office.lead_type.id,
        assignee_suggestion_id=foreign_office.agent.id,
        subject="\x00",
    )
    problems = await refusal(_create(office, draft))

    assert NotFound(path=("input", "lead", "typeId"), what="LeadType") in problems
    assert NotFound(path=("input", "lead", "assigneeSuggestionId"), what="User") in problems
    assert len(problems) == 3


@pytest.mark.parametrize("id_", [0, -5, 1 << 63, 1 << 100])
async def test_impossible_ids_are_typed_problems(office: Office, id_: int) -> None:
    """Numbers beyond 63 bits are refused before any database sees them."""
    wrong = await faults(_create(office, replace(_draft(office), type_id=id_, assignee_suggestion_id=id_)))

    assert wrong == {"input.lead.typeId": "bad_id", "input.lead.assigneeSuggestionId": "bad_id"}
    assert await faults(_update(office, id_, LeadPatch())) == {"input.leadId": "not_found"}


async def test_only_active_users_are_suggested(office: Office) -> None:
    """A lead is not suggested to somebody who has left."""
    draft = replace(_draft(office), assignee_suggestion_id=office.retired.id)

    assert await refusal(_create(office, draft)) == (
        AssigneeInactive(path=("input", "lead", "assigneeSuggestionId"), user=office.retired),
    )


async def test_an_external_id_belongs_to_one_lead(office: Office, foreign_office: Office) -> None:
    """The same source and id again is refused with the lead that has it; other sources and tenants are free."""
    first = await _stored(office, await _create(office, _draft(office)))

    assert await refusal(_create(office, _draft(office))) == (
        ExternalIdTaken(path=("input", "lead", "externalId"), record=first),
    )
    other = await _stored(office, await _create(office, replace(_draft(office), source="agency")))
    await _create(foreign_office, _draft(foreign_office))
    assert await refusal(_update(office, other.id, LeadPatch(source="portal"))) == (
        ExternalIdTaken(path=("input", "lead", "externalId"), record=first),
    )
    await _update(office, first.id, LeadPatch(source="portal", subject="Neu"))


async def test_one_external_id_sent_at_once_makes_one_lead(office: Office) -> None:
    """Twenty parallel sends: one lead, nineteen typed refusals, no database error."""
    answers = await asyncio.gather(*(_create(office, _draft(office)) for _ in range(20)), return_exceptions=True)

    assert sum(isinstance(each, Receipt) for each in answers) == 1
    assert sum(isinstance(each, Refused) for each in answers) == 19
    assert len(await office.rows(leads, "id")) == 1


async def test_a_repeated_send_has_one_effect(office: Office) -> None:
    """Parallel and later sends with one key answer with the same lead; other input under the key is refused."""
    draft = _draft(office)
    first = await asyncio.gather(*(_create(office, draft, "key") for _ in range(10)))
    again = await _create(office, draft, "key")

    assert {again, *first} == {again}
    assert len(await office.rows(leads, "id")) == 1
    assert await refusal(_create(office, replace(draft, subject="Anderes"), "key")) == (
        IdempotencyKeyReused(path=("input", "idempotencyKey")),
    )
