"""What is measured on: records, the leads that look for them, and which record each of them is."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from bench.crm.generator import Crm
from domain.records import Account, Contact, Lead

SHARE_WITHOUT_MATES = 0.2
"""How many of the queries lose their mates where every query has one, so that "none" is a possible truth."""
TENANT_ID = 1
_SEED = 20


class View(Enum):
    """What is looked for; accounts and contacts are counted apart, and private persons apart from companies' staff."""

    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    STAFF = "staff"
    """The contacts of a company that a business lead names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A lead, and the ids of the records that it truly is (its mates), mostly one or none, in every view.

    ``lead`` is None where an import would have refused the row: nothing is found for it. ``near`` is the record that
    it must not be taken for. ``lines`` are the names under which it is counted besides.
    """

    lead: Lead | None
    truth: Mapping[View, frozenset[int]]
    near: int | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """Records and queries. ``country`` is the tenant's; contacts of account 0 are private customers.

    The records can be had several times and need not fit into memory. ``fingerprint`` differs where they differ.
    ``bulk`` is the generated CRM that they are, where there are so many that they are written and indexed in bulk.
    """

    name: str
    country: str
    fingerprint: str
    accounts: Callable[[], Iterable[Account]] = tuple
    contacts: Callable[[], Iterable[Contact]] = tuple
    queries: Sequence[Query] = field(repr=False)
    notes: tuple[str, ...] = ()
    bulk: Crm | None = None

    @property
    def has_unmated(self) -> bool:
        """Whether some query has no mate in some view."""
        return any(not mates for query in self.queries for mates in query.truth.values())


def without_some_mates(whole: LabelledSet, share: float = SHARE_WITHOUT_MATES) -> LabelledSet:
    """The set without the mates of this share of the queries, drawn at random by a fixed seed.

    A query loses all mates that it has, and a mate is removed for all of its queries, so it may be a few more.
    """
    queries_of = Counter(mates for query in whole.queries for mates in query.truth.values() if mates)
    order = sorted(queries_of, key=sorted)
    random.Random(_SEED).shuffle(order)
    needed = share * queries_of.total()
    removed: set[int] = set()
    for mates in order:
        if needed <= 0:
            break
        removed |= mates
        needed -= queries_of[mates]
    return replace(
        whole,
        name=f"{whole.name} -{share:.0%}",
        fingerprint=f"{whole.fingerprint} without {sorted(removed)}",
        accounts=lambda: (each for each in whole.accounts() if each.id not in removed),
        contacts=lambda: (each for each in whole.contacts() if each.id not in removed),
        queries=[_forget(each, removed) for each in whole.queries],
    )


def _forget(query: Query, removed: set[int]) -> Query:
    return replace(query, truth={view: mates - removed for view, mates in query.truth.items()})
