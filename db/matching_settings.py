"""What tenants have set about matching: one row for every version that was saved, and none is ever changed.

The current one is read together with its tenant (``db.reference``), so that it costs no statement of its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from db.engine import ReadSession, WriteSession
from db.tables.reference import matching_settings as table
from db.tables.reference import tenants
from domain.matches import EvidenceKind
from domain.matching_settings import NEVER_SET, AutoSelect, EvidenceWeight, MatchingSettings
from domain.records import Tenant

_NUMBERS = ("threshold", "confident_threshold", "confident_margin")
_SCORING = ("weights", "exact_evidence", "default_country")
"""What scores and bands depend on; the rest only says what becomes of them."""


def settings_from_row(row: RowMapping) -> MatchingSettings:
    """The settings that a row holds: a version, the user and moment of its saving, and the values as JSON."""
    stored: Mapping[str, Any] = row["stored"]
    exact = stored.get("exact_evidence")
    return MatchingSettings(
        version=row["version"],
        auto_select=AutoSelect(stored["auto_select"]),
        exact_evidence=None if exact is None else frozenset(EvidenceKind(each) for each in exact),
        weights=tuple(
            EvidenceWeight(kind=EvidenceKind(kind), agree=agree, disagree=disagree)
            for kind, agree, disagree in stored["weights"]
        ),
        saved_by_id=row["user_id"],
        saved_at=row["saved_at"],
        **{name: stored.get(name) for name in _NUMBERS},
    )


def _to_json(tenant: Tenant) -> dict[str, Any]:
    settings = tenant.matching
    exact = settings.exact_evidence
    return {
        "auto_select": settings.auto_select.value,
        "exact_evidence": None if exact is None else sorted(each.value for each in exact),
        "weights": [[each.kind.value, each.agree, each.disagree] for each in settings.weights],
        "default_country": tenant.default_country,
        **{name: getattr(settings, name) for name in _NUMBERS},
    }


async def versions_scoring_alike(session: ReadSession, tenant: Tenant) -> frozenset[int]:
    """The versions of the tenant's settings that give pairs the scores and bands that its current one gives.

    A tenant that had never set anything (version 0) is taken to have had the country that it has now.
    """
    here = select(table.c.version, table.c.stored).where(table.c.tenant_id == tenant.id)
    stored = {row.version: row.stored for row in await session.execute(here)}
    stored[NEVER_SET.version] = _to_json(replace(tenant, matching=NEVER_SET))
    current = _to_json(tenant)
    return frozenset(
        version for version, each in stored.items() if all(each.get(name) == current[name] for name in _SCORING)
    )


async def lock_tenant(session: WriteSession) -> None:
    """Let nobody else save settings of the tenant until the transaction ends."""
    here = select(tenants.c.id).where(tenants.c.id == session.tenant_id)
    await session.execute(here.with_for_update(key_share=True))


async def save_settings(session: WriteSession, tenant: Tenant) -> None:
    """Write the next version of the settings as the tenant has them now, and its default country. Two statements."""
    values = {
        "tenant_id": tenant.id,
        "version": tenant.matching.version,
        "stored": _to_json(tenant),
        "user_id": tenant.matching.saved_by_id,
        "saved_at": tenant.matching.saved_at,
    }
    await session.execute(insert(table).values(values))
    here = tenants.c.id == tenant.id
    await session.execute(update(tenants).where(here).values(default_country=tenant.default_country))
