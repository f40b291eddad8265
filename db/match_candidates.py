"""Which records share keys with leads: one statement for any number of leads, the same answer on both databases.

A key weighs log2(records / frequency), in whole quarters of a bit, so that sums do not depend on their order. Frequent
keys are left out unless they are among a lead's three rarest; strong ones never are. Of any key only the first
``ROWS_PER_KEY`` records (by account and contact id) are read, so that a value which everybody has costs nothing.
Within a kind of evidence the best key counts full and the others a quarter. For each lead the best ``ALWAYS_KEPT``
accounts are kept and as many contacts, and of the others, up to ``PER_LEAD``, those with at least two fifths of the
best one's points; ties by id.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from db.driver import DriverStatement, run
from db.engine import ReadSession

ROWS_PER_KEY = 1_000
MOST_FREQUENT = 400
RAREST = 3
ALWAYS_KEPT = 10
PER_LEAD = 60
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
summed AS (
  SELECT lead, account_id, contact_id, sum(points) AS points FROM grouped GROUP BY lead, account_id, contact_id
),
ranked AS (
  SELECT lead, account_id, contact_id, points, row_number() OVER best_first AS place,
    first_value(points) OVER best_first AS most_points
  FROM summed
  WINDOW best_first AS (
    PARTITION BY lead, contact_id = 0
    ORDER BY points DESC, CASE WHEN contact_id = 0 THEN account_id ELSE contact_id END
  )
)
SELECT current.version, lead, account_id, contact_id,
  CASE WHEN EXISTS (SELECT 1 FROM match_dismissals WHERE tenant_id = :tenant) THEN 1 ELSE 0 END
FROM ranked CROSS JOIN current
WHERE place <= :always_kept OR (place <= :per_lead AND 5 * points >= 2 * most_points)
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


def _compose(parts: Sequence[str], tenant: str, rows_per_key: int) -> str:
    """Put the parts of a statement together, and the constants in."""
    words = {
        ":last_row": _LAST_ROW,
        ":weight": _weight(0, _MOST_QUARTERS),
        ":fewest_records": str(FEWEST_RECORDS),
        ":most_frequent": str(MOST_FREQUENT),
        ":rarest": str(RAREST),
        ":always_kept": str(ALWAYS_KEPT),
        ":per_lead": str(PER_LEAD),
        ":rows_per_key": str(rows_per_key),
        ":tenant": tenant,
    }
    statement = "WITH " + "".join(parts)
    for word, value in words.items():
        statement = statement.replace(word, value)
    return statement


_CANDIDATES = DriverStatement(
    sqlite=_compose([_ASKED_SQLITE, _WEIGHED, _BOUNDED_SQLITE, ",", _RANKED], "?1", ROWS_PER_KEY),
    postgresql=_compose([_ASKED_POSTGRESQL, _WEIGHED, _BOUNDED_POSTGRESQL, ",", _RANKED], "$1", ROWS_PER_KEY),
)

_HOLDERS_OF_KEYS = DriverStatement(
    sqlite=_compose([_HELD_SQLITE, _USED, _BOUNDED_SQLITE, _HOLDERS], "?1", MOST_HOLDERS + 1),
    postgresql=_compose([_HELD_POSTGRESQL, _USED, _BOUNDED_POSTGRESQL, _HOLDERS], "$1", MOST_HOLDERS + 1),
)


async def fetch_candidates(session: ReadSession, tenant_id: int, asked: Sequence[AskedKey]) -> list[Hit]:
    """The records that share most with each lead, in no particular order. One statement."""
    if not asked:
        return []
    columns = [
        [each.lead for each in asked],
        [each.key for each in asked],
        [each.evidence for each in asked],
        [int(each.is_strong) for each in asked],
    ]
    return [Hit(*row) for row in await run(session, _CANDIDATES, tenant_id, columns=columns)]


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
