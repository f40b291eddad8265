"""What a decision says about the candidates that it was made among: labelled pairs. Pure.

The chosen record is a match and every other one that was shown is none. What nobody has seen gets no label: a
candidate that appeared after the user's decision was not passed over.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from domain.acceptance import AccountDecision, ContactDecision, DecidedBy
from domain.labels import Label, LabelDecision
from domain.matches import Candidate, Matches, Verdict
from domain.records import Account, Contact, RecordKind
from services.acceptance.choices import AccountChoice, ContactChoice, ranked_for
from services.acceptance.situation import Situation
from services.matching.model import NORMALISER_VERSION

Choice = AccountChoice | ContactChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decides about which lead, when and by which version of the tenant's settings; ``new_id`` makes ids."""

    tenant_id: int
    settings_version: int
    lead_id: int
    user_id: int
    decided_at: datetime
    new_id: Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """A step: what was found for it, what was seen of that, and what became of it."""

    kind: RecordKind
    matches: Matches
    choice: Choice
    seen: frozenset[int]
    by_rule: int | None
    """The record that the rules would have chosen; None for a new one, or where they leave it to the user."""


def labels_of_commit(
    situation: Situation, account: AccountChoice, contact: ContactChoice, seen: Collection[int], decider: Decider
) -> list[Label]:
    """The labels of a commit, at most eleven for each step. ``seen`` are candidates that the commit named itself."""
    acceptance, matches = situation.acceptance, situation.matches
    chosen_account = account.before.id if account.before else None
    steps = (
        _Decided(
            kind=RecordKind.ACCOUNT,
            matches=matches.accounts,
            choice=account,
            seen=_seen(acceptance.account if acceptance else None, seen),
            by_rule=_by_rule(matches.accounts, situation.private_customers),
        ),
        _Decided(
            kind=RecordKind.CONTACT,
            matches=ranked_for(matches.contacts, chosen_account),
            choice=contact,
            seen=_seen(acceptance.contact if acceptance else None, seen),
            by_rule=_by_rule(matches.contacts, situation.private_customers),
        ),
    )
    return [label for each in steps for label in _labels(each, decider)]


def label_dismissed(kind: RecordKind, record: Account | Contact, found: Matches, decider: Decider) -> Label:
    """The label of a record that a user has dismissed, among what was found then."""
    candidate = next((each for each in found.candidates if each.record_id == record.id), None)
    pair = _Pair(kind=kind, record_id=record.id, record_version=record.version, candidate=candidate)
    return _label(pair, LabelDecision.DISMISSED, found.snapshot, decider, is_match=False, is_shown=True)


def _seen(decision: AccountDecision | ContactDecision | None, also: Collection[int]) -> frozenset[int]:
    return frozenset(also) | frozenset(decision.seen if decision else ())


def _by_rule(matches: Matches, private_customers: Account) -> int | None:
    if matches.verdict is Verdict.PRIVATE_PERSON:
        return private_customers.id
    return matches.chosen.record_id if matches.chosen else None


_LEFT_TO_USER = {Verdict.SIMILAR, Verdict.SEVERAL_EXACT}


def _decision(step: _Decided) -> LabelDecision:
    chosen_id = step.choice.before.id if step.choice.before else None
    if step.choice.decided_by is DecidedBy.AUTO:
        return LabelDecision.KEPT
    if step.matches.verdict in _LEFT_TO_USER:
        return LabelDecision.CREATED if chosen_id is None else LabelDecision.CHOSEN
    return LabelDecision.CONFIRMED if chosen_id == step.by_rule else LabelDecision.OVERRULED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A record, and what was found about it if it was."""

    kind: RecordKind
    record_id: int
    record_version: int
    candidate: Candidate | None


def _labels(step: _Decided, decider: Decider) -> Iterator[Label]:
    decision, chosen, snapshot = _decision(step), step.choice.before, step.matches.snapshot
    is_all_seen = step.choice.decided_by is DecidedBy.AUTO
    candidates = {each.record_id: each for each in step.matches.candidates}
    for id_, each in candidates.items():
        if (is_all_seen or id_ in step.seen) and (chosen is None or id_ != chosen.id):
            pair = _Pair(kind=step.kind, record_id=id_, record_version=each.record_version, candidate=each)
            yield _label(pair, decision, snapshot, decider, is_match=False, is_shown=True)
    if chosen is not None and not _is_private(chosen):
        candidate = candidates.get(chosen.id)
        pair = _Pair(kind=step.kind, record_id=chosen.id, record_version=chosen.version, candidate=candidate)
        is_shown = candidate is not None and (is_all_seen or chosen.id in step.seen)
        yield _label(pair, decision, snapshot, decider, is_match=True, is_shown=is_shown)


def _is_private(record: Account | Contact) -> bool:
    return isinstance(record, Account) and record.is_private_customers


def _label(
    pair: _Pair, decision: LabelDecision, snapshot: int, decider: Decider, *, is_match: bool, is_shown: bool
) -> Label:
    found = pair.candidate
    label = Label(
        tenant_id=decider.tenant_id,
        id=decider.new_id(),
        lead_id=decider.lead_id,
        record_kind=pair.kind,
        record_id=pair.record_id,
        record_version=pair.record_version,
        decision=decision,
        is_match=is_match,
        rank=None,
        score=None,
        band=None,
        evidence=(),
        snapshot=snapshot,
        normaliser=NORMALISER_VERSION,
        settings=decider.settings_version,
        user_id=decider.user_id,
        decided_at=decider.decided_at,
    )
    if found is None:
        return label
    evidence = tuple((each.code, each.bits) for each in found.evidence)
    rank = found.rank if is_shown else None
    return replace(label, rank=rank, score=found.score, band=found.band, evidence=evidence)
