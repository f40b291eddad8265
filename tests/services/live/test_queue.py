"""What events mean for a filtered queue."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from db import leads as lead_rows
from db import log
from domain.events import Event, EventKind
from domain.filters import LeadFilter, LeadOrder
from domain.live import QueueChange
from domain.paging import PageRequest
from domain.records import Lead, LeadStatus, RecordKind
from services.acceptance.accepting import (
    AcceptLeadCommand,
    HandOverCommand,
    RejectLeadCommand,
    ReopenLeadCommand,
    accept_lead,
    hand_over_acceptance,
    reject_lead,
    reopen_lead,
)
from services.live.queue import QueueTopic, changes_of_queue
from services.live.reading import Batch, read_batch
from services.search_words import fold_query
from tests.support.world import World


async def _history(world: World) -> None:
    """Leads of every status, type, assignee and holder."""
    agent, colleague = world.agent.user_id, world.colleague.user_id
    for number, (type_, suggested) in enumerate(product((world.enquiry, world.test_drive), (None, agent, colleague))):
        own: dict[str, Any] = {"type_id": type_.id, "assignee_suggestion_id": suggested}
        fresh = await world.add_lead(subject=f"Kombi {number}", **own)
        await world.add_lead(subject="Cabrio", expires_at=world.clock() + timedelta(days=1), **own)
        rejected = await world.add_lead(subject="Kombi", company="Nordlicht", **own)
        await reject_lead(world.backend, world.agent, RejectLeadCommand(lead_id=rejected.id))
        accepted = await world.add_lead(company="Kombinat", emails=[f"a{number}@kombinat.example"], **own)
        await accept_lead(world.backend, world.agent, AcceptLeadCommand(lead_id=accepted.id))
        if number % 2:
            command = HandOverCommand(lead_id=accepted.id, user_id=colleague)
            await hand_over_acceptance(world.backend, world.manager, command)
        if number % 3 == 0:
            await reopen_lead(world.backend, world.manager, ReopenLeadCommand(lead_id=rejected.id))
            await reject_lead(world.backend, world.colleague, RejectLeadCommand(lead_id=fresh.id))


def _filters(world: World) -> list[LeadFilter]:
    statuses = [frozenset[LeadStatus](), *(frozenset({each}) for each in LeadStatus)]
    types = [(), (world.enquiry.id,)]
    assignees = [None, world.agent.user_id, world.colleague.user_id]
    searches = ["", "kombi", "nordlicht kom", "kombinat.example"]
    return [
        LeadFilter(statuses=status, type_ids=type_, assignee_id=assignee, terms=fold_query(search))
        for status, type_, assignee, search in product(statuses, types, assignees, searches)
    ]


async def _listed(world: World, filter_: LeadFilter) -> set[int]:
    async with world.backend.database.read() as session:
        order, request = LeadOrder.NEWEST_FIRST, PageRequest(size=1000)
        page = await lead_rows.page(session, world.tenant.id, filter_, order, request, world.clock())
    return {each.id for each in page.items}


async def _batch(world: World, after: int = 0, limit: int = 500) -> Batch:
    batch = await read_batch(world.backend, world.tenant, after, limit)
    assert batch is not None
    return batch


async def test_the_filter_of_the_queue_is_that_of_the_list(world: World) -> None:
    """For every filter, who applies all events to an empty list has what the database lists."""
    await _history(world)
    world.clock.moment += timedelta(days=2)
    batch = await _batch(world)
    for filter_ in _filters(world):
        queue: set[int] = set()
        for each in changes_of_queue(filter_, batch, world.clock()):
            assert each.lead_id is not None
            (queue.add if each.is_in_queue else queue.discard)(each.lead_id)
        assert queue == await _listed(world, filter_), filter_


async def test_whoever_read_the_list_at_any_time_is_left_with_the_right_one(world: World) -> None:
    """The list as it was after any event, with the events since then, gives the list as it is: nothing stays behind."""
    await _history(world)
    filters = _filters(world)
    lists: dict[int, list[set[int]]] = {}
    async with world.backend.database.read() as session:
        start = (await log.newest_positions(session, [world.tenant.id]))[world.tenant.id]
    lists[start] = [await _listed(world, each) for each in filters]
    fresh = await world.add_lead(subject="Kombi", company="Nordlicht", type_id=world.enquiry.id)
    backend, agent, manager = world.backend, world.agent, world.manager
    hand_over = HandOverCommand(lead_id=fresh.id, user_id=world.colleague.user_id)
    steps: list[Callable[[], Awaitable[object]]] = [
        lambda: reject_lead(backend, agent, RejectLeadCommand(lead_id=fresh.id)),
        lambda: reopen_lead(backend, manager, ReopenLeadCommand(lead_id=fresh.id)),
        lambda: accept_lead(backend, agent, AcceptLeadCommand(lead_id=fresh.id)),
        lambda: hand_over_acceptance(backend, manager, hand_over),
    ]
    for step in steps:
        start += 1
        lists[start] = [await _listed(world, each) for each in filters]
        await step()

    for position, then in lists.items():
        batch = await _batch(world, position)
        for filter_, queue in zip(filters, then, strict=True):
            for each in changes_of_queue(filter_, batch, world.clock()):
                assert each.lead_id is not None
                (queue.add if each.is_in_queue else queue.discard)(each.lead_id)
            assert queue == await _listed(world, filter_), (position, filter_)


async def test_an_edit_and_what_follows_it_are_seen_together(world: World) -> None:
    """A lead that changed its type and was then accepted is taken out of the queue of its former type."""
    lead = await world.add_lead(type_id=world.enquiry.id)
    after = replace(
        lead, type_id=world.test_drive.id, accepted_by_id=world.agent.user_id, stored_status=LeadStatus.ACCEPTED
    )
    batch = Batch(
        tenant=world.tenant,
        leads={lead.id: after},
        holders={},
        events=[
            _event(lead, 5, EventKind.LEAD_UPDATED, "type_id"),
            _event(lead, 6, EventKind.LEAD_ACCEPTED),
        ],
    )
    filter_ = LeadFilter(statuses=frozenset({LeadStatus.NEW}), type_ids=(world.enquiry.id,))

    told = changes_of_queue(filter_, batch, world.clock())

    assert [(each.change, each.position, each.is_in_queue) for each in told] == [
        (QueueChange.REMOVED, 5, False),
        (QueueChange.TAKEN, 6, False),
    ]


async def test_what_is_not_known_yet_is_taken_for_possible(world: World) -> None:
    """While there are further events, a lead that does not fit now may have done so before."""
    lead = await world.add_lead(type_id=world.enquiry.id)
    known = Batch(
        tenant=world.tenant,
        leads={lead.id: lead},
        holders={},
        events=[_event(lead, 5, EventKind.LEAD_UPDATED, "subject")],
    )
    filter_ = LeadFilter(type_ids=(world.test_drive.id,))

    assert changes_of_queue(filter_, known, world.clock()) == []
    (told,) = changes_of_queue(filter_, replace(known, has_more=True), world.clock())
    assert told.change is QueueChange.REMOVED


async def test_a_lead_that_is_gone_is_removed(world: World) -> None:
    """Its id is told, and no lead."""
    lead = await world.add_lead()
    batch = Batch(tenant=world.tenant, leads={}, holders={}, events=[_event(lead, 5, EventKind.LEAD_UPDATED)])

    (told,) = await QueueTopic(world.backend, LeadFilter()).pick(batch)

    assert (told.change, told.lead_id, told.lead) == (QueueChange.REMOVED, lead.id, None)


def _event(lead: Lead, position: int, kind: EventKind, *fields: str) -> Event:
    return Event(
        tenant_id=lead.tenant_id,
        position=position,
        kind=kind,
        record_kind=RecordKind.LEAD,
        record_id=lead.id,
        lead_id=lead.id,
        user_id=None,
        fields=fields,
        happened_at=lead.received_at,
    )
