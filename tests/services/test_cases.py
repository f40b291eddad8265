"""Closing cases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from db.tables.log import events
from domain.events import EventKind
from domain.problems import CaseNotOpen, NotFound, Refused, Stale
from domain.receipts import Receipt, RecordRef
from domain.records import Case, CaseStatus, RecordKind
from services.cases import CloseCase, close_case
from services.lookups import cases_by_id
from tests.support.factories import NOW, make_account, make_contact
from tests.support.offices import Office
from tests.support.refusals import faults, refusal


async def _open_case(office: Office) -> Case:
    account = replace(make_account(), tenant_id=office.tenant.id)
    contact = replace(make_contact(account), tenant_id=office.tenant.id)
    case = office.case_for(contact, 1)
    await office.give(account, contact, case)
    return case


async def _close(
    office: Office, case_id: int, status: CaseStatus, version: int | None = None, key: str | None = None
) -> Receipt:
    command = CloseCase(case_id=case_id, status=status, expected_version=version)
    return await close_case(office.backend, office.actor, command, key)


@pytest.mark.parametrize("status", [CaseStatus.WON, CaseStatus.LOST])
async def test_a_case_is_won_or_lost(office: Office, status: CaseStatus) -> None:
    """It is closed now, as a new version, with an event."""
    case = await _open_case(office)
    office.clock.moment = NOW + timedelta(days=30)
    receipt = await _close(office, case.id, status, version=1)

    assert receipt == Receipt((RecordRef(RecordKind.CASE, case.id, 2),))
    assert await cases_by_id(office.backend, office.tenant.id, [case.id]) == [
        replace(case, status=status, closed_at=NOW + timedelta(days=30), version=2)
    ]
    assert (await office.rows(events, "kind", "record_id", "fields"))[-1] == (
        EventKind.CASE_CLOSED,
        case.id,
        ["status", "closed_at"],
    )


async def test_open_is_no_way_to_close(office: Office) -> None:
    """Only won and lost end a case."""
    case = await _open_case(office)

    assert await faults(_close(office, case.id, CaseStatus.OPEN)) == {"input.status": "not_allowed"}


async def test_a_closed_case_stays_as_it_is(office: Office) -> None:
    """The problem carries the case."""
    case = await _open_case(office)
    await _close(office, case.id, CaseStatus.WON)
    (closed,) = await cases_by_id(office.backend, office.tenant.id, [case.id])
    assert closed is not None

    assert await refusal(_close(office, case.id, CaseStatus.LOST)) == (
        CaseNotOpen(path=("input", "caseId"), case=closed),
    )


async def test_another_version_is_stale(office: Office) -> None:
    """Whoever read another version is told the current one."""
    case = await _open_case(office)

    assert await refusal(_close(office, case.id, CaseStatus.WON, version=7)) == (
        Stale(path=("input", "expectedVersion"), current=case, current_version=1),
    )


async def test_a_case_is_closed_once(office: Office) -> None:
    """Of ten users who close at once one wins; a repeated send with a key answers as before."""
    case = await _open_case(office)
    calls = (_close(office, case.id, CaseStatus.WON) for _ in range(10))
    answers = await asyncio.gather(*calls, return_exceptions=True)

    assert sum(isinstance(each, Receipt) for each in answers) == 1
    assert sum(isinstance(each, Refused) for each in answers) == 9


async def test_a_repeated_send_answers_the_same(office: Office) -> None:
    """The second send with a key is not told that the case is closed."""
    case = await _open_case(office)
    first = await _close(office, case.id, CaseStatus.LOST, key="key")

    assert await _close(office, case.id, CaseStatus.LOST, key="key") == first


async def test_cases_of_others_are_unknown(office: Office, foreign_office: Office) -> None:
    """An id of another tenant is not told from one that never was."""
    case = await _open_case(foreign_office)

    for id_ in (case.id, 404, 0, 1 << 63):
        assert await refusal(_close(office, id_, CaseStatus.WON)) == (NotFound(path=("input", "caseId"), what="Case"),)
