"""The settled account and contact, with what of their fields is left to decide and how the commit leaves them. Pure."""

from dataclasses import dataclass, replace

from domain.acceptance import ContactPlacement, DecidedBy, PlaceContact
from domain.fields import FieldDecision, FieldDiff
from domain.matches import Band, Candidate, Matches
from domain.records import Account, Contact, Lead
from services.acceptance.merge import merge, undecided
from services.acceptance.picks import Pick, pick_account, pick_contact
from services.acceptance.situation import Situation
from services.matching.diff import account_diffs, contact_diffs

NEW_ID = 0
"""Stands for the id of a record that the commit will create."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChoice:
    """The settled account: ``before`` is None if it will be created; ``after`` is how the commit leaves it.

    ``band`` is how sure an automatic choice of an existing record is.
    """

    decided_by: DecidedBy
    before: Account | None
    after: Account
    undecided: tuple[FieldDiff, ...] = ()
    fields: tuple[FieldDecision, ...] = ()
    band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChoice:
    """The settled contact, likewise; ``placing`` is what is left to decide about its account."""

    decided_by: DecidedBy
    before: Contact | None
    after: Contact
    undecided: tuple[FieldDiff, ...] = ()
    fields: tuple[FieldDecision, ...] = ()
    placing: PlaceContact | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is settled so far. With a contact that keeps its account, that account is the lead's."""

    account: AccountChoice | None
    contact: ContactChoice | None


def settle(situation: Situation) -> Choices:
    """Settle what the decisions and the rules settle."""
    picked_account, picked_contact = pick_account(situation), pick_contact(situation)
    account = None if picked_account is None else _account_choice(situation, picked_account, picked_contact)
    contact = None if picked_contact is None else _contact_choice(situation, picked_contact, picked_account)
    if account is None or contact is None:
        return Choices(account=account, contact=contact)
    return _place(situation, account, contact)


def ranked_for(matches: Matches, account_id: int | None) -> Matches:
    """The contact candidates: 100 % matches first, and among equal scores those of the chosen account."""

    def order(each: Candidate) -> tuple[bool, float, bool]:
        return each.band is not Band.EXACT, -each.score, each.account_id != account_id

    ordered = sorted(matches.candidates, key=order)
    renumbered = tuple(replace(each, rank=rank) for rank, each in enumerate(ordered, start=1))
    return replace(matches, candidates=renumbered)


def _account_choice(situation: Situation, pick: Pick[Account], contact: Pick[Contact] | None) -> AccountChoice:
    account, country = pick.record, situation.tenant.default_country
    if account is None:
        after = _new_account(situation, pick.fields)
        return AccountChoice(decided_by=pick.decided_by, before=None, after=after, fields=pick.fields)
    diffs = account_diffs(situation.lead, account, country, contact.record if contact else None)
    return AccountChoice(
        decided_by=pick.decided_by,
        before=account,
        after=merge(account, diffs, pick.fields),
        undecided=undecided(diffs, pick.fields),
        fields=pick.fields,
        band=pick.band,
    )


def _contact_choice(situation: Situation, pick: Pick[Contact], account: Pick[Account] | None) -> ContactChoice:
    contact, country = pick.record, situation.tenant.default_country
    if contact is None:
        after = _new_contact(situation, pick.fields)
        return ContactChoice(decided_by=pick.decided_by, before=None, after=after, fields=pick.fields)
    # While the account is open, the contact's own is the likely one.
    likely = account.record if account else situation.accounts.get(contact.account_id)
    diffs = contact_diffs(situation.lead, contact, country, likely)
    return ContactChoice(
        decided_by=pick.decided_by,
        before=contact,
        after=merge(contact, diffs, pick.fields),
        undecided=undecided(diffs, pick.fields),
        fields=pick.fields,
        band=pick.band,
    )


def _new_account(situation: Situation, fields: tuple[FieldDecision, ...]) -> Account:
    """The account that would be created: the lead's company taken over into an empty one, and the user's own values."""
    lead = situation.lead
    empty = Account(tenant_id=lead.tenant_id, id=NEW_ID, name="", owner_id=situation.user_id)
    filled = merge(empty, account_diffs(lead, empty, situation.tenant.default_country), fields)
    return filled if filled.name else replace(filled, name=_name_for_account(lead))


def _name_for_account(lead: Lead) -> str:
    """A name for an account whose lead names no company: its website or e-mail domain, or else the person."""
    person = " ".join(part for part in (lead.person.first_name, lead.person.last_name) if part)
    domain = lead.emails[0].address.rpartition("@")[2] if lead.emails else None
    return lead.company.website or person or domain or lead.company.vat_id or f"{lead.id}"


def _new_contact(situation: Situation, fields: tuple[FieldDecision, ...]) -> Contact:
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
