"""Which records share keys with leads: one statement for any number of leads, the same answer on both databases.

A key weighs log2(records / frequency), in whole quarters of a bit, so that sums do not depend on their order. Frequent
keys are left out unless they are among a lead's rarest; strong ones never are. Of any key only so many records (by
account and contact id) are read, so that a value which everybody has costs nothing. Within a kind of evidence the best
key counts full and the others a quarter. For each lead, accounts and contacts apart, those records are kept that have
a fair share of the best one's points; ties by id. ``TIER_ONE`` and ``TIER_TWO`` have the numbers.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from typing import NamedTuple

from db.driver import DriverStatement, run
from db.engine import ReadSession


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLimits:
    """How many records the keys of a tier may bring up.

    A key that more than ``most_frequent`` records have is left out unless it is strong or among the lead's ``rarest``;
    of any, ``rows_per_key`` rows are read. Kept are at most ``per_lead`` accounts and as many contacts, of those that
    have at least ``least_share`` percent of the best one's points; and after the ``first``, only those that share as
    much as one key that no more than ``enough`` records have.
    """

    most_frequent: int
    rarest: int
    rows_per_key: int
    per_lead: int
    least_share: int
    first: int
    enough: int


TIER_ONE = TierLimits(most_frequent=100, rarest=2, rows_per_key=1_000, per_lead=60, least_share=40, first=15, enough=32)
TIER_TWO = TierLimits(most_frequent=100, rarest=2, rows_per_key=400, per_lead=30, least_share=50, first=15, enough=16)
"""Loose keys bring many records that have equally little in common with the lead."""

MOST_HOLDERS = 100
FEWEST_RECORDS = 1_024
"""A smaller base is weighed as if it had so many records: what is frequent in it says little."""

_QUARTERS_PER_BIT = 4
_MOST_QUARTERS = 127


@dataclass(frozen=True, slots=True)
class AskedKey:
    """A key to look for: for which lead (by its place in the batch), and which kind of evidence (any number) it is."""

    lead: int
    key: int
    evidence: int
    is_strong: bool


class Hit(NamedTuple):
    """A record that shares keys with a lead; ``contact_id`` is 0 for the account itself. ``version`` is the index's.

    ``has_dismissals`` says of the tenant that users have dismissed pairs, this one or others.
    """

    version: int
    lead: int
    account_id: int
    contact_id: int
    has_dismissals: int

    @property
    def record_id(self) -> int:
        """The id of the contact, or else of the account."""
        return self.contact_id or self.account_id


def _weight(least: int, most: int) -> str:
    """SQL for the greatest whole number of quarters q with 2 ** (q / 4) <= ratio, by halving."""
    if least == most:
        return str(least)
    middle = (least + most + 1) // 2
    threshold = ceil(2 ** (middle / _QUARTERS_PER_BIT))
    return f"CASE WHEN ratio >= {threshold} THEN {_weight(middle, most)} ELSE {_weight(least, middle - 1)} END"


_WEIGHED = """
current AS MATERIALIZED (
  SELECT version, CASE WHEN accounts + contacts > :fewest_records THEN accounts + contacts ELSE :fewest_records END
    AS records
  FROM match_snapshots WHERE tenant_id = :tenant AND is_complete = 1 ORDER BY version DESC LIMIT 1
),
counted AS MATERIALIZED (
  SELECT asked.*, current.version, current.records, coalesce(
    (SELECT f.count FROM match_frequencies AS f
     WHERE f.tenant_id = :tenant AND f.version = current.version AND f.term = asked.key), 1) AS frequency
  FROM asked CROSS JOIN current
),
compared AS MATERIALIZED (
  SELECT lead, key, evidence, is_strong, version, frequency, records / frequency AS ratio,
    row_number() OVER (PARTITION BY lead ORDER BY frequency, key) AS place
  FROM counted
),
used AS MATERIALIZED (
  SELECT lead, key, evidence, version, 1 + :weight AS weight
  FROM compared WHERE is_strong = 1 OR frequency <= :most_frequent OR place <= :rarest
),
"""

_RANKED = """
found AS (
  SELECT DISTINCT lead, account_id, 0 AS contact_id, evidence, key, weight FROM hits WHERE account_id <> coalesce(
    (SELECT id FROM accounts WHERE tenant_id = :tenant AND is_private_customers), 0)
  UNION ALL
  SELECT lead, account_id, contact_id, evidence, key, weight FROM hits WHERE contact_id <> 0
),
grouped AS (
  SELECT lead, account_id, contact_id, 3 * max(weight) + sum(weight) AS points
  FROM found GROUP BY lead, account_id, contact_id, evidence
),
summed AS MATERIALIZED (
  SELECT lead, account_id, contact_id, sum(points) AS points FROM grouped GROUP BY lead, account_id, contact_id
),
best AS MATERIALIZED (
  SELECT lead, contact_id = 0 AS is_account, max(points) AS points FROM summed GROUP BY lead, contact_id = 0
),
one_key AS MATERIALIZED (
  SELECT 4 * (1 + :weight) AS points FROM (SELECT records / :enough AS ratio FROM current) AS counted_alike
),
ranked AS (
  SELECT s.lead, s.account_id, s.contact_id, s.points, row_number() OVER (
    PARTITION BY s.lead, s.contact_id = 0
    ORDER BY s.points DESC, CASE WHEN s.contact_id = 0 THEN s.account_id ELSE s.contact_id END
  ) AS place
  FROM best AS b JOIN summed AS s
    ON s.lead = b.lead AND (s.contact_id = 0) = b.is_account AND 100 * s.points >= :least_share * b.points
)
SELECT current.version, lead, account_id, contact_id,
  CASE WHEN EXISTS (SELECT 1 FROM match_dismissals WHERE tenant_id = :tenant) THEN 1 ELSE 0 END
