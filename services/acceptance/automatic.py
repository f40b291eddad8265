"""Recording what was chosen automatically, and what had been seen for it. Pure."""

from dataclasses import replace

from domain.acceptance import Acceptance, AccountDecision, ContactDecision, DecidedBy
from domain.matches import Matches
from services.acceptance.choices import AccountChoice, ContactChoice, settle
from services.acceptance.situation import Situation


def candidate_ids(matches: Matches) -> tuple[int, ...]:
    """The ids of the candidates, best first."""
    return tuple(each.record_id for each in matches.candidates)


def automatic_account(choice: AccountChoice | None, matches: Matches, settings_version: int) -> AccountDecision | None:
    """The automatic choice as a decision to be stored; None where a user has to decide."""
    if choice is None or choice.decided_by is not DecidedBy.AUTO:
        return None
    return AccountDecision(
        decided_by=DecidedBy.AUTO,
        account_id=choice.before.id if choice.before else None,
        account_version=choice.before.version if choice.before else None,
        seen=candidate_ids(matches),
        band=choice.band,
        settings_version=settings_version,
    )


def automatic_contact(choice: ContactChoice | None, matches: Matches, settings_version: int) -> ContactDecision | None:
    """The automatic choice as a decision to be stored; None where a user has to decide."""
    if choice is None or choice.decided_by is not DecidedBy.AUTO:
        return None
    return ContactDecision(
        decided_by=DecidedBy.AUTO,
        contact_id=choice.before.id if choice.before else None,
        contact_version=choice.before.version if choice.before else None,
        seen=candidate_ids(matches),
        band=choice.band,
        settings_version=settings_version,
    )


def decide_automatically(situation: Situation, acceptance: Acceptance) -> Acceptance:
    """The acceptance with everything that the rules decide today, where no user has decided."""
    choices = settle(replace(situation, acceptance=acceptance))
    matches, version = situation.matches, situation.tenant.matching.version
    return replace(
        acceptance,
        account=automatic_account(choices.account, matches.accounts, version) or acceptance.account,
        contact=automatic_contact(choices.contact, matches.contacts, version) or acceptance.contact,
    )
