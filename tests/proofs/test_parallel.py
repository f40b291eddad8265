"""Many send the same at the same moment, or want the same lead: one effect, and everybody gets the right answer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import pytest

from domain.actors import Actor
from domain.drafts import EmailDraft, LeadDraft
from domain.events import EventKind
from domain.problems import AlreadyAccepted, Problem, Refused, WrongLeadState
from domain.receipts import Receipt
from domain.records import Lead, LeadStatus, Person, RecordKind
from services.acceptance.accepting import RejectLeadCommand, reject_lead
from services.intake import CreateLead, create_lead
from services.tenants import add_user
from tests.proofs import acts
from tests.proofs.index_rules import broken_index
from tests.proofs.invariants import broken_rules
from tests.support.offices import actor_for
from tests.support.tables import everything
from tests.support.world import World

MANY = 50
Answer = Receipt | tuple[Problem, ...]
Send = Callable[[World, Lead, str], Awaitable[Receipt]]


async def answer(call: Awaitable[Receipt]) -> Answer:
    """The receipt of a call, or the problems it is refused with."""
    try:
        return await call
    except Refused as refused:
        problems: tuple[Problem, ...] = refused.problems
        return problems


async def _create_lead(world: World, _: Lead, key: str) -> Receipt:
    draft = LeadDraft(
        type_id=world.enquiry.id, person=Person(last_name="Kaplan"), emails=(EmailDraft("kaplan@gmx.de"),)
    )
    return await create_lead(world.backend, world.agent, CreateLead(lead=draft), key)


async def _accept(world: World, lead: Lead, key: str) -> Receipt:
    return await acts.accept(world, lead, key=key)


async def _choose_contact(world: World, lead: Lead, key: str) -> Receipt:
    return await acts.pick_contact(world, lead, None, key=key)


async def _create_case(world: World, lead: Lead, key: str) -> Receipt:
    return await acts.commit(world, lead, key=key)


SENDS: Mapping[str, tuple[Send, EventKind, bool]] = {
    "createLead": (_create_lead, EventKind.LEAD_CREATED, False),
    "acceptLead": (_accept, EventKind.LEAD_ACCEPTED, False),
    "chooseContact": (_choose_contact, EventKind.CONTACT_CHOSEN, True),
    "createCase": (_create_case, EventKind.CASE_CREATED, True),
}
"""By mutation: how it is sent, the event that it causes, and whether it needs an accepted lead."""


async def _count(world: World, kind: EventKind) -> int:
    stored = await everything(world.backend.database, world.tenant.id)
    return sum(row["kind"] is kind for row in stored["events"])


async def _assert_sound(world: World) -> None:
    stored = await everything(world.backend.database, world.tenant.id)
    assert broken_rules(stored) == []
    assert broken_index(stored) == []


@pytest.mark.parametrize("mutation", SENDS)
async def test_fifty_sends_with_one_key_have_one_effect(world: World, mutation: str) -> None:
    """All fifty get the same receipt."""
    send, event, needs_acceptance = SENDS[mutation]
    lead = await world.add_lead(**acts.person(1))
    if needs_acceptance:
        await acts.accept(world, lead)
    before = await _count(world, event)
    receipts = await asyncio.gather(*(send(world, lead, "one-key") for _ in range(MANY)))
    assert receipts == [receipts[0]] * MANY
    assert await _count(world, event) == before + 1
    await _assert_sound(world)


async def test_of_fifty_users_one_accepts(world: World) -> None:
    """The other forty-nine are told who did."""
    lead = await world.add_lead(**acts.person(1))
    users = [await add_user(world.backend, world.tenant, f"User {n}", f"user{n}@nord.example") for n in range(MANY)]
    calls = [answer(acts.accept(world, lead, actor_for(user), f"key-{user.id}")) for user in users]
    answers: Sequence[Answer] = await asyncio.gather(*calls)
    winner = (await world.lead(lead.id)).accepted_by_id
    for user, each in zip(users, answers, strict=True):
        if isinstance(each, Receipt):
            assert user.id == winner
        else:
            (problem,) = each
            assert isinstance(problem, AlreadyAccepted)
            assert (problem.by.id, problem.lead.stored_status) == (winner, LeadStatus.ACCEPTED)
    assert sum(isinstance(each, Receipt) for each in answers) == 1
    await _assert_sound(world)


async def test_a_lead_is_accepted_or_rejected_and_never_both(world: World) -> None:
    """Of an acceptance and a rejection at the same moment one wins, and the other is told the lead's state."""
    for number in range(10):
        lead = await world.add_lead(**acts.person(number))
        reject = reject_lead(world.backend, world.colleague, RejectLeadCommand(lead_id=lead.id))
        calls: list[Awaitable[Receipt]] = [acts.accept(world, lead), reject]
        answers = await asyncio.gather(*map(answer, calls if number % 2 else calls[::-1]))
        (problem,) = next(each for each in answers if not isinstance(each, Receipt))
        assert isinstance(problem, WrongLeadState | AlreadyAccepted)
        assert sum(isinstance(each, Receipt) for each in answers) == 1
        status = (await world.lead(lead.id)).stored_status
        assert problem.lead.stored_status is status
        assert status in {LeadStatus.ACCEPTED, LeadStatus.REJECTED}
    await _assert_sound(world)


async def test_one_lead_in_two_windows_gives_one_case(world: World) -> None:
    """A user who commits the same lead twice at the same moment, without a key, gets one case."""
    for number in range(5):
        lead = await world.add_lead(**acts.person(number))
        await acts.accept(world, lead)
        answers = await asyncio.gather(*(answer(acts.commit(world, lead)) for _ in range(4)))
        receipts = [each for each in answers if isinstance(each, Receipt)]
        problems = [type(problem) for each in answers if not isinstance(each, Receipt) for problem in each]
        assert [each.id_of(RecordKind.CASE) for each in receipts] == [(await world.lead(lead.id)).case_id]
        assert problems == [WrongLeadState] * 3
    await _assert_sound(world)


async def test_fifty_commits_at_once_are_numbered_without_gaps(world: World) -> None:
    """Different new customers of different users do not stand in each other's way."""
    leads = [await world.add_lead(**(acts.firm if n % 2 else acts.person)(n)) for n in range(MANY)]
    actors: list[Actor] = [world.agent, world.colleague, world.manager]
    await asyncio.gather(*(acts.accept(world, each, actors[n % 3]) for n, each in enumerate(leads)))
    commits: list[Awaitable[Any]] = [acts.commit(world, each, actors[n % 3]) for n, each in enumerate(leads)]
    receipts = await asyncio.gather(*commits)
    assert len({each.id_of(RecordKind.CONTACT) for each in receipts}) == MANY
    await _assert_sound(world)
