"""From scores to an answer: the candidates worth a look, best first, and what they mean as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.matches import Band, Candidate, Matches, Verdict
from services.matching.model import LeadDocument
from services.matching.score import Score
from services.matching.settings import DEFAULT_SETTINGS, MatchSettings


@dataclass(frozen=True, slots=True)
class Scored:
    """A record with its score; for a contact, ``account_id`` is its account."""

    record_id: int
    record_version: int
    score: Score
    account_id: int | None = None


def rank_accounts(
    lead: LeadDocument, scored: Sequence[Scored], *, snapshot: int = 0, settings: MatchSettings = DEFAULT_SETTINGS
) -> Matches:
    """The accounts a lead may belong to; PRIVATE_PERSON and none if it names no company.

    At most ``settings.most_candidates``, exact ones first, then by bits; ties by id.
    """
    if lead.is_private:
        return Matches(verdict=Verdict.PRIVATE_PERSON, snapshot=snapshot)
    return _rank(sorted(_above_threshold(scored, settings), key=_account_order), snapshot, settings)


def rank_contacts(
    scored: Sequence[Scored],
    *,
    chosen_account_id: int | None = None,
    snapshot: int = 0,
    settings: MatchSettings = DEFAULT_SETTINGS,
) -> Matches:
    """The contacts a lead may belong to; on equal evidence those of the chosen account come first, then ties by id."""

    def order(each: Scored) -> tuple[bool, float, bool, int]:
        is_elsewhere = chosen_account_id is None or each.account_id != chosen_account_id
        return not each.score.is_exact, -each.score.bits, is_elsewhere, each.record_id

    return _rank(sorted(_above_threshold(scored, settings), key=order), snapshot, settings)


def has_match(scored: Iterable[Scored], settings: MatchSettings = DEFAULT_SETTINGS) -> bool:
    """Whether any record is exact or above the threshold; if not, tier two is worth a look."""
    return bool(_above_threshold(scored, settings))


def _above_threshold(scored: Iterable[Scored], settings: MatchSettings) -> list[Scored]:
    return [each for each in scored if each.score.is_exact or each.score.bits >= settings.threshold]


def _account_order(each: Scored) -> tuple[bool, float, int]:
    return not each.score.is_exact, -each.score.bits, each.record_id


def _rank(ordered: Sequence[Scored], snapshot: int, settings: MatchSettings) -> Matches:
    kept = ordered[: settings.most_candidates]
    candidates = tuple(
        Candidate(
            record_id=each.record_id,
            record_version=each.record_version,
            rank=rank,
            score=each.score.bits,
            band=Band.EXACT if each.score.is_exact else Band.SIMILAR,
            evidence=each.score.evidence,
            account_id=each.account_id,
        )
        for rank, each in enumerate(kept, start=1)
    )
    return Matches(verdict=_verdict(candidates), candidates=candidates, snapshot=snapshot)


def _verdict(candidates: tuple[Candidate, ...]) -> Verdict:
    exact = sum(each.band is Band.EXACT for each in candidates)
    if exact:
        return Verdict.EXACT if exact == 1 else Verdict.SEVERAL_EXACT
    return Verdict.SIMILAR if candidates else Verdict.NONE
