"""What happens between the transactions of a commit: every gap is tried, for everybody who may come in between."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from db.tables.reference import users
from domain.acceptance import PlaceContact
from domain.drafts import AccountPatch, EmailDraft, PhoneDraft
from domain.fields import AccountField, ContactField, FieldDecision, Take
from domain.problems import (
    AssigneeInactive,
    CandidatesChanged,
    CaseNotOpen,
    DecisionsRemain,
    HeldByOther,
    RecordChanged,
    Stale,
    WrongLeadState,
)
from domain.receipts import Receipt
from domain.records import CaseStatus, Contact, Lead, RecordKind
from services.accounts import UpdateAccount, update_account
from services.cases import CloseCase, close_case
from services.indexing import fold_frequencies
from tests.proofs import acts
from tests.proofs.interleaving import Act, play
from tests.support.conductor import Conductor
from tests.support.world import World

PHONES_AS_LEAD = FieldDecision(field=ContactField.PHONES, take=Take.LEAD)


async def chosen(world: World, number: int) -> tuple[Lead, Contact]:
    """An accepted lead with a decision to take its phone number over into a known contact."""
    known = acts.person(number)
    contact = await world.add_contact(await world.private_customers(), **known)
    lead = await world.add_lead(**{**known, "phones": (f"+49 351 {4_000_000 + number}",)})
    await acts.accept(world, lead)
    await acts.pick_contact(world, lead, contact, PHONES_AS_LEAD)
    return lead, contact


async def test_a_twin_in_between_is_shown_before_it_is_written(world: World, conductor: Conductor) -> None:
    """A contact that somebody creates just now is never doubled: the commit is told, and goes on once it is seen."""
    private = await world.private_customers()

    async def scene(number: int) -> tuple[Act, Act]:
        details = acts.person(number)
        lead = await world.add_lead(**details)
        await acts.accept(world, lead)
        return lambda: acts.commit(world, lead), lambda: acts.add_twin(world, private.id, details)

    async for attempt in play(world, conductor, scene):
        (problem,) = attempt.problems
        assert isinstance(problem, CandidatesChanged)
        newest = max(row["id"] for row in attempt.afterwards["contacts"])
        assert (problem.record_ids, problem.kind) == ((newest,), RecordKind.CONTACT)
        receipt = await acts.commit(world, problem.lead, seen=problem.record_ids)
        assert receipt.id_of(RecordKind.CONTACT) == newest


@pytest.mark.parametrize("details", [acts.person, acts.firm], ids=["private", "business"])
async def test_two_commits_make_one_customer(
    world: World, conductor: Conductor, details: Callable[[int], dict[str, Any]]
) -> None:
    """Of two leads of one new customer one makes it, and the other is told and then joined to it."""

    async def scene(number: int) -> tuple[Act, Act]:
        one, other = await world.add_lead(**details(number)), await world.add_lead(**details(number))
        await acts.accept(world, one)
        await acts.accept(world, other)
        return lambda: acts.commit(world, one), lambda: acts.commit(world, other)

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds == {CandidatesChanged}
        newest = max(row["id"] for row in attempt.afterwards["contacts"])
        lead = next(each.lead for each in attempt.problems if isinstance(each, CandidatesChanged))
        seen = [id_ for each in attempt.problems if isinstance(each, CandidatesChanged) for id_ in each.record_ids]
        assert newest in seen
        receipt = await acts.commit(world, lead, seen=tuple(seen))
        assert receipt.id_of(RecordKind.CONTACT) == newest


async def test_a_deliberate_twin_is_created(world: World, conductor: Conductor) -> None:
    """Who decides for a new contact and names the one that appeared gets two, whenever it appeared."""
    private = await world.private_customers()
    appeared: list[int] = []

    async def scene(number: int) -> tuple[Act, Act]:
        details = acts.person(number)
        lead = await world.add_lead(**details)
        await acts.accept(world, lead)
        await acts.pick_contact(world, lead, None)
        appeared.append(await acts.add_twin(world, private.id, details))
        return lambda: acts.commit(world, lead, seen=(appeared[-1],)), lambda: fold_frequencies(
            world.backend, world.tenant.id
        )

    async for attempt in play(world, conductor, scene):
        assert attempt.receipt is not None
        assert attempt.receipt.id_of(RecordKind.CONTACT) != appeared[-1]


async def test_a_decided_field_that_changes_is_decided_again(world: World, conductor: Conductor) -> None:
    """A phone number that somebody has just entered is not replaced by a decision that did not know it."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead, contact = await chosen(world, number)
        fresh = (PhoneDraft(f"+49 30 {5_000_000 + number}"),)
        return lambda: acts.commit(world, lead), lambda: acts.change(world, contact, phones=fresh)

    async for attempt in play(world, conductor, scene):
        (problem,) = attempt.problems
        assert isinstance(problem, RecordChanged)
        assert problem.fields == ("phones",)
        assert isinstance(problem.current, Contact)
        assert problem.current.version == 2


