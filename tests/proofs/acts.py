"""The mutations of an acceptance in short words, and people to accept leads of."""

import textwrap
from collections.abc import Sequence
from typing import Any

from domain.actors import Actor
from domain.drafts import ContactDraft, ContactPatch, EmailDraft, PhoneDraft
from domain.fields import ContactField, FieldDecision, Take
from domain.receipts import Receipt
from domain.records import Account, Contact, Lead, RecordKind
from services.acceptance.accepting import AcceptLeadCommand, HandOverCommand, accept_lead, hand_over_acceptance
from services.acceptance.choosing import (
    ChooseAccountCommand,
    ChooseContactCommand,
    CreateRecord,
    PickRecord,
    RecordChoice,
    choose_account,
    choose_contact,
)
from services.acceptance.committing import attach_to_case, create_case
from services.acceptance.dismissing import DismissMatchCommand, RestoreMatchCommand, dismiss_match, restore_match
from services.acceptance.planning import AttachToCaseCommand, CreateCaseCommand
from services.contacts import CreateContact, UpdateContact, create_contact, update_contact
from tests.support.world import World

_KINDS: dict[type[Account | Contact], RecordKind] = {Account: RecordKind.ACCOUNT, Contact: RecordKind.CONTACT}
_SYLLABLES = textwrap.wrap("brafelgorhinjaklemmotnarpilquorusstatigvelwopzanduxkribexoeb", 3)


def word(number: int) -> str:
    """A name that nobody has: another one for each number, and unlike those of the next ones."""
    mixed = (number * 3_371 + 1_234) % len(_SYLLABLES) ** 3
    first, rest = divmod(mixed, len(_SYLLABLES) ** 2)
    return "".join(_SYLLABLES[each] for each in (first, *divmod(rest, len(_SYLLABLES)))).capitalize()


def person(number: int) -> dict[str, Any]:
    """The details of a private person: another one for each number."""
    first, last = word(number + 4_000), word(number)
    return {
        "first_name": first,
        "last_name": last,
        "emails": (f"{first}.{last}@gmx.de".lower(),),
        "phones": (f"+49 221 {3_000_000 + 7_919 * number}",),
    }


def firm(number: int) -> dict[str, Any]:
    """The details of a company with a person: another one for each number."""
    name = word(number + 6_000)
    return {**person(number + 2_000), "company": f"{name} GmbH", "emails": (f"info@{name.lower()}.de",)}


async def accept(world: World, lead: Lead, actor: Actor | None = None, key: str | None = None) -> Receipt:
    """Accept a lead."""
    return await accept_lead(world.backend, actor or world.agent, AcceptLeadCommand(lead_id=lead.id), key)


async def commit(
    world: World,
    lead: Lead,
    actor: Actor | None = None,
    key: str | None = None,
    **command: Any,  # noqa: ANN401
) -> Receipt:
    """Commit with a new case."""
    return await create_case(world.backend, actor or world.agent, CreateCaseCommand(lead_id=lead.id, **command), key)


async def attach(world: World, lead: Lead, case_id: int, seen: Sequence[int] = ()) -> Receipt:
    """Commit with an open case."""
    command = AttachToCaseCommand(lead_id=lead.id, case_id=case_id, seen=tuple(seen))
    return await attach_to_case(world.backend, world.agent, command)


async def pick_contact(
    world: World,
    lead: Lead,
    contact: Contact | None,
    *fields: FieldDecision,
    key: str | None = None,
    **more: Any,  # noqa: ANN401
) -> Receipt:
    """Choose this contact, or a new one."""
    choice: RecordChoice = PickRecord(contact.id) if contact else CreateRecord()
    command = ChooseContactCommand(lead_id=lead.id, choice=choice, fields=fields, **more)
    return await choose_contact(world.backend, world.agent, command, key)


async def pick_account(world: World, lead: Lead, account_id: int | None, *fields: FieldDecision) -> Receipt:
    """Choose this account, or a new one."""
    choice: RecordChoice = PickRecord(account_id) if account_id else CreateRecord()
    return await choose_account(
        world.backend, world.agent, ChooseAccountCommand(lead_id=lead.id, choice=choice, fields=fields)
    )


async def hand_over(world: World, lead: Lead, to: Actor) -> Receipt:
    """Hand an acceptance over, as the manager."""
    command = HandOverCommand(lead_id=lead.id, user_id=to.user_id)
    return await hand_over_acceptance(world.backend, world.manager, command)


async def change(world: World, contact: Contact, **patch: Any) -> Receipt:  # noqa: ANN401
    """Change a contact outside of any acceptance."""
    command = UpdateContact(contact_id=contact.id, contact=ContactPatch(**patch))
    return await update_contact(world.backend, world.colleague, command)


async def add_twin(world: World, account_id: int, details: dict[str, Any]) -> int:
    """Create a contact with a person's details by the plain mutation, and give its id."""
    draft = ContactDraft(
        account_id=account_id,
        first_name=details["first_name"],
        last_name=details["last_name"],
        emails=tuple(EmailDraft(each) for each in details["emails"]),
        phones=tuple(PhoneDraft(each) for each in details["phones"]),
    )
    receipt = await create_contact(world.backend, world.colleague, CreateContact(contact=draft))
    return receipt.id_of(RecordKind.CONTACT) or 0


async def dismiss(world: World, lead: Lead, record: Account | Contact, actor: Actor | None = None) -> Receipt:
    """Say that the lead is not this record."""
    command = DismissMatchCommand(lead_id=lead.id, record_kind=_KINDS[type(record)], record_id=record.id)
    return await dismiss_match(world.backend, actor or world.agent, command)


async def restore(world: World, lead: Lead, record: Account | Contact, actor: Actor | None = None) -> Receipt:
    """Take back that the lead is not this record."""
    command = RestoreMatchCommand(lead_id=lead.id, record_kind=_KINDS[type(record)], record_id=record.id)
    return await restore_match(world.backend, actor or world.agent, command)


def take_phones() -> FieldDecision:
    """The decision to let the lead's phone number replace the one that is shown against it."""
    return FieldDecision(field=ContactField.PHONES, take=Take.LEAD)


def keep_emails() -> FieldDecision:
    """The decision to leave the e-mails as they are."""
    return FieldDecision(field=ContactField.EMAILS, take=Take.EXISTING)


def keep_names() -> tuple[FieldDecision, ...]:
    """The decisions to leave the names as they are."""
    fields = ContactField.FIRST_NAME, ContactField.LAST_NAME
    return tuple(FieldDecision(field=each, take=Take.EXISTING) for each in fields)
