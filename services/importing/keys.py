"""Records by the ids they have elsewhere."""

from collections.abc import Iterable
from typing import TypeVar

from db import external_ids, records
from domain.records import Account, Contact, RecordKind
from domain.values import ExternalId
from services.writing import Writing

R = TypeVar("R", Account, Contact)

Keys = dict[ExternalId, int]
"""Record ids by external id."""


async def find_keys(writing: Writing, kind: RecordKind, keys: Iterable[ExternalId]) -> Keys:
    """The ids of the records that have these external ids. A statement per system, of which a file has two at most."""
    by_system: dict[str, set[str]] = {}
    for key in keys:
        by_system.setdefault(key.system, set()).add(key.value)
    found: Keys = {}
    for system, values in by_system.items():
        ids = await external_ids.find_many(writing.session, writing.tenant.id, kind, system, values)
        found.update({ExternalId(system, value): id_ for value, id_ in ids.items()})
    return found


async def existing_by_key(writing: Writing, kind: type[R], keys: Keys) -> dict[ExternalId, R]:
    """The records behind these external ids. One statement."""
    if not keys:
        return {}
    known = await records.get_many(writing.session, kind, writing.tenant.id, list(keys.values()))
    return {key: record for key, record in zip(keys, known, strict=True) if record is not None}
