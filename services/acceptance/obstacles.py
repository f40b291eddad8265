"""What stands in the way of a commit: chosen records that changed, candidates nobody has seen, open decisions. Pure."""

from collections.abc import Collection

from domain.acceptance import AccountDecision, ChooseCase, ContactDecision, DecidedBy, StepKind
from domain.matches import Matches
from domain.problems import CandidatesChanged, DecisionsRemain, Problem, RecordChanged
from domain.records import Account, Contact, RecordKind
from services.acceptance.automatic import candidate_ids
from services.acceptance.choices import AccountChoice, Choices, ContactChoice
from services.acceptance.merge import outdated
from services.acceptance.plan import find_remaining
from services.acceptance.situation import Situation

_KINDS = {StepKind.ACCOUNT: RecordKind.ACCOUNT, StepKind.CONTACT: RecordKind.CONTACT}
_PATH = ("input", "leadId")


def find_obstacles(situation: Situation, choices: Choices, seen: Collection[int]) -> tuple[Problem, ...]:
    """The problems, those first that make the others moot; () if the commit may be tried.

    ``seen`` are candidates that the commit itself names as seen.
    """
    return (
        _changed_records(situation, choices)
        or _unseen_candidates(situation, choices, seen)
        or _open_decisions(situation, choices)
    )


def _changed_records(situation: Situation, choices: Choices) -> tuple[Problem, ...]:
    acceptance = situation.acceptance
    if acceptance is None:
        return ()
    account = _changed_account(situation, acceptance.account, choices.account)
    contact = _changed_contact(situation, acceptance.contact, choices.contact)
    return tuple(each for each in (account, contact) if each is not None)


def _changed_account(
    situation: Situation, decision: AccountDecision | None, choice: AccountChoice | None
) -> RecordChanged | None:
    if decision is None or decision.account_id is None:
        return None
    current = situation.accounts.get(decision.account_id)
    is_dismissed_here = decision.account_id in situation.matches.accounts.dismissed_here
    return _changed_record(situation, StepKind.ACCOUNT, decision, current, choice, is_dismissed_here=is_dismissed_here)


def _changed_contact(
    situation: Situation, decision: ContactDecision | None, choice: ContactChoice | None
) -> RecordChanged | None:
    if decision is None or decision.contact_id is None:
        return None
    current = situation.contacts.get(decision.contact_id)
    is_dismissed_here = decision.contact_id in situation.matches.contacts.dismissed_here
    return _changed_record(situation, StepKind.CONTACT, decision, current, choice, is_dismissed_here=is_dismissed_here)


def _changed_record(
    situation: Situation,
    step: StepKind,
    decision: AccountDecision | ContactDecision,
    current: Account | Contact | None,
    choice: AccountChoice | ContactChoice | None,
    *,
    is_dismissed_here: bool,
) -> RecordChanged | None:
    """A record that is gone, changed in a decided field, or no longer chosen by the rules, which would create another.

    One that was dismissed for this lead since is no surprise: that made the acceptance a newer version. A dismissal
    through another lead with the same details did not, so its holder has not heard of it.
    """
    fields = () if current is None else outdated(current, decision.fields)
    would_create = choice is not None and choice.before is None
    lost_match = decision.decided_by is DecidedBy.AUTO and would_create and not is_dismissed_here
    if current is not None and not fields and not lost_match:
        return None
    return RecordChanged(path=_PATH, lead=situation.lead, step=step, current=current, fields=fields)


def _unseen_candidates(situation: Situation, choices: Choices, seen: Collection[int]) -> tuple[Problem, ...]:
    acceptance = situation.acceptance
    found = (
        _unseen(
            situation,
            StepKind.ACCOUNT,
            situation.matches.accounts,
            acceptance.account if acceptance else None,
            choices.account,
            seen,
        ),
        _unseen(
            situation,
            StepKind.CONTACT,
            situation.matches.contacts,
            acceptance.contact if acceptance else None,
            choices.contact,
            seen,
        ),
    )
    return tuple(each for each in found if each is not None)


def _unseen(
    situation: Situation,
    step: StepKind,
    matches: Matches,
    decision: AccountDecision | ContactDecision | None,
    choice: AccountChoice | ContactChoice | None,
    seen: Collection[int],
) -> CandidatesChanged | None:
    if decision is None or not _depends_on_candidates(decision, choice):
        return None
    unseen = tuple(each for each in candidate_ids(matches) if each not in decision.seen and each not in seen)
    chosen = _chosen_for_another_reason(situation, matches, decision, choice)
    if chosen is not None and chosen not in {*seen, *unseen}:
        unseen = (chosen, *unseen)
    if not unseen:
        return None
    return CandidatesChanged(path=_PATH, lead=situation.lead, step=step, kind=_KINDS[step], record_ids=unseen)


def _chosen_for_another_reason(
    situation: Situation,
    matches: Matches,
    decision: AccountDecision | ContactDecision,
    choice: AccountChoice | ContactChoice | None,
) -> int | None:
    """The record that is chosen automatically for a reason that its holder has not heard of: told, however well known.

    Either the tenant's settings are others now, or the recorded choice was dismissed through another lead.
    """
    is_by_settings = decision.settings_version not in {None, situation.tenant.matching.version}
    if not is_by_settings and not _is_dismissed_elsewhere(matches, _recorded_id(decision)):
        return None
    if choice is None or choice.before is None or choice.decided_by is not DecidedBy.AUTO:
        return None
    return choice.before.id


def _is_dismissed_elsewhere(matches: Matches, record_id: int | None) -> bool:
    return record_id in matches.dismissed and record_id not in matches.dismissed_here


def _recorded_id(decision: AccountDecision | ContactDecision) -> int | None:
    return decision.account_id if isinstance(decision, AccountDecision) else decision.contact_id


def _depends_on_candidates(
    decision: AccountDecision | ContactDecision, choice: AccountChoice | ContactChoice | None
) -> bool:
    """A new record must be no twin; an automatic choice must still be the one that was recorded."""
    if choice is None:
        return decision.decided_by is DecidedBy.AUTO
    if choice.before is None:
        return True
    return decision.decided_by is DecidedBy.AUTO and _recorded_id(decision) != choice.before.id


def _open_decisions(situation: Situation, choices: Choices) -> tuple[Problem, ...]:
    remaining = tuple(each for each in find_remaining(situation, choices) if not isinstance(each, ChooseCase))
    if not remaining:
        return ()
    return (DecisionsRemain(path=_PATH, lead=situation.lead, remaining=remaining),)
