"""Labelled pairs: what users decided about candidates."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select

from db.engine import ReadSession, WriteSession
from db.tables.learning import labels
from domain.labels import Label, LabelDecision
from domain.matches import EvidenceCode

_OWN = tuple(each.name for each in fields(Label))


async def insert_many(session: WriteSession, new: Sequence[Label]) -> None:
    """Write labels. One statement, or none for none."""
    if new:
        await session.execute(insert(labels), [_to_row(each) for each in new])


async def forget_dismissed(session: WriteSession, record_id: int, lead_ids: Sequence[int]) -> None:
    """Delete the labels that say of these leads that they are not this record. One statement."""
    here = (labels.c.tenant_id == session.tenant_id, labels.c.record_id == record_id, labels.c.lead_id.in_(lead_ids))
    await session.execute(delete(labels).where(*here, labels.c.decision == LabelDecision.DISMISSED))


async def some_after(session: ReadSession, tenant_id: int, after_id: int, limit: int) -> list[Label]:
    """The tenant's labels with the smallest ids above ``after_id``, at most ``limit``."""
    query = select(labels).where(labels.c.tenant_id == tenant_id, labels.c.id > after_id)
    rows = (await session.execute(query.order_by(labels.c.id).limit(limit))).mappings()
    return [_from_row(row) for row in rows]


def _to_row(label: Label) -> dict[str, Any]:
    evidence = [[code.value, bits] for code, bits in label.evidence]
    return {name: getattr(label, name) for name in _OWN} | {"evidence": evidence}


def _from_row(row: RowMapping) -> Label:
    evidence = tuple((EvidenceCode(code), bits) for code, bits in row["evidence"])
    return Label(**{**row, "evidence": evidence})
