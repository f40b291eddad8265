"""Correcting leads that nobody has accepted yet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db.tables.log import events
from domain.drafts import LeadPatch, PersonPatch
from domain.events import EventKind
from domain.problems import NotFound, Stale, WrongLeadState
from domain.receipts import Receipt, RecordRef
from domain.records import Lead, LeadStatus, Person, RecordKind
from services.intake import UpdateLead, update_lead
from services.lookups import leads_by_id
from tests.support.factories import NOW, make_lead
from tests.support.offices import Office
from tests.support.refusals import faults, refusal


async def _update(office: Office, lead_id: int, patch: LeadPatch, version: int | None = None) -> Receipt:
    command = UpdateLead(lead_id=lead_id, lead=patch, expected_version=version)
    return await update_lead(office.backend, office.actor, command)


async def _give(office: Office) -> Lead:
    lead = make_lead(
        last_name="Müller",
        emails=("eva@mueller.example",),
        type_id=office.lead_type.id,
        tenant_id=office.tenant.id,
        subject="Müller",
        interest="Golf",
    )
    await office.give(lead)
    return lead


async def _stored(office: Office, lead_id: int) -> Lead | None:
    (lead,) = await leads_by_id(office.backend, office.tenant.id, [lead_id])
    return lead


async def test_a_new_lead_is_corrected(office: Office) -> None:
    """What the patch gives is changed, the version counts, and the event names the fields."""
    lead = await _give(office)
    patch = LeadPatch(
        interest=None, person=PersonPatch(first_name="Eva"), emails=(), expires_at=NOW + timedelta(days=3)
    )
    receipt = await _update(office, lead.id, patch, version=1)

    assert receipt == Receipt((RecordRef(RecordKind.LEAD, lead.id, 2),))
    assert await _stored(office, lead.id) == replace(
        lead,
        interest=None,
        person=Person(first_name="Eva", last_name="Müller"),
        emails=(),
        expires_at=NOW + timedelta(days=3),
        version=2,
    )
    assert (await office.rows(events, "kind", "fields"))[-1] == (
        EventKind.LEAD_UPDATED,
        ["expires_at", "interest", "person.first_name", "emails"],
    )


async def test_a_correction_that_changes_nothing_leaves_no_trace(office: Office) -> None:
    """The same values again make no new version."""
    lead = await _give(office)
    receipt = await _update(office, lead.id, LeadPatch(subject=" Müller "))

    assert receipt == Receipt((RecordRef(RecordKind.LEAD, lead.id, 1),))


async def test_a_correction_of_an_older_version_is_stale(office: Office) -> None:
    """The problem carries the lead as it is now."""
    lead = await _give(office)
    await _update(office, lead.id, LeadPatch(subject="Neu"))
    current = await _stored(office, lead.id)
    assert current is not None

    assert await refusal(_update(office, lead.id, LeadPatch(subject="Anders"), version=1)) == (
        Stale(path=("input", "expectedVersion"), current=current, current_version=2),
    )


@pytest.mark.parametrize("status", [LeadStatus.ACCEPTED, LeadStatus.CONVERTED, LeadStatus.REJECTED])
async def test_only_new_leads_are_corrected(office: Office, status: LeadStatus) -> None:
    """Somebody may be deciding on what a lead says once it has been accepted."""
    lead = make_lead(last_name="Müller", type_id=office.lead_type.id, stored_status=status)
    await office.give(lead)

    assert await refusal(_update(office, lead.id, LeadPatch(subject="Neu"))) == (
        WrongLeadState(path=("input", "leadId"), lead=lead, status=status, action="update"),
    )


async def test_an_expired_lead_is_not_corrected(office: Office) -> None:
    """Expiry follows from the clock at the moment of the correction."""
    lead = make_lead(last_name="Müller", type_id=office.lead_type.id, expires_at=NOW + timedelta(hours=1))
    await office.give(lead)
    await _update(office, lead.id, LeadPatch(subject="Neu"))
    office.clock.moment = NOW + timedelta(hours=1)

    (problem,) = await refusal(_update(office, lead.id, LeadPatch(subject="Anders")))
    assert isinstance(problem, WrongLeadState)
    assert problem.status is LeadStatus.EXPIRED


async def test_leads_of_others_are_unknown(office: Office, foreign_office: Office) -> None:
    """An id of another tenant is not told from one that never was."""
    lead = await _give(foreign_office)

    expected = (NotFound(path=("input", "leadId"), what="Lead"),)
    assert await refusal(_update(office, lead.id, LeadPatch())) == expected
    assert await refusal(_update(office, 12345, LeadPatch())) == expected


async def test_wrong_fields_of_a_correction_are_named_at_once(office: Office) -> None:
    """Nothing of a refused correction is written."""
    lead = await _give(office)
    patch = LeadPatch(type_id=404, assignee_suggestion_id=405, subject="\x00", person=PersonPatch(last_name="x" * 201))

    assert await faults(_update(office, lead.id, patch)) == {
        "input.lead.typeId": "not_found",
        "input.lead.assigneeSuggestionId": "not_found",
        "input.lead.subject": "bad_text",
        "input.lead.person.lastName": "too_long",
    }
    assert await leads_by_id(office.backend, office.tenant.id, [lead.id]) == [lead]
