"""Which account and which contact a lead goes to, as far as that is settled. Pure.

A user's staged decision counts; without one the rules of 100 %, similar and none decide, afresh at every look.
"""

from dataclasses import dataclass, replace

from domain.acceptance import (
    AccountDecision,
    ContactDecision,
    ContactPlacement,
    DecidedBy,
    PlaceContact,
)
from domain.fields import FieldDecision, FieldDiff
from domain.matches import Matches, Verdict
from domain.records import Account, Contact
from services.acceptance.merge import merge, undecided
from services.acceptance.situation import Situation
from services.matching.diff import account_diffs, contact_diffs

NEW_ID = 0
"""Stands for the id of a record that the commit will create."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChoice:
    """The settled account: ``before`` is None if it will be created; ``after`` is how the commit leaves it."""

    decided_by: DecidedBy
    before: Account | None
    after: Account
    undecided: tuple[FieldDiff, ...] = ()
    fields: tuple[FieldDecision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChoice:
    """The settled contact, likewise; ``placing`` is what is left to decide about its account."""

    decided_by: DecidedBy
    before: Contact | None
    after: Contact
    undecided: tuple[FieldDiff, ...] = ()
    fields: tuple[FieldDecision, ...] = ()
    placing: PlaceContact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is settled so far. With a contact that keeps its account, that account is the lead's."""

    account: AccountChoice | None
    contact: ContactChoice | None


def settle(situation: Situation) -> Choices:
    """Settle what the decisions and the rules settle."""
    account = _settle_account(situation)
    contact = _settle_contact(situation)
    if account is None or contact is None:
        return Choices(account=account, contact=contact)
    return _place(situation, account, contact)


def ranked_for(matches: Matches, account_id: int | None) -> Matches:
    """The contact candidates with those of the chosen account first among equal scores."""
    ordered = sorted(matches.candidates, key=lambda each: (-each.score, each.account_id != account_id))
    renumbered = tuple(replace(each, rank=rank) for rank, each in enumerate(ordered, start=1))
    return replace(matches, candidates=renumbered)


def _settle_account(situation: Situation) -> AccountChoice | None:
    decision = situation.acceptance.account if situation.acceptance else None
    if decision is not None and decision.decided_by is DecidedBy.USER:
        return _account_as_decided(situation, decision)
    matches = situation.matches.accounts
    if matches.verdict is Verdict.PRIVATE_PERSON:
        private = situation.private_customers
        return AccountChoice(decided_by=DecidedBy.AUTO, before=private, after=private)
    if matches.verdict is Verdict.NONE:
        return AccountChoice(decided_by=DecidedBy.AUTO, before=None, after=new_account(situation, ()))
    if matches.verdict is Verdict.EXACT:
        account = situation.accounts.get(matches.exact[0].record_id)
        return None if account is None else _existing_account(situation, account, DecidedBy.AUTO, ())
    return None


def _account_as_decided(situation: Situation, decision: AccountDecision) -> AccountChoice | None:
    if decision.account_id is None:
        after = new_account(situation, decision.fields)
        return AccountChoice(decided_by=DecidedBy.USER, before=None, after=after, fields=decision.fields)
    account = situation.accounts.get(decision.account_id)
    if account is None:
        return None
    return _existing_account(situation, account, DecidedBy.USER, decision.fields)


def _existing_account(
    situation: Situation, account: Account, decided_by: DecidedBy, fields: tuple[FieldDecision, ...]
) -> AccountChoice:
    if account.is_private_customers:
        return AccountChoice(decided_by=decided_by, before=account, after=account)
    diffs = account_diffs(situation.lead, account, situation.tenant.default_country)
    return AccountChoice(
        decided_by=decided_by,
        before=account,
        after=merge(account, diffs, fields),
        undecided=undecided(diffs, fields),
        fields=fields,
    )


