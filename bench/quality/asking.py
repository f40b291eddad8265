"""Asks the product: the service that a page of leads is matched with, and nothing besides."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bench.quality.metrics import Answer
from bench.quality.model import Query, View
from domain.matches import Band, LeadMatches, Matches, Verdict
from domain.records import Lead, Tenant
from services.backend import Backend
from services.candidates import match_leads
from services.matching.settings import DEFAULT_SETTINGS

BATCH = 100
"""Leads per call, as in a long page."""
_LOWEST = -20.0
"""The lowest threshold that a tenant can set: what the product's hides is ranked as well, and only verdicts cut it."""
_NOTHING = LeadMatches(accounts=Matches(verdict=Verdict.NONE), contacts=Matches(verdict=Verdict.NONE))


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers by view, and the milliseconds that a query took (in batches, all views at once)."""

    answers: Mapping[View, Sequence[Answer]]
    milliseconds: float


async def ask(backend: Backend, tenant: Tenant, queries: Sequence[Query]) -> Asked:
    """Look all queries up, in batches of 100.

    Lists go down to the lowest threshold that a tenant can set; verdicts are those of the product's own.
    """
    tenant = replace(tenant, matching=replace(tenant.matching, threshold=_LOWEST))
    leads = [each.lead for each in queries if each.lead is not None]
    started = time.perf_counter()
    found = await _match(backend, tenant, leads)
    elapsed = time.perf_counter() - started
    matches = dict(zip((each.id for each in leads), found, strict=True))
    answers: dict[View, list[Answer]] = {}
    for query in queries:
        of_query = _NOTHING if query.lead is None else matches[query.lead.id]
        for view, mates in query.truth.items():
            answers.setdefault(view, []).append(_answer(query, mates, _of_view(of_query, view)))
    return Asked(answers, 1_000 * elapsed / max(1, len(leads)))


async def _match(backend: Backend, tenant: Tenant, leads: Sequence[Lead]) -> list[LeadMatches]:
    found: list[LeadMatches] = []
    for start in range(0, len(leads), BATCH):
        found += await match_leads(backend, tenant, leads[start : start + BATCH])
    return found


def _verdict(matches: Matches) -> Verdict:
    """What the product says by its own threshold."""
    is_similar = matches.verdict is Verdict.SIMILAR
    is_hidden = is_similar and matches.candidates[0].score < DEFAULT_SETTINGS.threshold
    return Verdict.NONE if is_hidden else matches.verdict


def _of_view(matches: LeadMatches, view: View) -> Matches:
    return matches.accounts if view is View.ACCOUNTS else matches.contacts


def _answer(query: Query, mates: frozenset[int], matches: Matches) -> Answer:
    return Answer(
        mates=mates,
        found=tuple(each.record_id for each in matches.candidates),
        shown=sum(each.score >= DEFAULT_SETTINGS.threshold or each.band is Band.EXACT for each in matches.candidates),
        score=matches.candidates[0].score if matches.candidates else 0.0,
        verdict=_verdict(matches),
        is_confident=bool(matches.candidates) and matches.candidates[0].band is Band.CONFIDENT,
        near=query.near,
        lines=query.lines,
    )
