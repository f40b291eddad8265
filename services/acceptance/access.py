"""Getting hold of a lead and its acceptance inside a transaction, or refusing with the reason."""

from datetime import datetime

from db import acceptances, records, reference
from db.engine import ReadSession, WriteSession
from domain.acceptance import Acceptance
from domain.actors import Actor
from domain.problems import AlreadyAccepted, Forbidden, HeldByOther, NotFound, Refused, Stale
from domain.records import Lead, LeadStatus, Role, Tenant, User
from services.acceptance.transitions import Action, find_wrong_state

LEAD_PATH = ("input", "leadId")
VERSION_PATH = ("input", "expectedVersion")


async def read_tenant(session: ReadSession, tenant_id: int) -> Tenant:
    """The tenant; that a request names an existing one was checked when it was authenticated."""
    tenant = await reference.get_tenant(session, tenant_id)
    if tenant is None:
        message = f"there is no tenant {tenant_id}"
        raise LookupError(message)
    return tenant


async def read_lead(session: ReadSession, tenant_id: int, lead_id: int) -> Lead:
    """The lead as it is. Raises ``Refused`` (NotFound)."""
    lead = await records.get(session, Lead, tenant_id, lead_id)
    if lead is None:
        raise Refused(NotFound(path=LEAD_PATH, what="Lead"))
    return lead


async def lock_lead(session: WriteSession, lead_id: int) -> Lead:
    """The lead, locked. Raises ``Refused`` (NotFound)."""
    lead = await records.get_for_update(session, Lead, lead_id)
    if lead is None:
        raise Refused(NotFound(path=LEAD_PATH, what="Lead"))
    return lead


async def refuse_wrong_state(session: ReadSession, tenant_id: int, lead: Lead, action: Action, now: datetime) -> None:
    """Raise ``Refused`` if the lead's status does not allow the action, and say who was first with accepting."""
    problem = find_wrong_state(lead, action, now)
    if problem is None:
        return
    if action is Action.ACCEPT and lead.stored_status in {LeadStatus.ACCEPTED, LeadStatus.CONVERTED}:
        (by,) = await reference.users_by_id(session, tenant_id, [lead.accepted_by_id or 0])
        if by is not None:
            raise Refused(AlreadyAccepted(path=LEAD_PATH, lead=lead, by=by))
    raise Refused(problem)


def refuse_stale_lead(lead: Lead, expected_version: int | None) -> None:
    """Raise ``Refused`` (Stale) if the lead was changed since ``expected_version``."""
    if expected_version is not None and expected_version != lead.version:
        raise Refused(Stale(path=VERSION_PATH, current=lead, current_version=lead.version))


def refuse_stale_acceptance(lead: Lead, acceptance: Acceptance, expected_version: int | None) -> None:
    """Raise ``Refused`` (Stale) if the acceptance was changed since ``expected_version``."""
    if expected_version is not None and expected_version != acceptance.version:
        raise Refused(Stale(path=VERSION_PATH, current=lead, current_version=acceptance.version))


def refuse_agent(actor: Actor) -> None:
    """Raise ``Refused`` (Forbidden) unless the actor is a manager."""
    if not actor.is_manager:
        raise Refused(Forbidden(path=("input",), needed=Role.MANAGER))


async def refuse_other_holder(session: ReadSession, actor: Actor, lead: Lead, acceptance: Acceptance) -> None:
    """Raise ``Refused`` (HeldByOther) unless the actor holds the acceptance."""
    if acceptance.user_id != actor.user_id:
        (holder,) = await reference.users_by_id(session, actor.tenant_id, [acceptance.user_id])
        if holder is None:
            message = f"acceptance {acceptance.id} is held by an unknown user"
            raise LookupError(message)
        raise Refused(HeldByOther(path=LEAD_PATH, lead=lead, holder=holder))


async def lock_acceptance(session: WriteSession, lead: Lead) -> Acceptance:
    """The acceptance of an accepted lead, locked."""
    acceptance = await acceptances.get_for_update(session, lead.id)
    if acceptance is None:
        message = f"lead {lead.id} is {lead.stored_status.value} and has no acceptance"
        raise LookupError(message)
    return acceptance


async def read_user(session: ReadSession, tenant_id: int, user_id: int, path: tuple[str, ...]) -> User:
    """The user with this id. Raises ``Refused`` (NotFound)."""
    (user,) = await reference.users_by_id(session, tenant_id, [user_id])
    if user is None:
        raise Refused(NotFound(path=path, what="User"))
    return user
