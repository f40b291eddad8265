"""Users at random work on the leads of one tenant, as Hypothesis has them do it: leads, time and decisions."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from db.engine import Database
from domain.actors import Actor
from domain.drafts import (
    EmailDraft,
    LeadDraft,
    LeadPatch,
    PhoneDraft,
)
from domain.receipts import Receipt
from domain.records import Company, LeadStatus, Person, RecordKind
from services.acceptance import accepting, choosing
from services.acceptance.dismissing import DismissMatchCommand, RestoreMatchCommand, dismiss_match, restore_match
from services.acceptance.transitions import Action
from services.indexing import fold_frequencies
from services.intake import CreateLead, UpdateLead, create_lead, update_lead
from tests.proofs.model import ModelLead
from tests.proofs.office import WatchedOffice
from tests.support.tables import everything

T = TypeVar("T")
NUMBER = st.integers(0, 60)
"""Picks one of what there is, counted from the newest."""
PEOPLE = (("Katrin", "Sommerfeld"), ("Catrin", "Sommerfeld"), ("Torben", "Ohlendorf"))
FIRMS = (None, None, "Fjordwerft AG", "Deichbau KG")
MAILBOXES = ((), ("info@fjordwerft.de",), ("office@deichbau.de", "hello@deichbau.de"))
MOBILE = "+49 171 2345678"
PHONES = ("+49 221 3344556", "+49 351 7788991", "0221 33 44 55 6")


def newest(things: Sequence[T], number: int) -> T:
    """One of these, the last for 0."""
    return things[-1 - number % len(things)]


class LeadMachine(RuleBasedStateMachine):
    """The rules are what users, front ends and the clock may do, in any order."""

    runner: ClassVar[asyncio.Runner]
    database: ClassVar[Database]

    def __init__(self) -> None:
        super().__init__()
        self.office = WatchedOffice(self.runner, self.database)
        world = self.office.world
        self.actors: tuple[Actor, ...] = (world.manager, world.colleague, world.agent, world.agent)

    @property
    def lead_ids(self) -> list[int]:
        """The leads there are."""
        return list(self.office.leads)

    def ids(self, table: str) -> list[int]:
        """The records there are; of accounts without the private customers'."""
        return [row["id"] for row in self.office.stored[table] if not row.get("is_private_customers")]

    def version(self, lead_id: int, kind: int, *, of_lead: bool) -> int | None:
        """What a client expects: mostly nothing, or the current version, sometimes one that is gone."""
        lead = self.office.leads[lead_id]
        current = lead.version if of_lead else lead.decisions
        return (None, None, current, current, current - 1)[kind % 5]

    # Leads come in, and time goes by.

    @rule(
        who=st.integers(0, 2),
        firm=st.integers(0, 3),
        phone=st.integers(0, 2),
        mailboxes=st.integers(0, 2),
        does_expire=st.booleans(),
        key=st.booleans(),
    )
    def receive(self, who: int, firm: int, phone: int, mailboxes: int, does_expire: bool, key: bool) -> None:
        """A lead of one of a few people and firms comes in."""
        world = self.office.world
        first, last = PEOPLE[who]
        expires_at = world.clock() + timedelta(hours=2) if does_expire else None
        draft = LeadDraft(
            type_id=world.enquiry.id,
            company=Company(name=FIRMS[firm]) if FIRMS[firm] else None,
            person=Person(first_name=first, last_name=last),
            emails=tuple(EmailDraft(each) for each in (f"{last.lower()}@gmx.de", *MAILBOXES[mailboxes])),
            phones=tuple(PhoneDraft(each) for each in (MOBILE, PHONES[phone])[mailboxes % 2 :]),
            expires_at=expires_at,
        )
        answer = self.office.perform(create_lead, world.agent, CreateLead(lead=draft), has_key=key)
        assert isinstance(answer, Receipt)
        self.office.leads[answer.id_of(RecordKind.LEAD) or 0] = ModelLead(expires_at=expires_at)

    @rule(minutes=st.sampled_from([1, 90, 200]))
    def wait(self, minutes: int) -> None:
        """Time goes by."""
        self.office.world.clock.moment += timedelta(minutes=minutes)

    @rule()
    def fold(self) -> None:
        """The background writer folds the frequencies."""
        world = self.office.world
        self.office.run(fold_frequencies(world.backend, world.tenant.id))
        self.office.stored = self.office.run(everything(world.backend.database, world.tenant.id))

    # What is done to a lead.

    @precondition(lambda self: self.office.leads)
    @rule(number=NUMBER, user=st.integers(0, 3), kind=st.integers(0, 4), key=st.booleans())
    def accept(self, number: int, user: int, kind: int, key: bool) -> None:
        """Somebody accepts a lead."""
        id_ = newest(self.lead_ids, number)
        command = accepting.AcceptLeadCommand(lead_id=id_, expected_version=self.version(id_, kind, of_lead=True))
        self.office.act(Action.ACCEPT, id_, accepting.accept_lead, self.actors[user], command, has_key=key)

    @precondition(lambda self: self.office.leads)
    @rule(number=NUMBER, user=st.integers(0, 3), kind=st.integers(0, 4), key=st.booleans())
    def reject(self, number: int, user: int, kind: int, key: bool) -> None:
        """Somebody rejects a lead."""
        id_ = newest(self.lead_ids, number)
        command = accepting.RejectLeadCommand(lead_id=id_, expected_version=self.version(id_, kind, of_lead=True))
        self.office.act(Action.REJECT, id_, accepting.reject_lead, self.actors[user], command, has_key=key)

    @precondition(lambda self: self.office.leads)
    @rule(number=NUMBER, user=st.integers(0, 3), kind=st.integers(0, 4), key=st.booleans())
    def reopen(self, number: int, user: int, kind: int, key: bool) -> None:
        """Somebody reopens a lead, for another two hours."""
        id_ = newest(self.lead_ids, number)
        command = accepting.ReopenLeadCommand(
            lead_id=id_,
            expires_at=self.office.world.clock() + timedelta(hours=2),
            expected_version=self.version(id_, kind, of_lead=True),
        )
        self.office.act(Action.REOPEN, id_, accepting.reopen_lead, self.actors[user], command, has_key=key)

    @precondition(lambda self: self.office.leads)
    @rule(number=NUMBER, phone=st.integers(0, 2), kind=st.integers(0, 4))
    def correct(self, number: int, phone: int, kind: int) -> None:
        """Somebody corrects a lead's phone number; to write the same again changes no version."""
        id_ = newest(self.lead_ids, number)
        row = next(row for row in self.office.stored["leads"] if row["id"] == id_)
        number_now = PHONES[phone] if row["phones"][0]["number"] != PHONES[phone] else "030 1234567"
        patch = LeadPatch(phones=(PhoneDraft(number_now),))
        command = UpdateLead(lead_id=id_, lead=patch, expected_version=self.version(id_, kind, of_lead=True))
        self.office.act(Action.UPDATE, id_, update_lead, self.actors[3], command)

    @precondition(lambda self: self.office.leads)
    @rule(number=NUMBER, user=st.integers(0, 3), to=st.integers(0, 4), kind=st.integers(0, 4), key=st.booleans())
    def hand_over(self, number: int, user: int, to: int, kind: int, key: bool) -> None:
        """Somebody hands an acceptance over, now and then to one who has left."""
        id_ = newest(self.lead_ids, number)
        receiver = self.actors[to].user_id if to < len(self.actors) else self.office.world.inactive.id
        command = accepting.HandOverCommand(
            lead_id=id_, user_id=receiver, expected_version=self.version(id_, kind, of_lead=False)
        )
        self.office.act(Action.HAND_OVER, id_, accepting.hand_over_acceptance, self.actors[user], command, has_key=key)

    @precondition(lambda self: self.office.leads and self.ids("contacts"))
    @rule(number=NUMBER, user=st.integers(0, 3), pick=NUMBER, is_dismissed=st.booleans())
    def say(self, number: int, user: int, pick: int, is_dismissed: bool) -> None:
        """Somebody says that a lead is not some contact, or takes it back."""
        id_, contact_id = newest(self.lead_ids, number), newest(self.ids("contacts"), pick)
        lead, said = self.office.leads[id_], len(self.office.stored["events"])
        verb, command = (dismiss_match, DismissMatchCommand) if is_dismissed else (restore_match, RestoreMatchCommand)
        about = command(lead_id=id_, record_kind=RecordKind.CONTACT, record_id=contact_id)
        answer = self.office.perform(verb, self.actors[user], about)
        is_open = lead.status(self.office.world.clock()) in {LeadStatus.NEW, LeadStatus.ACCEPTED}
        assert isinstance(answer, Receipt) == is_open
        is_news = len(self.office.stored["events"]) > said
        lead.decisions += is_news and lead.stored_status is LeadStatus.ACCEPTED

    # Decisions.

    @precondition(lambda self: self.office.leads)
    @rule(number=NUMBER, user=st.integers(0, 3), pick=NUMBER, kind=st.integers(0, 4), key=st.booleans())
    def choose_account(self, number: int, user: int, pick: int, kind: int, key: bool) -> None:
        """Somebody chooses an account, proposed or not."""
        id_ = newest(self.lead_ids, number)
        command = choosing.ChooseAccountCommand(
            lead_id=id_, choice=self._choice("accounts", pick), expected_version=self.version(id_, kind, of_lead=False)
        )
        self.office.act(Action.CHOOSE_ACCOUNT, id_, choosing.choose_account, self.actors[user], command, has_key=key)

    @precondition(lambda self: self.office.leads)
    @rule(number=NUMBER, user=st.integers(0, 3), pick=NUMBER, kind=st.integers(0, 4), key=st.booleans())
    def choose_contact(self, number: int, user: int, pick: int, kind: int, key: bool) -> None:
        """Somebody chooses a contact, proposed or not."""
        id_ = newest(self.lead_ids, number)
        command = choosing.ChooseContactCommand(
            lead_id=id_, choice=self._choice("contacts", pick), expected_version=self.version(id_, kind, of_lead=False)
        )
        self.office.act(Action.CHOOSE_CONTACT, id_, choosing.choose_contact, self.actors[user], command, has_key=key)

    def _choice(self, table: str, pick: int) -> choosing.RecordChoice:
        ids, special = self.ids(table), (choosing.CreateRecord(), choosing.LetRulesChoose())
        return special[pick % 2] if pick % 3 == 0 or not ids else choosing.PickRecord(newest(ids, pick))
