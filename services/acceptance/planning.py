"""Planning a commit: what would be written, checked against everything that stands in the way."""

from dataclasses import dataclass

from db import acceptances
from domain.acceptance import Acceptance, DecidedBy
from domain.actors import Actor
from domain.matches import Matches
from domain.problems import Refused
from domain.records import Lead
from services.acceptance.access import (
    read_lead,
    refuse_other_holder,
    refuse_stale_acceptance,
    refuse_wrong_state,
)
from services.acceptance.automatic import candidate_ids
from services.acceptance.choices import AccountChoice, Choices, ContactChoice, settle
from services.acceptance.obstacles import find_obstacles
from services.acceptance.situation import Situation, read_situations
from services.acceptance.transitions import Action
from services.backend import Backend
from services.matching.documents import account_document, contact_document
from services.matching.strong_keys import account_strong_keys, person_strong_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCaseCommand:
    """Commit with a new case. ``expected_version`` is the acceptance's.

    ``case_type_id`` may be left out where the lead type allows only one, ``assignee_id`` where it is the holder.
    ``seen`` confirms candidates that have appeared since the decisions were made.
    """

    lead_id: int
    case_type_id: int | None = None
    assignee_id: int | None = None
    seen: tuple[int, ...] = ()
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachToCaseCommand:
    """Commit with an open case of the chosen contact; otherwise as ``CreateCaseCommand``."""

    lead_id: int
    case_id: int
    seen: tuple[int, ...] = ()
    expected_version: int | None = None


CommitCommand = CreateCaseCommand | AttachToCaseCommand


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitPlan:
    """What will be written, and what was known when it was planned.

    ``keys`` are the strong keys of the records to be created, ``known`` the ids of accounts and contacts that may carry
    them, because the matching of this plan has met them.
    """

    situation: Situation
    acceptance: Acceptance
    account: AccountChoice
    contact: ContactChoice
    keys: tuple[int, ...]
    known: frozenset[int]


class PlanOutdatedError(Exception):
    """Something that the plan relied on has changed; the next plan knows the ``appeared`` records as well."""

    def __init__(self, situation: Situation, appeared: frozenset[int] = frozenset()) -> None:
        super().__init__("the plan is outdated")
        self.situation = situation
        self.appeared = appeared


async def plan_commit(backend: Backend, actor: Actor, command: CommitCommand, known: frozenset[int]) -> CommitPlan:
    """Plan the commit of a lead's acceptance. ``known`` are records that were there before the plan is made.

    Raises ``Refused`` with whatever stands in the way, ``PlanOutdatedError`` if something changed while planning.
    """
    lead = await _read_lead(backend, actor, command)
    (situation,) = await read_situations(backend, actor, [lead])
    acceptance = situation.acceptance
    if acceptance is None:
        message = f"lead {lead.id} is accepted and has no acceptance"
        raise LookupError(message)
    choices = settle(situation)
    await _refuse_obstacles(backend, actor, command, situation, choices)
    if choices.account is None or choices.contact is None:
        message = "a choice is missing and no obstacle was found"
        raise LookupError(message)
    matches = situation.matches
    _check_matched_version(situation, matches.accounts, choices.account)
    _check_matched_version(situation, matches.contacts, choices.contact)
    return CommitPlan(
        situation=situation,
        acceptance=acceptance,
        account=choices.account,
        contact=choices.contact,
        keys=_strong_keys(choices.account, choices.contact, situation.tenant.default_country),
        known=known | _met(matches.accounts) | _met(matches.contacts),
    )


def _met(matches: Matches) -> set[int]:
    """The records that the look-up has met; a dismissed one is no twin that anybody has to be asked about."""
    return {*candidate_ids(matches), *matches.dismissed}


async def _read_lead(backend: Backend, actor: Actor, command: CommitCommand) -> Lead:
    action = Action.CREATE_CASE if isinstance(command, CreateCaseCommand) else Action.ATTACH_TO_CASE
    async with backend.database.read() as session:
        lead = await read_lead(session, actor.tenant_id, command.lead_id)
        await refuse_wrong_state(session, actor.tenant_id, lead, action, backend.now())
    return lead


async def _refuse_obstacles(
    backend: Backend, actor: Actor, command: CommitCommand, situation: Situation, choices: Choices
) -> None:
    """Raise ``Refused`` for whatever stands in the way, unless the lead has moved on while it was being found."""
    lead, acceptance = situation.lead, situation.acceptance
    obstacles = find_obstacles(situation, choices, command.seen)
    is_mine = acceptance is not None and acceptance.user_id == actor.user_id
    is_expected = acceptance is not None and command.expected_version in {None, acceptance.version}
    if is_mine and is_expected and not obstacles:
        return
    async with backend.database.read() as session:
        now = await read_lead(session, actor.tenant_id, lead.id)
        (held,) = await acceptances.by_lead(session, actor.tenant_id, [lead.id])
        if held is None or acceptance is None or (now.version, held.version) != (lead.version, acceptance.version):
            raise PlanOutdatedError(situation)
        await refuse_other_holder(session, actor, lead, held)
        refuse_stale_acceptance(lead, held, command.expected_version)
    if obstacles:
        raise Refused(*obstacles)


def _check_matched_version(situation: Situation, matches: Matches, choice: AccountChoice | ContactChoice) -> None:
    """Raise ``PlanOutdatedError`` if the record that matched 100 % was read in another version than it matched in."""
    if choice.decided_by is DecidedBy.AUTO and choice.before is not None:
        matched = {each.record_id: each.record_version for each in matches.candidates}
        if matched.get(choice.before.id, choice.before.version) != choice.before.version:
            raise PlanOutdatedError(situation)


def _strong_keys(account: AccountChoice, contact: ContactChoice, country: str) -> tuple[int, ...]:
    """The strong keys of the records that will be created."""
    of_account = account_strong_keys(account_document(account.after, country)) if account.before is None else ()
    of_contact = person_strong_keys(contact_document(contact.after, country)) if contact.before is None else ()
    return tuple(sorted({*of_account, *of_contact}))
