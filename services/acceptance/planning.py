"""Planning a commit: what would be written, checked against everything that stands in the way."""

from dataclasses import dataclass

from db import acceptances
from domain.acceptance import Acceptance
from domain.actors import Actor
from domain.problems import Refused
from domain.records import Lead
from services.acceptance.access import (
    read_lead,
    refuse_other_holder,
    refuse_stale_acceptance,
    refuse_wrong_state,
)
from services.acceptance.choices import AccountChoice, ContactChoice, settle
from services.acceptance.obstacles import find_obstacles
from services.acceptance.situation import Situation, read_situations
from services.acceptance.transitions import Action
from services.backend import Backend
from services.indexing import strong_key_records
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

    ``keys`` are the strong keys of the records to be created, ``known`` the records that carried them at planning, as
    pairs of account id and contact id.
    """

    situation: Situation
    acceptance: Acceptance
    account: AccountChoice
    contact: ContactChoice
    keys: tuple[int, ...]
    known: frozenset[tuple[int, int]]


async def plan_commit(backend: Backend, actor: Actor, command: CommitCommand) -> CommitPlan:
    """Plan the commit of a lead's acceptance. Raises ``Refused`` with whatever stands in the way."""
    lead, acceptance = await _read(backend, actor, command)
    (situation,) = await read_situations(backend, actor, [lead])
    choices = settle(situation)
    obstacles = find_obstacles(situation, choices, command.seen)
    if obstacles:
        raise Refused(*obstacles)
    if choices.account is None or choices.contact is None:
        message = "a choice is missing and no obstacle was found"
        raise LookupError(message)
    keys = _strong_keys(choices.account, choices.contact, situation.tenant.default_country)
    async with backend.database.read() as session:
        known = await strong_key_records(session, actor.tenant_id, keys)
    return CommitPlan(
        situation=situation,
        acceptance=acceptance,
        account=choices.account,
        contact=choices.contact,
        keys=keys,
        known=known,
    )


async def _read(backend: Backend, actor: Actor, command: CommitCommand) -> tuple[Lead, Acceptance]:
    action = Action.CREATE_CASE if isinstance(command, CreateCaseCommand) else Action.ATTACH_TO_CASE
    async with backend.database.read() as session:
        lead = await read_lead(session, actor.tenant_id, command.lead_id)
        await refuse_wrong_state(session, actor.tenant_id, lead, action, backend.now())
        (acceptance,) = await acceptances.by_lead(session, actor.tenant_id, [lead.id])
        if acceptance is None:
            message = f"lead {lead.id} is accepted and has no acceptance"
            raise LookupError(message)
        await refuse_other_holder(session, actor, lead, acceptance)
        refuse_stale_acceptance(lead, acceptance, command.expected_version)
    return lead, acceptance


def _strong_keys(account: AccountChoice, contact: ContactChoice, country: str) -> tuple[int, ...]:
    """The strong keys of the records that will be created."""
    of_account = account_strong_keys(account_document(account.after, country)) if account.before is None else ()
    of_contact = person_strong_keys(contact_document(contact.after, country)) if contact.before is None else ()
    return tuple(sorted({*of_account, *of_contact}))