async def test_a_change_of_another_field_is_kept(world: World, conductor: Conductor) -> None:
    """A title that somebody adds meanwhile and the decided phone number are both there afterwards."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead, contact = await chosen(world, number)
        return lambda: acts.commit(world, lead), lambda: acts.change(world, contact, title="Dr.")

    async for attempt in play(world, conductor, scene):
        assert attempt.receipt is not None
        id_ = attempt.receipt.id_of(RecordKind.CONTACT)
        (row,) = (row for row in attempt.afterwards["contacts"] if row["id"] == id_)
        assert (row["title"], row["version"]) == ("Dr.", 3)
        assert row["phones"][0]["number"].startswith("+49 351")


ACCOUNT_CHANGES = {
    "decided": (AccountPatch(phones=(PhoneDraft("+49 40 778899"),)), RecordChanged),
    "other": (AccountPatch(website="https://fjordwerft.example"), None),
}


@pytest.mark.parametrize(("patch", "refused_with"), ACCOUNT_CHANGES.values(), ids=ACCOUNT_CHANGES.keys())
async def test_a_change_of_the_account_counts_where_it_was_decided(
    world: World, conductor: Conductor, patch: AccountPatch, refused_with: type | None
) -> None:
    """Only a decided field that changes meanwhile has to be decided again; what else changes is kept."""

    async def scene(number: int) -> tuple[Act, Act]:
        details = acts.firm(number)
        account = await world.add_account(name=details["company"], phones=(f"+49 431 {200_000 + number}",))
        lead = await world.add_lead(**details)
        await acts.accept(world, lead)
        decision = FieldDecision(field=AccountField.PHONES, take=Take.LEAD)
        await acts.pick_account(world, lead, account.id, decision)
        update = UpdateAccount(account_id=account.id, account=patch)
        return lambda: acts.commit(world, lead), lambda: update_account(world.backend, world.colleague, update)

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds == ({refused_with} if refused_with else set())
        if attempt.receipt is not None:
            id_ = attempt.receipt.id_of(RecordKind.ACCOUNT)
            (row,) = (row for row in attempt.afterwards["accounts"] if row["id"] == id_)
            assert (row["website"], row["version"]) == (patch.website, 3)
            assert row["phones"][0]["number"].startswith("+49 221")


async def test_a_contact_that_moves_is_placed_again(world: World, conductor: Conductor) -> None:
    """A contact that somebody moves to a company meanwhile is a decision of its own."""
    firm = await world.add_account(name="Fjordwerft AG")

    async def scene(number: int) -> tuple[Act, Act]:
        lead, contact = await chosen(world, number)
        return lambda: acts.commit(world, lead), lambda: acts.change(world, contact, account_id=firm.id)

    async for attempt in play(world, conductor, scene):
        (problem,) = attempt.problems
        assert isinstance(problem, DecisionsRemain)
        assert [type(each) for each in problem.remaining] == [PlaceContact]


BECOMES = {
    "another": {"first_name": "Bernadette", "last_name": "Voss", "phones": (), "emails": (EmailDraft("b@voss.de"),)},
    "name-only": {"phones": (), "emails": ()},
}


@pytest.mark.parametrize("change", BECOMES.values(), ids=BECOMES.keys())
async def test_an_automatic_choice_that_is_no_match_any_more_is_not_written(
    world: World, conductor: Conductor, change: dict[str, Any]
) -> None:
    """A contact that matched 100 % and is corrected meanwhile so that it no longer does is not given the lead."""

    async def scene(number: int) -> tuple[Act, Act]:
        details = acts.person(number)
        contact = await world.add_contact(await world.private_customers(), **details)
        lead = await world.add_lead(**details)
        await acts.accept(world, lead)
        return lambda: acts.commit(world, lead), lambda: acts.change(world, contact, **change)

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds <= {RecordChanged, CandidatesChanged, DecisionsRemain}
        assert attempt.problems


async def test_a_case_that_is_closed_meanwhile_takes_no_lead(world: World, conductor: Conductor) -> None:
    """The other answer would be a lead in a case that nobody works on."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead, contact = await chosen(world, number)
        case = await world.add_case(contact, 900_000 + number)
        close = CloseCase(case_id=case.id, status=CaseStatus.WON)
        return lambda: acts.attach(world, lead, case.id), lambda: close_case(world.backend, world.colleague, close)

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds == {CaseNotOpen}


