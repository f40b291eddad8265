"""Measuring a tenant's matching on what its users decided."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from db.engine import Database
from db.matching_settings import save_settings
from db.tables.learning import labels
from domain.labels import LabelDecision
from domain.matches import EvidenceKind
from domain.matching_settings import EvidenceWeight, MatchingSettings
from domain.records import Tenant
from services.evaluation import evaluate_decisions, labels_of_tenant
from tests.proofs import acts
from tests.support.world import World, make_world


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant whose users have kept, chosen, created and dismissed."""
    made = await make_world(database)
    private = await made.private_customers()
    for number in range(4):
        details = acts.person(number)
        similar = {**details, "phones": (f"+49 40 777{number}889",)}
        contact = await made.add_contact(private, **(details if number == 0 else similar))
        lead = await made.add_lead(**details)
        await acts.accept(made, lead)
        if number == 1:
            await acts.pick_contact(made, lead, contact, acts.take_phones())
        if number == 2:
            await acts.pick_contact(made, lead, None)
        if number == 3:
            await acts.dismiss(made, lead, contact)
        await acts.commit(made, lead)
    return made


async def test_decisions_are_measured(world: World) -> None:
    """Two chosen, one needless and one dismissed, all at rank 1, and nothing about accounts."""
    found = await evaluate_decisions(world.backend, world.tenant)

    assert (found.pairs, found.outdated) == (4, 0)
    assert {each: count for each, count in found.contacts.decisions.items() if count} == {
        LabelDecision.KEPT: 1,
        LabelDecision.CHOSEN: 1,
        LabelDecision.CREATED: 1,
        LabelDecision.DISMISSED: 1,
    }
    now = found.contacts.current
    assert (now.found, now.missed, now.needless, now.first_right, now.first_wrong) == (2, 0, 2, 2, 2)
    assert not any(found.accounts.decisions.values())


@pytest.mark.parametrize("page", [1, 2, 3, 4, 5])
async def test_labels_are_read_in_pages(world: World, page: int) -> None:
    """How many are read at once makes no difference."""
    found = [each.id async for each in labels_of_tenant(world.backend, world.tenant.id, page)]
    assert len(found) == 4
    assert found == sorted(set(found))


async def test_scores_of_other_settings_are_left_out(world: World) -> None:
    """They say nothing about today's, unless they are asked for."""
    whole = await evaluate_decisions(world.backend, world.tenant)
    async with world.backend.database.write(world.tenant.id, world.clock()) as session:
        await session.execute(update(labels).where(labels.c.is_match).values(settings=7))

    left = await evaluate_decisions(world.backend, world.tenant)

    assert (left.pairs, left.outdated, left.contacts.current.found) == (2, 2, 0)
    everything = await evaluate_decisions(world.backend, world.tenant, has_outdated=True)
    assert everything == replace(whole, outdated=0)


async def test_a_threshold_leaves_scores_as_they_are(world: World) -> None:
    """Decisions under another threshold count on; those under other weights do not, until the weights are back."""
    whole = await evaluate_decisions(world.backend, world.tenant)
    phone = EvidenceWeight(kind=EvidenceKind.PHONE, agree=0.5)
    strict = await save(world, MatchingSettings(version=1, threshold=2.5))
    assert (await evaluate_decisions(world.backend, strict)).outdated == 0

    weighed = await save(world, MatchingSettings(version=2, threshold=2.5, weights=(phone,)))
    assert (await evaluate_decisions(world.backend, weighed)).pairs == 0
    back = await save(world, MatchingSettings(version=3))
    assert (await evaluate_decisions(world.backend, back)).pairs == whole.pairs


async def save(world: World, settings: MatchingSettings) -> Tenant:
    """The tenant with the next version of its settings."""
    tenant = replace(world.tenant, matching=replace(settings, saved_by_id=world.agent.user_id, saved_at=world.clock()))
    async with world.backend.database.write(tenant.id, world.clock()) as session:
        await save_settings(session, tenant)
    return tenant


async def test_another_tenant_has_decided_nothing(world: World) -> None:
    """Each tenant is measured by its own users."""
    other = await make_world(world.backend.database)
    assert (await evaluate_decisions(other.backend, other.tenant)).pairs == 0
