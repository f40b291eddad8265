"""A tenant for every proof, on each database, over connections that let others come in between where a proof asks."""

from collections.abc import AsyncIterator

import pytest

from tests.support.conductor import Conductor
from tests.support.world import World, make_world


@pytest.fixture
async def conductor(database_url: str) -> AsyncIterator[Conductor]:
    """Give a database that lets others come in between."""
    connected = Conductor(database_url)
    yield connected
    await connected.close()


@pytest.fixture
async def world(conductor: Conductor) -> World:
    """Give a tenant of the test's own."""
    return await make_world(conductor)
