"""The whole acceptance under random use by several users, with all rules checked after every step."""

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from db.engine import Database
from tests.proofs.machine_commits import AcceptanceMachine

# Explaining a failure takes as long again as shrinking it, which takes minutes.
PHASES = (Phase.generate, Phase.shrink)
EVERY_DAY = settings(
    max_examples=7, stateful_step_count=28, deadline=None, derandomize=True, database=None, phases=PHASES
)
AT_LENGTH = settings(
    max_examples=30, stateful_step_count=50, deadline=None, derandomize=True, database=None, phases=PHASES
)


@pytest.fixture
def shared(database_url: str) -> Iterator[tuple[asyncio.Runner, Database]]:
    """Give an event loop and a database, in which every example has a tenant of its own."""
    with asyncio.Runner() as runner:

        async def connect() -> Database:
            return Database(database_url)

        database = runner.run(connect())
        yield runner, database
        runner.run(database.close())


def _machine(runner: asyncio.Runner, database: Database) -> type[AcceptanceMachine]:
    return type("Machine", (AcceptanceMachine,), {"runner": runner, "database": database})


def test_the_acceptance_stays_sound(shared: tuple[asyncio.Runner, Database]) -> None:
    """No sequence of actions breaks a rule; what the model says is refused is refused, with nothing written."""
    run_state_machine_as_test(_machine(*shared), settings=EVERY_DAY)


@pytest.mark.long
def test_the_acceptance_stays_sound_for_long(shared: tuple[asyncio.Runner, Database]) -> None:
    """The same, with more and longer sequences."""
    run_state_machine_as_test(_machine(*shared), settings=AT_LENGTH)
