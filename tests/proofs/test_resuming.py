"""What was begun is found again and goes on where it stopped, after the service was started anew."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from db.engine import Database
from domain.acceptance import AcceptanceStatus, DecidedBy
from domain.fields import ContactField, FieldDecision, Take
from domain.paging import PageRequest
from domain.records import LeadStatus, RecordKind
from services.acceptance.states import states
from services.ids import IdSource
from services.listing import count_unfinished_leads, page_of_unfinished_leads
from services.statistics import StatisticsCache
from tests.proofs import acts
from tests.proofs.invariants import broken_rules
from tests.support.tables import everything
from tests.support.world import World


@pytest.fixture
async def restarted(world: World, database_url: str) -> AsyncIterator[World]:
    """Give the same tenant as another process finds it: nothing is taken along but what is in the database."""
    database = Database(database_url)
    backend = replace(world.backend, database=database, ids=IdSource(), statistics=StatisticsCache())
    yield replace(world, backend=backend)
    await database.close()


async def _unfinished(world: World, user_id: int) -> list[int]:
    page = await page_of_unfinished_leads(world.backend, world.tenant.id, user_id, PageRequest(size=50))
    assert await count_unfinished_leads(world.backend, world.tenant.id, user_id) == len(page.items)
    return list(page.items)


async def test_unfinished_acceptances_are_found_again(world: World, restarted: World) -> None:
    """A user's own, oldest first: without those that are committed, handed over, or others'."""
    leads = [await world.add_lead(**acts.person(number)) for number in range(5)]
    for lead in leads[:4]:
        await acts.accept(world, lead)
    await acts.accept(world, leads[4], world.colleague)
    await acts.commit(world, leads[1])
    await acts.hand_over(world, leads[2], world.colleague)
    assert await _unfinished(restarted, world.agent.user_id) == [leads[0].id, leads[3].id]
    assert await _unfinished(restarted, world.colleague.user_id) == [leads[2].id, leads[4].id]
    assert await _unfinished(restarted, world.manager.user_id) == []


async def test_staged_decisions_survive_a_restart(world: World, restarted: World) -> None:
    """Every kind of decision is read back as it was staged, and the commit follows it."""
    details = acts.person(1)
    contact = await world.add_contact(await world.private_customers(), **details)
    lead = await world.add_lead(**{**details, "phones": ("+49 351 4445556",)})
    await acts.accept(world, lead)
    decisions = (
        FieldDecision(field=ContactField.PHONES, take=Take.BOTH, primary=Take.LEAD),
        FieldDecision(field=ContactField.TITLE, value="Dr."),
    )
    await acts.pick_contact(world, lead, contact, *decisions, seen=(contact.id,))
    before = await world.state_of(lead)
    after = await restarted.state_of(lead)
    assert after == before
    assert (after.status, after.contact_id) == (AcceptanceStatus.OPEN, contact.id)
    assert after.steps[2].decided_by is DecidedBy.USER
    receipt = await acts.commit(restarted, lead, expected_version=after.version)
    assert receipt.id_of(RecordKind.CONTACT) == contact.id
    written = await restarted.contact(contact.id)
    assert (written.title, [each.number for each in written.phones]) == ("Dr.", [*details["phones"], "+49 351 4445556"])
    assert written.phones[1].is_primary
    assert broken_rules(await everything(restarted.backend.database, world.tenant.id)) == []


async def test_an_abandoned_acceptance_leaves_nothing_behind(world: World, restarted: World) -> None:
    """Accounts, contacts and cases are as before, however much was decided; the lead is handed over and goes on."""
    before = await everything(world.backend.database, world.tenant.id)
    lead = await world.add_lead(**acts.firm(1))
    await acts.accept(world, lead)
    await acts.pick_account(world, lead, None)
    await acts.pick_contact(world, lead, None)
    stored = await everything(restarted.backend.database, world.tenant.id)
    for table in ("accounts", "contacts", "cases", "match_keys", "match_documents"):
        assert stored[table] == before[table]
    await acts.hand_over(restarted, lead, restarted.colleague)
    current = await restarted.lead(lead.id)
    (state,) = await states(restarted.backend, restarted.colleague, [current])
    assert (state.holder_id, current.stored_status) == (restarted.colleague.user_id, LeadStatus.ACCEPTED)
    await acts.commit(restarted, lead, restarted.colleague)
    assert await _unfinished(restarted, restarted.colleague.user_id) == []
