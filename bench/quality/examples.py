"""One match with all its evidence, as the product answers it: for people to see what a score is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bench.quality.metrics import Answer
from bench.quality.mistakes import describe_lead, describe_record
from bench.quality.model import Query, View
from domain.matches import Candidate
from domain.records import Tenant
from domain.texts import evidence_text
from domain.values import Language
from services.backend import Backend
from services.candidates import match_leads

_LOOKED_AT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of evidence in words, with what both sides say, and its bits."""

    words: str
    lead_value: str | None
    existing_value: str | None
    bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A lead, the record that it truly is, and what the product says of both: ``prior`` and all bits make ``score``."""

    view: View
    lead: str
    record: str
    prior: float
    score: float
    evidence: Sequence[Piece]


async def find_example(
    backend: Backend, tenant: Tenant, queries: Sequence[Query], answers: Mapping[View, Sequence[Answer]]
) -> Example | None:
    """The match, of those among the first hundred right ones, of which there is most to say.

    An account if accounts were asked for; one with evidence on both sides comes first, then the one with the most
    pieces. None if nothing that is shown was right.
    """
    if not answers:
        return None
    view = View.ACCOUNTS if View.ACCOUNTS in answers else next(iter(answers))
    asked = zip((each for each in queries if view in each.truth), answers[view], strict=True)
    right = list(islice((query for query, answer in asked if query.lead and answer.is_right), _LOOKED_AT))
    found = await match_leads(backend, tenant, [each.lead for each in right if each.lead])
    of_view = (each.accounts if view is View.ACCOUNTS else each.contacts for each in found)
    told = [(each.candidates[0], query) for each, query in zip(of_view, right, strict=True) if each.candidates]
    if not told:
        return None
    candidate, query = max(told, key=lambda each: _interest(each[0]))
    return Example(
        view=view,
        lead=describe_lead(query, view),
        record=await describe_record(backend, view, candidate.record_id) or "",
        prior=candidate.prior,
        score=candidate.score,
        evidence=[
            Piece(
                words=evidence_text(each, Language.EN),
                lead_value=each.lead_value,
                existing_value=each.existing_value,
                bits=each.bits,
            )
            for each in candidate.evidence
        ],
    )


def _interest(candidate: Candidate) -> tuple[bool, int]:
    bits = [each.bits for each in candidate.evidence]
    return min(bits, default=0.0) < 0 < max(bits, default=0.0), len(bits)
