"""Measuring the matching of a tenant on what its users decided."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from db import labels
from db.matching_settings import versions_scoring_alike
from domain.labels import Label
from domain.records import RecordKind, Tenant
from services.backend import Backend
from services.matching.evaluation import DUPLICATE_COSTS, KindEvaluation, evaluate
from services.matching.model import NORMALISER_VERSION
from services.matching.tenant_settings import match_settings

PAGE = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What the labels of a tenant say, accounts and contacts apart.

    ``pairs`` were looked at; ``outdated`` ones were left out, since they were scored with other settings or by an
    earlier normaliser.
    """

    pairs: int
    outdated: int
    accounts: KindEvaluation
    contacts: KindEvaluation


async def evaluate_decisions(
    backend: Backend, tenant: Tenant, duplicate_costs: float = DUPLICATE_COSTS, *, has_outdated: bool = False
) -> Evaluation:
    """Measure today's settings on the tenant's decisions; ``has_outdated`` takes all that were ever made.

    A pair is judged by the score that the user saw, since its record has become more like the lead since.
    """
    every = [each async for each in labels_of_tenant(backend, tenant.id)]
    async with backend.database.read() as session:
        alike = await versions_scoring_alike(session, tenant)
    used = every if has_outdated else [each for each in every if _is_current(each, alike)]
    threshold = match_settings(tenant.matching).threshold
    accounts, contacts = (
        evaluate(kind, used, threshold, duplicate_costs) for kind in (RecordKind.ACCOUNT, RecordKind.CONTACT)
    )
    return Evaluation(pairs=len(used), outdated=len(every) - len(used), accounts=accounts, contacts=contacts)


def _is_current(label: Label, settings_alike: frozenset[int]) -> bool:
    return label.settings in settings_alike and label.normaliser == NORMALISER_VERSION


async def labels_of_tenant(backend: Backend, tenant_id: int, page: int = PAGE) -> AsyncIterator[Label]:
    """All labels of the tenant, oldest first, read so many at a time in transactions of their own."""
    has_more, after_id = True, 0
    while has_more:
        async with backend.database.read() as session:
            found = await labels.some_after(session, tenant_id, after_id, page)
        for each in found:
            yield each
            after_id = each.id
        has_more = len(found) == page
