"""Pages and counts of lists."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.drafts import LeadPatch
from domain.events import EventKind
from domain.filters import CaseFilter, ContactFilter, LeadFilter, LeadOrder
from domain.paging import PageRequest
from domain.records import Account, CaseStatus, CaseType, Lead, LeadStatus
from domain.values import PostalAddress
from services import listing
from services.intake import UpdateLead, update_lead
from services.lookups import private_account
from tests.support.factories import NOW, make_account, make_contact, make_lead
from tests.support.offices import Office
from tests.support.statements import count_statements

FIRST = PageRequest(size=2)


def _account(office: Office, name: str, city: str) -> Account:
    return replace(make_account(name=name, address=PostalAddress(city=city)), tenant_id=office.tenant.id)


async def _leads(office: Office) -> list[Lead]:
    leads = [
        make_lead(
            company=f"Firma {number}",
            last_name="Müller" if number % 2 else "Meier",
            type_id=office.lead_type.id,
            received_at=NOW - timedelta(hours=number),
            expires_at=NOW + timedelta(hours=1) if number == 1 else None,
            stored_status=LeadStatus.REJECTED if number == 3 else LeadStatus.NEW,
            assignee_suggestion_id=office.manager.id if number == 2 else None,
        )
        for number in range(5)
    ]
    await office.give(*leads)
    return leads


@pytest.mark.parametrize(("order", "picked"), [(LeadOrder.NEWEST_FIRST, [0, 1]), (LeadOrder.OLDEST_FIRST, [4, 3])])
async def test_leads_are_paged_by_when_they_came(office: Office, order: LeadOrder, picked: list[int]) -> None:
    """One statement for a page, one for the count; the next page goes on after the last key."""
    leads = await _leads(office)
    backend, tenant_id = office.backend, office.tenant.id
    with count_statements(backend.database) as sent:
        page = await listing.page_of_leads(backend, tenant_id, LeadFilter(), order, FIRST)
        count = await listing.count_leads(backend, tenant_id, LeadFilter())
    request = PageRequest(size=2, after=page.keys[-1])
    following = await listing.page_of_leads(backend, tenant_id, LeadFilter(), order, request)

    assert page.items == tuple(leads[each] for each in picked)
    assert (page.has_next, page.has_previous, count, len(sent)) == (True, False, 5, 2)
    assert not set(following.items) & set(page.items)
    assert following.has_previous


async def test_leads_are_filtered_and_searched(office: Office) -> None:
    """By state as of the clock, by assignee, by type, and by words; all of it together."""
    leads = await _leads(office)
    backend, tenant_id = office.backend, office.tenant.id

    async def found(filter_: LeadFilter, search: str = "") -> list[Lead]:
        page = await listing.page_of_leads(backend, tenant_id, filter_, LeadOrder.NEWEST_FIRST, PageRequest(), search)
        assert await listing.count_leads(backend, tenant_id, filter_, search) == len(page.items)
        return list(page.items)

    assert await found(LeadFilter(), "mueller") == [leads[1], leads[3]]
    assert await found(LeadFilter(terms=("meier",)), "firma") == [leads[0], leads[2], leads[4]]
    assert await found(LeadFilter(statuses=frozenset({LeadStatus.REJECTED}))) == [leads[3]]
    assert await found(LeadFilter(assignee_id=office.manager.id)) == [leads[2]]
    assert await found(LeadFilter(type_ids=(404,))) == []
    office.clock.moment = NOW + timedelta(hours=1)
    assert leads[1] not in await found(LeadFilter())
    assert await found(LeadFilter(statuses=frozenset({LeadStatus.EXPIRED}))) == [leads[1]]


@pytest.mark.parametrize("search", ["\x00", "\ud800", "x" * 1_000_000, "%", "' OR 1=1", "\U0010ffff"], ids=range(6))
async def test_any_search_is_answered(office: Office, search: str) -> None:
    """No text that a user can type breaks a list."""
    backend, tenant_id = office.backend, office.tenant.id

    await listing.page_of_accounts(backend, tenant_id, FIRST, search)
    await listing.page_of_contacts(backend, tenant_id, ContactFilter(), FIRST, search)
    assert await listing.count_leads(backend, tenant_id, LeadFilter(), search) == 0


async def test_accounts_are_listed_by_name(office: Office, foreign_office: Office) -> None:
    """The private customers are one of them; other tenants' are not."""
    beta, alpha = _account(office, "beta GmbH", "Köln"), _account(office, "Alpha GmbH", "Dresden")
    await office.give(beta, alpha)
    await foreign_office.give(_account(foreign_office, "Alpha GmbH", "Dresden"))
    backend, tenant_id = office.backend, office.tenant.id
    private = await private_account(backend, tenant_id)

    assert (await listing.page_of_accounts(backend, tenant_id, PageRequest())).items == (alpha, beta, private)
    assert (await listing.page_of_accounts(backend, tenant_id, PageRequest(), "gmbh koel")).items == (beta,)
    assert await listing.count_accounts(backend, tenant_id) == 3
    assert await listing.count_accounts(backend, tenant_id, "GMBH") == 2