def new_account(situation: Situation, fields: tuple[FieldDecision, ...]) -> Account:
    """The account that would be created: the lead's company taken over into an empty one, and the user's own values."""
    lead = situation.lead
    empty = Account(tenant_id=lead.tenant_id, id=NEW_ID, name="", owner_id=situation.user_id)
    filled = merge(empty, account_diffs(lead, empty, situation.tenant.default_country), fields)
    return filled if filled.name else replace(filled, name=_name_for_account(situation))


def _name_for_account(situation: Situation) -> str:
    """A name for an account whose lead names no company: its website or e-mail domain, or else the person."""
    lead = situation.lead
    person = " ".join(part for part in (lead.person.first_name, lead.person.last_name) if part)
    domain = lead.emails[0].address.rpartition("@")[2] if lead.emails else None
    return lead.company.name or lead.company.website or person or domain or lead.company.vat_id or f"{lead.id}"


def _settle_contact(situation: Situation) -> ContactChoice | None:
    decision = situation.acceptance.contact if situation.acceptance else None
    if decision is not None and decision.decided_by is DecidedBy.USER:
        return _contact_as_decided(situation, decision)
    matches = situation.matches.contacts
    if matches.verdict is Verdict.NONE:
        return ContactChoice(decided_by=DecidedBy.AUTO, before=None, after=new_contact(situation, ()))
    if matches.verdict is Verdict.EXACT:
        contact = situation.contacts.get(matches.exact[0].record_id)
        return None if contact is None else _existing_contact(situation, contact, DecidedBy.AUTO, ())
    return None


def _contact_as_decided(situation: Situation, decision: ContactDecision) -> ContactChoice | None:
    if decision.contact_id is None:
        after = new_contact(situation, decision.fields)
        return ContactChoice(decided_by=DecidedBy.USER, before=None, after=after, fields=decision.fields)
    contact = situation.contacts.get(decision.contact_id)
    if contact is None:
        return None
    return _existing_contact(situation, contact, DecidedBy.USER, decision.fields)


def _existing_contact(
    situation: Situation, contact: Contact, decided_by: DecidedBy, fields: tuple[FieldDecision, ...]
) -> ContactChoice:
    diffs = contact_diffs(situation.lead, contact, situation.tenant.default_country)
    return ContactChoice(
        decided_by=decided_by,
        before=contact,
        after=merge(contact, diffs, fields),
        undecided=undecided(diffs, fields),
        fields=fields,
    )


def new_contact(situation: Situation, fields: tuple[FieldDecision, ...]) -> Contact:
    """The contact that would be created: the lead's person taken over into an empty one, and the user's own values."""
    lead = situation.lead
    empty = Contact(tenant_id=lead.tenant_id, id=NEW_ID, account_id=NEW_ID, owner_id=situation.user_id)
    return merge(empty, contact_diffs(lead, empty, situation.tenant.default_country), fields)


def _place(situation: Situation, account: AccountChoice, contact: ContactChoice) -> Choices:
    """Bring the contact and the account together."""
    chosen_id = None if account.before is None else account.before.id
    if contact.before is None or contact.before.account_id == chosen_id:
        placed = replace(contact, after=replace(contact.after, account_id=chosen_id or NEW_ID))
        return Choices(account=account, contact=placed)
    decision = situation.acceptance.contact if situation.acceptance else None
    placement = decision.placement if decision and decision.contact_id == contact.before.id else None
    if placement is ContactPlacement.MOVE_CONTACT:
        moved = replace(contact, after=replace(contact.after, account_id=chosen_id or NEW_ID))
        return Choices(account=account, contact=moved)
    if placement is ContactPlacement.KEEP_ACCOUNT:
        kept = situation.accounts[contact.before.account_id]
        return Choices(
            account=AccountChoice(decided_by=DecidedBy.USER, before=kept, after=kept),
            contact=contact,
        )
    placing = PlaceContact(
        contact_id=contact.before.id, current_account_id=contact.before.account_id, chosen_account_id=chosen_id
    )
    return Choices(account=account, contact=replace(contact, placing=placing))
