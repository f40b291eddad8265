"""From scores to an answer: the candidates worth a look, best first, and what they mean as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.matches import Band, Candidate, Matches, Verdict
from services.matching.confident import is_confident
from services.matching.model import CompanyDocument, LeadDocument
from services.matching.score import Score
from services.matching.settings import DEFAULT_SETTINGS, MatchSettings


@dataclass(frozen=True, slots=True)
class Scored:
    """A record with its score; for a contact, ``account_id`` is its account. An account brings its ``document``."""

    record_id: int
    record_version: int
    score: Score
    account_id: int | None = None
    document: CompanyDocument | None = None


def rank_accounts(
    lead: LeadDocument, scored: Sequence[Scored], *, snapshot: int = 0, settings: MatchSettings = DEFAULT_SETTINGS
) -> Matches:
    """The accounts a lead may belong to; PRIVATE_PERSON and none if it names no company.

    At most ``settings.most_candidates``, exact ones first, then by bits; ties by id.
    """
    if lead.is_private:
        return Matches(verdict=Verdict.PRIVATE_PERSON, snapshot=snapshot)
    return _rank(sorted(_above_threshold(scored, settings), key=_account_order), snapshot, settings, lead)


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


def _rank(
    ordered: Sequence[Scored], snapshot: int, settings: MatchSettings, lead: LeadDocument | None = None
) -> Matches:
    candidates = tuple(
        Candidate(
            record_id=each.record_id,
            record_version=each.record_version,
            rank=place + 1,
            score=each.score.bits,
            band=_band(ordered, place, settings, lead),
            evidence=each.score.evidence,
            account_id=each.account_id,
            prior=each.score.prior,
        )
        for place, each in enumerate(ordered[: settings.most_candidates])
    )
    return Matches(verdict=_verdict(candidates, settings), candidates=candidates, snapshot=snapshot)


def _band(ordered: Sequence[Scored], place: int, settings: MatchSettings, lead: LeadDocument | None) -> Band:
    each = ordered[place]
    if each.score.is_exact:
        return Band.EXACT
    if place > 0:
        return Band.SIMILAR
    company = None if lead is None else lead.company
    next_bits = ordered[1].score.bits if len(ordered) > 1 else None
    is_sure = is_confident(each.score, next_bits, settings.confident, company, each.document)
    return Band.CONFIDENT if is_sure else Band.SIMILAR


def _verdict(candidates: tuple[Candidate, ...], settings: MatchSettings) -> Verdict:
    exact = sum(each.band is Band.EXACT for each in candidates)
    if exact:
        return Verdict.EXACT if exact == 1 else Verdict.SEVERAL_EXACT
    if not candidates:
        return Verdict.NONE
    is_chosen = settings.chooses_confident and candidates[0].band is Band.CONFIDENT
    return Verdict.CONFIDENT if is_chosen else Verdict.SIMILAR
