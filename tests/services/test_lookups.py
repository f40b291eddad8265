"""Batches of records by their ids."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.records import CaseStatus
from domain.values import ExternalId
from services import lookups
from services.backend import Backend
from services.external_ids import change_external_ids
from services.tenants import add_case_type, add_lead_type, add_reject_reason
from services.writing import Writing, create_accounts
from tests.support.factories import NOW, make_account, make_contact, make_lead
from tests.support.offices import Office
from tests.support.statements import count_statements

LookUp = Callable[[Backend, int, Sequence[int]], Awaitable[list[Any]]]


async def test_records_come_in_the_order_of_their_ids(office: Office, foreign_office: Office) -> None:
    """Each kind by one statement; repeated ids twice, unknown, foreign and impossible ones as None."""
    account = replace(make_account(), tenant_id=office.tenant.id)
    contact = make_contact(account)
    lead = make_lead(last_name="Müller", type_id=office.lead_type.id)
    case = office.case_for(contact, 1)
    await office.give(account, contact, lead, case)
    reason = await add_reject_reason(office.backend, office.tenant, "spam", "Werbung")
    foreign = await add_reject_reason(foreign_office.backend, foreign_office.tenant, "spam", "Werbung")
    tables: list[tuple[LookUp, Any, int]] = [
        (lookups.accounts_by_id, account, (await lookups.private_account(office.backend, foreign_office.tenant.id)).id),
        (lookups.contacts_by_id, contact, 404),
        (lookups.leads_by_id, lead, 404),
        (lookups.cases_by_id, case, 404),
        (lookups.users_by_id, office.agent, foreign_office.agent.id),
        (lookups.lead_types_by_id, office.lead_type, foreign_office.lead_type.id),
        (lookups.case_types_by_id, office.case_type, foreign_office.case_type.id),
        (lookups.reject_reasons_by_id, reason, foreign.id),
    ]
    for look_up, record, other in tables:
        ids = [404, record.id, other, 0, -1, 1 << 63, 1 << 90, record.id]
        with count_statements(office.backend.database) as sent:
            assert await look_up(office.backend, office.tenant.id, ids) == [None, record, *[None] * 5, record]
        assert len(sent) == 1
        with count_statements(office.backend.database) as sent:
            assert await look_up(office.backend, office.tenant.id, []) == []
        assert sent == []


async def test_relations_come_in_the_order_of_their_ids(office: Office) -> None:
    """Open cases, leads and external ids of several records by one statement each."""
    account = replace(make_account(), tenant_id=office.tenant.id)
    one, other = make_contact(account), make_contact(account)
    old, new = office.case_for(one, 1), office.case_for(one, 2)
    closed = office.case_for(one, 3, status=CaseStatus.WON, closed_at=NOW)
    lead = make_lead(last_name="Müller", type_id=office.lead_type.id)
    await office.give(account, one, other, lead, old, new, closed)
    attached = replace(make_lead(last_name="Meier", type_id=office.lead_type.id), case_id=new.id)
    await office.give(attached)
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        writing = Writing(session, office.tenant, office.backend.ids, None)
        await change_external_ids(writing, one, [ExternalId("sap", "1"), ExternalId("dms", "2")], ())
    tables: list[tuple[LookUp, list[int], list[Any]]] = [
        (lookups.open_cases_by_contact, [other.id, one.id, 1 << 63], [(), (old, new), ()]),
        (lookups.leads_by_case, [new.id, 0, old.id], [(attached,), (), ()]),
        (
            lookups.external_ids_by_record,
            [one.id, -1, other.id],
            [(ExternalId("dms", "2"), ExternalId("sap", "1")), (), ()],
        ),
    ]
    for look_up, ids, expected in tables:
        with count_statements(office.backend.database) as sent:
            assert await look_up(office.backend, office.tenant.id, ids) == expected
        assert len(sent) == 1


async def test_a_lead_type_allows_its_case_types_or_all(office: Office) -> None:
    """A second statement is sent only if some lead type has none attached."""
    service = await add_case_type(office.backend, office.tenant, "service", "Service")
    repair = await add_lead_type(office.backend, office.tenant, "repair", "Werkstatt", [service])
    with count_statements(office.backend.database) as sent:
        only = await lookups.case_types_by_lead_type(office.backend, office.tenant.id, [repair.id, repair.id])
    with count_statements(office.backend.database) as more:
        both = await lookups.case_types_by_lead_type(office.backend, office.tenant.id, [office.lead_type.id, repair.id])

    assert only == [(service,), (service,)]
    assert both == [(office.case_type, service), (service,)]
    assert (len(sent), len(more)) == (1, 2)


@pytest.mark.parametrize("count", [1, 10, 1000])
async def test_a_batch_is_one_statement_at_any_size(office: Office, count: int) -> None:
    """The number of statements does not grow with the batch."""
    accounts = [replace(make_account(), tenant_id=office.tenant.id) for _ in range(count)]
    async with office.backend.database.write(office.tenant.id, NOW) as session:
        await create_accounts(Writing(session, office.tenant, office.backend.ids, None), accounts, is_logged=False)
    with count_statements(office.backend.database) as sent:
        found = await lookups.accounts_by_id(office.backend, office.tenant.id, [each.id for each in accounts])

    assert found == accounts
    assert len(sent) == 1


async def test_an_unknown_tenant_is_none(office: Office) -> None:
    """The one look-up that is not within a tenant."""
    assert await lookups.tenant_by_id(office.backend, office.tenant.id) == office.tenant
    assert await lookups.tenant_by_id(office.backend, 404) is None
