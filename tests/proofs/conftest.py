"""A tenant for every proof, on each database."""

import pytest

from db.engine import Database
from tests.support.world import World, make_world


@pytest.fixture
async def world(database: Database) -> World:
    """Give a tenant of the test's own."""
    return await make_world(database)
