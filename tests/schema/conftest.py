"""The API of a tenant on every database."""

from collections.abc import AsyncIterator

import pytest

from db.engine import Database
from tests.support.api import Api, open_api
from tests.support.world import World, make_world


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant with users and lists."""
    return await make_world(database)


@pytest.fixture
async def api(world: World) -> AsyncIterator[Api]:
    """Give the tenant's API."""
    async with open_api(world) as opened:
        yield opened