FROM ranked CROSS JOIN current
WHERE place <= :per_lead AND (place <= :first OR points >= (SELECT points FROM one_key))
"""

_ASKED_SQLITE = """
asked AS MATERIALIZED (
  SELECT json_extract(value, '$[0]') AS lead, json_extract(value, '$[1]') AS key,
    json_extract(value, '$[2]') AS evidence, json_extract(value, '$[3]') AS is_strong
  FROM json_each(?2)
),
"""

_ASKED_POSTGRESQL = """
asked AS MATERIALIZED (
  SELECT * FROM unnest($2::int[], $3::bigint[], $4::int[], $5::int[]) AS a(lead, key, evidence, is_strong)
),
"""


_BOUNDED_SQLITE = """
begun AS MATERIALIZED (
  SELECT used.*, (SELECT k.account_id :last_row) AS last_account FROM used
),
bounded AS MATERIALIZED (
  SELECT used.*, CASE WHEN last_account IS NOT NULL THEN (SELECT k.contact_id :last_row) END AS last_contact
  FROM begun AS used
),
hits AS MATERIALIZED (
  SELECT b.*, k.account_id, k.contact_id
  FROM bounded AS b CROSS JOIN match_keys AS k
  WHERE k.tenant_id = :tenant AND k.version = b.version AND k.key = b.key
  AND (k.account_id, k.contact_id) <= (coalesce(b.last_account, 9223372036854775807), coalesce(b.last_contact, 0))
)
"""
"""SQLite has no LATERAL to put a limit into, so the last row that may be read is looked for first."""

_LAST_ROW = """
FROM match_keys AS k WHERE k.tenant_id = :tenant AND k.version = used.version AND k.key = used.key
ORDER BY k.account_id, k.contact_id LIMIT 1 OFFSET :rows_per_key - 1
"""

_BOUNDED_POSTGRESQL = """
hits AS MATERIALIZED (
  SELECT used.*, k.account_id, k.contact_id
  FROM used CROSS JOIN LATERAL (
    SELECT account_id, contact_id FROM match_keys
    WHERE tenant_id = :tenant AND version = used.version AND key = used.key
    ORDER BY account_id, contact_id LIMIT :rows_per_key
  ) AS k
)
"""

_USED = """
used AS MATERIALIZED (
  SELECT asked.key, (
    SELECT max(version) FROM match_snapshots WHERE tenant_id = :tenant AND is_complete = 1) AS version
  FROM asked
),
"""

_HELD_SQLITE = "asked AS MATERIALIZED (SELECT DISTINCT value AS key FROM json_each(?2)),"
_HELD_POSTGRESQL = "asked AS MATERIALIZED (SELECT DISTINCT unnest($2::bigint[]) AS key),"
_HOLDERS = "SELECT key, account_id, contact_id FROM hits"


def _compose(parts: Sequence[str], tenant: str, **limits: int) -> str:
    """Put the parts of a statement together, and the constants in."""
    words = {
        ":last_row": _LAST_ROW,
        ":weight": _weight(0, _MOST_QUARTERS),
        ":fewest_records": str(FEWEST_RECORDS),
        ":tenant": tenant,
        **{f":{name}": str(limit) for name, limit in limits.items()},
    }
    statement = "WITH " + "".join(parts)
    for word, value in words.items():
        statement = statement.replace(word, value)
    return statement


def _candidates(limits: TierLimits) -> DriverStatement:
    numbers = asdict(limits)
    return DriverStatement(
        sqlite=_compose([_ASKED_SQLITE, _WEIGHED, _BOUNDED_SQLITE, ",", _RANKED], "?1", **numbers),
        postgresql=_compose([_ASKED_POSTGRESQL, _WEIGHED, _BOUNDED_POSTGRESQL, ",", _RANKED], "$1", **numbers),
    )


_CANDIDATES = {tier: _candidates(tier) for tier in (TIER_ONE, TIER_TWO)}

_HOLDERS_OF_KEYS = DriverStatement(
    sqlite=_compose([_HELD_SQLITE, _USED, _BOUNDED_SQLITE, _HOLDERS], "?1", rows_per_key=MOST_HOLDERS + 1),
    postgresql=_compose([_HELD_POSTGRESQL, _USED, _BOUNDED_POSTGRESQL, _HOLDERS], "$1", rows_per_key=MOST_HOLDERS + 1),
)


async def fetch_candidates(
    session: ReadSession, tenant_id: int, asked: Sequence[AskedKey], tier: TierLimits = TIER_ONE
) -> list[Hit]:
    """The records that share most with each lead, in no particular order, by keys of one tier. One statement."""
    if not asked:
        return []
    columns = [
        [each.lead for each in asked],
        [each.key for each in asked],
        [each.evidence for each in asked],
        [int(each.is_strong) for each in asked],
    ]
    return [Hit(*row) for row in await run(session, _CANDIDATES[tier], tenant_id, columns=columns)]


async def fetch_holders(session: ReadSession, tenant_id: int, keys: Collection[int]) -> frozenset[tuple[int, int]]:
    """Account id and contact id (0 for the account itself) of the records that carry one of these keys. One statement.

    A key that more than ``MOST_HOLDERS`` records carry identifies none of them and is passed over.
    """
    held = await fetch_holders_by_key(session, tenant_id, keys)
    return frozenset(holder for holders in held.values() for holder in holders)


async def fetch_holders_by_key(
    session: ReadSession, tenant_id: int, keys: Collection[int]
) -> dict[int, list[tuple[int, int]]]:
    """The same by key, ascending; keys that nobody or more than ``MOST_HOLDERS`` carry are left out. One statement."""
    held: dict[int, list[tuple[int, int]]] = {}
    for key, account_id, contact_id in await run(session, _HOLDERS_OF_KEYS, tenant_id, columns=[sorted(keys)]):
        held.setdefault(key, []).append((account_id, contact_id))
    return {key: sorted(holders) for key, holders in held.items() if len(holders) <= MOST_HOLDERS}