async def test_a_changed_account_is_found_by_its_new_words_only(office: Office) -> None:
    """The words of a lead follow its corrections at once."""
    lead = make_lead(company="Alt GmbH", last_name="Müller", type_id=office.lead_type.id)
    await office.give(lead)
    await update_lead(office.backend, office.actor, UpdateLead(lead_id=lead.id, lead=LeadPatch(company=None)))

    assert await listing.count_leads(office.backend, office.tenant.id, LeadFilter(), "alt") == 0
    assert await listing.count_leads(office.backend, office.tenant.id, LeadFilter(), "müller") == 1


async def test_contacts_are_listed_by_last_name(office: Office) -> None:
    """All of them, those of one account, or those that are searched for."""
    one, other = _account(office, "Elbe", "Dresden"), _account(office, "Weser", "Bremen")
    eva = make_contact(one, first_name="Eva", last_name="Zander")
    jan, kim = make_contact(one, first_name="Jan", last_name="Adler"), make_contact(other, last_name="Bach")
    await office.give(one, other, eva, jan, kim)
    backend, tenant_id = office.backend, office.tenant.id

    everybody = await listing.page_of_contacts(backend, tenant_id, ContactFilter(), PageRequest())
    assert everybody.items == (jan, kim, eva)
    at_one = ContactFilter(account_id=one.id)
    assert (await listing.page_of_contacts(backend, tenant_id, at_one, PageRequest())).items == (jan, eva)
    assert (await listing.page_of_contacts(backend, tenant_id, at_one, PageRequest(), "zand")).items == (eva,)
    assert await listing.count_contacts(backend, tenant_id, at_one) == 2
    assert await listing.count_contacts(backend, tenant_id, ContactFilter(), "sommer bach") == 0


async def test_cases_are_listed_newest_first(office: Office) -> None:
    """By state, contact, account and assignee."""
    account = _account(office, "Elbe", "Dresden")
    eva, jan = make_contact(account), make_contact(account)
    first, second = office.case_for(eva, 1), office.case_for(jan, 2, assignee_id=office.manager.id)
    third = office.case_for(jan, 3, status=CaseStatus.WON, closed_at=NOW)
    await office.give(account, eva, jan, first, second, third)
    backend, tenant_id = office.backend, office.tenant.id
    tables = [
        (CaseFilter(), (third, second, first)),
        (CaseFilter(statuses=frozenset({CaseStatus.OPEN})), (second, first)),
        (CaseFilter(contact_id=jan.id), (third, second)),
        (CaseFilter(account_id=account.id, assignee_id=office.manager.id), (second,)),
    ]
    for filter_, expected in tables:
        assert (await listing.page_of_cases(backend, tenant_id, filter_, PageRequest())).items == expected
        assert await listing.count_cases(backend, tenant_id, filter_) == len(expected)


async def test_users_are_listed_by_activity(office: Office) -> None:
    """All of them, or only those who are still there."""
    backend, tenant_id = office.backend, office.tenant.id

    everybody = await listing.page_of_users(backend, tenant_id, PageRequest())
    assert everybody.items == (office.agent, office.manager, office.retired)
    assert (await listing.page_of_users(backend, tenant_id, PageRequest(), is_active=False)).items == (office.retired,)
    assert await listing.count_users(backend, tenant_id) == 3
    assert await listing.count_users(backend, tenant_id, is_active=True) == 2


async def test_a_lead_has_a_history(office: Office) -> None:
    """Its events, oldest first, by position."""
    lead = make_lead(last_name="Müller", type_id=office.lead_type.id)
    await office.give(lead, make_lead(last_name="Meier", type_id=office.lead_type.id))
    await update_lead(office.backend, office.actor, UpdateLead(lead_id=lead.id, lead=LeadPatch(subject="Neu")))
    page = await listing.page_of_lead_history(office.backend, office.tenant.id, lead.id, PageRequest())

    assert [(each.kind, each.fields) for each in page.items] == [
        (EventKind.LEAD_CREATED, ()),
        (EventKind.LEAD_UPDATED, ("subject",)),
    ]
    assert page.keys == tuple((each.position,) for each in page.items)
    assert await listing.count_lead_history(office.backend, office.tenant.id, lead.id) == 2


async def test_short_lists_come_whole(office: Office) -> None:
    """Types and reasons are few; nobody has begun to accept anything."""
    backend, tenant_id = office.backend, office.tenant.id

    assert await listing.entries_of(backend, CaseType, tenant_id) == (office.case_type,)
    page = await listing.page_of_unfinished_leads(backend, tenant_id, office.agent.id, PageRequest())
    assert page.items == ()
