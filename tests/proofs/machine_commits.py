"""The second half of the machine: commits, changes of records in between, and everything that is sent again."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from domain.acceptance import AcceptanceState, ChooseRecord, ContactPlacement, DecideFields, PlaceContact, StepKind
from domain.actors import Actor
from domain.drafts import AccountDraft, AccountPatch, ContactDraft, ContactPatch, EmailDraft, PhoneDraft
from domain.fields import FieldDecision, Take
from domain.problems import CandidatesChanged, IdempotencyKeyReused
from domain.receipts import Receipt
from domain.records import CaseStatus, Lead, LeadStatus
from services.acceptance import choosing, committing, planning
from services.acceptance.states import states
from services.acceptance.transitions import Action
from services.accounts import CreateAccount, UpdateAccount, create_account, update_account
from services.cases import CloseCase, close_case
from services.contacts import CreateContact, UpdateContact, create_contact, update_contact
from services.indexing import fold_frequencies
from tests.proofs.index_rules import broken_frequencies
from tests.proofs.machine import FIRMS, NUMBER, PEOPLE, PHONES, LeadMachine, newest
from tests.support.tables import everything

TAKES = (Take.LEAD, Take.EXISTING, Take.BOTH)
_LISTS = {"emails", "phones"}
_TRIES = 8


@dataclass(slots=True)
class Draft:
    """The whole decision about a record, as a client builds it up."""

    choice: choosing.RecordChoice
    fields: tuple[FieldDecision, ...] = ()
    placement: ContactPlacement | None = None


@dataclass(slots=True)
class Client:
    """What a user would click: how records are picked, differences decided and contacts placed."""

    pick: int
    take: int
    placement: ContactPlacement
    drafts: dict[StepKind, Draft] = field(default_factory=dict)

    def decide(self, remaining: ChooseRecord | DecideFields | PlaceContact) -> StepKind:
        """Build a decision up; returns which step it is about."""
        step = remaining.step
        if isinstance(remaining, ChooseRecord):
            ids = [each.record_id for each in remaining.matches.candidates]
            choice = choosing.PickRecord(newest(ids, self.pick)) if self.pick % 4 else choosing.CreateRecord()
            self.drafts[step] = Draft(choice)
        elif isinstance(remaining, DecideFields):
            draft = self.drafts.setdefault(step, Draft(choosing.PickRecord(remaining.record_id)))
            draft.fields = (*draft.fields, *(self._take(each.field) for each in remaining.diffs))
        else:
            draft = self.drafts.setdefault(step, Draft(choosing.PickRecord(remaining.contact_id)))
            draft.placement = self.placement
        return step

    def _take(self, field_: Any) -> FieldDecision:  # noqa: ANN401
        take = TAKES[self.take % (3 if field_.value in _LISTS else 2)]
        return FieldDecision(field=field_, take=take, primary=TAKES[self.take % 2])


class AcceptanceMachine(LeadMachine):
    """Everything that may happen to the leads of one tenant."""

    @precondition(lambda self: self.office.leads)
    @rule(
        number=NUMBER,
        pick=st.integers(0, 7),
        take=st.integers(0, 5),
        placement=st.sampled_from(ContactPlacement),
        key=st.booleans(),
        does_confirm=st.booleans(),
    )
    def work(
        self, number: int, pick: int, take: int, placement: ContactPlacement, key: bool, does_confirm: bool
    ) -> None:
        """The holder decides whatever is asked for, and commits."""
        accepted = [id_ for id_, each in self.office.leads.items() if each.stored_status is LeadStatus.ACCEPTED]
        if not accepted:
            return
        id_ = newest(accepted, number)
        holder = next(each for each in self.actors if each.user_id == self.office.leads[id_].holder)
        client = Client(pick, take, placement)
        seen: tuple[int, ...] = ()
        for _ in range(_TRIES):
            state = self._state(id_, holder)
            steps = [
                client.decide(each)
                for each in state.remaining
                if isinstance(each, ChooseRecord | DecideFields | PlaceContact)
            ]
            for step in dict.fromkeys(steps):
                self._stage(id_, holder, step, client.drafts[step])
            if steps:
                continue
            command = planning.CreateCaseCommand(lead_id=id_, seen=seen, expected_version=state.version)
            answer = self.office.act(Action.CREATE_CASE, id_, committing.create_case, holder, command, has_key=key)
            if isinstance(answer, Receipt):
                return
            new = [each for each in answer if isinstance(each, CandidatesChanged)]
            if not (new and does_confirm):
                return
            seen = tuple(record_id for each in new for record_id in each.record_ids)

    def _state(self, lead_id: int, actor: Actor) -> AcceptanceState:
        lead: Lead = self.office.run(self.office.world.lead(lead_id))
        (state,) = self.office.run(states(self.office.world.backend, actor, [lead]))
        return state

    def _stage(self, lead_id: int, actor: Actor, step: StepKind, draft: Draft) -> None:
        if step is StepKind.ACCOUNT:
            account = choosing.ChooseAccountCommand(lead_id=lead_id, choice=draft.choice, fields=draft.fields)
            self.office.act(Action.CHOOSE_ACCOUNT, lead_id, choosing.choose_account, actor, account)
        else:
            contact = choosing.ChooseContactCommand(
                lead_id=lead_id, choice=draft.choice, fields=draft.fields, placement=draft.placement
            )
            self.office.act(Action.CHOOSE_CONTACT, lead_id, choosing.choose_contact, actor, contact)

    @precondition(lambda self: self.office.leads)
    @rule(number=NUMBER, user=st.integers(0, 3), kind=st.integers(0, 4), key=st.booleans())
    def commit(self, number: int, user: int, kind: int, key: bool) -> None:
        """Somebody commits, whatever is decided."""
        id_ = newest(self.lead_ids, number)
        command = planning.CreateCaseCommand(lead_id=id_, expected_version=self.version(id_, kind, of_lead=False))
        self.office.act(Action.CREATE_CASE, id_, committing.create_case, self.actors[user], command, has_key=key)

    @precondition(lambda self: self.office.leads and self.office.stored["cases"])
    @rule(number=NUMBER, case=NUMBER, user=st.integers(0, 3), key=st.booleans())
    def attach(self, number: int, case: int, user: int, key: bool) -> None:
        """Somebody attaches a lead to a case, whoever's it is."""
        id_ = newest(self.lead_ids, number)
        command = planning.AttachToCaseCommand(lead_id=id_, case_id=newest(self.ids("cases"), case))
        self.office.act(Action.ATTACH_TO_CASE, id_, committing.attach_to_case, self.actors[user], command, has_key=key)

    # The records change in between.

    @rule(who=st.integers(0, 2), phone=st.integers(0, 2), account=NUMBER, key=st.booleans())
    def add_contact(self, who: int, phone: int, account: int, key: bool) -> None:
        """Somebody creates a contact that may be anybody's twin."""
        first, last = PEOPLE[who]
        draft = ContactDraft(
            account_id=newest([row["id"] for row in self.office.stored["accounts"]], account),
            first_name=first,
            last_name=last,
            emails=(EmailDraft(f"{last.lower()}@gmx.de"),),
            phones=(PhoneDraft(PHONES[phone]),),
        )
        self.office.perform(create_contact, self.actors[1], CreateContact(contact=draft), has_key=key)

    @rule(firm=st.integers(2, 3), phone=st.integers(0, 2))
    def add_account(self, firm: int, phone: int) -> None:
        """Somebody creates an account that may be any company's twin."""
        draft = AccountDraft(name=FIRMS[firm], phones=(PhoneDraft(PHONES[phone]),))
        self.office.perform(create_account, self.actors[1], CreateAccount(account=draft))

    @precondition(lambda self: self.office.stored["contacts"])
    @rule(number=NUMBER, what=st.integers(0, 3), phone=st.integers(0, 2), account=NUMBER)
    def change_contact(self, number: int, what: int, phone: int, account: int) -> None:
        """Somebody corrects a contact, or moves it."""
        accounts = [row["id"] for row in self.office.stored["accounts"]]
        patch = (
            ContactPatch(phones=(PhoneDraft(PHONES[phone]),)),
            ContactPatch(title="Dr."),
            ContactPatch(first_name="Bernadette"),
            ContactPatch(account_id=newest(accounts, account)),
        )[what]
        command = UpdateContact(contact_id=newest(self.ids("contacts"), number), contact=patch)
        self.office.perform(update_contact, self.actors[1], command)

    @precondition(lambda self: self.ids("accounts"))
    @rule(number=NUMBER, firm=st.integers(2, 3), phone=st.integers(0, 2))
    def change_account(self, number: int, firm: int, phone: int) -> None:
        """Somebody corrects an account."""
        patch = AccountPatch(name=FIRMS[firm], phones=(PhoneDraft(PHONES[phone]),))
        command = UpdateAccount(account_id=newest(self.ids("accounts"), number), account=patch)
        self.office.perform(update_account, self.actors[1], command)

    @precondition(lambda self: self.office.stored["cases"])
    @rule(number=NUMBER)
    def close_case(self, number: int) -> None:
        """Somebody closes a case, open or not."""
        command = CloseCase(case_id=newest(self.ids("cases"), number), status=CaseStatus.WON)
        self.office.perform(close_case, self.actors[1], command)

    # What was sent is sent again.

    @precondition(lambda self: self.office.sent)
    @rule(number=NUMBER)
    def retry(self, number: int) -> None:
        """A client did not get the answer."""
        self.office.send_again(newest(self.office.sent, number))

    @precondition(lambda self: self.office.sent)
    @rule(number=NUMBER)
    def reuse(self, number: int) -> None:
        """A client uses a key twice, which it must not."""
        (problem,) = self.office.send_other(newest(self.office.sent, number))
        assert isinstance(problem, IdempotencyKeyReused)

    @invariant()
    def all_rules_hold(self) -> None:
        """After every step."""
        self.office.check()

    def teardown(self) -> None:
        """The frequencies are those of the records that there are at last."""
        world = self.office.world
        self.office.run(fold_frequencies(world.backend, world.tenant.id))
        assert broken_frequencies(self.office.run(everything(world.backend.database, world.tenant.id))) == []
