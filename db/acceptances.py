"""Acceptances and the decisions staged on them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, delete, insert, select, update

from db.decision_rows import account_decision, contact_decision, decision_to_row
from db.engine import ReadSession, WriteSession
from db.paging import count_rows, fetch_page
from db.rows import without_key
from db.tables.acceptance import acceptances, decisions
from domain.acceptance import Acceptance, AccountDecision, ContactDecision, StepKind
from domain.paging import Page, PageRequest

_OWN = ("tenant_id", "id", "lead_id", "user_id", "opened_at", "committed_at", "version")


def _acceptance(row: RowMapping, staged: Mapping[StepKind, RowMapping]) -> Acceptance:
    account, contact = staged.get(StepKind.ACCOUNT), staged.get(StepKind.CONTACT)
    return Acceptance(
        **{name: row[name] for name in _OWN},
        account=None if account is None else account_decision(account),
        contact=None if contact is None else contact_decision(contact),
    )


async def _with_decisions(session: ReadSession, tenant_id: int, rows: Sequence[RowMapping]) -> list[Acceptance]:
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    query = select(decisions).where(decisions.c.tenant_id == tenant_id, decisions.c.acceptance_id.in_(ids))
    staged: dict[int, dict[StepKind, RowMapping]] = {}
    for row in (await session.execute(query)).mappings():
        staged.setdefault(row["acceptance_id"], {})[row["step"]] = row
    return [_acceptance(row, staged.get(row["id"], {})) for row in rows]


async def by_lead(session: ReadSession, tenant_id: int, lead_ids: Sequence[int]) -> list[Acceptance | None]:
    """The acceptance of each of these leads; None where none was opened. Two statements."""
    query = select(acceptances).where(acceptances.c.tenant_id == tenant_id, acceptances.c.lead_id.in_(set(lead_ids)))
    rows = list((await session.execute(query)).mappings())
    found = {each.lead_id: each for each in await _with_decisions(session, tenant_id, rows)}
    return [found.get(each) for each in lead_ids]


async def holders_by_lead(session: ReadSession, tenant_id: int, lead_ids: Sequence[int]) -> dict[int, int]:
    """The user in whose hands each of these leads is, where its acceptance was opened. One statement, or none."""
    if not lead_ids:
        return {}
    query = select(acceptances.c.lead_id, acceptances.c.user_id).where(
        acceptances.c.tenant_id == tenant_id, acceptances.c.lead_id.in_(set(lead_ids))
    )
    return {row.lead_id: row.user_id for row in await session.execute(query)}


async def get_for_update(session: WriteSession, lead_id: int) -> Acceptance | None:
    """The lead's acceptance as of now, locked until the transaction ends; None if none was opened."""
    query = (
        select(acceptances)
        .where(acceptances.c.tenant_id == session.tenant_id, acceptances.c.lead_id == lead_id)
        .with_for_update(key_share=True)
    )
    rows = list((await session.execute(query)).mappings())
    found = await _with_decisions(session, session.tenant_id, rows)
    return found[0] if found else None


def _unfinished(tenant_id: int, user_id: int) -> Select[Any]:
    return select(acceptances.c.id, acceptances.c.lead_id).where(
        acceptances.c.tenant_id == tenant_id,
        acceptances.c.user_id == user_id,
        acceptances.c.committed_at.is_(None),
    )


async def page_of_unfinished(session: ReadSession, tenant_id: int, user_id: int, request: PageRequest) -> Page[int]:
    """One page of the leads whose acceptance the user holds and has not committed, as lead ids, oldest first.

    The cursor key is (acceptance id,).
    """
    query = _unfinished(tenant_id, user_id)
    return await fetch_page(session, query, [acceptances.c.id], request, lambda row: int(row["lead_id"]))


async def count_unfinished(session: ReadSession, tenant_id: int, user_id: int) -> int:
    """How many acceptances the user holds and has not committed."""
    return await count_rows(session, _unfinished(tenant_id, user_id))


async def insert_one(session: WriteSession, acceptance: Acceptance) -> None:
    """Write a new acceptance with its decisions."""
    await session.execute(insert(acceptances).values({name: getattr(acceptance, name) for name in _OWN}))
    await _stage(session, acceptance)


async def save(session: WriteSession, acceptance: Acceptance) -> None:
    """Write an acceptance that exists, whole: its holder, state and version, and the decisions that stand now."""
    here = (acceptances.c.tenant_id == acceptance.tenant_id, acceptances.c.id == acceptance.id)
    own = without_key({name: getattr(acceptance, name) for name in _OWN})
    await session.execute(update(acceptances).where(*here).values(own))
    await session.execute(
        delete(decisions).where(
            decisions.c.tenant_id == acceptance.tenant_id, decisions.c.acceptance_id == acceptance.id
        )
    )
    await _stage(session, acceptance)


async def _stage(session: WriteSession, acceptance: Acceptance) -> None:
    staged: list[tuple[StepKind, AccountDecision | ContactDecision]] = []
    if acceptance.account is not None:
        staged.append((StepKind.ACCOUNT, acceptance.account))
    if acceptance.contact is not None:
        staged.append((StepKind.CONTACT, acceptance.contact))
    own = {"tenant_id": acceptance.tenant_id, "acceptance_id": acceptance.id, "decided_at": session.now}
    rows = [{**own, "step": step, **decision_to_row(decision)} for step, decision in staged]
    if rows:
        await session.execute(insert(decisions), rows)