async def test_an_assignee_who_leaves_meanwhile_gets_no_case(world: World, conductor: Conductor) -> None:
    """A case goes to active users only."""
    colleague = world.colleague.user_id

    async def switch(*, is_active: bool) -> None:
        async with conductor.write(world.tenant.id, world.clock()) as session:
            await session.execute(update(users).where(users.c.id == colleague).values(is_active=is_active))

    async def scene(number: int) -> tuple[Act, Act]:
        await switch(is_active=True)
        lead, _ = await chosen(world, number)
        return lambda: acts.commit(world, lead, assignee_id=colleague), lambda: switch(is_active=False)

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds == {AssigneeInactive}


async def test_a_commit_loses_to_a_hand_over(world: World, conductor: Conductor) -> None:
    """Whoever held the acceptance when the commit began no longer does, and commits nothing."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead, _ = await chosen(world, number)
        return lambda: acts.commit(world, lead), lambda: acts.hand_over(world, lead, world.colleague)

    async for attempt in play(world, conductor, scene):
        assert attempt.kinds == {HeldByOther}


@pytest.mark.parametrize("is_versioned", [True, False], ids=["expected-version", "any-version"])
async def test_a_commit_follows_the_newest_decision(world: World, conductor: Conductor, is_versioned: bool) -> None:
    """A decision staged meanwhile makes a commit stale that said which one it knew, and is followed by any other."""

    async def scene(number: int) -> tuple[Act, Act]:
        lead, _ = await chosen(world, number)
        version: dict[str, Any] = {"expected_version": 2} if is_versioned else {}
        return lambda: acts.commit(world, lead, **version), lambda: acts.pick_contact(world, lead, None)

    async for attempt in play(world, conductor, scene):
        if is_versioned:
            assert attempt.kinds == {Stale}
        else:
            assert attempt.receipt is not None
            newest = max(row["id"] for row in attempt.afterwards["contacts"])
            assert attempt.receipt.id_of(RecordKind.CONTACT) == newest
            assert {row["decided_by"].value for row in attempt.afterwards["decisions"][-1:]} == {"user"}


@pytest.mark.parametrize("key", [None, "twice"], ids=["without-key", "with-key"])
async def test_a_second_commit_in_between_is_the_only_one(world: World, conductor: Conductor, key: str | None) -> None:
    """With its key the mutation answers like the one that came in between; without, it is told that all is done."""
    receipts: list[Receipt] = []

    async def scene(number: int) -> tuple[Act, Act]:
        lead, _ = await chosen(world, number)
        own_key = key and f"{key}-{number}"

        async def first() -> None:
            receipts.append(await acts.commit(world, lead, key=own_key))

        return lambda: acts.commit(world, lead, key=own_key), first

    async for attempt in play(world, conductor, scene):
        if key:
            assert attempt.receipt == receipts[-1]
        else:
            assert attempt.kinds == {WrongLeadState}
