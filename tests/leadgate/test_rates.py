"""How many requests users and tenants may send."""

from dataclasses import replace

import pytest
from limits.aio.storage import MemoryStorage

from db.engine import Database
from domain.actors import Actor
from domain.records import Role
from leadgate.rates import Rates
from schema.http.refusals import RequestRefused
from tests.support.api import open_api
from tests.support.world import World, make_world

AGENT = Actor(tenant_id=1, user_id=5, roles=frozenset({Role.AGENT}))
COLLEAGUE = replace(AGENT, user_id=6)
STRANGER = replace(AGENT, tenant_id=2)


async def _takes(rates: Rates, actor: Actor) -> bool:
    try:
        await rates.take(actor)
    except RequestRefused:
        return False
    return True


@pytest.mark.parametrize("storage", ["memory://", "async+memory://"])
async def test_users_are_counted_apart(storage: str) -> None:
    """One who sends too much stands in nobody else's way, whether this process counts or processes do together."""
    rates = Rates("3/hour", None, storage)

    assert [await _takes(rates, AGENT) for _ in range(5)] == [True, True, True, False, False]
    assert await _takes(rates, COLLEAGUE)
    assert await _takes(rates, STRANGER)


async def test_a_tenants_users_are_counted_together() -> None:
    """Together they may send so much; another tenant is not touched."""
    rates = Rates(None, "3/hour")

    assert [await _takes(rates, each) for each in (AGENT, COLLEAGUE, AGENT, COLLEAGUE)] == [True, True, True, False]
    assert await _takes(rates, STRANGER)


async def test_without_a_limit_nothing_is_counted() -> None:
    """In development everybody may send what they like."""
    rates = Rates(None, None)

    assert all([await _takes(rates, AGENT) for _ in range(100)])


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_too_many_requests_are_told_when_to_go_on(database: Database) -> None:
    """By a header that browsers' pages may read, and by a code."""
    world: World = await make_world(database)
    async with open_api(world, user_rate="2/hour") as api:
        answers = [await api.send("{ __typename }") for _ in range(3)]
        other = await api.send("{ __typename }", actor=world.manager)

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[2].json()["errors"][0]["extensions"] == {"code": "RATE_LIMITED"}
    assert 1 <= int(answers[2].headers["retry-after"]) <= 7200
    assert other.status_code == 200


async def test_counting_in_the_process_is_not_the_librarys_asynchronous_one() -> None:
    """That one looks at every user for each request, which is why it is not what is used unless it is asked for."""
    assert not isinstance(Rates("3/hour", None)._limiter.storage, MemoryStorage)
