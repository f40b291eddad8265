"""The ids that accounts and contacts have in other systems: one record each, whoever comes first."""

from collections.abc import Sequence
from typing import TypeVar

from db import external_ids, records
from db.engine import WriteSession
from db.locks import lock_keys
from domain.fields import FieldChange
from domain.problems import ExternalIdTaken, Path, Refused
from domain.records import Account, Contact, RecordKind
from domain.values import ExternalId
from services.matching.hashes import hash_of
from services.writing import Writing, replace_external_ids

Owner = TypeVar("Owner", Account, Contact)


async def claim_external_ids(session: WriteSession, record: Owner, wanted: Sequence[ExternalId], path: Path) -> None:
    """Keep others from taking these external ids until the transaction ends.

    Raises ``Refused`` with every one that another record has already.
    """
    kind, owners = _kind_of(record), dict[ExternalId, int]()
    await lock_keys(session, (hash_external_id(kind, each.system, each.value) for each in wanted))
    for system in dict.fromkeys(each.system for each in wanted):
        values = [each.value for each in wanted if each.system == system]
        found = await external_ids.find_many(session, session.tenant_id, kind, system, values)
        owners |= {ExternalId(system, value): owner for value, owner in found.items()}
    taken = [each for each in wanted if owners.get(each, record.id) != record.id]
    if taken:
        others = await records.get_many(session, type(record), session.tenant_id, [owners[each] for each in taken])
        raise Refused(
            *(
                ExternalIdTaken(path=(*path, str(wanted.index(each))), record=other)
                for each, other in zip(taken, others, strict=True)
                if other is not None
            )
        )


def hash_external_id(kind: RecordKind, system: str, value: str) -> int:
    """The key to lock against two records that take one external id at the same moment."""
    return hash_of("external id", f"{kind.value}\0{system}\0{value}")


async def change_external_ids(
    writing: Writing, record: Owner, wanted: Sequence[ExternalId] | None, path: Path
) -> tuple[FieldChange, ...]:
    """Let a record have these external ids instead of its own; None leaves those.

    Returns the change, () for none. Raises ``Refused`` as ``claim_external_ids``.
    """
    if wanted is None:
        return ()
    await claim_external_ids(writing.session, record, wanted, path)
    old = await external_ids.by_record(writing.session, record.tenant_id, [record.id])
    return await replace_external_ids(writing, record, old[0], wanted)


def _kind_of(record: Account | Contact) -> RecordKind:
    return RecordKind.ACCOUNT if isinstance(record, Account) else RecordKind.CONTACT
