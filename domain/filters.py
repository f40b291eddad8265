"""What lists can be filtered and ordered by."""

from dataclasses import dataclass
from enum import Enum

from domain.records import CaseStatus, LeadStatus


class LeadOrder(Enum):
    """Orders of the lead list."""

    NEWEST_FIRST = "newest_first"
    OLDEST_FIRST = "oldest_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFilter:
    """``statuses`` empty: all but EXPIRED. ``assignee_id``: suggested as assignee or, once accepted, holder.

    ``terms`` are folded beginnings of words, all of which must occur.
    """

    statuses: frozenset[LeadStatus] = frozenset()
    type_ids: tuple[int, ...] = ()
    assignee_id: int | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFilter:
    """``account_id``: only that account's contacts. ``terms`` as for leads."""

    account_id: int | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Every part that is given must hold."""

    statuses: frozenset[CaseStatus] = frozenset()
    account_id: int | None = None
    contact_id: int | None = None
    assignee_id: int | None = None
