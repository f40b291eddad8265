"""Trying a mutation with somebody in between, once for every gap between two of its transactions."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from domain.problems import Problem, Refused
from domain.receipts import Receipt
from tests.proofs.index_rules import broken_index
from tests.proofs.invariants import broken_rules
from tests.support.conductor import Conductor
from tests.support.tables import Stored, everything, what_differs
from tests.support.world import World


@dataclass(slots=True)
class Try:
    """One try of a mutation with somebody in between: what it was answered, and what was stored around it."""

    receipt: Receipt | None = None
    problems: tuple[Problem, ...] = ()
    at_intrusion: Stored = field(default_factory=dict)
    afterwards: Stored = field(default_factory=dict)

    @property
    def kinds(self) -> set[type]:
        """The types of the problems."""
        return {type(each) for each in self.problems}


Act = Callable[[], Awaitable[Any]]
Scene = Callable[[int], Awaitable[tuple[Act, Act]]]
"""Sets up a mutation and its intruder with data of their own for each number."""


async def play(world: World, conductor: Conductor, scene: Scene) -> AsyncIterator[Try]:
    """Try the intruder in every gap of the mutation; what was refused has written nothing, and all rules hold."""
    gap = 0
    while True:
        mutation, intruder = await scene(gap)
        attempt = Try()

        async def intrude(intruder: Act = intruder, attempt: Try = attempt) -> None:
            await intruder()
            attempt.at_intrusion = await everything(conductor, world.tenant.id)

        conductor.interrupt(gap, intrude)
        try:
            attempt.receipt = await mutation()
        except Refused as refused:
            attempt.problems = refused.problems
        if not conductor.send_away():
            break
        attempt.afterwards = await everything(conductor, world.tenant.id)
        assert broken_rules(attempt.afterwards) == []
        assert broken_index(attempt.afterwards) == []
        if attempt.problems:
            assert what_differs(attempt.at_intrusion, attempt.afterwards) == {}
        yield attempt
        gap += 1
    assert gap > 1, "the mutation has no gaps"
