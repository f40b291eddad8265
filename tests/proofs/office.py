"""A tenant whose every mutation is watched: what was refused has written nothing, what was kept is answered again."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from db.engine import Database
from domain.actors import Actor
from domain.problems import Problem, Refused
from domain.receipts import Receipt
from services.acceptance.transitions import Action
from services.contacts import CreateContact
from services.intake import CreateLead
from tests.proofs.index_rules import broken_index
from tests.proofs.invariants import broken_rules
from tests.proofs.model import MAY_REFUSE, ModelLead
from tests.support.tables import Stored, everything, what_differs
from tests.support.world import World, make_world

T = TypeVar("T")
Command = Any
"""One of the commands that the services take."""
Answer = Receipt | tuple[Problem, ...]
Verb = Callable[..., Awaitable[Receipt]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A mutation as it was sent with a key, and what it was answered."""

    verb: Verb
    actor: Actor
    command: Command
    key: str
    receipt: Receipt


def _other(command: Command) -> Any:  # noqa: ANN401
    """The same command with something else in it."""
    if isinstance(command, CreateLead):
        return replace(command, lead=replace(command.lead, subject="Something else"))
    if isinstance(command, CreateContact):
        return replace(command, contact=replace(command.contact, title="Prof."))
    return replace(command, expected_version=99)


class WatchedOffice:
    """The tenant, the model beside it, and everything that was sent with a key."""

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        self._runner = runner
        self.world: World = self.run(make_world(database))
        self.stored: Stored = self.run(everything(database, self.world.tenant.id))
        self.leads: dict[int, ModelLead] = {}
        self.sent: list[Sent] = []
        self._keys = 0

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for something asynchronous."""
        return self._runner.run(work)

    def perform(self, verb: Verb, actor: Actor, command: Command, *, has_key: bool = False) -> Answer:
        """Send a mutation and look at all that is stored before and after it."""
        self._keys += 1
        key = f"key-{self._keys}" if has_key else None
        before = self.stored
        answer = self._send(verb, actor, command, key)
        if not isinstance(answer, Receipt):
            assert what_differs(before, self.stored) == {}
        elif key:
            self.sent.append(Sent(verb, actor, command, key, answer))
        return answer

    def act(
        self,
        action: Action,
        lead_id: int,
        verb: Verb,
        actor: Actor,
        command: Command,
        *,
        has_key: bool = False,
    ) -> Answer:
        """Do something to a lead, and hold what happens against the model."""
        lead = self.leads[lead_id]
        expected = lead.refusal(
            action, self.world.clock(), actor.user_id, command.expected_version, is_manager=actor.is_manager
        )
        answer = self.perform(verb, actor, command, has_key=has_key)
        if isinstance(answer, Receipt):
            assert expected is None, f"{action} should have been refused with {expected}"
            after = command.user_id if action is Action.HAND_OVER else actor.user_id
            lead.apply(action, after, getattr(command, "expires_at", None))
        else:
            kinds = {type(each) for each in answer}
            assert kinds == {expected} if expected else kinds <= MAY_REFUSE.get(action, frozenset()), kinds
        return answer

    def send_again(self, sent: Sent) -> None:
        """The same key with the same input answers the same, and has no second effect."""
        before = self.stored
        assert self._send(sent.verb, sent.actor, sent.command, sent.key) == sent.receipt
        assert what_differs(before, self.stored) == {}

    def send_other(self, sent: Sent) -> tuple[Problem, ...]:
        """The same key with other input is refused, whatever it is."""
        before = self.stored
        other = _other(sent.command)
        answer = self._send(sent.verb, sent.actor, other, sent.key)
        assert not isinstance(answer, Receipt)
        assert what_differs(before, self.stored) == {}
        return answer

    def check(self) -> None:
        """Every rule holds, and the leads are where the model has them."""
        assert broken_rules(self.stored) == []
        assert broken_index(self.stored) == []
        acceptances = {row["lead_id"]: row for row in self.stored["acceptances"]}
        for row in self.stored["leads"]:
            model, acceptance = self.leads[row["id"]], acceptances.get(row["id"])
            assert (row["status"], row["version"]) == (model.stored_status, model.version)
            if acceptance is not None:
                assert (acceptance["user_id"], acceptance["version"]) == (model.holder, model.decisions)

    def _send(self, verb: Verb, actor: Actor, command: Command, key: str | None) -> Answer:
        async def send() -> Answer:
            try:
                return await verb(self.world.backend, actor, command, key)
            except Refused as refused:
                problems: tuple[Problem, ...] = refused.problems
                return problems
            finally:
                self.stored = await everything(self.world.backend.database, self.world.tenant.id)

        return self.run(send())
