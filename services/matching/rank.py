"""From scores to an answer: the candidates worth a look, best first, and what they mean as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.matches import Band, Candidate, EvidenceCode, EvidenceKind, Matches, Verdict
from services.matching.confident import is_confident
from services.matching.model import CompanyDocument, LeadDocument, PersonDocument
from services.matching.score import Score
from services.matching.settings import DEFAULT_SETTINGS, MatchSettings
from services.matching.sites import is_other_site, is_told_site, may_be_site

_AGREEING = {
    EvidenceCode.NAME_EQUAL: EvidenceKind.NAME,
    EvidenceCode.EMAIL_EQUAL: EvidenceKind.EMAIL,
    EvidenceCode.DOMAIN_EQUAL: EvidenceKind.EMAIL,
    EvidenceCode.PHONE_EQUAL: EvidenceKind.PHONE,
    EvidenceCode.ADDRESS_EQUAL: EvidenceKind.ADDRESS,
    EvidenceCode.VAT_ID_EQUAL: EvidenceKind.VAT_ID,
    EvidenceCode.BIRTH_DATE_EQUAL: EvidenceKind.BIRTH_DATE,
}
"""What counts towards a 100 % match, by the evidence that says so."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A record with its ``document`` and its score; for a contact, ``account_id`` is its account."""

    record_id: int
    record_version: int
    score: Score
    document: CompanyDocument | PersonDocument
    account_id: int | None = None


def rank_accounts(
    lead: LeadDocument, scored: Sequence[Scored], *, snapshot: int = 0, settings: MatchSettings = DEFAULT_SETTINGS
) -> Matches:
    """The accounts a lead may belong to; PRIVATE_PERSON and none if it names no company.

    At most ``settings.most_candidates``, exact ones first, then by bits; ties by id.
    """
    if lead.is_private:
        return Matches(verdict=Verdict.PRIVATE_PERSON, snapshot=snapshot)
    found = _without_unsure_site(lead, _without_rivalled(_above_threshold(scored, settings)), scored)
    return _rank(lead, sorted(found, key=_account_order), scored, snapshot, settings)


def rank_contacts(
    lead: LeadDocument,
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

    found = _without_rivalled(_above_threshold(scored, settings))
    return _rank(lead, sorted(found, key=order), scored, snapshot, settings)


def has_match(scored: Iterable[Scored], settings: MatchSettings = DEFAULT_SETTINGS) -> bool:
    """Whether any record is exact or above the threshold; if not, tier two is worth a look.

    By the product's threshold at least: a tenant who lowers it wants to see more, and not to look less closely.
    """
    least = max(settings.threshold, DEFAULT_SETTINGS.threshold)
    return any(each.score.is_exact or each.score.bits >= least for each in scored)


def _above_threshold(scored: Iterable[Scored], settings: MatchSettings) -> list[Scored]:
    return [each for each in scored if each.score.is_exact or each.score.bits >= settings.threshold]


def _without_rivalled(found: Sequence[Scored]) -> list[Scored]:
    """The records, of which none is exact only because less is known of it than of another.

    Of two sites of one company, a lead that names the company agrees with both; the one whose phone is unknown is not
    the right one for that.
    """
    rivals = [agreeing for each in found if not each.score.is_exact and (agreeing := _agreeing(each))]
    return [
        replace(each, score=replace(each.score, is_exact=False))
        if each.score.is_exact and any(_agreeing(each) <= rival for rival in rivals)
        else each
        for each in found
    ]


def _without_unsure_site(lead: LeadDocument, found: Sequence[Scored], scored: Sequence[Scored]) -> list[Scored]:
    """The accounts, of which the only exact one is not if the lead may mean another site of the company."""
    exact = [each for each in found if each.score.is_exact]
    if len(exact) != 1 or not _may_be_another_site(lead, exact[0], scored):
        return list(found)
    return [replace(each, score=replace(each.score, is_exact=False)) for each in found]


def _may_be_another_site(lead: LeadDocument, first: Scored, scored: Iterable[Scored]) -> bool:
    """Whether the lead does not tell which site it means, and may mean one of those that were looked at besides."""
    here = first.document
    if not isinstance(here, CompanyDocument) or is_told_site(lead, here):
        return False
    return any(
        isinstance(each.document, CompanyDocument)
        and each.record_id != first.record_id
        and is_other_site(here, each.document)
        and may_be_site(lead, each.document, each.score)
        for each in scored
    )


def _agreeing(scored: Scored) -> set[EvidenceKind]:
    return {_AGREEING[each.code] for each in scored.score.evidence if each.code in _AGREEING}


def _account_order(each: Scored) -> tuple[bool, float, int]:
    return not each.score.is_exact, -each.score.bits, each.record_id


def _rank(
    lead: LeadDocument, ordered: Sequence[Scored], scored: Sequence[Scored], snapshot: int, settings: MatchSettings
) -> Matches:
    has_confident = bool(ordered) and _is_confident(lead, ordered[0], scored, settings)
    candidates = tuple(
        Candidate(
            record_id=each.record_id,
            record_version=each.record_version,
            rank=place + 1,
            score=each.score.bits,
            band=_band(each.score, is_confident_first=has_confident and place == 0),
            evidence=each.score.evidence,
            account_id=each.account_id,
            prior=each.score.prior,
        )
        for place, each in enumerate(ordered[: settings.most_candidates])
    )
    return Matches(verdict=_verdict(candidates, settings), candidates=candidates, snapshot=snapshot)


def _is_confident(lead: LeadDocument, first: Scored, scored: Iterable[Scored], settings: MatchSettings) -> bool:
    # A record that is too weak to be shown can come near all the same.
    others = [each.score for each in scored if each.record_id != first.record_id]
    is_sure = is_confident(first.score, others, settings.confident, lead, first.document)
    return is_sure and not _may_be_another_site(lead, first, scored)


def _band(score: Score, *, is_confident_first: bool) -> Band:
    if score.is_exact:
        return Band.EXACT
    return Band.CONFIDENT if is_confident_first else Band.SIMILAR


def _verdict(candidates: tuple[Candidate, ...], settings: MatchSettings) -> Verdict:
    exact = sum(each.band is Band.EXACT for each in candidates)
    if exact:
        return Verdict.EXACT if exact == 1 else Verdict.SEVERAL_EXACT
    if not candidates:
        return Verdict.NONE
    is_chosen = settings.chooses_confident and candidates[0].band is Band.CONFIDENT
    return Verdict.CONFIDENT if is_chosen else Verdict.SIMILAR
